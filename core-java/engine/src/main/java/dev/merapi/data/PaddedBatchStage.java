package dev.merapi.data;

import dev.merapi.memory.Memory;
import dev.merapi.op.Literals;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Several elements of different sizes as one: shorter ones are filled up at the end of each axis.
final class PaddedBatchStage extends Stage {
  private final int size;
  private final @Nullable Object shapes;
  private final @Nullable Object values;
  private final boolean dropRemainder;

  /// @param shapes for each component an `int[]` or [Shape], -1 for the longest of the batch; null
  ///   for -1 everywhere
  /// @param values for each component a single value, or one for all; null for zeros and empty
  ///   strings
  PaddedBatchStage(
      Stage input,
      long batchSize,
      @Nullable Object shapes,
      @Nullable Object values,
      boolean dropRemainder) {
    super(input);
    this.size =
        (int) Math.min(atLeast(1, batchSize, "paddedBatch", "batchSize"), Integer.MAX_VALUE);
    this.shapes = shapes;
    this.values = values;
    this.dropRemainder = dropRemainder;
    Structure s = input.known();
    if (s != null) {
      plan(s);
    }
  }

  /// What every batch is filled up to, and with what.
  private record Plan(Shape[] shapes, Tensor[] values) {}

  private Plan plan(Structure s) {
    Shape[] to = new Shape[s.size()];
    Tensor[] with = new Tensor[s.size()];
    List<@Nullable Object> wantedShapes = leaves(s.template(), shapes);
    List<@Nullable Object> wantedValues = leaves(s.template(), values);
    if (shapes != null && wantedShapes.size() != s.size()) {
      throw Message.what(
              "paddedBatch: "
                  + wantedShapes.size()
                  + " padded shapes for elements of "
                  + s.size()
                  + " components")
          .given(s.toString())
          .expected("one shape for each component")
          .fix("give them in the elements' structure: Pair.of(new int[] {-1}, new int[0])")
          .valueError();
    }
    if (wantedValues.size() > 1 && wantedValues.size() != s.size()) {
      throw Message.what(
              "paddedBatch: "
                  + wantedValues.size()
                  + " padding values for elements of "
                  + s.size()
                  + " components")
          .expected("one value for all, or one for each component")
          .valueError();
    }
    for (int c = 0; c < to.length; c++) {
      Spec spec = s.specs()[c];
      to[c] = shapes == null ? open(spec.shape()) : shape(wantedShapes.get(c), spec.shape());
      if (spec.shape().isRankKnown()
          && to[c].isRankKnown()
          && spec.shape().rank() != to[c].rank()) {
        throw Message.what(
                "paddedBatch: component "
                    + c
                    + " has "
                    + spec.shape().rank()
                    + " axes, its padded"
                    + " shape has "
                    + to[c].rank())
            .given(spec + " · padded shape " + to[c])
            .expected("a padded shape of the same rank")
            .shapeError();
      }
      with[c] = value(wantedValues.get(wantedValues.size() == 1 ? 0 : c), spec.dtype());
    }
    return new Plan(to, with);
  }

  private static Shape open(Shape s) {
    if (!s.isRankKnown()) {
      return s;
    }
    int[] d = s.dims();
    Arrays.fill(d, -1);
    return Shape.ofOwned(d);
  }

  /// Returns what is given for each component, in the components' order.
  private static List<@Nullable Object> leaves(Object template, @Nullable Object given) {
    List<@Nullable Object> all = new ArrayList<>();
    gather(template, given, all);
    return all;
  }

