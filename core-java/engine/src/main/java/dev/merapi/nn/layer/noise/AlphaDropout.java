package dev.merapi.nn.layer.noise;

import static dev.merapi.nn.Ops.add;
import static dev.merapi.nn.Ops.cast;
import static dev.merapi.nn.Ops.greaterEqual;
import static dev.merapi.nn.Ops.mul;
import static dev.merapi.nn.Ops.number;
import static dev.merapi.nn.Ops.sub;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Drops as [Dropout] does but keeps mean and variance: for networks of `selu`, which rely on both.
///
/// Source: Klambauer et al. 2017, "Self-Normalizing Neural Networks".
public final class AlphaDropout extends Noise implements NoiseArguments<AlphaDropout> {
  /// What is dropped takes the number that selu gives far below 0: −scale·alpha of that function.
  private static final double DROPPED = -1.6732632423543772 * 1.0507009873554805;

  private final Setting<@Nullable Shape> noiseShape =
      setting("noise_shape", Kinds.SHAPE.orNone(), null);

  private AlphaDropout() {
    super("rate", Kinds.SHARE);
  }

  /// @param rate share that is dropped, 0 to 1
  public AlphaDropout(double rate) {
    this();
    strength.set(rate);
  }

  /// @param sizes of what is drawn: 1 where one draw holds along a whole axis, -1 for the size of
  ///   the input
  public AlphaDropout noiseShape(int... sizes) {
    return with("noise_shape", sizes);
  }

  @Override
  Tensor disturbed(Tensor x, SeedGenerator random) {
    double rate = strength.get();
    Shape s = noiseShape.get();
    Tensor shape = SeedGenerator.shape(x, s == null ? null : s.dims());
    Tensor kept = cast(greaterEqual(random.uniform(shape, DType.F32), rate), x.dtype());
    // Brings mean and variance back to 0 and 1.
    double a = 1 / Math.sqrt((1 - rate) * (1 + rate * DROPPED * DROPPED));
    Tensor y = add(mul(x, kept), mul(sub(number(x, 1), kept), DROPPED));
    return add(mul(y, a), -a * DROPPED * rate);
  }
}
