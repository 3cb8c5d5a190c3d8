package dev.merapi.op.family;

import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.FLOATS_COMPLEX;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.Types.REALS;
import static dev.merapi.op.Types.SIGNED;
import static dev.merapi.op.family.Grads.chain;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.plus;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.Y;
import static dev.merapi.op.family.Scalars.c;
import static dev.merapi.op.family.Scalars.pair;
import static dev.merapi.op.family.Scalars.unary;

import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;

/// Signs, roots, powers, exponentials and rounding of one operand. Neighbours: TrigOps, SpecialOps,
/// MathOps.
public final class UnaryOps {
  private static final OpRef SIGN_OF = OpRef.to("Sign");
  private static final OpRef RECIPROCAL_OF = OpRef.to("Reciprocal");
  private static final OpRef RECIPROCAL_GRAD_OF = OpRef.to("ReciprocalGrad");
  private static final OpRef INV_GRAD_OF = OpRef.to("InvGrad");
  private static final OpRef SQRT_GRAD_OF = OpRef.to("SqrtGrad");
  private static final OpRef RSQRT_GRAD_OF = OpRef.to("RsqrtGrad");
  private static final OpRef EXP_OF = OpRef.to("Exp");

  private static final String STEP = "a step function: its derivative is 0 wherever it exists";

  public static final OpDef NEG =
      unary("Neg", SIGNED, X.neg())
          .says("Changes the sign of every element.")
          .grad(keep(), (g, dy) -> g.to("x", neg(dy)))
          .api("negative", "math.negative")
          .declare();

