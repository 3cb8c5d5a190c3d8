package dev.merapi.nn.layer.attention;

import dev.merapi.facade.NnApi;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Mode;
import dev.merapi.nn.layer.noise.SeedGenerator;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `Attention` and `AdditiveAttention` share: scores become shares, and shares mix values.
abstract class BaseAttention extends Layer {
  private final Setting<Double> dropout;
  private final Setting<@Nullable Long> seed;
  private @Nullable SeedGenerator generator;
  private volatile boolean causal;
  private volatile boolean returnScores;

  BaseAttention() {
    first();
    dropout = setting("dropout", Kinds.SHARE, 0.0);
    seed = setting("seed", Kinds.LONG.orNone(), null);
    supportsMasking();
  }

  /// Adds the settings that come before those of all attention layers.
  abstract void first();

  /// Returns how well each query fits each key: `(batch, queries, keys)`.
  abstract Tensor scores(Tensor query, Tensor key);

  final void setCausal(boolean on) {
    causal = on;
  }

  final void setReturnScores(boolean on) {
    returnScores = on;
  }

  @Override
  protected void build(List<Shape> inputs) {
    if (inputs.size() < 2 || inputs.size() > 3) {
      throw Message.what(
              getClass().getSimpleName()
                  + " layer accepts inputs list of length 2 or 3, namely [query, value] or [query,"
                  + " value, key]. Received length: "
                  + inputs.size())
          .given(inputs.toString())
          .expected("apply(List.of(query, value)), or with key behind")
          .shapeError();
    }
    if (dropout.get() > 0) {
      generator = new SeedGenerator(seed.get());
    }
    super.build(inputs);
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Tensor query = inputs.get(0);
    Tensor value = inputs.get(1);
    Tensor key = inputs.size() > 2 ? inputs.get(2) : value;
    Tensor scores = scores(query, key);
    Tensor counts = mode.mask(1) == null ? null : Ops.expand(mode.mask(1), -2);
    if (causal) {
      counts = Scores.both(counts, Scores.causal(Sizes.axis(query, -2), Sizes.axis(key, -2)));
    }
    if (counts != null) {
      // Far below all others; half floats end at 65504.
      double far = scores.dtype() == DType.F16 ? -65504 : -1e9;
      scores = Ops.where(counts, scores, Ops.add(scores, far));
    }
    Tensor shares = NnApi.softmax(scores);
    SeedGenerator g = generator;
    Tensor used = mode.training() && g != null ? g.dropout(shares, dropout.get(), null) : shares;
    Tensor y = Ops.matmul(used, value, false);
    if (mode.mask(0) != null) {
      y = Ops.where(Ops.expand(mode.mask(0), -1), y, 0);
    }
    return returnScores ? List.of(y, used) : List.of(y);
  }

  /// Only the first output has steps of the query.
  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    Tensor m = masks.isEmpty() ? null : masks.getFirst();
    return m == null ? List.of() : List.of(m);
  }
}
