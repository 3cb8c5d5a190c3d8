package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;

import dev.merapi.kernel.cpu.JoinCpu;
import dev.merapi.kernel.cpu.StitchCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/// Rows dealt out to several tensors by number, and laid back together. Neighbours: JoinOps (along
/// an axis), GatherOps.
public final class StitchOps {
  private StitchOps() {}

  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef RANGE = OpRef.to("Range");
  private static final OpRef STITCH = OpRef.to("DynamicStitch");
  private static final OpRef EQUAL = OpRef.to("Equal");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef PARTITION = OpRef.to("DynamicPartition");
  private static final OpRef SPLIT = OpRef.to("Split");
  private static final OpRef PARALLEL_STITCH = OpRef.to("ParallelDynamicStitch");

  /// Declares the family.
  public static void load() {}

  private static OpBuilder stitch(String name) {
    return op(name)
        .says(
            "Lays rows of several tensors into one, row k of data[i] at indices[i][k]; the last of"
                + " equal ones wins.")
        .ins("indices", DType.I32)
        .ins("data", "T")
        .out("merged", "T")
        .type("T", ALL)
        .infer(c -> c.out(0, c.dtype("data"), stitched(c)))
        .grad(keep("indices"), StitchOps::picked)
        .cpu(StitchCpu::stitch)
        .cuda("scatter")
        .mustFail("must start with", Spec.of(DType.I32, 2), Spec.of(DType.F32, 3));
  }

  public static final OpDef DYNAMIC_STITCH =
      stitch("DynamicStitch")
          .api("dynamicStitch")
          .differs(
              ".*_two", "TensorFlow sends the gradient also to rows that others have overwritten")
          .declare();

  public static final OpDef PARALLEL_DYNAMIC_STITCH = stitch("ParallelDynamicStitch").declare();

  private static Shape stitched(Call c) {
    int n = c.listLength();
    if (n == 0) {
      throw c.fault("there is nothing to stitch")
          .expected("one pair of indices and data at least")
          .valueError();
    }
    Shape row = Shape.UNKNOWN;
    int rows = 0;
    boolean known = true;
    for (int i = 0; i < n; i++) {
      Shape x = c.shape(i);
      Shape d = c.shape(n + i);
      if (x.isRankKnown() && d.isRankKnown()) {
        if (d.rank() < x.rank() || !x.accepts(Dims.part(d, 0, x.rank()))) {
          throw c.fault(
                  "data["
                      + i
                      + "].shape = "
                      + d.brackets()
                      + " must start with indices["
                      + i
                      + "].shape = "
                      + x.brackets())
              .expected("one row of data for each index")
              .shapeError();
        }
        Shape own = Dims.part(d, x.rank(), d.rank());
        if (!row.accepts(own)) {
          throw c.fault(
                  "data["
                      + i
                      + "] has rows of shape "
                      + own.brackets()
                      + ", data[0] of shape "
                      + row.brackets()
                      + ": need data[0].shape["
                      + c.shape(0).rank()
                      + ":] = data["
                      + i
                      + "].shape["
                      + x.rank()
                      + ":]")
              .expected("rows of one shape")
              .shapeError();
        }
        row = row.isKnown() ? row : own;
      }
      int[] v = c.constant(i);
      known &= v != null;
      for (int k : v == null ? new int[0] : v) {
        if (k < 0) {
          throw c.fault("indices[" + i + "] holds " + k + ", which is not >= 0")
              .expected("indices ≥ 0")
              .valueError();
        }
        rows = Math.max(rows, k + 1);
      }
    }
    return row.isRankKnown() ? Dims.join(Shape.of(known ? rows : Shape.UNKNOWN_SIZE), row) : row;
  }

  private static void picked(Grad g, Tensor dy) {
    Tensor[] indices = g.keptList("indices");
    Tensor axis = Values.scalar(0);
    Tensor[] numbers = mayRepeat(indices) ? numbers(indices) : new Tensor[0];
    Tensor winners = numbers.length == 0 ? dy : STITCH.of(numbers);
    for (int i = 0; i < indices.length; i++) {
      if (!g.needs("data", i)) {
        continue;
      }
      Tensor rows = GATHER.of(dy, indices[i], axis);
      if (numbers.length > 0) {
        // A row that a later one overwrote gets nothing.
        Tensor stays = EQUAL.of(GATHER.of(winners, indices[i], axis), numbers[indices.length + i]);
        Tensor mask = CAST.with(CAST.attrs("DstT", dy.dtype()), stays);
        rows = Grads.mul(rows, Sizes.behind(mask, rows.rank() - indices[i].rank()));
      }
      g.to("data", i, rows);
    }
  }

  private static boolean mayRepeat(Tensor[] indices) {
    BitSet seen = new BitSet();
    for (Tensor t : indices) {
      Tensor known = Sizes.known(t);
      if (known == null) {
        return true;
      }
      for (int k : known.toIntArray()) {
        if (seen.get(k)) {
          return true;
        }
        seen.set(k);
      }
    }
    return false;
  }

