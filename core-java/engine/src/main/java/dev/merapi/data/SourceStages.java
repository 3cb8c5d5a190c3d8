package dev.merapi.data;

import dev.merapi.memory.Memory;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where elements come from: tensors, numbers, host code.
final class SourceStages {
  private SourceStages() {}

  /// Keeps a tensor that a dataset holds, whatever tensor scope ends meanwhile; its memory returns
  /// when the dataset has been collected.
  static Tensor kept(Tensor t) {
    t.storage().retain();
    return t;
  }

  /// Tensors cut along their first axis.
  static final class Slices extends Stage {
    private final Structure structure;
    private final Element.Rows rows;

    Slices(Structure whole) {
      this.rows = rows(whole);
      this.structure = whole.with(rows.specs);
    }

    private static Element.Rows rows(Structure whole) {
      List<String> paths = whole.paths();
      List<Object> leaves = Structure.leaves(whole.template(), "fromTensorSlices");
      Tensor[] tensors = new Tensor[leaves.size()];
      for (int c = 0; c < tensors.length; c++) {
        if (!(leaves.get(c) instanceof Tensor t) || t.isSymbolic()) {
          throw Message.what("fromTensorSlices: a component has no values yet" + at(paths.get(c)))
              .expected("tensors with values, arrays, lists of numbers")
              .fix("make the dataset outside of the traced function")
              .typeError();
        }
        if (t.rank() == 0) {
          throw Message.what("fromTensorSlices: a single number has no rows" + at(paths.get(c)))
              .given(t.spec().toString())
              .expected("at least one axis, to be cut along the first")
              .fix("use fromTensors for a single element")
              .shapeError();
        }
        tensors[c] = kept(t);
        if (t.shape().dim(0) != tensors[0].shape().dim(0)) {
          throw Message.what(
                  "fromTensorSlices: component "
                      + name(paths.get(0))
                      + " has "
                      + tensors[0].shape().dim(0)
                      + " rows, component "
                      + name(paths.get(c))
                      + " has "
                      + t.shape().dim(0))
              .given(tensors[0].spec() + " · " + t.spec())
              .expected("equally many rows in all components")
              .fix("cut the longer one, or look for rows that were lost while reading")
              .shapeError();
        }
      }
      if (tensors.length == 0) {
        throw Message.what("fromTensorSlices: there is nothing to cut")
            .expected("at least one tensor")
            .valueError();
      }
      return new Element.Rows(tensors, tensors[0].shape().dim(0));
    }

    private static String name(String path) {
      return path.isEmpty() ? "[0]" : path;
    }

    private static String at(String path) {
      return path.isEmpty() ? "" : ", at " + path;
    }

    @Override
    String title() {
      return "fromTensorSlices";
    }

    @Override
    long cardinality() {
      return rows.count;
    }

    @Override
    Structure known() {
      return structure;
    }

    @Override
    Cursor open(Run run) {
      return new Cursor() {
        private int at;

        @Override
        public @Nullable Element next() {
          return at < rows.count ? new Element.Row(rows, at++) : null;
        }
      };
    }
  }

  /// Whole numbers in even steps.
  static final class Range extends Stage {
    private static final Spec SPEC = Spec.of(DType.I64);
    private static final Structure STRUCTURE = Structure.described(SPEC);
    private final long start;
    private final long stop;
    private final long step;

    Range(long start, long stop, long step) {
      if (step == 0) {
        throw Message.what("range: a step of 0 never arrives")
            .given("start " + start + " · stop " + stop + " · step 0")
            .expected("a step above or below 0")
            .valueError();
      }
      this.start = start;
      this.stop = stop;
      this.step = step;
    }

    @Override
    String title() {
      return start == 0 && step == 1
          ? "range(" + stop + ")"
          : "range(" + start + ", " + stop + ", " + step + ")";
    }

    /// A range up to the largest number that there is counts as endless, as in TensorFlow.
    @Override
    long cardinality() {
      return stop == Long.MAX_VALUE && step > 0 ? INFINITE : count();
    }

    private long count() {
      if (step > 0 ? start >= stop : start <= stop) {
        return 0;
      }
      // Unsigned: the distance may need all 64 bits.
      long distance = step > 0 ? stop - start : start - stop;
      long stride = step > 0 ? step : -step;
      return Long.divideUnsigned(distance - 1, stride) + 1;
    }

