package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.ScatterCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Values put to places that index vectors name. Neighbours: GatherOps (the reverse), SliceOps
/// (blocks).
public final class ScatterOps {
  private ScatterOps() {}

  private static final OpRef GATHER_ND = OpRef.to("GatherNd");
  private static final OpRef SCATTER_ND_REF = OpRef.to("ScatterNd");
  private static final OpRef UPDATE_REF = OpRef.to("TensorScatterUpdate");
  private static final OpRef ZEROS_LIKE = OpRef.to("ZerosLike");
  private static final OpRef NEG = OpRef.to("Neg");
  private static final OpRef EQUAL = OpRef.to("Equal");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef DIV = OpRef.to("RealDiv");
  private static final OpRef FILL = OpRef.to("Fill");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef ADD = OpRef.to("AddV2");

  /// Declares the family.
  public static void load() {}

  public static final OpDef SCATTER_ND =
      op("ScatterNd")
          .says(
              "Adds values into zeros of the given shape, at the places that the index vectors"
                  + " name.")
          .in("indices", "Tindices")
          .in("updates", "T")
          .in("shape", "Tindices")
          .out("output", "T")
          .type("T", ALL)
          .type("Tindices", GatherOps.ANY_INDEX)
          .attr("bad_indices_policy", "")
          .infer(c -> {
            Dims.exactly(c, "shape", 1);
            int[] d = c.constant("shape");
            Shape y = d == null ? Dims.unknown(c, "shape") : Shape.of(d);
            c.out(0, c.dtype(1), y);
            fits(c, c.shape(0), c.shape(1), y, true);
          })
          .grad(keep("indices"), (g, dy) -> g.to("updates", GATHER_ND.of(dy, g.kept("indices"))))
          .cpu(ScatterCpu::scatterNd)
          .cuda("scatter")
          .api("scatterNd")
          .mustFail(
              "Dimensions [1,1) of input[shape=[0]] must match dimensions [1,2) of"
                  + " updates[shape=[1,2]]",
              Spec.of(DType.I32, 1, 1),
              Spec.of(DType.F32, 1, 2),
              Spec.of(DType.I32, 1))
          .declare();

  /// Checks that updates have the indices' leading axes and the target's inner axes.
  static void fits(Call c, Shape x, Shape u, Shape y, boolean range) {
    if (x.isRankKnown() && x.rank() == 0) {
      throw c.fault("indices has shape (), too few axes")
          .expected("index vectors along the last axis")
          .shapeError();
    }
    if (!x.isRankKnown() || !u.isRankKnown() || !y.isRankKnown() || x.dim(-1) < 0) {
      return;
    }
    int k = x.dim(-1);
    int lead = x.rank() - 1;
    if (k > y.rank()) {
      throw c.fault(
              "The inner dimension of indices ("
                  + k
                  + ") must not exceed the rank of the output shape "
                  + y.brackets())
          .expected("index vectors of at most " + y.rank() + " entries")
          .shapeError();
    }
    boolean front = u.rank() >= lead && Dims.part(x, 0, lead).accepts(Dims.part(u, 0, lead));
    if (!front) {
      throw c.fault(
              "Dimensions [0,"
                  + lead
                  + ") of indices[shape="
                  + x.brackets()
                  + "] must match dimensions [0,"
                  + lead
                  + ") of updates[shape="
                  + u.brackets()
                  + "]")
          .expected("one update for each index vector")
          .shapeError();
    }
    if (!Dims.part(y, k, y.rank()).accepts(Dims.part(u, lead, u.rank()))) {
      String what =
          range
              ? "Dimensions ["
                  + k
                  + ","
                  + y.rank()
                  + ") of input[shape="
                  + y.brackets()
                  + "] must match dimensions ["
                  + lead
                  + ","
                  + u.rank()
                  + ") of updates[shape="
                  + u.brackets()
                  + "]"
              : "The inner "
                  + (y.rank() - k)
                  + " dimensions of output.shape="
                  + y.brackets()
                  + " must match the inner "
                  + (u.rank() - lead)
                  + " dimensions of updates.shape="
                  + u.brackets();
      throw c.fault(what)
          .expected("updates of shape " + Dims.part(y, k, y.rank()) + " behind axis " + lead)
          .shapeError();
    }
  }

  private static OpBuilder onto(String name, String says, Types types, ScatterCpu.Kind kind) {
    return op(name)
        .says(says)
        .in("tensor", "T")
        .in("indices", "Tindices")
        .in("updates", "T")
        .out("output", "T")
        .type("T", types)
        .type("Tindices", INDICES)
        .attr("bad_indices_policy", "")
        .infer(c -> {
          c.out(0, c.in(0).spec());
          fits(c, c.shape(1), c.shape(2), c.shape(0), false);
        })
        .cpu(c -> ScatterCpu.onto(c, kind))
        .cuda("scatter")
        .mustFail(
            "The inner 1 dimensions of output.shape=[4,3] must match the inner 1 dimensions of"
                + " updates.shape=[1,2]",
            Spec.of(DType.F32, 4, 3),
            Spec.of(DType.I32, 1, 1),
            Spec.of(DType.F32, 1, 2));
  }

