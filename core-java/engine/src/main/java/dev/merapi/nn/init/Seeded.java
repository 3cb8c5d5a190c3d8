package dev.merapi.nn.init;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.Seeds;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What random initializers share: a seed fixed when they are made, so that every call gives the
/// same numbers, as in Keras.
abstract class Seeded implements Initializer, HasSettings {
  final Settings settings = new Settings(getClass().getSimpleName());
  private final Setting<@Nullable Long> seed = settings.add("seed", Kinds.LONG.orNone(), null);
  private final long drawn;

  /// Takes the seed, or draws one: by the global seed if it is set, else by chance.
  Seeded(@Nullable Long seed) {
    this.seed.set(seed);
    drawn = seed != null ? seed : Seeds.entropy() & Integer.MAX_VALUE;
  }

  final <T extends @Nullable Object> Setting<T> setting(String name, Kind<T> kind, T byDefault) {
    return settings.add(name, kind, byDefault);
  }

  @Override
  public final Settings settings() {
    return settings;
  }

  public final long seed() {
    Long given = seed.get();
    return given == null ? drawn : given;
  }

  /// Returns the seed in the form of the stateless operations; Keras puts a zero behind it.
  final Tensor pair() {
    return Values.ints((int) seed(), 0);
  }

  final void onlyFloats(DType dtype) {
    if (!dtype.isFloating()) {
      throw Message.what(
              getClass().getSimpleName() + ": random weights of " + dtype + " cannot be drawn")
          .expected("a float type")
          .fix("use Zeros, Ones or Constant for whole numbers")
          .typeError();
    }
  }
}
