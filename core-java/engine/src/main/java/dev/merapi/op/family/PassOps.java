package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Rules.like;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.FLOATS;

import dev.merapi.kernel.cpu.Mover;
import dev.merapi.kernel.cpu.PassCpu;
import dev.merapi.memory.Memory;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Map;

/// Operations that hand values on as they are, and those that look at values in passing: checks and
/// prints. Neighbours: ShapeOps (Identity and its kin), TextCodeOps (PrintV2).
public final class PassOps {
  private static final String IN_GRADIENT =
      "Not a number (NaN) or infinity (Inf) values detected in gradient. ";

  private PassOps() {}

  /// Declares the family.
  public static void load() {}

  public static final OpDef IDENTITY_N =
      op("IdentityN")
          .says("Gives its inputs back as they are.")
          .insOfAnyType("input", "T")
          .outsOfAnyType("output")
          .infer(c -> {
            c.outs(c.ins());
            for (int i = 0; i < c.ins(); i++) {
              c.out(i, c.in(i).spec());
            }
          })
          .grad(
              keep(),
              (g, _) -> {
                for (int i = 0; i < g.outs(); i++) {
                  Tensor dy = g.dy(i);
                  if (dy != null) {
                    g.to("input", i, dy);
                  }
                }
              })
          .cpu(c -> {
            for (int i = 0; i < c.ins(); i++) {
              c.giveAlias(i, i);
            }
          })
          .cuda("copy")
          .declare();

  public static final OpDef GUARANTEE_CONST =
      op("GuaranteeConst")
          .says("Gives its input back, with the promise that it is always the same.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .stateful()
          .infer(like())
          .noGrad("TensorFlow lets none through: what is constant needs none")
          .cpu(c -> c.giveAlias(0, 0))
          .cuda("copy")
          .declare();

  public static final OpDef DEEP_COPY =
      op("DeepCopy")
          .says("Copies its input.")
          .in("x", "T")
          .out("y", "T")
          .type("T", ALL)
          .stateful()
          .infer(like())
          .grad(keep(), (g, dy) -> g.to("x", dy))
          .cpu(c -> Mover.copy(c.in(0), 0, c.out(0), 0, c.in(0).size()))
          .cuda("copy")
          .declare();

  public static final OpDef PLACEHOLDER_WITH_DEFAULT =
      op("PlaceholderWithDefault")
          .says("Gives its input back, unless another value is fed in its place.")
          .in("input", "dtype")
          .out("output", "dtype")
          .type("dtype", ALL)
          .attr("shape", AttrDef.Kind.SHAPE)
          .infer(c -> c.out(0, c.dtype(0), fitting(c)))
          .grad(keep(), (g, dy) -> g.to("input", dy))
          .cpu(c -> c.give(0, Memory.alias(c.in(0), c.in(0).spec())))
          .cuda("none: no bytes move")
          .mustFail(
              "does not fit shape (2, None)",
              Map.of("shape", Shape.of(2, -1)),
              Spec.of(DType.F32, 3, 3))
          .declare();

  /// The shape is that of all values that may be fed, not only of this one.
  private static Shape fitting(Call c) {
    Shape want = c.attrs.shape("shape");
    if (!want.accepts(c.shape(0))) {
      throw c.fault("the default of shape " + c.shape(0) + " does not fit shape " + want)
          .expected("a value of shape " + want)
          .shapeError();
    }
    return want;
  }

  public static final OpDef ASSERT =
      op("Assert")
          .says("Fails, and shows the data, unless the condition is true.")
          .in("condition", DType.BOOL)
          .insOfAnyType("data", "T")
          .attr("summarize", 3)
          .stateful()
          .infer(PassOps::oneCondition)
          .cpu(PassCpu::demand)
          .cuda("none: the condition is read on the host")
          .noGrad("nothing comes out")
          .mustFail("assertion failed: [0]", Spec.of(DType.BOOL), Spec.of(DType.F32))
          .mustFail("condition must be a scalar", Spec.of(DType.BOOL, 1), Spec.of(DType.F32))
          .declare();

  private static void oneCondition(Call c) {
    Shape s = c.shape(0);
    if (s.isRankKnown() && s.rank() != 0) {
      throw c.fault("condition must be a scalar, not of shape " + s)
          .expected("one truth value")
          .fix("fold it first: tf.reduceAll(condition)")
          .shapeError();
    }
  }

  private static OpBuilder finite(String name, boolean signed) {
    return op(name)
        .in("tensor", "T")
        .out("output", "T")
        .type("T", FLOATS)
        .attr("message", AttrDef.Kind.STRING)
        .stateful()
        .infer(like())
        .grad(
            keep(),
            (g, dy) -> {
              OpRef same = OpRef.to(name);
              String message = IN_GRADIENT + g.attrs().s("message");
              g.to("tensor", same.with(same.attrs("message", message), dy));
            })
        .cpu(c -> PassCpu.finite(c, signed))
        .cuda("unary");
  }

  public static final OpDef CHECK_NUMERICS =
      finite("CheckNumerics", false)
          .says("Gives its input back, and fails if a number is NaN or infinite.")
          .api("debugging.checkNumerics")
          .declare();

  public static final OpDef CHECK_NUMERICS_V2 =
      finite("CheckNumericsV2", true)
          .says("Gives its input back, and fails, with the signs, if numbers are NaN or infinite.")
          .declare();

  public static final OpDef PRINT =
      op("Print")
          .says("Gives its input back, and writes a message and the data to standard error.")
          .in("input", "T")
          .insOfAnyType("data", "U")
          .out("output", "T")
          .type("T", ALL)
          .attr("message", "")
          .attr("first_n", -1)
          .attr("summarize", 3)
          .stateful()
          .infer(like())
          .grad(keep(), (g, dy) -> g.to("input", dy))
          .cpu(PassCpu::print)
          .cuda("none: texts are written on the host")
          .declare();
}
