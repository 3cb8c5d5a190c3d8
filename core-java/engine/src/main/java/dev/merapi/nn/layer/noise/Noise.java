package dev.merapi.nn.layer.noise;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What layers share that change what passes at random, in training only.
abstract class Noise extends Layer {
  /// How strong the noise is; 0 is none. Required.
  final Setting<Double> strength;

  private final Setting<@Nullable Long> seed;
  private @Nullable SeedGenerator generator;

  /// @param name of the setting for the strength
  Noise(String name, Kind<Double> kind) {
    strength = required(name, kind);
    seed = setting("seed", Kinds.LONG.orNone(), null);
    supportsMasking();
  }

  @Override
  protected void build(Shape input) {
    if (strength.get() > 0) {
      generator = new SeedGenerator(seed.get());
    }
  }

  abstract Tensor disturbed(Tensor x, SeedGenerator random);

  @Override
  protected Tensor call(Tensor x, boolean training) {
    SeedGenerator g = generator;
    return training && g != null ? disturbed(x, g) : x;
  }
}
