package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.RandomCpu;
import dev.merapi.kernel.cpu.RejectionCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Map;

/// Random numbers from distributions with a parameter. Neighbours: RandomOps and StatelessOps
/// (uniform and normal).
public final class DistributionOps {
  private static final String GAMMA =
      "Draws from the gamma distribution of scale 1, for each shape parameter.";
  private static final String POISSON = "Draws from the Poisson distribution, for each rate.";
  private static final String NO_PARAMETER_PATH =
      "the derivative by the parameter (RandomGammaGrad) is not declared";
  private static final String COUNTS = "counts are whole numbers";
  private static final Types POISSON_TYPES = FLOATS.and(INDICES);

  private DistributionOps() {}

  static void load() {}

  /// The stateful form: the wanted shape, then the parameters' shape.
  private static Shape appended(Call c) {
    Shape samples = RandomOps.wanted(c);
    Shape parameters = c.shape(1);
    if (!samples.isRankKnown() || !parameters.isRankKnown()) {
      return Shape.UNKNOWN;
    }
    int[] d = new int[samples.rank() + parameters.rank()];
    System.arraycopy(samples.rawDims(), 0, d, 0, samples.rank());
    System.arraycopy(parameters.rawDims(), 0, d, samples.rank(), parameters.rank());
    return Shape.of(d);
  }

  /// The stateless form: the wanted shape, which must end as the parameters' does.
  private static Shape ending(Call c) {
    StatelessOps.seed(c, "seed");
    Shape whole = RandomOps.wanted(c);
    Shape parameters = c.shape(2);
    if (whole.isKnown() && parameters.isKnown()) {
      boolean fits = whole.rank() >= parameters.rank();
      for (int i = 1; fits && i <= parameters.rank(); i++) {
        fits = whole.dim(-i) == parameters.dim(-i);
      }
      if (!fits) {
        throw c.fault("Shape passed in must end with broadcasted shape.")
            .expected("a shape that ends with " + parameters)
            .shapeError();
      }
    }
    return whole;
  }

  private static OpBuilder stateful(String name, String says, Kernel kernel) {
    return op(name)
        .says(says)
        .in("shape", "S")
        .attr("seed", 0)
        .attr("seed2", 0)
        .type("S", INDICES)
        .stateful()
        .cpu(kernel)
        .cuda("random");
  }

  public static final OpDef RANDOM_GAMMA =
      stateful("RandomGamma", GAMMA, RejectionCpu.gamma(RandomCpu::stateful, 1))
          .source("Marsaglia, Tsang, ACM TOMS 26 (2000)")
          .in("alpha", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .infer(c -> c.out(0, c.dtype(1), appended(c)))
          .noGrad(NO_PARAMETER_PATH)
          .accurate(4, 8)
          .declare();

  public static final OpDef RANDOM_POISSON_V2 =
      stateful("RandomPoissonV2", POISSON, RejectionCpu.poisson(RandomCpu::stateful, 1))
          .source("Hörmann, Insurance: Mathematics and Economics 12 (1993)")
          .in("rate", "R")
          .out("output", "dtype")
          .type("R", POISSON_TYPES)
          .type("dtype", POISSON_TYPES, DType.I64)
          .infer(c -> c.out(0, c.type("dtype"), appended(c)))
          .noGrad(COUNTS)
          .declare();

  private static OpBuilder stateless(String name, String says, Kernel kernel) {
    return op(name)
        .says(says)
        .in("shape", "T")
        .in("seed", "Tseed")
        .type("T", INDICES)
        .type("Tseed", INDICES)
        .cpu(kernel)
        .cuda("random");
  }

  public static final OpDef STATELESS_RANDOM_GAMMA_V2 =
      stateless("StatelessRandomGammaV2", GAMMA, RejectionCpu.gamma(RandomCpu::stateless, 2))
          .in("alpha", "dtype")
          .out("output", "dtype")
          .type("dtype", FLOATS)
          .infer(c -> c.out(0, c.dtype(2), ending(c)))
          .noGrad(NO_PARAMETER_PATH)
          .accurate(4, 8)
          .mustFail(
              "must end with broadcasted shape",
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 2),
              Spec.of(DType.F32, 3))
          .declare();

  public static final OpDef STATELESS_RANDOM_POISSON =
      stateless("StatelessRandomPoisson", POISSON, RejectionCpu.poisson(RandomCpu::stateless, 2))
          .in("lam", "Rtype")
          .out("output", "dtype")
          .type("Rtype", POISSON_TYPES)
          .type("dtype", POISSON_TYPES)
          .infer(c -> c.out(0, c.attrs.type("dtype"), ending(c)))
          .noGrad(COUNTS)
          .mustFail(
              "must end with broadcasted shape",
              Map.of("dtype", DType.I32),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 2),
              Spec.of(DType.F32, 3))
          .declare();
}
