package dev.merapi.nn.layer.attention;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.init.Ones;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Mixes values by how well their keys fit each query: `softmax(query · keyᵀ) · value`.
///
/// Inputs: `List.of(query, value)` or `List.of(query, value, key)`, of shapes `(batch, queries,
/// n)`, `(batch, steps, m)`, `(batch, steps, n)` → `(batch, queries, m)`. Masks of query and value
/// hold.
///
/// Source: Luong, Pham and Manning 2015, "Effective Approaches to Attention-based Neural Machine
/// Translation".
public final class Attention extends BaseAttention implements AttentionArguments<Attention> {
  private static final OpRef TANH = OpRef.to("Tanh");

  private @Nullable Variable scale;
  private @Nullable Variable concatScoreWeight;

  public Attention() {
    super();
  }

  @Override
  void first() {
    setting("use_scale", Kinds.FLAG, false);
    setting("score_mode", Kinds.oneOf("dot", "concat"), "dot");
  }

  private boolean isConcat() {
    return "concat".equals(settings().all().get("score_mode").get());
  }

  /// Multiplies scores by a learned number.
  public Attention useScale(boolean on) {
    return with("use_scale", on);
  }

  /// @param mode `dot` for products, `concat` for sums of `tanh(query + key)`
  public Attention scoreMode(String mode) {
    return with("score_mode", mode);
  }

  @Override
  public Attention useCausalMask(boolean on) {
    setCausal(on);
    return this;
  }

  @Override
  public Attention returnAttentionScores(boolean on) {
    setReturnScores(on);
    return this;
  }

  @Override
  protected void build(Shape query) {
    if (Boolean.TRUE.equals(settings().all().get("use_scale").get())) {
      scale = addWeight("scale", Shape.SCALAR, new Ones());
    }
    if (isConcat()) {
      concatScoreWeight = addWeight("concat_score_weight", Shape.SCALAR, new Ones());
    }
  }

  @Override
  Tensor scores(Tensor query, Tensor key) {
    if (!isConcat()) {
      Tensor s = Ops.matmul(query, key, true);
      return scale == null ? s : Ops.mul(s, scale.value());
    }
    Tensor sum = Ops.add(Ops.expand(query, -2), Ops.expand(key, -3));
    Tensor bent = TANH.of(scale == null ? sum : Ops.mul(sum, scale.value()));
    return Ops.mul(Ops.sum(bent, false, -1), weight(concatScoreWeight).value());
  }
}
