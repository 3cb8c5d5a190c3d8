package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Rules.like;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.BOOLS;
import static dev.merapi.op.Types.FIXED;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.Numbers;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/// Shapes asked for and changed; elements stay where they are. Neighbours: FillOps (new values),
/// MoveOps (elements change places), JoinOps, SliceOps.
public final class ShapeOps {
  private ShapeOps() {}

  private static final OpRef RESHAPE = OpRef.to("Reshape");

  /// Declares the family.
  public static void load() {}

  public static final OpDef IDENTITY =
      op("Identity")
          .says("Gives its input back as it is.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .infer(like())
          .grad(keep(), (g, dy) -> g.to("input", dy))
          .alias()
          .cuda("copy")
          .api("identity")
          .declare();

  public static final OpDef SNAPSHOT =
      op("Snapshot")
          .says("Gives its input back as it is; graphs use it to hold a value before it changes.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .infer(like())
          .grad(keep(), (g, dy) -> g.to("input", dy))
          .alias()
          .cuda("copy")
          .declare();

  public static final OpDef STOP_GRADIENT =
      op("StopGradient")
          .says("Gives its input back and lets no gradient through.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .infer(like())
          .noGrad("stops gradients by definition")
          .alias()
          .cuda("copy")
          .api("stopGradient")
          .declare();

  public static final OpDef PREVENT_GRADIENT =
      op("PreventGradient")
          .says("Gives its input back; asking for a gradient through it is an error.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .attr("message", "")
          .infer(like())
          .grad(
              keep(),
              (g, dy) -> {
                throw Message.what(
                        "PreventGradient: Gradient explicitly disabled. Reason: "
                            + g.attrs().s("message"))
                    .fix("ask for gradients of values that are not computed from this one")
                    .gradientError();
              })
          .alias()
          .cuda("copy")
          .declare();

  public static final OpDef SHAPE =
      op("Shape")
          .says("Returns the sizes of a tensor's axes as a vector.")
          .in("input", "T")
          .out("output", "out_type")
          .type("T", ALL)
          .type("out_type", INDICES, DType.I32)
          .infer(c -> {
            Shape s = c.shape(0);
            c.out(0, c.type("out_type"), Shape.of(s.isRankKnown() ? s.rank() : Shape.UNKNOWN_SIZE));
          })
          .noGrad("shapes are whole numbers")
          .cpu(c -> Numbers.write(c.out(0), c.shape(0).rawDims()))
          .cuda("none: shapes are known on the host")
          .api("shape")
          .example("tf.shape(tf.zeros(2, 3))", "[2 3]")
          .declare();

  public static final OpDef SHAPE_N =
      op("ShapeN")
          .says("Returns the shapes of several tensors.")
          .ins("input", "T")
          .outs("output", "out_type")
          .type("T", ALL)
          .type("out_type", INDICES, DType.I32)
          .infer(c -> {
            c.outs(c.ins());
            for (int i = 0; i < c.ins(); i++) {
              Shape s = c.shape(i);
              c.out(
                  i, c.type("out_type"), Shape.of(s.isRankKnown() ? s.rank() : Shape.UNKNOWN_SIZE));
            }
          })
          .noGrad("shapes are whole numbers")
          .cpu(c -> {
            for (int i = 0; i < c.ins(); i++) {
              Numbers.write(c.out(i), c.shape(i).rawDims());
            }
          })
          .cuda("none: shapes are known on the host")
          .api("shapeN")
          .declare();

  public static final OpDef SIZE =
      op("Size")
          .says("Returns the number of elements.")
          .in("input", "T")
          .out("output", "out_type")
          .type("T", ALL)
          .type("out_type", INDICES, DType.I32)
          .infer(c -> c.out(0, c.type("out_type"), Shape.SCALAR))
          .noGrad("sizes are whole numbers")
          .cpu(c -> {
            long n = c.in(0).size();
            if (c.type("out_type") == DType.I32 && n > Integer.MAX_VALUE) {
              throw c.fault(n + " elements do not fit int32")
                  .expected("a size below 2³¹")
                  .fix("ask with out_type int64")
                  .valueError();
            }
            Numbers.put(c.out(0).segment(), c.type("out_type"), 0, n);
          })
          .cuda("none: shapes are known on the host")
          .api("size")
          .declare();

  public static final OpDef RANK =
      op("Rank")
          .says("Returns the number of axes.")
          .in("input", "T")
          .out("output", DType.I32)
          .type("T", ALL)
          .infer(c -> c.out(0, DType.I32, Shape.SCALAR))
          .noGrad("ranks are whole numbers")
          .cpu(c -> Numbers.write(c.out(0), c.shape(0).rank()))
          .cuda("none: shapes are known on the host")
          .api("rank")
          .declare();

  public static final OpDef RESHAPE_OP =
      op("Reshape")
          .says(
              "Gives the same elements in the same order another shape; one axis may be -1, which"
                  + " is worked out.")
          .in("tensor", "T")
          .in("shape", "Tshape")
          .out("output", "T")
          .type("T", ALL)
          .type("Tshape", INDICES, DType.I32)
          .infer(c -> c.out(0, c.dtype(0), reshaped(c)))
          .grad(keep(), (g, dy) -> back(g, "tensor", dy))
          .alias()
          .cuda("none: no bytes move")
          .api("reshape")
          .mustFail("the requested shape has 0", Spec.of(DType.F32, 2, 3), Spec.of(DType.I32, 1))
          .example("tf.reshape(tf.range(6), -1, 2)", "[[0 1]\n [2 3]\n [4 5]]")
          .declare();

  private static void back(Grad g, String input, Tensor dy) {
    g.to(input, RESHAPE.of(dy, g.dims(input)));
  }

  private static Shape reshaped(Call c) {
    Dims.exactly(c, "shape", 1);
    int[] want = c.constant("shape");
    if (want == null) {
      return Dims.unknown(c, "shape");
    }
    int open = -1;
    long known = 1;
    for (int i = 0; i < want.length; i++) {
      if (want[i] == -1) {
        if (open >= 0) {
          throw c.fault("Only one input size may be -1, not both " + open + " and " + i)
              .expected("at most one -1")
              .shapeError();
        }
        open = i;
      } else if (want[i] < 0) {
        throw c.fault("Size " + i + " must be non-negative, not " + want[i])
            .expected("sizes ≥ 0, or one -1")
            .shapeError();
      } else {
        known = Math.multiplyExact(known, (long) want[i]);
      }
    }
    int[] d = want.clone();
    long n = c.shape(0).size();
    if (n < 0) {
      return Shape.ofOwned(d);
    }
    if (open >= 0) {
      if (known == 0 ? n != 0 : n % known != 0) {
        throw c.fault(
                "Input to reshape is a tensor with "
                    + n
                    + " values, but the requested shape requires a multiple of "
                    + known)
            .expected("a number of elements that " + known + " divides")
            .fix("check the other axes of " + Arrays.toString(want))
            .shapeError();
      }
      d[open] = Math.toIntExact(known == 0 ? 0 : n / known);
    } else if (known != n) {
      throw c.fault(
              "Input to reshape is a tensor with "
                  + n
                  + " values, but the requested shape has "
                  + known)
          .expected(n + " elements in all")
          .fix("put -1 for the axis that should be worked out")
          .shapeError();
    }
    return Shape.ofOwned(d);
  }

  public static final OpDef EXPAND_DIMS =
      op("ExpandDims")
          .says("Adds an axis of size 1.")
          .in("input", "T")
          .in("dim", "Tdim")
          .out("output", "T")
          .type("T", ALL)
          .type("Tdim", INDICES, DType.I32)
          .infer(c -> {
            Shape x = c.shape(0);
            Integer at = Dims.scalar(c, "dim");
            if (!x.isRankKnown() || at == null) {
              c.out(0, c.dtype(0), x.isRankKnown() ? Dims.unknown(x.rank() + 1) : Shape.UNKNOWN);
              return;
            }
            int r = x.rank();
            if (at < -r - 1 || at > r) {
              throw c.fault(
                      "Tried to expand dim index " + at + " for tensor with " + r + " dimensions.")
                  .expected("an axis from " + (-r - 1) + " to " + r)
                  .shapeError();
            }
            int i = at < 0 ? at + r + 1 : at;
            c.out(
                0,
                c.dtype(0),
                Dims.join(Dims.join(Dims.part(x, 0, i), Shape.of(1)), Dims.part(x, i, r)));
          })
          .grad(keep(), (g, dy) -> back(g, "input", dy))
          .alias()
          .cuda("none: no bytes move")
          .api("expandDims")
          .mustFail("must be a scalar", Spec.of(DType.F32, 2), Spec.of(DType.I32, 2))
          .declare();

  public static final OpDef SQUEEZE =
      op("Squeeze")
          .says("Drops axes of size 1: those named, or all of them.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .attr("squeeze_dims", new int[0])
          .infer(c -> c.out(0, c.dtype(0), squeezed(c)))
          .grad(keep(), (g, dy) -> back(g, "input", dy))
          .alias()
          .cuda("none: no bytes move")
          .api("squeeze")
          .mustFail(
              "Can not squeeze dim[0], expected a dimension of 1, got 2",
              Map.of("squeeze_dims", new int[] {0}),
              Spec.of(DType.F32, 2))
          .declare();

  private static Shape squeezed(Call c) {
    Shape x = c.shape(0);
    if (!x.isRankKnown()) {
      return x;
    }
    int[] axes = c.attrs.ints("squeeze_dims");
    int r = x.rank();
    boolean[] drop = new boolean[r];
    for (int a : axes) {
      int i = a < 0 ? a + r : a;
      if (i < 0 || i >= r) {
        throw c.fault("Tried to squeeze dim index " + a + " for tensor with " + r + " dimensions.")
            .expected("axes from " + -r + " to " + (r - 1))
            .shapeError();
      }
      if (x.dim(i) > 1 || x.dim(i) == 0) {
        throw c.fault("Can not squeeze dim[" + i + "], expected a dimension of 1, got " + x.dim(i))
            .expected("an axis of size 1")
            .shapeError();
      }
      drop[i] = true;
    }
    int[] d = new int[r];
    int n = 0;
    for (int i = 0; i < r; i++) {
      if (axes.length == 0 && x.dim(i) < 0) {
        return Shape.UNKNOWN;
      }
      if (axes.length == 0 ? x.dim(i) != 1 : !drop[i]) {
        d[n++] = x.dim(i);
      }
    }
    return Shape.ofOwned(Arrays.copyOf(d, n));
  }

  public static final OpDef ENSURE_SHAPE =
      op("EnsureShape")
          .says("Gives its input back if the shape is as expected, and fails otherwise.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .attr("shape", AttrDef.Kind.SHAPE)
          .infer(c -> c.out(0, c.dtype(0), ensured(c)))
          .grad(keep(), (g, dy) -> g.to("input", dy))
          .alias()
          .cuda("none: no bytes move")
          .api("ensureShape")
          .mustFail(
              "is not compatible with expected shape [2,4]",
              Map.of("shape", Shape.of(2, 4)),
              Spec.of(DType.F32, 2, 3))
          .declare();

  private static Shape ensured(Call c) {
    Shape x = c.shape(0);
    Shape want = c.attrs.shape("shape");
    if (!want.accepts(x)) {
      throw c.fault(
              "Shape of tensor input "
                  + x.brackets()
                  + " is not compatible with expected shape "
                  + want.brackets()
                  + ".")
          .expected("shape " + want)
          .shapeError();
    }
    if (!want.isRankKnown()) {
      return x;
    }
    if (!x.isRankKnown()) {
      return want;
    }
    int[] d = x.dims();
    for (int i = 0; i < d.length; i++) {
      d[i] = d[i] < 0 ? want.dim(i) : d[i];
    }
    return Shape.ofOwned(d);
  }

  public static final OpDef BROADCAST_ARGS =
      op("BroadcastArgs")
          .says("Returns the shape that two shapes stretch to.")
          .in("s0", "T")
          .in("s1", "T")
          .out("r0", "T")
          .type("T", INDICES)
          .infer(c -> {
            int[] a = c.constant(0);
            int[] b = c.constant(1);
            boolean known = c.shape(0).isKnown() && c.shape(1).isKnown();
            int n = known ? (int) Math.max(c.shape(0).size(), c.shape(1).size()) : -1;
            c.out(0, c.dtype(0), Shape.of(n));
            if (a != null && b != null) {
              Rules.broadcast(c, Shape.of(a), Shape.of(b));
            }
          })
          .noGrad("shapes are whole numbers")
          .cpu(c -> {
            Shape s =
                Rules.broadcast(c, Shape.of(c.in(0).toIntArray()), Shape.of(c.in(1).toIntArray()));
            Numbers.write(c.out(0), s.rawDims());
          })
          .cuda("none: shapes are known on the host")
          .api("broadcastDynamicShape")
          .declare();

  public static final OpDef BROADCAST_GRADIENT_ARGS =
      op("BroadcastGradientArgs")
          .says(
              "Returns the axes along which each of two shapes is stretched, over which a gradient"
                  + " is summed.")
          .in("s0", "T")
          .in("s1", "T")
          .out("r0", "T")
          .out("r1", "T")
          .type("T", INDICES)
          .infer(c -> {
            int[] a = c.constant(0);
            int[] b = c.constant(1);
            boolean known = a != null && b != null;
            Shape x = known ? Shape.of(a) : Shape.UNKNOWN;
            Shape y = known ? Shape.of(b) : Shape.UNKNOWN;
            if (known) {
              Rules.broadcast(c, x, y);
            }
            c.out(0, c.dtype(0), Shape.of(known ? stretched(x, y).length : Shape.UNKNOWN_SIZE));
            c.out(1, c.dtype(0), Shape.of(known ? stretched(y, x).length : Shape.UNKNOWN_SIZE));
          })
          .noGrad("axes are whole numbers")
          .cpu(c -> {
            Shape a = Shape.of(c.in(0).toIntArray());
            Shape b = Shape.of(c.in(1).toIntArray());
            for (int i = 0; i < 2; i++) {
              int[] axes = stretched(i == 0 ? a : b, i == 0 ? b : a);
              Numbers.write(c.out(i), axes);
            }
          })
          .cuda("none: shapes are known on the host")
          .declare();

  /// Returns the axes of the common shape along which `x` has size 1 or no axis at all.
  ///
  /// As in TensorFlow, an axis of size 1 on both sides counts for both, unless the shapes are
  /// equal.
  private static int[] stretched(Shape x, Shape y) {
    if (x.equals(y)) {
      return new int[0];
    }
    int r = Math.max(x.rank(), y.rank());
    int[] axes = new int[r];
    int n = 0;
    for (int i = 0; i < r; i++) {
      int k = i - (r - x.rank());
      if (k < 0 || x.dim(k) == 1) {
        axes[n++] = i;
      }
    }
    return Arrays.copyOf(axes, n);
  }

  public static final OpDef BITCAST =
      op("Bitcast")
          .says(
              "Reads the same bytes as another element type; the last axis absorbs a change of"
                  + " width.")
          .in("input", "T")
          .out("output", "type")
          .type("T", FIXED.without(BOOLS))
          .type("type", FIXED.without(BOOLS), DType.I32)
          .infer(c -> {
            DType t = c.attrs.type("type");
            int a = c.dtype(0).bytes();
            int b = t.bytes();
            Shape x = c.shape(0);
            if (!x.isRankKnown() || a == b) {
              c.out(0, t, x);
            } else if (a > b) {
              c.out(0, t, Dims.join(x, Shape.of(a / b)));
            } else if (x.rank() > 0 && (x.dim(-1) < 0 || x.dim(-1) == b / a)) {
              c.out(0, t, Dims.part(x, 0, x.rank() - 1));
            } else {
              throw c.fault(
                      "Cannot bitcast from "
                          + c.dtype(0)
                          + " to "
                          + t
                          + " due to shape "
                          + x.brackets())
                  .expected("a last axis of size " + b / a)
                  .shapeError();
            }
          })
          .noGrad("bits are not continuous")
          .alias()
          .cuda("none: no bytes move")
          .api("bitcast")
          .mustFail("Cannot bitcast from float32", Map.of("type", DType.F64), Spec.of(DType.F32, 3))
          .declare();
}
