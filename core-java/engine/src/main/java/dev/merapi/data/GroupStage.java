package dev.merapi.data;

import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Elements of one key together: as soon as there are enough of a key, a function makes a dataset
/// of them, whose elements come next. At the end come the groups that stayed small, by rising key.
final class GroupStage extends Stage {
  /// Makes a dataset of the elements of one group.
  interface Reduce {
    @Nullable Object apply(Tensor key, Dataset<?> window);
  }

  private final UserCode key;
  private final Reduce reduce;
  private final LongUnaryOperator windowSize;
  private final Learned learned = new Learned("groupByWindow");

  GroupStage(Stage input, UserCode key, Reduce reduce, LongUnaryOperator windowSize) {
    super(input);
    this.key = key;
    this.reduce = reduce;
    this.windowSize = windowSize;
    Structure s = key.known(input.known());
    if (s != null) {
      check(s);
    }
  }

  private static void check(Structure s) {
    boolean single =
        s.template() instanceof Tensor
            && s.specs()[0].dtype().isInteger()
            && Shape.SCALAR.accepts(s.specs()[0].shape());
    if (!single) {
      throw Message.what("groupByWindow: `keyFunc` must return a single whole number")
          .given(s.toString())
          .expected("int64 ()")
          .fix("convert with tf.cast(key, tf.int64)")
          .typeError();
    }
  }

  @Override
  String title() {
    return "groupByWindow";
  }

  @Override
  long cardinality() {
    return UNKNOWN;
  }

  @Override
  @Nullable Structure known() {
    return learned.known();
  }

  @Override
  Cursor open(Run run) {
    return new Pass(input().start(run), run.inner());
  }

  private final class Pass implements Cursor {
    private final Cursor in;
    private final Run run;
    private final TreeMap<Long, List<Element>> groups = new TreeMap<>();
    private @Nullable Cursor out;

    /// The stage of `out`, until it is known what it holds.
    private @Nullable Stage outStage;

    private long index;
    private boolean ended;

    Pass(Cursor in, Run run) {
      this.in = in;
      this.run = run;
    }

    @Override
    public @Nullable Element next() {
      while (true) {
        Cursor c = out;
        if (c != null) {
          Element e = c.next();
          if (e != null) {
            Stage s = outStage;
            if (s != null) {
              learned.meet(s.structure());
              outStage = null;
            }
            return e;
          }
          c.close();
          out = null;
        }
        if (!ended) {
          read();
        } else if (!groups.isEmpty()) {
          var first = groups.pollFirstEntry();
          finish(first.getKey(), first.getValue());
        } else {
          return null;
        }
      }
    }

    private void read() {
      Element e = in.next();
      if (e == null) {
        ended = true;
        return;
      }
      Tensor[] y = key.run(input(), e, index++);
      if (index == 1 && key.known(null) instanceof Structure s) {
        check(s);
      }
      long k = y[0].longValue();
      List<Element> group = groups.computeIfAbsent(k, x -> new ArrayList<>());
      group.add(e);
      if (group.size() >= atLeast(1, windowSize.applyAsLong(k), "groupByWindow", "windowSize")) {
        groups.remove(k);
        finish(k, group);
      }
    }

    private void finish(long k, List<Element> group) {
      Dataset<?> window = Dataset.of(new SourceStages.Given("group", input().structure(), group));
      Object made;
      try {
        made = reduce.apply(SourceStages.Range.number(k).part(0), window);
      } catch (Exception e) {
        throw UserCode.failure("groupByWindow", index - 1, e);
      }
      if (!(made instanceof Dataset<?> d)) {
        throw Message.what("groupByWindow: `reduceFunc` must return a dataset")
            .given(made == null ? "null" : made.getClass().getName())
            .expected("window.batch(size), for example")
            .typeError();
      }
      out = d.stage().open(run);
      outStage = d.stage();
    }

    @Override
    public void close() {
      ended = true;
      groups.clear();
      if (out != null) {
        out.close();
      }
      in.close();
    }
  }
}
