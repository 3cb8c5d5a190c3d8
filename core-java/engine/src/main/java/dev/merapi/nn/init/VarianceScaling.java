package dev.merapi.nn.init;

import dev.merapi.facade.RandomApi;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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

  private static final Kind<Double> SCALE = Kinds.numbers("a number above 0", x -> x > 0);
  private static final Kind<Mode> MODE = words(Mode.class, Map.of());
  private static final Kind<Distribution> DISTRIBUTION =
      words(Distribution.class, Map.of("NORMAL", Distribution.TRUNCATED_NORMAL));

  private final Setting<Double> scale;
  private final Setting<Mode> mode;
  private final Setting<Distribution> distribution;
  private final Setting<int @Nullable []> inputAxes;
  private final Setting<int @Nullable []> outputAxes;

  public VarianceScaling() {
    this(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, null);
  }

  public VarianceScaling(double scale, Mode mode, Distribution distribution, long seed) {
    this(scale, mode, distribution, Long.valueOf(seed));
  }

  public VarianceScaling(double scale, Mode mode, Distribution distribution, @Nullable Long seed) {
    super(seed);
    // The rules with names of their own, such as GlorotUniform, have fixed what this class asks
    // for.
    Settings rule =
        getClass() == VarianceScaling.class ? settings : new Settings("VarianceScaling");
    this.scale = rule.add("scale", SCALE, 1.0);
    this.mode = rule.add("mode", MODE, mode);
    this.distribution = rule.add("distribution", DISTRIBUTION, distribution);
    this.scale.set(scale);
    inputAxes = settings.add("input_axes", Kinds.WHOLES.orNone(), null);
    outputAxes = settings.add("output_axes", Kinds.WHOLES.orNone(), null);
  }

  /// A constant by its name in any case.
  private static <E extends Enum<E>> Kind<E> words(Class<E> type, Map<String, E> others) {
    return new Kind<>() {
      @Override
      public E read(@Nullable Object given) {
        if (type.isInstance(given)) {
          return type.cast(given);
        }
        if (given instanceof String word) {
          String name = word.toUpperCase(Locale.ROOT);
          E other = others.get(name);
          if (other != null) {
            return other;
          }
          for (E e : type.getEnumConstants()) {
            if (e.name().equals(name)) {
              return e;
            }
          }
        }
        throw new Misfit("");
      }

      @Override
      public Object write(E value) {
        return value.name().toLowerCase(Locale.ROOT);
      }

      @Override
      public String expected() {
        return "one of "
            + Arrays.stream(type.getEnumConstants())
                .map(e -> "'" + write(e) + "'")
                .collect(Collectors.joining(", "));
      }
    };
  }

  /// Says which axes of a weight are its inputs and which its outputs, where they are not the last
  /// two.
  public final VarianceScaling axes(int[] inputs, int[] outputs) {
    inputAxes.set(inputs);
    outputAxes.set(outputs);
    return this;
  }

  @Override
  public final Tensor make(Shape shape, DType dtype) {
    onlyFloats(dtype);
    double variance = scale.get() / Math.max(1, fan(shape));
    int[] dims = shape.dims();
    return switch (distribution.get()) {
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
    int[] in = inputAxes.get();
    int[] out = outputAxes.get();
    long[] f =
        in != null && out != null
            ? new long[] {product(shape, in), product(shape, out)}
            : fans(shape);
    return switch (mode.get()) {
      case FAN_IN -> f[0];
      case FAN_OUT -> f[1];
      case FAN_AVG -> (f[0] + f[1]) / 2.0;
    };
  }

  private static long product(Shape shape, int[] axes) {
    long n = 1;
    for (int a : axes) {
      n *= shape.dim(a);
    }
    return n;
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
