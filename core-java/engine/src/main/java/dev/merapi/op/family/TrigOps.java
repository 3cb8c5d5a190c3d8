package dev.merapi.op.family;

import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS_COMPLEX;
import static dev.merapi.op.family.Grads.chain;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.div;
import static dev.merapi.op.family.Grads.minus;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.plus;
import static dev.merapi.op.family.Grads.square;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.Y;
import static dev.merapi.op.family.Scalars.c;
import static dev.merapi.op.family.Scalars.pair;
import static dev.merapi.op.family.Scalars.unary;

import dev.merapi.kernel.Expr;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Locale;

/// Trigonometric and hyperbolic functions and their inverses; angles in radians.
public final class TrigOps {
  private static final OpRef SIN_OF = OpRef.to("Sin");
  private static final OpRef COS_OF = OpRef.to("Cos");
  private static final OpRef SINH_OF = OpRef.to("Sinh");
  private static final OpRef COSH_OF = OpRef.to("Cosh");
  private static final OpRef SQRT_OF = OpRef.to("Sqrt");
  private static final OpRef TANH_GRAD_OF = OpRef.to("TanhGrad");

  private static OpBuilder trig(String name, Expr meaning, String says) {
    String lower = name.toLowerCase(Locale.ROOT);
    return unary(name, FLOATS_COMPLEX, meaning).says(says).api(lower, "math." + lower);
  }

  private static Tensor over(Tensor dy, Tensor divisor) {
    return div(dy, conj(divisor));
  }

  public static final OpDef SIN =
      trig("Sin", X.sin(), "Computes the sine of angles in radians.")
          .grad(keep("x"), (g, dy) -> chain(g, "x", dy, COS_OF.of(g.kept("x"))))
          .accurate(2, 1)
          .special(0, -0.0, 1e4, 1e9, Double.POSITIVE_INFINITY)
          .declare();

  public static final OpDef COS =
      trig("Cos", X.cos(), "Computes the cosine of angles in radians.")
          .grad(keep("x"), (g, dy) -> chain(g, "x", dy, neg(SIN_OF.of(g.kept("x")))))
          .accurate(2, 1)
          .special(0, 1e4, 1e9, Double.POSITIVE_INFINITY)
          .declare();

  public static final OpDef TAN =
      trig("Tan", X.tan(), "Computes the tangent of angles in radians.")
          .grad(keep("y"), (g, dy) -> chain(g, "x", dy, plus(square(g.kept("y")), 1)))
          .accurate(3, 1.5)
          .probe(-1, 1)
          .declare();

  public static final OpDef ASIN =
      trig("Asin", X.asin(), "Computes the angle in radians whose sine is given, from −π/2 to π/2.")
          .grad(
              keep("x"), (g, dy) -> g.to("x", over(dy, SQRT_OF.of(minus(1, square(g.kept("x")))))))
          .accurate(3, 1.5)
          .probe(-0.8, 0.8)
          .special(1, -1, 2)
          .declare();

  public static final OpDef ACOS =
      trig("Acos", X.acos(), "Computes the angle in radians whose cosine is given, from 0 to π.")
          .grad(
              keep("x"),
              (g, dy) -> g.to("x", neg(over(dy, SQRT_OF.of(minus(1, square(g.kept("x"))))))))
          .accurate(3, 1.5)
          .probe(-0.8, 0.8)
          .special(1, -1, 2)
          .declare();

  public static final OpDef ATAN =
      trig(
              "Atan",
              X.atan(),
              "Computes the angle in radians whose tangent is given, from −π/2 to π/2.")
          .grad(keep("x"), (g, dy) -> g.to("x", over(dy, plus(square(g.kept("x")), 1))))
          .accurate(3, 1.5)
          .special(0, -0.0, Double.POSITIVE_INFINITY)
          .declare();

  public static final OpDef SINH =
      trig("Sinh", X.sinh(), "Computes the hyperbolic sine.")
          .grad(keep("x"), (g, dy) -> chain(g, "x", dy, COSH_OF.of(g.kept("x"))))
          .accurate(3, 2.5)
          .special(0, -0.0, 1e-6)
          .declare();

  public static final OpDef COSH =
      trig("Cosh", X.cosh(), "Computes the hyperbolic cosine.")
          .grad(keep("x"), (g, dy) -> chain(g, "x", dy, SINH_OF.of(g.kept("x"))))
          .accurate(3, 2.5)
          .declare();

  public static final OpDef TANH =
      trig("Tanh", X.tanh(), "Computes the hyperbolic tangent.")
          .formula("y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)")
          .source("NIST DLMF 4.28")
          .grad(keep("y"), (g, dy) -> g.to("x", TANH_GRAD_OF.of(conj(g.kept("y")), dy)))
          .accurate(2, 2.5)
          .special(0, -0.0, 1e-6, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN)
          .mustFail("Tanh: x must be", Spec.of(DType.I32, 3))
          .example("tf.tanh(new float[] {0f, 1f, -1f})", "[ 0.         0.7615942 -0.7615942]")
          .declare();

  public static final OpDef TANH_GRAD =
      pair("TanhGrad", "y", "dy", "z", FLOATS_COMPLEX, Y.mul(c(1).sub(X.mul(X))))
          .says("Computes the gradient of tanh from its result y: dy·(1 − y²).")
          .grad(
              keep("y", "dy"),
              (g, ddy) -> {
                Tensor y = conj(g.kept("y"));
                if (g.needs("y")) {
                  g.to("y", mul(mul(mul(ddy, conj(g.kept("dy"))), y), -2));
                }
                if (g.needs("dy")) {
                  g.to("dy", TANH_GRAD_OF.of(y, ddy));
                }
              })
          .accurate(-1, -1)
          .declare();

  public static final OpDef ASINH =
      trig("Asinh", X.asinh(), "Computes the number whose hyperbolic sine is given.")
          .grad(keep("y"), (g, dy) -> g.to("x", over(dy, COSH_OF.of(g.kept("y")))))
          .accurate(3, 2.5)
          .special(0, -0.0, 1e-6)
          .declare();

  public static final OpDef ACOSH =
      trig("Acosh", X.acosh(), "Computes the number of 0 or more whose hyperbolic cosine is given.")
          .grad(keep("y"), (g, dy) -> g.to("x", over(dy, SINH_OF.of(g.kept("y")))))
          .accurate(3, 2.5)
          .probe(1.5, 3)
          .special(1, 0.5)
          .declare();

  public static final OpDef ATANH =
      trig("Atanh", X.atanh(), "Computes the number whose hyperbolic tangent is given.")
          .grad(keep("x"), (g, dy) -> g.to("x", over(dy, minus(1, square(g.kept("x"))))))
          .accurate(3, 2.5)
          .probe(-0.8, 0.8)
          .special(1, -1, 2)
          .declare();

  private TrigOps() {}

  static void load() {}
}
