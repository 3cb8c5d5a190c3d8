package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.sub;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.unary;

import dev.merapi.kernel.Bessel;
import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.PointwiseCpu;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/// Bessel functions of order 0 and 1. Neighbours: SpecialOps, IncompleteOps.
public final class BesselOps {
  /// Multiplies by e^|x| in two steps: the exponential alone overflows before the product does.
  private static Expr grown(Expr scaled) {
    Expr half = X.abs().mul(Scalars.c(0.5)).exp();
    return scaled.mul(half).mul(half);
  }

  private static OpBuilder bessel(String name, Expr meaning, String says) {
    return unary(name, FLOATS, meaning)
        .says(says)
        .source("NIST DLMF 10.25.2")
        .accurate(8, 32)
        .probe(0.5, 2);
  }

  private static final OpRef I0 = OpRef.to("BesselI0");
  private static final OpRef I1 = OpRef.to("BesselI1");
  private static final OpRef I0E = OpRef.to("BesselI0e");
  private static final OpRef I1E = OpRef.to("BesselI1e");
  private static final OpRef SIGN = OpRef.to("Sign");
  private static final OpRef EQUAL = OpRef.to("Equal");

  /// Returns `y / x`, and its limit 1/2 at 0, for y = I₁(x) or its scaled form.
  private static Tensor ratio(Tensor y, Tensor x) {
    Tensor at0 = EQUAL.of(x, Grads.zeros(x));
    Tensor safe = Grads.select(at0, Grads.number(x, 1), x);
    return Grads.select(at0, Grads.number(x, 0.5), Grads.div(y, safe));
  }

  public static final OpDef BESSEL_I0 =
      bessel("BesselI0", grown(X.i0e()), "Computes the modified Bessel function of order 0.")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, I1.of(g.kept("x")))))
          .api("math.besselI0", "math.special.besselI0")
          .declare();

  public static final OpDef BESSEL_I1 =
      bessel("BesselI1", grown(X.i1e()), "Computes the modified Bessel function of order 1.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                g.to("x", mul(dy, sub(I0.of(x), ratio(g.kept("y"), x))));
              })
          .gradientDiffers(".*(special|dense).*", "the slope at 0 is 1/2; TensorFlow says 1")
          .api("math.besselI1", "math.special.besselI1")
          .declare();

  public static final OpDef BESSEL_I0E =
      bessel("BesselI0e", X.i0e(), "Computes e⁻|ˣ| times the modified Bessel function of order 0.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                g.to("x", mul(dy, sub(I1E.of(x), mul(SIGN.of(x), g.kept("y")))));
              })
          .api("math.besselI0e", "math.special.besselI0e")
          .declare();

  public static final OpDef BESSEL_I1E =
      bessel("BesselI1e", X.i1e(), "Computes e⁻|ˣ| times the modified Bessel function of order 1.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                Tensor y = g.kept("y");
                Tensor slope = sub(sub(I0E.of(x), ratio(y, x)), mul(SIGN.of(x), y));
                g.to("x", mul(dy, slope));
              })
          .api("math.besselI1e", "math.special.besselI1e")
          .declare();

  private static final OpRef J0 = OpRef.to("BesselJ0");
  private static final OpRef J1 = OpRef.to("BesselJ1");
  private static final OpRef Y0 = OpRef.to("BesselY0");
  private static final OpRef Y1 = OpRef.to("BesselY1");
  private static final OpRef K0 = OpRef.to("BesselK0");
  private static final OpRef K1 = OpRef.to("BesselK1");
  private static final OpRef K0E = OpRef.to("BesselK0e");
  private static final OpRef K1E = OpRef.to("BesselK1e");

  private static OpBuilder rare(String name, DoubleUnaryOperator f, String says) {
    return op("Bessel" + name)
        .in("x", "T")
        .out("y", "T")
        .type("T", FLOATS)
        .infer(Rules.like())
        .cpu(PointwiseCpu.of(f))
        .cuda("unary")
        .says("Computes " + says + ".")
        .source(name.startsWith("K") ? "NIST DLMF 10.25" : "NIST DLMF 10.2")
        .accurate(1, 1024)
        .probe(0.5, 3)
        .api("math.special.bessel" + name);
  }

  /// Declares a function of order 0 whose derivative is minus that of order 1.
  private static OpDef order0(String name, DoubleUnaryOperator f, OpRef order1, String says) {
    return rare(name, f, says)
        .grad(keep("x"), (g, dy) -> g.to("x", neg(mul(dy, order1.of(g.kept("x"))))))
        .declare();
  }

  public static final OpDef BESSEL_J0 =
      order0("J0", Bessel::j0, J1, "the Bessel function of the first kind of order 0");

  public static final OpDef BESSEL_Y0 =
      order0("Y0", Bessel::y0, Y1, "the Bessel function of the second kind of order 0");

  public static final OpDef BESSEL_K0 =
      order0("K0", Bessel::k0, K1, "the modified Bessel function of the second kind of order 0");

  public static final OpDef BESSEL_J1 =
      rare("J1", Bessel::j1, "the Bessel function of the first kind of order 1")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                g.to("x", mul(dy, sub(J0.of(x), ratio(g.kept("y"), x))));
              })
          .declare();

  public static final OpDef BESSEL_Y1 =
      rare("Y1", Bessel::y1, "the Bessel function of the second kind of order 1")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                g.to("x", mul(dy, sub(Y0.of(x), Grads.div(g.kept("y"), x))));
              })
          .declare();

  public static final OpDef BESSEL_K1 =
      rare("K1", Bessel::k1, "the modified Bessel function of the second kind of order 1")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                g.to("x", neg(mul(dy, Grads.add(K0.of(x), Grads.div(g.kept("y"), x)))));
              })
          .declare();

  public static final OpDef BESSEL_K0E =
      rare(
              "K0e",
              Bessel::k0e,
              "eˣ times the modified Bessel function of the second kind of order 0")
          .grad(
              keep("x", "y"), (g, dy) -> g.to("x", mul(dy, sub(g.kept("y"), K1E.of(g.kept("x"))))))
          .declare();

  public static final OpDef BESSEL_K1E =
      rare(
              "K1e",
              Bessel::k1e,
              "eˣ times the modified Bessel function of the second kind of order 1")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                Tensor y = g.kept("y");
                g.to("x", mul(dy, sub(sub(y, Grads.div(y, x)), K0E.of(x))));
              })
          .declare();

  private BesselOps() {}

  static void load() {}
}
