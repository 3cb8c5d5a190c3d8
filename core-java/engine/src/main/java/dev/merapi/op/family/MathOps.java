package dev.merapi.op.family;

import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.FLOATS_COMPLEX;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.Types.REALS;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.div;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.operand;
import static dev.merapi.op.family.Grads.select;
import static dev.merapi.op.family.Grads.sub;
import static dev.merapi.op.family.Grads.zeros;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.Y;
import static dev.merapi.op.family.Scalars.binary;
import static dev.merapi.op.family.Scalars.c;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.ElementwiseKernel;
import dev.merapi.kernel.cpu.TextCompareCpu;
import dev.merapi.op.Grad;
import dev.merapi.op.Gradient;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Arithmetic of two operands that stretch to one shape. Neighbours: UnaryOps, CompareOps, BitOps.
public final class MathOps {
  private static final OpRef LOG = OpRef.to("Log");
  private static final OpRef POW = OpRef.to("Pow");
  private static final OpRef SQUARE = OpRef.to("Square");
  private static final OpRef GREATER = OpRef.to("Greater");
  private static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");
  private static final OpRef LESS_EQUAL = OpRef.to("LessEqual");
  private static final OpRef NOT_EQUAL = OpRef.to("NotEqual");
  private static final OpRef FLOOR_DIV = OpRef.to("FloorDiv");
  private static final OpRef TRUNCATE_DIV = OpRef.to("TruncateDiv");
  private static final OpRef DIV_NO_NAN = OpRef.to("DivNoNan");
  private static final OpRef MUL_NO_NAN = OpRef.to("MulNoNan");
  private static final OpRef XDIVY = OpRef.to("Xdivy");
  private static final OpRef XLOGY = OpRef.to("Xlogy");
  private static final OpRef XLOG1PY = OpRef.to("Xlog1py");
  private static final OpRef CAST = OpRef.to("Cast");

  private static final String CONJUGATE =
      "TensorFlow leaves out the conjugate in the gradient of complex numbers; differences agree"
          + " with ours";

  private static final String INT_STEP = "whole numbers have no derivative";

  private static final Gradient PLUS =
      (g, dy) -> {
        operand(g, "x", dy);
        operand(g, "y", dy);
      };

  private static final Gradient QUOTIENT = (g, dy) -> quotient(g, dy, OpRef.to("RealDiv"));

  private static void quotient(Grad g, Tensor dy, OpRef divide) {
    Tensor x = g.kept("x");
    Tensor y = conj(g.kept("y"));
    if (g.needs("x")) {
      operand(g, "x", divide.of(dy, y));
    }
    if (g.needs("y")) {
      operand(g, "y", mul(dy, divide.of(divide.of(neg(conj(x)), y), y)));
    }
  }

  public static final OpDef ADD_V2 =
      binary("AddV2", NUMBERS, X.add(Y))
          .says("Adds two tensors, element by element.")
          .grad(keep(), PLUS)
          .accurate(0.5, 0.5)
          .mustFail(
              "Incompatible shapes: [2] vs. [3]", Spec.of(DType.F32, 2), Spec.of(DType.F32, 3))
          .mustFail(
              "was expected to be a int32 tensor but is a float tensor",
              Spec.of(DType.I32, 2),
              Spec.of(DType.F32, 2))
          .api("add", "math.add")
          .declare();

  public static final OpDef ADD =
      binary("Add", NUMBERS.and(Types.STRINGS), X.add(Y))
          .says(
              "Adds two tensors, element by element, or joins strings; the older name of AddV2 in"
                  + " graph files.")
          .cpu(TextCompareCpu.orJoin(ElementwiseKernel.of(X.add(Y))))
          .grad(keep(), PLUS)
          .accurate(0.5, 0.5)
          .declare();

  public static final OpDef SUB =
      binary("Sub", NUMBERS, X.sub(Y))
          .says("Subtracts the second tensor from the first, element by element.")
          .grad(
              keep(),
              (g, dy) -> {
                operand(g, "x", dy);
                if (g.needs("y")) {
                  operand(g, "y", neg(dy));
                }
              })
          .accurate(0.5, 0.5)
          .api("subtract", "math.subtract")
          .declare();