  private static void gather(Object template, @Nullable Object o, List<@Nullable Object> all) {
    switch (template) {
      case Pair<?, ?>(Object x, Object y) when o instanceof Pair<?, ?>(Object u, Object v) -> {
        gather(x, u, all);
        gather(y, v, all);
      }
      case Triple<?, ?, ?>(Object x, Object y, Object z)
          when o instanceof Triple<?, ?, ?>(Object u, Object v, Object w) -> {
        gather(x, u, all);
        gather(y, v, all);
        gather(z, w, all);
      }
      case Map<?, ?> m when o instanceof Map<?, ?> n && n.keySet().equals(m.keySet()) ->
          m.forEach((key, x) -> gather(x, n.get(key), all));
      case Tensor _ when !(o instanceof Pair || o instanceof Triple || o instanceof Map) ->
          all.add(o);
      default -> {
        if (o instanceof Pair || o instanceof Triple || o instanceof Map) {
          throw Message.what("paddedBatch: what is given for the components is built otherwise")
              .given(String.valueOf(o))
              .expected("the elements' own structure")
              .fix("or a list with one entry for each component")
              .typeError();
        }
        if (o instanceof List<?> l) {
          all.addAll(l);
        } else {
          all.add(o);
        }
      }
    }
  }

  private static Shape shape(@Nullable Object o, Shape element) {
    return switch (o) {
      case null -> open(element);
      case Shape s -> s;
      case int[] d -> Shape.of(d);
      case List<?> l -> Shape.of(l.stream().mapToInt(x -> ((Number) x).intValue()).toArray());
      default ->
          throw Message.what("paddedBatch: a padded shape cannot be a " + o.getClass().getName())
              .expected("an int[] or a Shape, -1 where the longest element decides")
              .typeError();
    };
  }

  private static Tensor zero(DType d) {
    return d == DType.STRING
        ? Literals.bytes("".getBytes(StandardCharsets.UTF_8))
        : Values.filled(Spec.of(d), 0);
  }

  private static Tensor value(@Nullable Object o, DType d) {
    if (o == null) {
      return zero(d);
    }
    Tensor t = Literals.of(o, d);
    if (t.rank() != 0) {
      throw Message.what("paddedBatch: a padding value has shape " + t.shape())
          .expected("a single value")
          .shapeError();
    }
    return t;
  }

  @Override
  String title() {
    return "paddedBatch(" + size + ")";
  }

  @Override
  long cardinality() {
    return BatchStages.Batch.batches(input().cardinality(), size, dropRemainder);
  }

  @Override
  @Nullable Structure known() {
    Structure s = input().known();
    if (s == null) {
      return null;
    }
    Plan p = plan(s);
    Spec[] all = new Spec[s.size()];
    for (int c = 0; c < all.length; c++) {
      all[c] = s.specs()[c].withShape(p.shapes[c]);
    }
    return s.with(BatchStages.Batch.stacked(all, dropRemainder ? size : -1));
  }

  @Override
  Cursor open(Run run) {
    Cursor in = input().start(run);
    return new Cursor() {
      private @Nullable Plan plan;

      /// Elements gathered so far; they stay here when the next one fails.
      private List<Tensor[]> gathered = new ArrayList<>();

      private boolean ended;

      @Override
      public @Nullable Element next() {
        while (!ended && gathered.size() < size) {
          Element e = in.next();
          if (e == null) {
            ended = true;
          } else {
            gathered.add(e.parts());
          }
        }
        List<Tensor[]> some = gathered;
        gathered = new ArrayList<>();
        if (some.isEmpty() || some.size() < size && dropRemainder) {
          return null;
        }
        Plan p = plan;
        if (p == null) {
          p = plan(input().structure());
          plan = p;
        }
        Tensor[] all = new Tensor[p.values.length];
        for (int c = 0; c < all.length; c++) {
          all[c] = padded(some, c, p.shapes[c], p.values[c]);
        }
        return Element.of(all);
      }

      @Override
      public void close() {
        in.close();
      }
    };
  }

