package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.JoinCpu;
import dev.merapi.kernel.cpu.Numbers;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Map;

/// Several tensors become one along an axis, and one becomes several. Neighbours: StitchOps (by
/// indices), SliceOps (parts of one).
public final class JoinOps {
  private JoinOps() {}

  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef SPLIT_V = OpRef.to("SplitV");
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef UNPACK = OpRef.to("Unpack");

  /// Declares the family.
  public static void load() {}

  public static final OpDef CONCAT_V2 =
      op("ConcatV2")
          .says("Joins tensors along an axis that they have; all other axes are equal.")
          .ins("values", "T")
          .in("axis", "Tidx")
          .out("output", "T")
          .type("T", ALL)
          .type("Tidx", INDICES, DType.I32)
          .infer(c -> c.out(0, c.dtype("values"), joined(c, 0, "axis")))
          .grad(keep("axis"), (g, dy) -> parted(g, dy, "axis"))
          .cpu(c -> JoinCpu.concat(c, 0, c.listLength(), axis(c, 0, "axis")))
          .cuda("copy")
          .api("concat")
          .mustFail(
              "Dimension 1 in both shapes must be equal: shape[0] = [2,3] vs. shape[1] = [2,4]",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.F32, 2, 4),
              Spec.of(DType.I32))
          .declare();

  public static final OpDef CONCAT_OLD =
      op("Concat")
          .says("Joins tensors along an axis; the older form of ConcatV2, with the axis first.")
          .in("concat_dim", DType.I32)
          .ins("values", "T")
          .out("output", "T")
          .type("T", ALL)
          .infer(c -> c.out(0, c.dtype("values"), joined(c, 1, "concat_dim")))
          .grad(keep("concat_dim"), (g, dy) -> parted(g, dy, "concat_dim"))
          .cpu(c -> JoinCpu.concat(c, 1, c.listLength(), axis(c, 1, "concat_dim")))
          .cuda("copy")
          .mustFail(
              "Ranks of all input tensors should match",
              Spec.of(DType.I32),
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.F32, 2))
          .declare();

  private static int axis(Call c, int first, String axis) {
    int a = c.in(axis).intValue();
    return a < 0 ? a + c.shape(first).rank() : a;
  }

  private static Shape joined(Call c, int first, String axisName) {
    int n = c.listLength();
    if (n == 0) {
      throw c.fault("there is nothing to join").expected("one tensor at least").valueError();
    }
    Integer given = Dims.scalar(c, axisName);
    Shape x = Shape.UNKNOWN;
    int model = 0;
    for (int i = 0; i < n && !x.isRankKnown(); i++) {
      x = c.shape(first + i);
      model = i;
    }
    if (!x.isRankKnown()) {
      return x;
    }
    int r = x.rank();
    if (r == 0) {
      throw c.fault("ConcatOp : Can't concatenate scalars (use tf.stack instead)")
          .expected("tensors with axes")
          .fix("use tf.stack")
          .shapeError();
    }
    if (given != null && (given < -r || given >= r)) {
      throw c.fault(
              "ConcatOp : Expected concatenating dimensions in the range ["
                  + -r
                  + ", "
                  + r
                  + "), but got "
                  + given)
          .expected("an axis from " + -r + " to " + (r - 1))
          .shapeError();
    }
    int axis = given == null ? -1 : given < 0 ? given + r : given;
    int[] d = x.dims();
    if (model > 0 && axis >= 0) {
      // Those before have no known rank, and so no known share of the sum.
      d[axis] = Shape.UNKNOWN_SIZE;
    }
    for (int i = model + 1; i < n; i++) {
      Shape y = c.shape(first + i);
      if (!y.isRankKnown()) {
        if (axis >= 0) {
          d[axis] = Shape.UNKNOWN_SIZE;
        }
        continue;
      }
      String pair =
          "shape[" + model + "] = " + x.brackets() + " vs. shape[" + i + "] = " + y.brackets();
      if (y.rank() != r) {
        throw c.fault("ConcatOp : Ranks of all input tensors should match: " + pair)
            .expected("rank " + r + " for all")
            .fix("add an axis with tf.expandDims, or use tf.stack")
            .shapeError();
      }
      for (int k = 0; k < r && axis >= 0; k++) {
        if (k == axis) {
          d[k] = Dims.plus(d[k], y.dim(k));
        } else if (d[k] < 0) {
          d[k] = y.dim(k);
        } else if (y.dim(k) >= 0 && y.dim(k) != d[k]) {
          throw c.fault("ConcatOp : Dimension " + k + " in both shapes must be equal: " + pair)
              .expected("all axes but axis " + axis + " equal")
              .shapeError();
        }
      }
    }
    return axis < 0 ? Dims.unknown(r) : Shape.ofOwned(d);
  }

  /// Cuts the gradient of a concatenation at the seams.
  private static void parted(Grad g, Tensor dy, String axisName) {
    int n = g.specs("values").length;
    Tensor axis = g.kept(axisName);
    Tensor known = Sizes.known(axis);
    Tensor[] sizes = new Tensor[n];
    Tensor at = null;
    for (int i = 0; i < n; i++) {
      Shape s = g.specs("values")[i].shape();
      if (known != null && s.isRankKnown()) {
        int a = s.axis("Concat", known.intValue());
        sizes[i] = g.size("values", i, a);
        at = Values.scalar(a);
      } else {
        at = Sizes.fromFront(axis, dy);
        sizes[i] = GATHER.of(g.dims("values", i), at, Values.scalar(0));
      }
    }
    Tensor[] parts = SPLIT_V.all(SPLIT_V.attrs("num_split", n), dy, Sizes.vector(sizes), at);
    for (int i = 0; i < parts.length; i++) {
      g.to("values", i, parts[i]);
    }
  }

  public static final OpDef CONCAT_OFFSET =
      op("ConcatOffset")
          .says("Returns where each of several shapes begins within their concatenation.")
          .in("concat_dim", DType.I32)
          .ins("shape", "shape_type")
          .outs("offset", "shape_type")
          .type("shape_type", INDICES)
          .infer(c -> {
            c.outs(c.listLength());
            for (int i = 0; i < c.listLength(); i++) {
              Shape s = c.shape(i + 1);
              if (s.isRankKnown() && (s.rank() != 1 || s.isKnown() && !s.accepts(c.shape(1)))) {
                throw c.fault("input " + i + " should contain as many elements as the first shape")
                    .expected("vectors of equal length")
                    .shapeError();
              }
              c.out(i, c.in(i + 1).spec());
            }
          })
          .noGrad("offsets are whole numbers")
          .cpu(c -> {
            int given = c.in(0).intValue();
            int r = (int) c.shape(1).size();
            int axis = given < 0 ? given + r : given;
            if (axis < 0 || axis >= r) {
              throw c.fault("Concat dim is out of range: " + given + " vs. " + r)
                  .expected("an axis of the shapes")
                  .shapeError();
            }
            int at = 0;
            int[] first = c.in(1).toIntArray();
            for (int i = 0; i < c.outs(); i++) {
              int[] offset = new int[r];
              offset[axis] = at;
              Numbers.write(c.out(i), offset);
              int[] shape = c.in(i + 1).toIntArray();
              for (int k = 0; k < r; k++) {
                if (k != axis && shape[k] != first[k]) {
                  throw c.fault(
                          "All dimensions except "
                              + axis
                              + " must match. Input "
                              + i
                              + " has shape "
                              + Shape.of(shape).brackets()
                              + " and doesn't match input 0 with shape "
                              + Shape.of(first).brackets()
                              + ".")
                      .expected("shapes that differ along one axis only")
                      .shapeError();
                }
              }
              at += shape[axis];
            }
          })
          .cuda("none: shapes are known on the host")
          .mustFail(
              "as many elements", Spec.of(DType.I32), Spec.of(DType.I32, 2), Spec.of(DType.I32, 3))
          .declare();

  public static final OpDef SPLIT =
      op("Split")
          .says("Cuts a tensor into num_split equal parts along an axis.")
          .in("split_dim", DType.I32)
          .in("value", "T")
          .outs("output", "T")
          .attr("num_split", AttrDef.Kind.INT)
          .type("T", ALL)
          .infer(JoinOps::split)
          .grad(keep("split_dim"), (g, dy) -> g.to("value", rejoined(g, g.kept("split_dim"))))
          .cpu(c -> JoinCpu.split(c, c.in(1), normal(c.in(0).intValue(), c.shape(1))))
          .cuda("copy")
          .api("split")
          .mustFail(
              "Number of ways to split should evenly divide the split dimension",
              Map.of("num_split", 2),
              Spec.of(DType.I32),
              Spec.of(DType.F32, 5))
          .declare();

  private static int normal(int axis, Shape x) {
    return axis < 0 ? axis + x.rank() : axis;
  }

  /// Returns the axis to split along, or -1 when it is not known yet.
  private static int splitAxis(Call c, String input, Shape x) {
    Integer axis = Dims.scalar(c, input);
    if (axis == null || !x.isRankKnown()) {
      return -1;
    }
    int r = x.rank();
    if (axis < -r || axis >= r) {
      throw c.fault(
              "-input rank(-" + r + ") <= split_dim < input rank (" + r + "), but got " + axis)
          .expected(r == 0 ? "a tensor with axes" : "an axis from " + -r + " to " + (r - 1))
          .shapeError();
    }
    return normal(axis, x);
  }

  private static void split(Call c) {
    int n = c.attrs.i("num_split");
    if (n <= 0) {
      throw c.fault("Number of ways to split should be > 0, but got " + n)
          .expected("num_split of 1 or more")
          .attrError();
    }
    Shape x = c.shape(1);
    int axis = splitAxis(c, "split_dim", x);
    c.outs(n);
    Shape part = x.isRankKnown() ? Dims.unknown(x.rank()) : x;
    if (axis >= 0) {
      int size = x.dim(axis);
      if (size >= 0 && size % n != 0) {
        throw c.fault(
                "Number of ways to split should evenly divide the split dimension, but got"
                    + " split_dim "
                    + axis
                    + " (size = "
                    + size
                    + ") and num_split "
                    + n)
            .expected("a number that divides " + size)
            .fix("give the sizes of the parts: tf.split(value, [sizes], axis)")
            .shapeError();
      }
      part = x.with(axis, size < 0 ? size : size / n);
    }
    for (int i = 0; i < n; i++) {
      c.out(i, c.dtype(1), part);
    }
  }

  private static Tensor rejoined(Grad g, Tensor axis) {
    int n = g.outs();
    Tensor[] in = new Tensor[n + 1];
    for (int i = 0; i < n; i++) {
      in[i] = g.dyOrZeros(i);
    }
    in[n] = axis;
    return CONCAT.of(in);
  }

  public static final OpDef SPLIT_SIZES =
      op("SplitV")
          .says(
              "Cuts a tensor along an axis into parts of the given sizes; one size may be -1, which"
                  + " takes the rest.")
          .in("value", "T")
          .in("size_splits", "Tlen")
          .in("split_dim", DType.I32)
          .outs("output", "T")
          .attr("num_split", AttrDef.Kind.INT)
          .type("T", ALL)
          .type("Tlen", Types.of(DType.I8, DType.I32, DType.I64))
          .infer(JoinOps::splitSizes)
          .grad(keep("split_dim"), (g, dy) -> g.to("value", rejoined(g, g.kept("split_dim"))))
          .cpu(c -> JoinCpu.split(c, c.in(0), normal(c.in(2).intValue(), c.shape(0))))
          .cuda("copy")
          .api("split")
          .mustFail(
              "Determined shape must either match",
              Map.of("num_split", 1),
              Spec.of(DType.F32, 5),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32))
          .declare();

  private static void splitSizes(Call c) {
    int n = c.attrs.i("num_split");
    Shape x = c.shape(0);
    int axis = splitAxis(c, "split_dim", x);
    int[] sizes = c.constant("size_splits");
    c.outs(n);
    if (axis < 0 || sizes == null) {
      for (int i = 0; i < n; i++) {
        c.out(i, c.dtype(0), x.isRankKnown() ? Dims.unknown(x.rank()) : x);
      }
      return;
    }
    if (sizes.length != n) {
      throw c.fault("size of the split_sizes must equal num_split: " + sizes.length + " vs. " + n)
          .expected(n + " sizes")
          .shapeError();
    }
    int open = -1;
    int sum = 0;
    for (int i = 0; i < n; i++) {
      if (sizes[i] == -1 && open >= 0) {
        throw c.fault("There can only be one -1 in the input.")
            .expected("at most one -1 in size_splits")
            .valueError();
      }
      if (sizes[i] < -1) {
        throw c.fault("Split size at index " + i + " must be >= 0. Got: " + sizes[i])
            .expected("sizes of 0 or more")
            .valueError();
      }
      open = sizes[i] == -1 ? i : open;
      sum += Math.max(0, sizes[i]);
    }
    int all = x.dim(axis);
    if (all >= 0 && (open < 0 ? sum != all : sum > all)) {
      throw c.fault(
              "Determined shape must either match input shape along split_dim exactly if fully"
                  + " specified, or be less than the size of the input along split_dim if not fully"
                  + " specified.  Got: "
                  + sum)
          .expected("sizes that add up to " + all)
          .shapeError();
    }
    for (int i = 0; i < n; i++) {
      int size = i == open ? (all < 0 ? all : all - sum) : sizes[i];
      c.out(i, c.dtype(0), x.with(axis, size));
    }
  }

  public static final OpDef PACK_OP =
      op("Pack")
          .says("Stacks tensors of one shape along a new axis.")
          .ins("values", "T")
          .out("output", "T")
          .type("T", ALL)
          .attr("axis", 0)
          .infer(c -> c.out(0, c.dtype(0), packed(c)))
          .grad(
              keep(),
              (g, dy) -> {
                int n = g.specs("values").length;
                Tensor[] parts =
                    UNPACK.all(UNPACK.attrs("num", n, "axis", g.attrs().i("axis")), dy);
                for (int i = 0; i < n; i++) {
                  g.to("values", i, parts[i]);
                }
              })
          .cpu(c -> {
            int axis = c.attrs.i("axis");
            JoinCpu.pack(c, axis < 0 ? axis + c.shape(0).rank() + 1 : axis);
          })
          .cuda("copy")
          .api("stack")
          .mustFail(
              "Shapes of all inputs must match: values[0].shape = [2] != values[1].shape = [3]",
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 3))
          .declare();

  private static Shape packed(Call c) {
    if (c.ins() == 0) {
      throw c.fault("there is nothing to stack").expected("one tensor at least").valueError();
    }
    Shape x = c.shape(0);
    for (int i = 1; i < c.ins(); i++) {
      Shape y = c.shape(i);
      if (!x.accepts(y)) {
        throw c.fault(
                "Shapes of all inputs must match: values[0].shape = "
                    + x.brackets()
                    + " != values["
                    + i
                    + "].shape = "
                    + y.brackets())
            .expected("tensors of one shape")
            .fix("join tensors of different sizes with tf.concat")
            .shapeError();
      }
      x = !x.isKnown() && y.isKnown() ? y : x;
    }
    if (!x.isRankKnown()) {
      return x;
    }
    int r = x.rank() + 1;
    int axis = c.attrs.i("axis");
    if (axis < -r || axis >= r) {
      throw c.fault("axis = " + axis + " not in [" + -r + ", " + r + ")")
          .expected("an axis from " + -r + " to " + (r - 1))
          .attrError();
    }
    int at = axis < 0 ? axis + r : axis;
    return Dims.join(Dims.join(Dims.part(x, 0, at), Shape.of(c.ins())), Dims.part(x, at, r - 1));
  }

  public static final OpDef UNPACK_OP =
      op("Unpack")
          .says("Takes a tensor apart along an axis, which disappears.")
          .in("value", "T")
          .outs("output", "T")
          .attr("num", AttrDef.Kind.INT)
          .type("T", ALL)
          .attr("axis", 0)
          .infer(c -> {
            Shape x = c.shape(0);
            int n = c.attrs.i("num");
            c.outs(n);
            Shape part = x;
            if (x.isRankKnown()) {
              int r = x.rank();
              int axis = c.attrs.i("axis");
              if (axis < -r || axis >= r) {
                throw c.fault("axis = " + axis + " not in [" + -r + ", " + r + ")")
                    .expected("an axis from " + -r + " to " + (r - 1))
                    .attrError();
              }
              int at = normal(axis, x);
              if (x.dim(at) >= 0 && x.dim(at) != n) {
                throw c.fault(
                        "Input shape axis "
                            + at
                            + " must equal "
                            + n
                            + ", got shape "
                            + x.brackets())
                    .expected("num = " + x.dim(at))
                    .shapeError();
              }
              part = Dims.join(Dims.part(x, 0, at), Dims.part(x, at + 1, r));
            }
            for (int i = 0; i < n; i++) {
              c.out(i, c.dtype(0), part);
            }
          })
          .grad(
              keep(),
              (g, dy) -> {
                Tensor[] parts = new Tensor[g.outs()];
                for (int i = 0; i < parts.length; i++) {
                  parts[i] = g.dyOrZeros(i);
                }
                g.to("value", PACK.with(PACK.attrs("axis", g.attrs().i("axis")), parts));
              })
          .cpu(c -> JoinCpu.unpack(c, normal(c.attrs.i("axis"), c.shape(0))))
          .cuda("copy")
          .api("unstack")
          .mustFail("must equal 4, got shape [2,3]", Map.of("num", 4), Spec.of(DType.F32, 2, 3))
          .declare();
}