  public static final OpDef TENSOR_SCATTER_UPDATE =
      onto(
              "TensorScatterUpdate",
              "Returns a tensor with the slices that index vectors name replaced; the last of equal"
                  + " ones wins.",
              ALL,
              ScatterCpu.Kind.REPLACE)
          .grad(
              keep("indices"),
              (g, dy) -> {
                Tensor indices = g.kept("indices");
                Tensor du = GATHER_ND.of(dy, indices);
                g.to("updates", mayRepeat(indices) ? MUL.of(du, last(g, indices, dy.dtype())) : du);
                if (g.needs("tensor")) {
                  g.to("tensor", UPDATE_REF.of(dy, indices, ZEROS_LIKE.of(du)));
                }
              })
          .api("tensorScatterNdUpdate")
          .differs(
              ".*_twice",
              "TensorFlow sends the gradient also to updates that others have overwritten")
          .declare();

  /// Tells whether an index vector occurs twice; yes when they are not known yet.
  private static boolean mayRepeat(Tensor indices) {
    Tensor known = Sizes.known(indices);
    if (known == null) {
      return true;
    }
    long[] v = known.toLongArray();
    int k = indices.shape().dim(-1);
    Set<List<Long>> seen = new HashSet<>();
    for (int i = 0; k > 0 && i < v.length; i += k) {
      if (!seen.add(Arrays.stream(v, i, i + k).boxed().toList())) {
        return true;
      }
    }
    return k == 0;
  }

  /// Returns ones for updates that stay, zeros for those that a later one overwrites: each update
  /// writes its number.
  private static Tensor last(Grad g, Tensor indices, DType type) {
    Tensor x = g.dims("tensor");
    Tensor zero = Values.scalar(0);
    int rank = indices.rank() - 1;
    Tensor lead = Sizes.part(Sizes.of(indices), zero, Values.scalar(rank));
    Tensor k = Sizes.axis(indices, rank);
    Tensor numbers = RESHAPE.of(Sizes.upTo(Sizes.product(lead)), lead);
    Tensor none = FILL.of(Sizes.part(x, zero, k), Values.scalar(-1));
    Tensor stays = EQUAL.of(GATHER_ND.of(UPDATE_REF.of(none, indices, numbers), indices), numbers);
    Tensor behind = Sizes.vector(Sizes.minus(Sizes.count(x), k));
    Tensor dims = CONCAT.of(lead, FILL.of(behind, Values.scalar(1)), zero);
    return RESHAPE.of(CAST.with(CAST.attrs("DstT", type), stays), dims);
  }

  public static final OpDef TENSOR_SCATTER_ADD =
      onto(
              "TensorScatterAdd",
              "Adds updates to the slices that index vectors name.",
              NUMBERS,
              ScatterCpu.Kind.ADD)
          .grad(
              keep("indices"),
              (g, dy) -> {
                g.to("tensor", dy);
                if (g.needs("updates")) {
                  g.to("updates", GATHER_ND.of(dy, g.kept("indices")));
                }
              })
          .api("tensorScatterNdAdd")
          .declare();

  public static final OpDef TENSOR_SCATTER_SUB =
      onto(
              "TensorScatterSub",
              "Subtracts updates from the slices that index vectors name.",
              NUMBERS,
              ScatterCpu.Kind.SUBTRACT)
          .grad(
              keep("indices"),
              (g, dy) -> {
                g.to("tensor", dy);
                if (g.needs("updates")) {
                  g.to("updates", NEG.of(GATHER_ND.of(dy, g.kept("indices"))));
                }
              })
          .api("tensorScatterNdSub")
          .declare();

  public static final OpDef TENSOR_SCATTER_MAX =
      onto(
              "TensorScatterMax",
              "Keeps the greater of the slices that index vectors name and their updates.",
              REALS,
              ScatterCpu.Kind.MAX)
          .grad(keep("tensor", "indices", "updates", "output"), ScatterOps::shared)
          .api("tensorScatterNdMax")
          .declare();

  public static final OpDef TENSOR_SCATTER_MIN =
      onto(
              "TensorScatterMin",
              "Keeps the lesser of the slices that index vectors name and their updates.",
              REALS,
              ScatterCpu.Kind.MIN)
          .grad(keep("tensor", "indices", "updates", "output"), ScatterOps::shared)
          .api("tensorScatterNdMin")
          .declare();

  /// Shares the gradient equally among all that reached the extreme.
  private static void shared(Grad g, Tensor dy) {
    Tensor x = g.kept("tensor");
    Tensor u = g.kept("updates");
    Tensor indices = g.kept("indices");
    Tensor y = g.kept("output");
    Tensor fromX = CAST.with(CAST.attrs("DstT", dy.dtype()), EQUAL.of(x, y));
    Tensor fromU = CAST.with(CAST.attrs("DstT", dy.dtype()), EQUAL.of(u, GATHER_ND.of(y, indices)));
    Tensor shape = g.dims("tensor");
    if (indices.dtype() == DType.I64) {
      shape = CAST.with(CAST.attrs("DstT", DType.I64), shape);
    }
    Tensor share = DIV.of(dy, ADD.of(fromX, SCATTER_ND_REF.of(indices, fromU, shape)));
    g.to("tensor", MUL.of(share, fromX));
    if (g.needs("updates")) {
      g.to("updates", MUL.of(GATHER_ND.of(share, indices), fromU));
    }
  }
}