  private static Tensor padded(List<Tensor[]> elements, int c, Shape wanted, Tensor value) {
    int rank = elements.getFirst()[c].rank();
    int[] d = new int[rank];
    for (int i = 0; i < elements.size(); i++) {
      Shape s = elements.get(i)[c].shape();
      if (s.rank() != rank) {
        throw Message.what(
                "paddedBatch: component "
                    + c
                    + " of element "
                    + i
                    + " has "
                    + s.rank()
                    + " axes,"
                    + " that of element 0 has "
                    + rank)
            .given("shapes " + elements.getFirst()[c].shape() + " · " + s)
            .expected("one rank for all elements")
            .shapeError();
      }
      for (int a = 0; a < rank; a++) {
        int most = wanted.isRankKnown() ? wanted.dim(a) : -1;
        if (most >= 0 && s.dim(a) > most) {
          throw Message.what(
                  "paddedBatch: component "
                      + c
                      + " of element "
                      + i
                      + " has shape "
                      + s
                      + ", larger"
                      + " than the padded shape "
                      + wanted)
              .given("axis " + a + ": " + s.dim(a) + " · padded to " + most)
              .expected("elements that fit into the padded shape")
              .fix("give -1 for that axis, or cut the elements")
              .shapeError();
        }
        d[a] = most >= 0 ? most : Math.max(d[a], s.dim(a));
      }
    }
    Spec one = value.spec().withShape(Shape.ofOwned(d));
    Spec spec = one.withShape(Stacking.outer(elements.size(), one.shape()));
    return one.dtype() == DType.STRING
        ? strings(elements, c, spec, value)
        : numbers(elements, c, spec, value);
  }

  private static Tensor numbers(List<Tensor[]> elements, int c, Spec spec, Tensor value) {
    Tensor y = Memory.unscoped(spec);
    MemorySegment to = y.segment();
    long width = spec.dtype().bytes();
    fill(to, value.segment(), width);
    int[] d = spec.shape().rawDims();
    long each = spec.shape().size() / elements.size();
    for (int i = 0; i < elements.size(); i++) {
      Tensor x = elements.get(i)[c];
      MemorySegment from = x.segment();
      rows(
          x.shape().rawDims(),
          d,
          (source, target, n) ->
              MemorySegment.copy(from, source * width, to, target * width, n * width),
          i * each);
      Reference.reachabilityFence(x);
    }
    Reference.reachabilityFence(value);
    Reference.reachabilityFence(y);
    return y;
  }

  private static void fill(MemorySegment to, MemorySegment value, long width) {
    if (to.byteSize() == 0) {
      return;
    }
    MemorySegment.copy(value, 0, to, 0, width);
    for (long done = width; done < to.byteSize(); done *= 2) {
      MemorySegment.copy(to, 0, to, done, Math.min(done, to.byteSize() - done));
    }
  }

  private static Tensor strings(List<Tensor[]> elements, int c, Spec spec, Tensor value) {
    byte[][] to = new byte[(int) spec.shape().size()][];
    Arrays.fill(to, value.strings()[0]);
    long each = to.length / elements.size();
    for (int i = 0; i < elements.size(); i++) {
      Tensor x = elements.get(i)[c];
      byte[][] from = x.strings();
      rows(
          x.shape().rawDims(),
          spec.shape().rawDims(),
          (source, target, n) -> System.arraycopy(from, (int) source, to, (int) target, (int) n),
          i * each);
    }
    return Memory.texts(spec, to);
  }

  /// Copies a stretch of elements.
  private interface Copy {
    void run(long source, long target, long count);
  }

  /// Copies an element of the given axes into the corner of a larger one, which begins at `base`;
  /// the larger one's axes follow the first one of `batch`.
  private static void rows(int[] axes, int[] batch, Copy copy, long base) {
    int rank = axes.length;
    long total = 1;
    for (int a : axes) {
      total *= a;
    }
    if (total == 0) {
      return;
    }
    long row = rank == 0 ? 1 : axes[rank - 1];
    int[] at = new int[rank];
    for (long done = 0; done < total; done += row) {
      long target = 0;
      for (int a = 0; a < rank; a++) {
        target = target * batch[a + 1] + at[a];
      }
      copy.run(done, base + target, row);
      for (int a = rank - 2; a >= 0 && ++at[a] == axes[a]; a--) {
        at[a] = 0;
      }
    }
  }
}
