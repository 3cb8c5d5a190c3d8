package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.ScatterCpu;
import dev.merapi.kernel.cpu.StateCpu;
import dev.merapi.memory.Cell;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Parts of variables read and changed: rows, slices, blocks. Neighbours: StateOps (whole values),
/// GatherOps and ScatterOps (the same of tensors).
public final class StateRowOps {
  private static final OpRef SCATTER_ND = OpRef.to("ScatterNd");
  private static final OpRef VARIABLE_SHAPE = OpRef.to("VariableShape");

  private StateRowOps() {}

  /// Declares the family.
  public static void load() {}

  public static final OpDef RESOURCE_GATHER =
      op("ResourceGather")
          .says(
              "Picks rows of a variable by their indices; leading batch axes are matched one to"
                  + " one.")
          .in("resource", DType.RESOURCE)
          .in("indices", "Tindices")
          .out("output", "dtype")
          .attr("batch_dims", 0)
          .attr("validate_indices", true)
          .type("dtype", ALL)
          .type("Tindices", INDICES)
          .reads()
          .infer(c -> {
            Spec v = StateOps.held(c, 0, StateOps.dtype(c));
            c.out(0, v.withShape(gathered(c, v.shape())));
          })
          .grad(keep("resource", "indices"), StateRowOps::rows)
          .cpu(StateCpu::gather)
          .cuda("gather")
          .mustFail(StateOps.NO_HANDLE, Spec.of(DType.RESOURCE), Spec.of(DType.I32))
          .declare();

  private static Shape gathered(Call c, Shape p) {
    Shape x = c.shape(1);
    if (!p.isRankKnown() || !x.isRankKnown()) {
      return Shape.UNKNOWN;
    }
    int given = c.attrs.i("batch_dims");
    int b = given < 0 ? given + x.rank() : given;
    if (b < 0 || b > x.rank()) {
      throw c.fault("batch_dims (" + given + ") must be in [-" + x.rank() + ", " + x.rank() + "]")
          .expected("no more batch axes than indices have")
          .attrError();
    }
    if (p.rank() <= b) {
      throw c.fault("the variable has shape " + p + ", too few axes")
          .expected("a variable of rank " + (b + 1) + " or more")
          .shapeError();
    }
    if (!Dims.part(p, 0, b).accepts(Dims.part(x, 0, b))) {
      throw c.fault("the batch axes of indices " + x + " are not those of the variable " + p)
          .expected("equal batch axes")
          .shapeError();
    }
    return Dims.join(x, Dims.part(p, b + 1, p.rank()));
  }

  /// Sends a gradient to the rows that were picked.
  private static void rows(Grad g, Tensor dy) {
    Tensor indices = g.kept("indices");
    Tensor handle = g.kept("resource");
    if (handle.isSymbolic()) {
      handle = handle.storage().constant();
    }
    if (handle == null || !(handle.handles()[0] instanceof Cell cell)) {
      throw Message.what("ResourceGather: the variable's shape is not known where its gradient is")
          .expected("the handle of a variable made outside the graph")
          .gradientError();
    }
    Shape p = cell.spec().shape();
    int b = g.attrs().i("batch_dims");
    b += b < 0 ? indices.rank() : 0;
    if (b == 0) {
      g.to("resource", GatherOps.slices(dy, indices, p));
    } else {
      g.to("resource", GatherOps.whole(dy, indices, p, b, b));
    }
  }

  public static final OpDef RESOURCE_GATHER_ND =
      op("ResourceGatherNd")
          .says("Picks the elements or slices of a variable that index vectors name.")
          .in("resource", DType.RESOURCE)
          .in("indices", "Tindices")
          .out("output", "dtype")
          .type("dtype", ALL)
          .type("Tindices", INDICES)
          .reads()
          .infer(c -> {
            Spec v = StateOps.held(c, 0, StateOps.dtype(c));
            c.out(0, v.withShape(picked(c, v.shape())));
          })
          .grad(
              keep("resource", "indices"),
              (g, dy) -> {
                Tensor indices = g.kept("indices");
                Tensor shape =
                    VARIABLE_SHAPE.with(
                        VARIABLE_SHAPE.attrs("out_type", indices.dtype()), g.kept("resource"));
                g.to("resource", SCATTER_ND.of(indices, dy, shape));
              })
          .cpu(StateCpu::gatherNd)
          .cuda("gather")
          .mustFail(StateOps.NO_HANDLE, Spec.of(DType.RESOURCE), Spec.of(DType.I32, 1))
          .declare();