  public static final OpDef ABS =
      unary("Abs", REALS, X.abs())
          .says("Takes the magnitude of every element.")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, SIGN_OF.of(g.kept("x")))))
          .probe(0.1, 2)
          .special(0, -0.0, Double.NEGATIVE_INFINITY, Double.NaN)
          .api("abs", "math.abs")
          .declare();

  public static final OpDef SIGN =
      unary("Sign", NUMBERS, X.sign())
          .says("Gives -1, 0 or 1 by the sign of every element; z/|z| for complex numbers.")
          .noGrad(STEP)
          .api("sign", "math.sign")
          .declare();

  public static final OpDef SQUARE =
      unary("Square", NUMBERS, X.square())
          .says("Multiplies every element by itself.")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, conj(mul(g.kept("x"), 2)))))
          .accurate(0.5, 0.5)
          .api("square", "math.square")
          .declare();

  public static final OpDef RECIPROCAL =
      unary("Reciprocal", SIGNED, X.reciprocal())
          .says("Computes 1/x.")
          .grad(keep("y"), (g, dy) -> g.to("x", RECIPROCAL_GRAD_OF.of(g.kept("y"), dy)))
          .accurate(0.5, 0.5)
          .probe(0.5, 2)
          .api("math.reciprocal")
          .declare();

  public static final OpDef INV =
      unary("Inv", SIGNED, X.reciprocal())
          .says("Computes 1/x; the older name of Reciprocal in graph files.")
          .grad(keep("y"), (g, dy) -> g.to("x", INV_GRAD_OF.of(g.kept("y"), dy)))
          .accurate(0.5, 0.5)
          .probe(0.5, 2)
          .declare();

  private static OpDef reciprocalGrad(String name) {
    return pair(name, "y", "dy", "z", FLOATS_COMPLEX, Y.neg().mul(X.conj()).mul(X.conj()))
        .says("Computes the gradient of 1/x from its result y: −dy·y².")
        .grad(
            keep("y", "dy"),
            (g, ddy) -> {
              var y = conj(g.kept("y"));
              var dy = g.kept("dy");
              var w = conj(ddy);
              if (g.needs("y")) {
                g.to("y", mul(mul(mul(w, dy), y), -2));
              }
              if (g.needs("dy")) {
                g.to("dy", OpRef.to(name).of(y, ddy));
              }
            })
        .accurate(1.5, 1.5)
        .declare();
  }

  public static final OpDef RECIPROCAL_GRAD = reciprocalGrad("ReciprocalGrad");
  public static final OpDef INV_GRAD = reciprocalGrad("InvGrad");

  public static final OpDef SQRT =
      unary("Sqrt", FLOATS_COMPLEX, X.sqrt())
          .says("Takes the square root; NaN of negative real numbers.")
          .grad(keep("y"), (g, dy) -> g.to("x", SQRT_GRAD_OF.of(g.kept("y"), dy)))
          .accurate(0.5, 0.5)
          .probe(0.5, 4)
          .special(0, -0.0, -1, Double.POSITIVE_INFINITY)
          .api("sqrt", "math.sqrt")
          .declare();

  public static final OpDef SQRT_GRAD =
      pair("SqrtGrad", "y", "dy", "z", FLOATS_COMPLEX, Y.mul(c(0.5)).div(X.conj()))
          .says("Computes the gradient of the square root from its result y: dy / 2y.")
          .grad(
              keep("y", "dy", "z"),
              (g, ddy) -> {
                var w = Grads.div(ddy, g.kept("y"));
                if (g.needs("y")) {
                  g.to("y", mul(neg(conj(w)), g.kept("z")));
                }
                if (g.needs("dy")) {
                  g.to("dy", mul(w, 0.5));
                }
              })
          .accurate(1, 1)
          .probe(0.5, 2)
          .declare();

  public static final OpDef RSQRT =
      unary("Rsqrt", FLOATS_COMPLEX, X.rsqrt())
          .says("Computes 1/√x.")
          .grad(keep("y"), (g, dy) -> g.to("x", RSQRT_GRAD_OF.of(g.kept("y"), dy)))
          .accurate(1.5, 1.5)
          .probe(0.5, 4)
          .special(0, Double.POSITIVE_INFINITY, -1)
          .api("math.rsqrt")
          .declare();

  public static final OpDef RSQRT_GRAD =
      pair(
              "RsqrtGrad",
              "y",
              "dy",
              "z",
              FLOATS_COMPLEX,
              Y.mul(c(-0.5)).mul(X.conj().mul(X.conj()).mul(X.conj())))
          .says("Computes the gradient of 1/√x from its result y: −dy·y³/2.")
          .grad(
              keep("y", "dy"),
              (g, ddy) -> {
                var y = conj(g.kept("y"));
                if (g.needs("y")) {
                  g.to("y", mul(mul(mul(conj(ddy), g.kept("dy")), Grads.square(y)), -1.5));
                }
                if (g.needs("dy")) {
                  g.to("dy", RSQRT_GRAD_OF.of(y, ddy));
                }
              })
          .accurate(2.5, 2.5)
          .declare();

  public static final OpDef EXP =
      unary("Exp", FLOATS_COMPLEX, X.exp())
          .says("Computes e to the power of every element.")
          .source("NIST DLMF 4.2")
          .grad(keep("y"), (g, dy) -> chain(g, "x", dy, g.kept("y")))
          .accurate(2, 1)
          .special(
              0, -0.0, 88.8, -104, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN)
          .mustFail("x must be", Spec.of(DType.I32, 3))
          .api("exp", "math.exp")
          .declare();

  public static final OpDef EXPM1 =
      unary("Expm1", FLOATS_COMPLEX, X.expm1())
          .says("Computes eˣ − 1, exact also for small x.")
          .grad(keep("x"), (g, dy) -> chain(g, "x", dy, EXP_OF.of(g.kept("x"))))
          .accurate(3, 1.5)
          .special(0, -0.0, 1e-10, 88.8, Double.NEGATIVE_INFINITY)
          .api("math.expm1")
          .declare();

  public static final OpDef LOG =
      unary("Log", FLOATS_COMPLEX, X.log())
          .says("Computes the natural logarithm; −∞ of 0, NaN of negative real numbers.")
          .source("NIST DLMF 4.2")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, conj(RECIPROCAL_OF.of(g.kept("x"))))))
          .accurate(2, 1)
          .probe(0.5, 4)
          .special(0, -1, 1, Double.POSITIVE_INFINITY, Double.NaN)
          .mustFail("x must be", Spec.of(DType.I32, 3))
          .api("math.log", "log")
          .declare();

  public static final OpDef LOG1P =
      unary("Log1p", FLOATS_COMPLEX, X.log1p())
          .says("Computes log(1 + x), exact also for small x.")
          .grad(
              keep("x"),
              (g, dy) -> g.to("x", mul(dy, conj(RECIPROCAL_OF.of(plus(g.kept("x"), 1))))))
          .accurate(3, 1.5)
          .probe(-0.5, 2)
          .special(0, -0.0, 1e-10, -1, Double.POSITIVE_INFINITY)
          .api("math.log1p")
          .declare();

  public static final OpDef FLOOR =
      unary("Floor", FLOATS, X.floor())
          .says("Rounds every element down.")
          .noGrad(STEP)
          .special(-0.5, 0.5, -0.0, 1e20)
          .api("floor", "math.floor")
          .declare();

  public static final OpDef CEIL =
      unary("Ceil", FLOATS, X.ceil())
          .says("Rounds every element up.")
          .noGrad(STEP)
          .api("math.ceil")
          .declare();

  public static final OpDef RINT =
      unary("Rint", FLOATS, X.rint())
          .says("Rounds to the nearest whole number, halves to the even one.")
          .noGrad(STEP)
          .special(0.5, 1.5, 2.5, -0.5, -0.2)
          .api("math.rint")
          .declare();

  public static final OpDef ROUND =
      unary("Round", REALS, X.rint())
          .says(
              "Rounds to the nearest whole number, halves to the even one; whole numbers stay as"
                  + " they are.")
          .differs(
              "int.*",
              "TensorFlow's kernel gives 0 for whole numbers; its tf.round goes round the kernel")
          .noGrad(STEP)
          .special(0.5, 1.5, 2.5, -0.5, -0.2)
          .api("round", "math.round")
          .declare();

  private UnaryOps() {}

  static void load() {}
}
