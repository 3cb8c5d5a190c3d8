package dev.merapi.data;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Stages that apply the user's functions to elements, one at a time.
final class MapStages {
  private MapStages() {}

  /// What a function makes of each element.
  static final class Map extends Stage {
    private final UserCode code;

    Map(Stage input, UserCode code) {
      super(input);
      this.code = code;
      known();
    }

    @Override
    String title() {
      return code.who();
    }

    @Override
    long cardinality() {
      return input().cardinality();
    }

    @Override
    @Nullable Structure known() {
      return code.known(input().known());
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        private long index;

        @Override
        public @Nullable Element next() {
          Element e = in.next();
          return e == null ? null : Element.of(code.run(input(), e, index++));
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// The elements for which a function says true; or those before it first says false.
  static final class Filter extends Stage.Passing {
    private final String name;
    private final UserCode code;
    private final boolean stops;

    Filter(Stage input, UserCode code, boolean stops) {
      super(input);
      this.name = stops ? "takeWhile" : "filter";
      this.code = code;
      this.stops = stops;
      Structure s = code.known(input.known());
      if (s != null) {
        check(s);
      }
    }

    private void check(Structure s) {
      Spec spec = s.specs()[0];
      boolean single =
          s.template() instanceof Tensor
              && spec.dtype() == DType.BOOL
              && Shape.SCALAR.accepts(spec.shape());
      if (!single) {
        throw Message.what(name + ": `predicate` must return a single truth value")
            .given(s.toString())
            .expected("bool ()")
            .fix("compare, and reduce with tf.reduceAll where there are several: tf.less(x, 3)")
            .typeError();
      }
    }

    @Override
    String title() {
      return name;
    }

    @Override
    long cardinality() {
      return UNKNOWN;
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        private long index;
        private boolean checked;
        private boolean ended;

        @Override
        public @Nullable Element next() {
          while (!ended) {
            Element e = in.next();
            if (e == null) {
              return null;
            }
            Tensor[] y = code.run(input(), e, index++);
            if (!checked && code.known(null) instanceof Structure s) {
              check(s);
              checked = true;
            }
            if (y[0].booleanValue()) {
              return e;
            }
            if (stops) {
              ended = true;
              in.close();
            }
          }
          return null;
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// What a function makes of each element and of what it has handed on from those before.
  static final class Scan extends Stage {
    private final Structure state;
    private final Tensor[] initial;
    private final UserCode code;

    Scan(Stage input, Structure state, UserCode code) {
      super(input);
      this.state = state;
      this.initial = state.flatten(state.template(), "scan");
      for (Tensor t : initial) {
        SourceStages.kept(t);
      }
      this.code = code;
      known();
    }

    @Override
    String title() {
      return "scan";
    }

    @Override
    long cardinality() {
      return input().cardinality();
    }

    /// Returns how the function's argument is built: state and element.
    private Structure argument(Structure element) {
      return Structure.pair(state, element);
    }

    @Override
    @Nullable Structure known() {
      Structure in = input().known();
      Structure both = code.known(in == null ? null : argument(in));
      if (both == null) {
        return null;
      }
      if (!(both.template() instanceof Pair<?, ?>(Object next, Object output))
          || next == null
          || output == null) {
        throw Message.what("scan: the function must return a pair: the new state and an element")
            .given(both.toString())
            .expected("Pair.of(newState, output)")
            .typeError();
      }
      Structure s = Structure.of(next, "scan");
      if (!s.isAlike(state)) {
        throw Message.what("scan: the new state is built in another way than the initial one")
            .given(s.toString())
            .expected(state.toString())
            .fix("give the initial state the type of the results: tf.constant(0L), for example")
            .typeError();
      }
      Spec[] rest = new Spec[both.size() - state.size()];
      System.arraycopy(both.specs(), state.size(), rest, 0, rest.length);
      return Structure.of(output, "scan").with(rest);
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        private Tensor[] now = initial;
        private long index;

        @Override
        public @Nullable Element next() {
          Element e = in.next();
          if (e == null) {
            return null;
          }
          Tensor[] parts = joined(now, e.parts());
          Tensor[] y = code.run(argument(input().structure()), parts, index++);
          Tensor[] next = new Tensor[now.length];
          System.arraycopy(y, 0, next, 0, next.length);
          now = next;
          Tensor[] output = new Tensor[y.length - next.length];
          System.arraycopy(y, next.length, output, 0, output.length);
          return Element.of(output);
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  static Tensor[] joined(Tensor[] a, Tensor[] b) {
    Tensor[] all = new Tensor[a.length + b.length];
    System.arraycopy(a, 0, all, 0, a.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