  private static Shape picked(Call c, Shape p) {
    Shape x = c.shape(1);
    if (x.isRankKnown() && x.rank() == 0) {
      throw c.fault("indices has shape (), too few axes")
          .expected("index vectors along the last axis")
          .shapeError();
    }
    if (!p.isRankKnown() || !x.isRankKnown() || x.dim(-1) < 0) {
      return Shape.UNKNOWN;
    }
    int k = x.dim(-1);
    if (k > p.rank()) {
      throw c.fault(
              "index innermost dimension length must be <= params rank; saw: "
                  + k
                  + " vs. "
                  + p.rank())
          .expected("index vectors of at most " + p.rank() + " entries")
          .shapeError();
    }
    return Dims.join(Dims.part(x, 0, x.rank() - 1), Dims.part(p, k, p.rank()));
  }

  private static OpDef scatter(String name, String says, Types types, ScatterCpu.Kind kind) {
    // A quotient of complex numbers takes several roundings.
    int ulps = kind == ScatterCpu.Kind.DIVIDE ? 1 : 0;
    return op(name)
        .says(says)
        .in("resource", DType.RESOURCE)
        .in("indices", "Tindices")
        .in("updates", "dtype")
        .type("dtype", types)
        .type("Tindices", INDICES)
        .stateful()
        .infer(c -> fits(c, StateOps.held(c, 0, c.dtype(2)).shape()))
        .noGrad(StateOps.NO_SLOPE)
        .cpu(c -> {
          fits(c, c.cell(0).peek().shape());
          StateCpu.scatterRows(c, kind);
        })
        .cuda("scatter")
        .accurate(ulps, ulps)
        .mustFail(
            StateOps.NO_HANDLE,
            Spec.of(DType.RESOURCE),
            Spec.of(DType.I32),
            Spec.of(types.has(DType.F32) ? DType.F32 : DType.I32))
        .declare();
  }

  /// Checks that updates are a scalar, or have the indices' axes in front and a row's behind.
  private static void fits(Call c, Shape p) {
    Shape x = c.shape(1);
    Shape u = c.shape(2);
    if (p.isRankKnown() && p.rank() == 0) {
      throw c.fault("the variable is a scalar and has no rows")
          .expected("a variable with axes")
          .shapeError();
    }
    if (!p.isRankKnown() || !x.isRankKnown() || !u.isRankKnown() || u.rank() == 0) {
      return;
    }
    if (!Dims.join(x, Dims.part(p, 1, p.rank())).accepts(u)) {
      throw c.fault(
              "Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [],"
                  + " got updates.shape "
                  + u.brackets()
                  + ", indices.shape "
                  + x.brackets()
                  + ", params.shape "
                  + p.brackets())
          .expected("one row for each index, or one number for all")
          .shapeError();
    }
  }

  public static final OpDef RESOURCE_SCATTER_UPDATE =
      scatter(
          "ResourceScatterUpdate",
          "Replaces rows of a variable; the last of equal ones wins.",
          ALL,
          ScatterCpu.Kind.REPLACE);

  public static final OpDef RESOURCE_SCATTER_ADD =
      scatter(
          "ResourceScatterAdd",
          "Adds to rows of a variable; a row named twice gets both.",
          NUMBERS,
          ScatterCpu.Kind.ADD);

  public static final OpDef RESOURCE_SCATTER_SUB =
      scatter(
          "ResourceScatterSub",
          "Subtracts from rows of a variable.",
          NUMBERS,
          ScatterCpu.Kind.SUBTRACT);

  public static final OpDef RESOURCE_SCATTER_MUL =
      scatter(
          "ResourceScatterMul",
          "Multiplies rows of a variable.",
          NUMBERS,
          ScatterCpu.Kind.MULTIPLY);

  public static final OpDef RESOURCE_SCATTER_DIV =
      scatter("ResourceScatterDiv", "Divides rows of a variable.", NUMBERS, ScatterCpu.Kind.DIVIDE);

  public static final OpDef RESOURCE_SCATTER_MIN =
      scatter(
          "ResourceScatterMin",
          "Keeps the lesser of rows of a variable and their updates.",
          REALS,
          ScatterCpu.Kind.MIN);

  public static final OpDef RESOURCE_SCATTER_MAX =
      scatter(
          "ResourceScatterMax",
          "Keeps the greater of rows of a variable and their updates.",
          REALS,
          ScatterCpu.Kind.MAX);

