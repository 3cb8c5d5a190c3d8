package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Rules.like;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.FIXED;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.FillCpu;
import dev.merapi.kernel.cpu.MoveCpu;
import dev.merapi.kernel.cpu.Numbers;
import dev.merapi.op.Call;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Map;

/// New tensors from a shape and a number or two. Neighbours: ShapeOps, MoveOps.
public final class FillOps {
  private FillOps() {}

  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef LINSPACE = OpRef.to("LinSpace");

  /// Declares the family.
  public static void load() {}

  public static final OpDef ZEROS_LIKE =
      op("ZerosLike")
          .says("Returns zeros (empty strings) of the type and shape of a tensor.")
          .in("x", "T")
          .out("y", "T")
          .type("T", ALL)
          .infer(like())
          .noGrad("constant in its input")
          .cpu(c -> FillCpu.number(c.out(0), 0))
          .cuda("copy")
          .api("zerosLike")
          .declare();

  public static final OpDef ONES_LIKE =
      op("OnesLike")
          .says("Returns ones of the type and shape of a tensor.")
          .in("x", "T")
          .out("y", "T")
          .type("T", FIXED)
          .infer(like())
          .noGrad("constant in its input")
          .cpu(c -> FillCpu.number(c.out(0), 1))
          .cuda("copy")
          .api("onesLike")
          .declare();

  public static final OpDef FILL =
      op("Fill")
          .says("Returns a tensor of the given shape, filled with one value.")
          .in("dims", "index_type")
          .in("value", "T")
          .out("output", "T")
          .type("T", ALL)
          .type("index_type", INDICES, DType.I32)
          .infer(c -> {
            Dims.exactly(c, "value", 0);
            c.out(0, c.dtype(1), shape(c, "dims"));
          })
          .grad(keep(), (g, dy) -> g.to("value", Grads.total(dy)))
          .cpu(c -> Numbers.repeat(c.in(1), 0, c.out(0)))
          .cuda("copy")
          .api("fill")
          .mustFail("value has shape (2,)", Spec.of(DType.I32, 1), Spec.of(DType.F32, 2))
          .example("tf.fill(new int[] {2, 2}, 9)", "[[9 9]\n [9 9]]")
          .declare();

  /// Returns the shape that a vector input gives; unknown axes while its values are not known.
  private static Shape shape(Call c, String vector) {
    Dims.exactly(c, vector, 1);
    int[] d = c.constant(vector);
    if (d == null) {
      return Dims.unknown(c, vector);
    }
    for (int n : d) {
      if (n < 0) {
        throw c.fault("Dimension " + n + " must be >= 0")
            .expected("sizes of 0 or more")
            .shapeError();
      }
    }
    return Shape.of(d);
  }

  public static final OpDef EMPTY =
      op("Empty")
          .says("Returns a tensor of the given shape with any content, zeros if `init` is set.")
          .in("shape", DType.I32)
          .out("output", "dtype")
          .type("dtype", ALL, DType.F32)
          .attr("init", false)
          .infer(c -> c.out(0, c.type("dtype"), shape(c, "shape")))
          .noGrad("has no inputs that could be varied")
          .cpu(c -> FillCpu.number(c.out(0), 0))
          .cuda("copy")
          .declare();

  public static final OpDef RANGE =
      op("Range")
          .says("Counts from start up to, but without, limit in steps of delta.")
          .in("start", "Tidx")
          .in("limit", "Tidx")
          .in("delta", "Tidx")
          .out("output", "Tidx")
          .type("Tidx", REALS)
          .infer(c -> {
            for (int i = 0; i < 3; i++) {
              Dims.exactly(c, c.op.inputs().get(i).name(), 0);
            }
            boolean known = c.constant(0) != null && c.constant(1) != null && c.constant(2) != null;
            c.out(0, c.dtype(0), Shape.of(known ? FillCpu.rangeLength(c) : Shape.UNKNOWN_SIZE));
          })
          .noGrad("its length jumps with its inputs")
          .cpu(FillCpu::range)
          .cuda("copy")
          .api("range")
          .mustFail(
              "Requires delta != 0: 0", Spec.of(DType.I32), Spec.of(DType.I32), Spec.of(DType.I32))
          .example("tf.range(3, 18, 3)", "[ 3  6  9 12 15]")
          .declare();

