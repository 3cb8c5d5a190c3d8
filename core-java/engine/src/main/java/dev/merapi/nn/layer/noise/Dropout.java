package dev.merapi.nn.layer.noise;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Sets a random share of the numbers to 0 in training, and enlarges the others so that the mean
/// stays.
///
/// Source: Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from
/// Overfitting".
public final class Dropout extends Noise implements NoiseArguments<Dropout> {
  private final Setting<@Nullable Shape> noiseShape =
      setting("noise_shape", Kinds.SHAPE.orNone(), null);

  private Dropout() {
    super("rate", Kinds.SHARE);
  }

  /// @param rate share that is dropped, 0 to 1
  public Dropout(double rate) {
    this();
    strength.set(rate);
  }

  /// @param sizes of what is drawn: 1 where one draw holds along a whole axis, -1 for the size of
  ///   the input
  public Dropout noiseShape(int... sizes) {
    return with("noise_shape", sizes);
  }

  @Override
  Tensor disturbed(Tensor x, SeedGenerator random) {
    Shape s = noiseShape.get();
    return random.dropout(x, strength.get(), s == null ? null : s.dims());
  }
}