  public static final OpDef MUL =
      binary("Mul", NUMBERS, X.mul(Y))
          .says("Multiplies two tensors, element by element.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                if (g.needs("x")) {
                  operand(g, "x", mul(dy, conj(g.kept("y"))));
                }
                if (g.needs("y")) {
                  operand(g, "y", mul(dy, conj(g.kept("x"))));
                }
              })
          .accurate(0.5, 0.5)
          .api("multiply", "math.multiply")
          .declare();

  public static final OpDef REAL_DIV =
      binary("RealDiv", FLOATS_COMPLEX, X.div(Y))
          .says("Divides the first tensor by the second, element by element.")
          .grad(keep("x", "y"), QUOTIENT)
          .accurate(0.5, 0.5)
          .probe(0.5, 2)
          .api("divide", "math.divide", "truediv", "math.truediv", "realdiv")
          .declare();

  public static final OpDef DIV =
      binary("Div", NUMBERS, X.div(Y))
          .says("Divides the first tensor by the second; whole numbers towards zero.")
          .grad(keep("x", "y"), QUOTIENT)
          .accurate(0.5, 0.5)
          .probe(0.5, 2)
          .declare();

  public static final OpDef TRUNCATE_DIV_OP =
      binary("TruncateDiv", REALS, X.div(Y).trunc())
          .says("Divides and rounds the quotient towards zero.")
          .noGrad(INT_STEP)
          .api("truncatediv")
          .declare();

  public static final OpDef FLOOR_DIV_OP =
      binary("FloorDiv", REALS, X.floorDiv(Y))
          .says("Divides and rounds the quotient down.")
          .noGrad("the quotient is a step function")
          .api("floordiv", "math.floordiv")
          .declare();

  public static final OpDef FLOOR_MOD =
      binary("FloorMod", REALS, X.floorMod(Y))
          .says("Takes the remainder of a division rounded down; it has the sign of the divisor.")
          .formula("z = x − ⌊x / y⌋ · y")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                operand(g, "x", dy);
                if (g.needs("y")) {
                  operand(g, "y", mul(dy, neg(FLOOR_DIV.of(g.kept("x"), g.kept("y")))));
                }
              })
          .accurate(1, 1)
          .probe(0.5, 2)
          .api("math.floormod", "math.mod", "floormod")
          .declare();

  public static final OpDef MOD =
      binary("Mod", REALS, X.truncMod(Y))
          .says(
              "Takes the remainder of a division rounded towards zero; it has the sign of the"
                  + " dividend.")
          .noGrad("TensorFlow defines none; FloorMod has one")
          .accurate(1, 1)
          .declare();

  public static final OpDef TRUNCATE_MOD =
      binary("TruncateMod", REALS, X.truncMod(Y))
          .says(
              "Takes the remainder of a division rounded towards zero; it has the sign of the"
                  + " dividend.")
          .formula("z = x − trunc(x / y) · y")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                operand(g, "x", dy);
                if (g.needs("y")) {
                  operand(g, "y", mul(dy, neg(TRUNCATE_DIV.of(g.kept("x"), g.kept("y")))));
                }
              })
          .accurate(1, 1)
          .probe(0.5, 2)
          .api("truncatemod")
          .declare();

  public static final OpDef DIV_NO_NAN_OP =
      binary("DivNoNan", FLOATS_COMPLEX, Y.eq(c(0)).select(c(0), X.div(Y)))
          .says("Divides; gives 0 where the divisor is 0.")
          .grad(keep("x", "y"), (g, dy) -> quotient(g, dy, DIV_NO_NAN))
          .accurate(0.5, 0.5)
          .probe(0.5, 2)
          .api("math.divideNoNan")
          .declare();

  public static final OpDef MUL_NO_NAN_OP =
      binary("MulNoNan", FLOATS_COMPLEX, Y.eq(c(0)).select(c(0), X.mul(Y)))
          .says(
              "Multiplies; gives 0 where the second factor is 0, even if the first is NaN or"
                  + " infinite.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                if (g.needs("x")) {
                  operand(g, "x", MUL_NO_NAN.of(dy, conj(g.kept("y"))));
                }
                if (g.needs("y")) {
                  operand(g, "y", MUL_NO_NAN.of(conj(g.kept("x")), dy));
                }
              })
          .accurate(0.5, 0.5)
          .api("math.multiplyNoNan")
          .gradientDiffers("complex.*", CONJUGATE)
          .declare();

  private static Gradient pick(OpRef firstWins) {
    return (g, dy) -> {
      Tensor first = firstWins.of(g.kept("x"), g.kept("y"));
      Tensor none = zeros(dy);
      if (g.needs("x")) {
        operand(g, "x", select(first, dy, none));
      }
      if (g.needs("y")) {
        operand(g, "y", select(first, none, dy));
      }
    };
  }

  public static final OpDef MAXIMUM =
      binary("Maximum", REALS, X.max(Y))
          .says("Takes the larger of two values; NaN if either is.")
          .grad(keep("x", "y"), pick(GREATER_EQUAL))
          .api("maximum", "math.maximum")
          .declare();

  public static final OpDef MINIMUM =
      binary("Minimum", REALS, X.min(Y))
          .says("Takes the smaller of two values; NaN if either is.")
          .grad(keep("x", "y"), pick(LESS_EQUAL))
          .api("minimum", "math.minimum")
          .declare();

  public static final OpDef POW_OP =
      binary("Pow", NUMBERS, X.pow(Y))
          .says("Raises the first tensor to the power of the second.")
          .grad(
              keep("x", "y", "z"),
              (g, dy) -> {
                Tensor x = conj(g.kept("x"));
                Tensor y = conj(g.kept("y"));
                if (g.needs("x")) {
                  Tensor one = Grads.number(y, 1);
                  operand(g, "x", mul(mul(dy, y), POW.of(x, sub(y, one))));
                }
                if (g.needs("y")) {
                  // log of what is not positive would give NaN for a power that is 0 anyway.
                  Tensor none = zeros(x);
                  Tensor positive =
                      x.dtype().isComplex() ? NOT_EQUAL.of(x, none) : GREATER.of(x, none);
                  Tensor log =
                      select(positive, LOG.of(select(positive, x, Grads.number(x, 1))), none);
                  operand(g, "y", mul(mul(dy, conj(g.kept("z"))), log));
                }
              })
          .accurate(6, 4)
          .probe(0.5, 2)
          .api("pow", "math.pow")
          .declare();

  public static final OpDef SQUARED_DIFFERENCE =
      binary("SquaredDifference", NUMBERS, squaredDifference())
          .says(
              "Squares the difference of two tensors, element by element; of complex numbers, the"
                  + " magnitude's.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor d = mul(mul(dy, 2), sub(g.kept("x"), g.kept("y")));
                operand(g, "x", d);
                if (g.needs("y")) {
                  operand(g, "y", neg(d));
                }
              })
          .accurate(1.5, 1.5)
          .api("math.squaredDifference")
          .declare();

  private static Expr squaredDifference() {
    return X.sub(Y).mul(X.sub(Y).conj());
  }

  public static final OpDef ATAN2 =
      binary("Atan2", FLOATS, X.atan2(Y))
          .says(
              "Returns the angle of the point (y, x) in radians, from −π to π; the first input is"
                  + " y.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor a = g.kept("x");
                Tensor b = g.kept("y");
                Tensor scale = div(dy, Grads.add(SQUARE.of(a), SQUARE.of(b)));
                if (g.needs("x")) {
                  operand(g, "x", mul(b, scale));
                }
                if (g.needs("y")) {
                  operand(g, "y", mul(neg(a), scale));
                }
              })
          .accurate(2, 2)
          .probe(0.5, 2)
          .api("atan2", "math.atan2")
          .declare();

  public static final OpDef XDIVY_OP =
      binary("Xdivy", FLOATS_COMPLEX, X.eq(c(0)).select(c(0), X.div(Y)))
          .says("Divides; gives 0 where the dividend is 0, whatever the divisor.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor y = g.kept("y");
                if (g.needs("x")) {
                  operand(g, "x", mul(dy, conj(XDIVY.of(nonZero(g.kept("x")), y))));
                }
                if (g.needs("y")) {
                  operand(g, "y", mul(dy, conj(XDIVY.of(neg(g.kept("x")), SQUARE.of(y)))));
                }
              })
          .accurate(0.5, 0.5)
          .probe(0.5, 2)
          .gradientDiffers("complex.*", CONJUGATE)
          .declare();

  public static final OpDef XLOGY_OP =
      binary("Xlogy", FLOATS_COMPLEX, X.eq(c(0)).select(c(0), X.mul(Y.log())))
          .says("Computes x·log(y); gives 0 where x is 0, whatever y.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                Tensor y = g.kept("y");
                if (g.needs("x")) {
                  operand(g, "x", mul(dy, conj(XLOGY.of(nonZero(x), y))));
                }
                if (g.needs("y")) {
                  operand(g, "y", mul(dy, conj(XDIVY.of(x, y))));
                }
              })
          .accurate(3, 2)
          .probe(0.5, 2)
          .api("math.xlogy")
          .gradientDiffers("complex.*", CONJUGATE)
          .declare();

  public static final OpDef XLOG1PY_OP =
      binary("Xlog1py", FLOATS_COMPLEX, X.eq(c(0)).select(c(0), X.mul(Y.log1p())))
          .says("Computes x·log(1 + y); gives 0 where x is 0, whatever y.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                Tensor y = g.kept("y");
                if (g.needs("x")) {
                  operand(g, "x", mul(dy, conj(XLOG1PY.of(nonZero(x), y))));
                }
                if (g.needs("y")) {
                  operand(g, "y", mul(dy, conj(XDIVY.of(x, Grads.plus(y, 1)))));
                }
              })
          .accurate(3, 2)
          .probe(0.5, 2)
          .api("math.xlog1py")
          .gradientDiffers("complex.*", CONJUGATE)
          .declare();

  /// Returns 1 where `x` is not 0, else 0, in the type of `x`.
  private static Tensor nonZero(Tensor x) {
    Tensor b = NOT_EQUAL.of(x, zeros(x));
    return CAST.with(CAST.attrs("DstT", x.dtype()), b);
  }

  private MathOps() {}

  static void load() {}
}