  /// Returns the indices, and data of the same shapes that number all rows.
  private static Tensor[] numbers(Tensor[] indices) {
    int n = indices.length;
    Tensor[] in = Arrays.copyOf(indices, 2 * n);
    Tensor first = Values.scalar(0);
    for (int i = 0; i < n; i++) {
      Tensor next = Sizes.plus(first, Sizes.count(indices[i]));
      Tensor own = RANGE.of(first, next, Values.scalar(1));
      in[n + i] = RESHAPE.of(own, Sizes.of(indices[i]));
      first = next;
    }
    return in;
  }

  public static final OpDef PARALLEL_CONCAT =
      op("ParallelConcat")
          .says("Lays rows, each a tensor of its own, under each other.")
          .ins("values", "T")
          .out("output", "T")
          .type("T", ALL)
          .attr("shape", AttrDef.Kind.SHAPE)
          .infer(c -> c.out(0, c.dtype(0), rows(c)))
          .grad(
              keep(),
              (g, dy) -> {
                int n = g.specs("values").length;
                Tensor[] rows = SPLIT.all(SPLIT.attrs("num_split", n), Values.scalar(0), dy);
                for (int i = 0; i < n; i++) {
                  g.to("values", i, rows[i]);
                }
              })
          .cpu(c -> JoinCpu.concat(c, 0, c.ins(), 0))
          .cuda("copy")
          .mustFail(
              "have one row each",
              Map.of("shape", Shape.of(4)),
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 2))
          .declare();

  private static Shape rows(Call c) {
    Shape row = c.shape(0);
    for (int i = 0; i < c.ins(); i++) {
      Shape s = c.shape(i);
      if (s.isRankKnown() && (s.rank() == 0 || s.dim(0) > 1) || !row.accepts(s)) {
        throw c.fault("all values must have one row each, and that of one shape")
            .expected("values of shape (1, …)")
            .shapeError();
      }
    }
    Shape want = c.attrs.shape("shape");
    Shape all = row.isRankKnown() ? row.with(0, c.ins()) : row;
    if (!want.accepts(all)) {
      throw c.fault(c.ins() + " rows of shape " + row + " do not make shape " + want)
          .expected("the shape that the attribute says")
          .shapeError();
    }
    return all.isKnown() ? all : want;
  }

  public static final OpDef DYNAMIC_PARTITION =
      op("DynamicPartition")
          .says(
              "Deals rows out to num_partitions tensors by the number given for each, in their"
                  + " order.")
          .in("data", "T")
          .in("partitions", DType.I32)
          .outs("outputs", "T")
          .attr("num_partitions", AttrDef.Kind.INT)
          .type("T", ALL)
          .infer(StitchOps::partitioned)
          .grad(keep("partitions"), StitchOps::rejoined)
          .cpu(StitchCpu::partition)
          .cuda("gather")
          .api("dynamicPartition")
          .mustFail(
              "data.shape must start with partitions.shape",
              Map.of("num_partitions", 2),
              Spec.of(DType.F32, 3),
              Spec.of(DType.I32, 2))
          .declare();

  private static void partitioned(Call c) {
    int n = c.attrs.i("num_partitions");
    if (n < 1) {
      throw c.fault("num_partitions must be at least 1, not " + n)
          .expected("1 or more")
          .attrError();
    }
    Shape d = c.shape(0);
    Shape p = c.shape(1);
    Shape part = Shape.UNKNOWN;
    if (d.isRankKnown() && p.isRankKnown()) {
      if (d.rank() < p.rank() || !p.accepts(Dims.part(d, 0, p.rank()))) {
        throw c.fault(
                "data.shape must start with partitions.shape, got data.shape = "
                    + d.brackets()
                    + ", partitions.shape = "
                    + p.brackets())
            .expected("one row of data for each number")
            .shapeError();
      }
      part = Dims.join(Shape.of(Shape.UNKNOWN_SIZE), Dims.part(d, p.rank(), d.rank()));
    }
    c.outs(n);
    for (int i = 0; i < n; i++) {
      c.out(i, c.dtype(0), part);
    }
  }

  /// Deals the rows' own numbers out the same way, which tells where each gradient row belongs.
  private static void rejoined(Grad g, Tensor dy) {
    Tensor partitions = g.kept("partitions");
    int n = g.outs();
    Tensor own = RESHAPE.of(Sizes.upTo(Sizes.count(partitions)), Sizes.of(partitions));
    Tensor[] places = PARTITION.all(PARTITION.attrs("num_partitions", n), own, partitions);
    Tensor[] in = new Tensor[2 * n];
    for (int i = 0; i < n; i++) {
      in[i] = places[i];
      in[n + i] = g.dyOrZeros(i);
    }
    g.to("data", RESHAPE.of(PARALLEL_STITCH.of(in), g.dims("data")));
  }
}