  private static OpDef scatterNd(String name, String says, Types types, ScatterCpu.Kind kind) {
    return op(name)
        .says(says)
        .in("ref", DType.RESOURCE)
        .in("indices", "Tindices")
        .in("updates", "T")
        .type("T", types)
        .type("Tindices", INDICES)
        .attr("use_locking", true)
        .attr("bad_indices_policy", "")
        .stateful()
        .infer(c ->
            ScatterOps.fits(
                c, c.shape(1), c.shape(2), StateOps.held(c, 0, c.dtype(2)).shape(), true))
        .noGrad(StateOps.NO_SLOPE)
        .cpu(c -> {
          ScatterOps.fits(c, c.shape(1), c.shape(2), c.cell(0).peek().shape(), true);
          StateCpu.scatterNd(c, kind);
        })
        .cuda("scatter")
        .mustFail(
            StateOps.NO_HANDLE,
            Spec.of(DType.RESOURCE),
            Spec.of(DType.I32, 1),
            Spec.of(types.has(DType.F32) ? DType.F32 : DType.I32))
        .declare();
  }

  public static final OpDef RESOURCE_SCATTER_ND_UPDATE =
      scatterNd(
          "ResourceScatterNdUpdate",
          "Replaces the slices of a variable that index vectors name; the last of equal ones wins.",
          ALL,
          ScatterCpu.Kind.REPLACE);

  public static final OpDef RESOURCE_SCATTER_ND_ADD =
      scatterNd(
          "ResourceScatterNdAdd",
          "Adds to the slices of a variable that index vectors name.",
          NUMBERS,
          ScatterCpu.Kind.ADD);

  public static final OpDef RESOURCE_SCATTER_ND_SUB =
      scatterNd(
          "ResourceScatterNdSub",
          "Subtracts from the slices of a variable that index vectors name.",
          NUMBERS,
          ScatterCpu.Kind.SUBTRACT);

  public static final OpDef RESOURCE_SCATTER_ND_MIN =
      scatterNd(
          "ResourceScatterNdMin",
          "Keeps the lesser of the slices of a variable that index vectors name and their updates.",
          REALS,
          ScatterCpu.Kind.MIN);

  public static final OpDef RESOURCE_SCATTER_ND_MAX =
      scatterNd(
          "ResourceScatterNdMax",
          "Keeps the greater of the slices of a variable that index vectors name and their"
              + " updates.",
          REALS,
          ScatterCpu.Kind.MAX);

  /// Checks that the value has the slice's shape or can be repeated to it.
  private static void stretches(Call c, @Nullable SliceSpec s) {
    Shape x = c.shape(4);
    if (s == null || !s.result().isKnown() || !x.isKnown()) {
      return;
    }
    Shape y = s.result();
    boolean fits = x.rank() <= y.rank();
    for (int i = 1; fits && i <= x.rank(); i++) {
      fits = x.dim(-i) == 1 || x.dim(-i) == y.dim(-i);
    }
    if (!fits) {
      throw c.fault("the value's shape " + x.brackets() + " does not stretch to " + y.brackets())
          .expected("the shape of the slice, or axes of 1 in it")
          .shapeError();
    }
  }

  private static OpBuilder slice() {
    return op("ResourceStridedSliceAssign")
        .says("Replaces the elements of a strided slice of a variable.")
        .in("ref", DType.RESOURCE)
        .in("begin", "Index")
        .in("end", "Index")
        .in("strides", "Index")
        .in("value", "T")
        .type("T", ALL)
        .type("Index", INDICES);
  }

  public static final OpDef RESOURCE_STRIDED_SLICE_ASSIGN =
      SliceOps.masks(slice())
          .stateful()
          .infer(c -> {
            Shape v = StateOps.held(c, 0, c.dtype(4)).shape();
            if (v.isRankKnown()) {
              stretches(c, SliceOps.spec(c, v, 1));
            }
          })
          .noGrad(StateOps.NO_SLOPE)
          .cpu(c ->
              StateCpu.assignSlice(
                  c,
                  shape -> {
                    SliceSpec s = SliceOps.known(c, SliceOps.spec(c, shape, 1));
                    stretches(c, s);
                    return s;
                  }))
          .cuda("copy")
          .mustFail(
              StateOps.NO_HANDLE,
              Spec.of(DType.RESOURCE),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1),
              Spec.of(DType.F32))
          .declare();
}