    @Override
    Structure known() {
      return STRUCTURE;
    }

    @Override
    Cursor open(Run run) {
      long count = count();
      return new Cursor() {
        private long at;

        @Override
        public @Nullable Element next() {
          return Long.compareUnsigned(at, count) < 0 ? number(start + step * at++) : null;
        }
      };
    }

    static Element number(long x) {
      Tensor t = Memory.unscoped(SPEC);
      t.segment().set(ValueLayout.JAVA_LONG, 0, x);
      return Element.of(t);
    }
  }

  /// Elements that are there already: one whole structure, a window.
  static final class Given extends Stage {
    private final String title;
    private final Structure structure;
    private final List<Element> elements;

    Given(String title, Structure structure, List<Element> elements) {
      this.title = title;
      this.structure = structure;
      this.elements = elements;
    }

    @Override
    String title() {
      return title;
    }

    @Override
    long cardinality() {
      return elements.size();
    }

    @Override
    Structure known() {
      return structure;
    }

    @Override
    Cursor open(Run run) {
      Iterator<Element> all = elements.iterator();
      return () -> all.hasNext() ? all.next() : null;
    }
  }

  /// Host values that an iterator makes.
  static final class Generator extends Stage {
    private final Iterable<?> values;
    private final @Nullable Structure described;
    private final Learned learned = new Learned("fromGenerator");

    Generator(Iterable<?> values, @Nullable Structure described) {
      this.values = values;
      this.described = described;
    }

    @Override
    String title() {
      return "fromGenerator";
    }

    @Override
    long cardinality() {
      return UNKNOWN;
    }

    @Override
    @Nullable Structure known() {
      return described == null ? learned.known() : described;
    }

    @Override
    Cursor open(Run run) {
      return new Pass();
    }

    private final class Pass implements Cursor {
      private @Nullable Iterator<?> iterator;
      private long index;

      @Override
      public @Nullable Element next() {
        Object value;
        try {
          Iterator<?> i = iterator;
          if (i == null) {
            i = values.iterator();
            iterator = i;
          }
          if (!i.hasNext()) {
            return null;
          }
          value = i.next();
        } catch (Exception e) {
          throw UserCode.failure("fromGenerator", index++, e);
        }
        if (value == null) {
          throw Message.what("fromGenerator: element " + index + " is null")
              .expected("numbers, arrays, tensors, or pairs, maps, records of them")
              .typeError();
        }
        index++;
        return Element.of(
            described == null
                ? learned.flatten(Structure.tensors(value, false))
                : described.flatten(value, "fromGenerator"));
      }

      @Override
      public void close() {
        if (iterator instanceof AutoCloseable c) {
          iterator = null;
          try {
            c.close();
          } catch (Exception e) {
            throw new IllegalStateException("fromGenerator: the iterator did not close: " + e, e);
          }
        }
      }
    }
  }

  /// An element of each of two datasets, until the shorter one ends.
  static final class Zip extends Stage {
    private final java.util.function.Function<Structure[], Structure> form;

    Zip(java.util.function.Function<Structure[], Structure> form, Stage... inputs) {
      super(inputs);
      this.form = form;
    }

    @Override
    String title() {
      return "zip";
    }

    @Override
    long cardinality() {
      long least = INFINITE;
      for (Stage s : inputs) {
        long n = s.cardinality();
        if (n == UNKNOWN) {
          return UNKNOWN;
        }
        least = n == INFINITE ? least : least == INFINITE ? n : Math.min(least, n);
      }
      return least;
    }

    @Override
    @Nullable Structure known() {
      Structure[] all = new Structure[inputs.size()];
      for (int i = 0; i < all.length; i++) {
        Structure s = inputs.get(i).known();
        if (s == null) {
          return null;
        }
        all[i] = s;
      }
      return form.apply(all);
    }

    @Override
    Cursor open(Run run) {
      List<Cursor> all = inputs.stream().map(s -> s.start(run)).toList();
      return new Cursor() {
        private boolean ended;

        @Override
        public @Nullable Element next() {
          if (ended) {
            return null;
          }
          Element joined = null;
          for (Cursor c : all) {
            Element e = c.next();
            if (e == null) {
              ended = true;
              close();
              return null;
            }
            joined = joined == null ? e : new Element.Joined(joined, e);
          }
          return joined;
        }

        @Override
        public void close() {
          all.forEach(Cursor::close);
        }
      };
    }
  }
}
