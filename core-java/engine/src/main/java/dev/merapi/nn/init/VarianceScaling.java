package dev.merapi.nn.init;

import dev.merapi.facade.RandomApi;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Draws numbers whose variance falls with the number of weights that one unit sees.
///
/// Source: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural
/// networks", AISTATS 2010; He et al., "Delving deep into rectifiers", ICCV 2015; LeCun et al.,
/// "Efficient backprop", 1998.
public class VarianceScaling extends Seeded {
  /// What the variance is divided by: inputs of a unit, its outputs, or the mean of both.
  public enum Mode {
    FAN_IN,
    FAN_OUT,
    FAN_AVG
  }

  public enum Distribution {
    UNIFORM,
    TRUNCATED_NORMAL,
    UNTRUNCATED_NORMAL
  }

  /// The deviation of the normal distribution cut at two deviations;
  /// scipy.stats.truncnorm.std(a=-2, b=2).
  private static final double CUT_DEVIATION = 0.87962566103423978;

  private final double scale;
  private final Mode mode;
  private final Distribution distribution;

  public VarianceScaling() {
    this(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, null);
  }

  public VarianceScaling(double scale, Mode mode, Distribution distribution, long seed) {
    this(scale, mode, distribution, Long.valueOf(seed));
  }

  public VarianceScaling(double scale, Mode mode, Distribution distribution, @Nullable Long seed) {
    super(seed);
    if (!(scale > 0)) {
      throw Message.what("VarianceScaling: scale must be positive, got " + scale)
          .expected("a number above 0")
          .valueError();
    }
    this.scale = scale;
    this.mode = mode;
    this.distribution = distribution;
  }

  @Override
  public final Tensor make(Shape shape, DType dtype) {
    onlyFloats(dtype);
    double variance = scale / Math.max(1, fan(shape));
    int[] dims = shape.dims();
    return switch (distribution) {
      case UNIFORM -> {
        double limit = Math.sqrt(3 * variance);
        yield RandomApi.statelessUniform(dims, pair(), -limit, limit, dtype);
      }
      case TRUNCATED_NORMAL ->
          RandomApi.statelessTruncatedNormal(
              dims, pair(), 0, Math.sqrt(variance) / CUT_DEVIATION, dtype);
      case UNTRUNCATED_NORMAL ->
          RandomApi.statelessNormal(dims, pair(), 0, Math.sqrt(variance), dtype);
    };
  }

  private double fan(Shape shape) {
    long[] f = fans(shape);
    return switch (mode) {
      case FAN_IN -> f[0];
      case FAN_OUT -> f[1];
      case FAN_AVG -> (f[0] + f[1]) / 2.0;
    };
  }

  /// Returns how many weights an output sums up, and how many an input goes to.
  ///
  /// The last two axes are inputs and outputs; axes before them are the window of a convolution.
  static long[] fans(Shape shape) {
    int rank = shape.rank();
    if (rank < 2) {
      long n = shape.size();
      return new long[] {n, n};
    }
    long window = 1;
    for (int i = 0; i < rank - 2; i++) {
      window *= shape.dim(i);
    }
    return new long[] {window * shape.dim(rank - 2), window * shape.dim(rank - 1)};
  }
}
