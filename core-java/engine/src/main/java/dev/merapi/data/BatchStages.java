package dev.merapi.data;

import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stages that put elements together, and take them apart again.
final class BatchStages {
  private BatchStages() {}

  /// Several elements as one, along a new first axis.
  static final class Batch extends Stage {
    private final int size;
    private final boolean dropRemainder;

    Batch(Stage input, long batchSize, boolean dropRemainder) {
      super(input);
      this.size = (int) Math.min(atLeast(1, batchSize, "batch", "batchSize"), Integer.MAX_VALUE);
      this.dropRemainder = dropRemainder;
    }

    @Override
    String title() {
      return "batch(" + size + ")";
    }

    @Override
    long cardinality() {
      return batches(input().cardinality(), size, dropRemainder);
    }

    static long batches(long n, int size, boolean dropRemainder) {
      return n < 0 ? n : n / size + (n % size != 0 && !dropRemainder ? 1 : 0);
    }

    @Override
    @Nullable Structure known() {
      Structure s = input().known();
      return s == null ? null : s.with(stacked(s.specs(), dropRemainder ? size : -1));
    }

    static Spec[] stacked(Spec[] specs, int count) {
      Spec[] all = new Spec[specs.length];
      for (int c = 0; c < all.length; c++) {
        Shape s = specs[c].shape();
        all[c] = specs[c].withShape(s.isRankKnown() ? Stacking.outer(count, s) : Shape.UNKNOWN);
      }
      return all;
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        /// Elements gathered so far; they stay here when the next one fails.
        private List<Element> gathered = new ArrayList<>();

        private boolean ended;

        @Override
        public @Nullable Element next() {
          while (!ended && gathered.size() < size) {
            Element e = in.next();
            if (e == null) {
              ended = true;
            } else {
              gathered.add(e);
            }
          }
          List<Element> some = gathered;
          gathered = new ArrayList<>(some.size());
          return some.isEmpty() || some.size() < size && dropRemainder ? null : Stacking.of(some);
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// The rows of each element.
  static final class Unbatch extends Stage {
    Unbatch(Stage input) {
      super(input);
      Structure s = input.known();
      if (s != null) {
        for (int c = 0; c < s.size(); c++) {
          Shape shape = s.specs()[c].shape();
          if (shape.isRankKnown() && shape.rank() == 0) {
            throw scalar(s.specs()[c], c);
          }
        }
      }
    }

    private static RuntimeException scalar(Spec spec, int c) {
      return Message.what("unbatch: component " + c + " is a single number, which has no rows")
          .given(spec.toString())
          .expected("elements with at least one axis")
          .fix("leave unbatch out, or batch first")
          .shapeError();
    }

    @Override
    String title() {
      return "unbatch";
    }

    @Override
    long cardinality() {
      long n = input().cardinality();
      Structure s = input().known();
      if (n < 0 || s == null) {
        return n == INFINITE ? n : UNKNOWN;
      }
      Shape one = s.specs()[0].shape();
      int rows = one.isRankKnown() ? one.dim(0) : -1;
      return rows < 0 ? UNKNOWN : Math.multiplyExact(n, rows);
    }

    @Override
    @Nullable Structure known() {
      Structure s = input().known();
      if (s == null) {
        return null;
      }
      Spec[] all = new Spec[s.size()];
      for (int c = 0; c < all.length; c++) {
        Spec one = s.specs()[c];
        all[c] = one.shape().isRankKnown() ? Element.Rows.inner(one) : one;
      }
      return s.with(all);
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        private Element.@Nullable Rows rows;
        private int at;

        @Override
        public @Nullable Element next() {
          while (rows == null || at == rows.count) {
            Element e = in.next();
            if (e == null) {
              return null;
            }
            rows = rows(e.parts());
            at = 0;
          }
          return new Element.Row(rows, at++);
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }

    private static Element.Rows rows(Tensor[] parts) {
      for (int c = 0; c < parts.length; c++) {
        if (parts[c].rank() == 0) {
          throw scalar(parts[c].spec(), c);
        }
        if (parts[c].shape().dim(0) != parts[0].shape().dim(0)) {
          throw Message.what(
                  "unbatch: component 0 has "
                      + parts[0].shape().dim(0)
                      + " rows, component "
                      + c
                      + " has "
                      + parts[c].shape().dim(0))
              .given(parts[0].spec() + " · " + parts[c].spec())
              .expected("equally many rows in all components of an element")
              .shapeError();
        }
      }
      return new Element.Rows(parts, parts[0].shape().dim(0));
    }
  }

  /// Runs of elements, each as a dataset of its own.
  static final class Window extends Stage {
    private final int size;
    private final long shift;
    private final int stride;
    private final boolean dropRemainder;

    Window(Stage input, long size, long shift, long stride, boolean dropRemainder) {
      super(input);
      this.size = (int) Math.min(atLeast(1, size, "window", "size"), Integer.MAX_VALUE);
      this.shift = atLeast(1, shift, "window", "shift");
      this.stride = (int) Math.min(atLeast(1, stride, "window", "stride"), Integer.MAX_VALUE);
      this.dropRemainder = dropRemainder;
    }

    @Override
    String title() {
      return "window(" + size + ", " + shift + ", " + stride + ")";
    }

    /// Returns how many elements a full window reaches over.
    private long span() {
      return (size - 1L) * stride + 1;
    }

    @Override
    long cardinality() {
      long n = input().cardinality();
      if (n < 0) {
        return n;
      }
      return dropRemainder ? (n < span() ? 0 : (n - span()) / shift + 1) : (n + shift - 1) / shift;
    }

    @Override
    @Nullable Structure known() {
      Structure s = input().known();
      return s == null ? null : Structure.of(window(List.of(), s), "window");
    }

    private Dataset<?> window(List<Element> elements, Structure s) {
      return Dataset.of(new SourceStages.Given("window", s, elements));
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        private final ArrayDeque<Element> waiting = new ArrayDeque<>();
        private long toSkip;
        private boolean ended;

        @Override
        public @Nullable Element next() {
          for (; toSkip > 0 && !ended; toSkip--) {
            ended = in.next() == null;
          }
          while (!ended && waiting.size() < span()) {
            Element e = in.next();
            if (e == null) {
              ended = true;
            } else {
              waiting.addLast(e);
            }
          }
          if (waiting.isEmpty() || dropRemainder && waiting.size() < span()) {
            return null;
          }
          List<Element> some = new ArrayList<>();
          int at = 0;
          for (Element e : waiting) {
            if (at++ % stride == 0 && some.size() < size) {
              some.add(e);
            }
          }
          long gone = 0;
          while (gone < shift && waiting.pollFirst() != null) {
            gone++;
          }
          toSkip = shift - gone;
          return Element.of(Structure.carrier(window(some, input().structure())));
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }
}
