package dev.merapi.nn.layer.attention;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Mixes values by how well their keys fit each query: `softmax(Σ scale·tanh(query + key)) ·
/// value`.
///
/// Inputs: `List.of(query, value)` or `List.of(query, value, key)`, of shapes `(batch, queries,
/// n)`, `(batch, steps, m)`, `(batch, steps, n)` → `(batch, queries, m)`. Masks of query and value
/// hold.
///
/// Source: Bahdanau, Cho and Bengio 2015, "Neural Machine Translation by Jointly Learning to Align
/// and Translate".
public final class AdditiveAttention extends BaseAttention
    implements AttentionArguments<AdditiveAttention> {
  private static final OpRef TANH = OpRef.to("Tanh");

  private @Nullable Variable scale;

  public AdditiveAttention() {
    super();
  }

  @Override
  void first() {
    setting("use_scale", Kinds.FLAG, true);
  }

  /// Multiplies each feature by a learned number before they are added up.
  public AdditiveAttention useScale(boolean on) {
    return with("use_scale", on);
  }

  @Override
  public AdditiveAttention useCausalMask(boolean on) {
    setCausal(on);
    return this;
  }

  @Override
  public AdditiveAttention returnAttentionScores(boolean on) {
    setReturnScores(on);
    return this;
  }

  @Override
  protected void build(Shape query) {
    if (Boolean.TRUE.equals(settings().all().get("use_scale").get())) {
      scale = addWeight("scale", Shape.of(lastAxis(query, 3)), new GlorotUniform());
    }
  }

  @Override
  Tensor scores(Tensor query, Tensor key) {
    Tensor bent = TANH.of(Ops.add(Ops.expand(query, -2), Ops.expand(key, -3)));
    return Ops.sum(scale == null ? bent : Ops.mul(bent, scale.value()), false, -1);
  }
}
