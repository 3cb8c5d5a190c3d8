package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.noise.SeedGenerator;
import dev.merapi.nn.layer.preprocess.Pictures;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What layers share that change pictures by chance, each picture of a batch in its own way.
///
/// They act in training, and where nobody says; otherwise pictures pass. Draws are fresh on each
/// call, in graphs too.
abstract class RandomImage extends Layer {
  final Setting<String> dataFormat = setting("data_format", Kinds.DATA_FORMAT, "channels_last");
  private @Nullable Setting<@Nullable Long> seed;
  private @Nullable Chance chance;

  /// Adds the seed where Keras has it in the order of arguments.
  final void takesSeed() {
    seed = setting("seed", Kinds.LONG.orNone(), null);
  }

  /// Changes a batch, channels last.
  abstract Tensor changed(Tensor x, Chance draw);

  /// What pictures become when it is not training.
  Tensor unchanged(Tensor x) {
    return x;
  }

  @Override
  protected boolean isTrainingByDefault() {
    return true;
  }

  @Override
  protected void build(Shape input) {
    Setting<@Nullable Long> s = seed;
    chance = new Chance(new SeedGenerator(s == null ? null : s.get()));
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Chance draw = chance;
    if (draw == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: a layer was called before it was built");
    }
    DType type = computeDtype();
    return Pictures.each(
        name(),
        Ops.cast(x, type),
        dataFormat.get().equals("channels_first"),
        t -> training ? changed(t, draw) : unchanged(t));
  }
}
