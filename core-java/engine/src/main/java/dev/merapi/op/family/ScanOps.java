package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.number;
import static dev.merapi.op.family.Grads.select;
import static dev.merapi.op.family.Grads.sub;
import static dev.merapi.op.family.Grads.zeros;

import dev.merapi.kernel.cpu.ScanCpu;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Running results along an axis. Neighbour: ReduceOps (the end of the run alone).
public final class ScanOps {
  private static final OpRef CUMSUM_OP = OpRef.to("Cumsum");
  private static final OpRef LOG_SUM_OP = OpRef.to("CumulativeLogsumexp");
  private static final OpRef CUMPROD_OP = OpRef.to("Cumprod");
  private static final OpRef DIV_NO_NAN = OpRef.to("DivNoNan");
  private static final OpRef GREATER = OpRef.to("Greater");
  private static final OpRef LESS = OpRef.to("Less");
  private static final OpRef EXP = OpRef.to("Exp");
  private static final OpRef LOG = OpRef.to("Log");
  private static final OpRef IS_FINITE = OpRef.to("IsFinite");

  private ScanOps() {}

  /// Declares the family; all is done by the class's own start.
  public static void load() {}

  private static OpBuilder scan(String name, Types range, String says, Kernel kernel) {
    return op(name)
        .says(says)
        .in("x", "T")
        .in("axis", "Tidx")
        .out("out", "T")
        .attr("exclusive", false)
        .attr("reverse", false)
        .type("T", range)
        .type("Tidx", INDICES)
        .infer(ScanOps::like)
        .cpu(kernel)
        .cuda("scan")
        .accurate(-1, -1)
        .mustFail(
            "Expected scan axis in the range [0, 0), but got 0",
            Spec.of(DType.F32),
            Spec.of(DType.I32));
  }

  private static void like(Call c) {
    Shape x = c.shape(0);
    int[] axis = c.constant("axis");
    if (x.isRankKnown() && axis != null) {
      int r = x.rank();
      if (axis.length != 1 || axis[0] < -r || axis[0] >= r) {
        throw c.fault(
                "ScanOp: Expected scan axis in the range ["
                    + (r == 0 ? 0 : -r)
                    + ", "
                    + r
                    + "), but got "
                    + (axis.length == 1 ? axis[0] : java.util.Arrays.toString(axis)))
            .expected(r == 0 ? "at least one axis" : "one axis from " + -r + " to " + (r - 1))
            .shapeError();
      }
    }
    c.out(0, c.in(0).spec());
  }

  private static Attrs turned(OpRef op, Grad g) {
    return op.attrs("exclusive", g.attrs().b("exclusive"), "reverse", !g.attrs().b("reverse"));
  }

  public static final OpDef CUMSUM =
      scan(
              "Cumsum",
              NUMBERS,
              "Adds up the elements along an axis, keeping every partial sum.",
              ScanCpu::sum)
          .formula("yᵢ = Σ xₖ over k ≤ i")
          .grad(
              keep("axis"),
              (g, dy) -> g.to("x", CUMSUM_OP.with(turned(CUMSUM_OP, g), dy, g.kept("axis"))))
          .api("cumsum", "math.cumsum")
          .declare();

  public static final OpDef CUMPROD =
      scan(
              "Cumprod",
              NUMBERS,
              "Multiplies the elements along an axis, keeping every partial product.",
              ScanCpu::prod)
          .formula("yᵢ = Π xₖ over k ≤ i")
          .grad(
              keep("x", "axis"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                Tensor axis = g.kept("axis");
                boolean exclusive = g.attrs().b("exclusive");
                boolean reverse = g.attrs().b("reverse");
                Attrs same = CUMPROD_OP.attrs("exclusive", exclusive, "reverse", reverse);
                Tensor y = CUMPROD_OP.with(same, x, axis);
                Tensor s = CUMSUM_OP.with(turned(CUMSUM_OP, g), mul(conj(y), dy), axis);
                g.to("x", DIV_NO_NAN.of(s, conj(x)));
              })
          .probe(0.5, 2)
          .api("math.cumprod")
          .gradientDiffers(
              "complex.*",
              "TensorFlow leaves out the conjugate in the gradient of complex numbers; differences"
                  + " agree with ours")
          .declare();

  public static final OpDef CUMULATIVE_LOGSUMEXP =
      scan(
              "CumulativeLogsumexp",
              FLOATS,
              "Takes the logarithm of the running sum of exponentials along an axis, without"
                  + " overflow.",
              ScanCpu::logSumExp)
          .formula("yᵢ = log Σ exp(xₖ) over k ≤ i")
          .grad(
              keep("x", "axis", "out"),
              (g, dy) -> {
                // dx = eˣ Σ dy e⁻ʸ; positive and negative parts of dy stay apart, for each has a
                // logarithm.
                Tensor positive = part(g, GREATER.of(dy, zeros(dy)), dy);
                Tensor negative = part(g, LESS.of(dy, zeros(dy)), neg(dy));
                g.to("x", sub(positive, negative));
              })
          .api("math.cumulative_logsumexp")
          .declare();

  private static Tensor part(Grad g, Tensor chosen, Tensor dy) {
    // The logarithm sees 1 where nothing is chosen, so that no nan comes back through it.
    Tensor one = number(dy, 1);
    Tensor least = number(dy, -least(dy.dtype()));
    Tensor log = select(chosen, LOG.of(select(chosen, dy, one)), least);
    // An exclusive sum begins with the logarithm of nothing, −∞; no input stands behind it.
    Tensor out = g.kept("out");
    Tensor finite = select(IS_FINITE.of(out), out, zeros(out));
    Tensor sum = LOG_SUM_OP.with(turned(LOG_SUM_OP, g), sub(log, finite), g.kept("axis"));
    return EXP.of(add(sum, g.kept("x")));
  }

  /// A number whose negative stands for the logarithm of nothing; half of the greatest, so that
  /// differences stay finite.
  private static double least(DType d) {
    return switch (d) {
      case F16 -> 32752;
      case F64 -> Double.MAX_VALUE / 2;
      default -> 1.7e38;
    };
  }
}