  public static final OpDef LIN_SPACE =
      op("LinSpace")
          .says("Returns evenly spaced values from start to stop, both included.")
          .formula("y[i] = start + i·(stop − start)/(num − 1)")
          .in("start", "T")
          .in("stop", "T")
          .in("num", "Tidx")
          .out("output", "T")
          .type("T", FLOATS)
          .type("Tidx", INDICES, DType.I32)
          .infer(c -> {
            Dims.exactly(c, "start", 0);
            Dims.exactly(c, "stop", 0);
            Integer n = Dims.scalar(c, "num");
            if (n != null && n <= 0) {
              throw c.fault("Requires num > 0: " + n).expected("num of 1 or more").valueError();
            }
            c.out(0, c.dtype(0), Shape.of(n == null ? Shape.UNKNOWN_SIZE : n));
          })
          .grad(
              keep("num"),
              (g, dy) -> {
                Spec one = g.spec("start");
                Tensor t = LINSPACE.of(Values.filled(one, 0), Values.filled(one, 1), g.kept("num"));
                Tensor stop = Grads.total(MUL.of(dy, t));
                g.to("stop", stop);
                if (g.needs("start")) {
                  g.to("start", SUB.of(Grads.total(dy), stop));
                }
              })
          .cpu(FillCpu::linSpace)
          .cuda("copy")
          .accurate(1, 1)
          .api("linspace")
          .mustFail(
              "Requires num > 0: 0", Spec.of(DType.F32), Spec.of(DType.F32), Spec.of(DType.I32))
          .declare();

  public static final OpDef ONE_HOT =
      op("OneHot")
          .says(
              "Turns each index into a row that holds on_value at that place and off_value"
                  + " elsewhere.")
          .in("indices", "TI")
          .in("depth", DType.I32)
          .in("on_value", "T")
          .in("off_value", "T")
          .out("output", "T")
          .type("T", ALL)
          .type("TI", Types.of(DType.U8, DType.I8, DType.I32, DType.I64))
          .attr("axis", -1)
          .infer(c -> c.out(0, c.dtype(2), oneHot(c)))
          .noGrad("indices are whole numbers")
          .cpu(FillCpu::oneHot)
          .cuda("gather")
          .api("oneHot")
          .mustFail(
              "Expected axis to be -1 or between [0, 2)",
              Map.of("axis", 3),
              Spec.of(DType.I32, 2),
              Spec.of(DType.I32),
              Spec.of(DType.F32),
              Spec.of(DType.F32))
          .declare();

  private static Shape oneHot(Call c) {
    Dims.exactly(c, "on_value", 0);
    Dims.exactly(c, "off_value", 0);
    Shape x = c.shape(0);
    Integer depth = Dims.scalar(c, "depth");
    int axis = c.attrs.i("axis");
    if (depth != null && depth < 0) {
      throw c.fault("depth must be non-negative, got: " + depth)
          .expected("a depth of 0 or more")
          .valueError();
    }
    if (!x.isRankKnown()) {
      return x;
    }
    if (axis < -1 || axis > x.rank()) {
      throw c.fault(
              "Expected axis to be -1 or between [0, "
                  + (x.rank() + 1)
                  + ").  But received: "
                  + axis)
          .expected("an axis from -1 to " + x.rank())
          .attrError();
    }
    int at = axis < 0 ? x.rank() : axis;
    Shape row = Shape.of(depth == null ? Shape.UNKNOWN_SIZE : depth);
    return Dims.join(Dims.join(Dims.part(x, 0, at), row), Dims.part(x, at, x.rank()));
  }

  public static final OpDef BROADCAST_TO =
      op("BroadcastTo")
          .says("Repeats a tensor along axes where it is 1 long, until it has the given shape.")
          .in("input", "T")
          .in("shape", "Tidx")
          .out("output", "T")
          .type("T", ALL)
          .type("Tidx", INDICES, DType.I32)
          .infer(c -> c.out(0, c.dtype(0), stretched(c)))
          .grad(keep(), (g, dy) -> g.to("input", Grads.unbroadcast(dy, g, "input")))
          .cpu(MoveCpu::broadcastTo)
          .cuda("copy")
          .api("broadcastTo")
          .mustFail(
              "Rank of input (2) must be no greater",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 1))
          .declare();

  private static Shape stretched(Call c) {
    Shape x = c.shape(0);
    Shape y = shape(c, "shape");
    if (!x.isRankKnown() || !y.isRankKnown()) {
      return y;
    }
    if (x.rank() > y.rank()) {
      throw c.fault(
              "Rank of input ("
                  + x.rank()
                  + ") must be no greater than rank of output shape ("
                  + y.rank()
                  + ").")
          .expected("at least " + x.rank() + " axes in shape")
          .shapeError();
    }
    if (c.constant("shape") == null) {
      return y;
    }
    Shape s = Rules.broadcast(c, x, y);
    if (!y.accepts(s) && x.isKnown()) {
      throw c.fault("Incompatible shapes: " + x.brackets() + " vs. " + y.brackets())
          .expected("axes of the input that are 1 or equal those of shape, from the right")
          .shapeError();
    }
    return y;
  }

  public static final OpDef INVERT_PERMUTATION =
      op("InvertPermutation")
          .says("Returns the permutation that undoes a permutation.")
          .formula("y[x[i]] = i")
          .in("x", "T")
          .out("y", "T")
          .type("T", INDICES)
          .infer(c -> {
            Dims.exactly(c, "x", 1);
            c.out(0, c.in(0).spec());
          })
          .noGrad("permutations are whole numbers")
          .cpu(FillCpu::invertPermutation)
          .cuda("gather")
          .api("math.invertPermutation")
          .mustFail("0 is duplicated in the input", Spec.of(DType.I32, 2))
          .declare();
}
