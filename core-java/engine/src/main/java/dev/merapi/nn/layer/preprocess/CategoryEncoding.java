package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.nn.layer.Mode;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns numbers of categories, 0 up to but not including `numTokens`, into vectors.
///
/// Shapes: `multi_hot` and `count` `(batch, n)` → `(batch, numTokens)`; `one_hot` `(…, 1)` → `(…,
/// numTokens)` and `(…)` → `(…, numTokens)`. A second input of the first one's shape weighs what is
/// counted.
public final class CategoryEncoding extends Layer implements LayerArguments<CategoryEncoding> {
  private final Setting<Integer> numTokens = required("num_tokens", Kinds.POSITIVE);
  private final Setting<String> outputMode =
      setting(
          "output_mode",
          Encoding.modes(Encoding.COUNT, Encoding.ONE_HOT, Encoding.MULTI_HOT),
          Encoding.MULTI_HOT);

  private CategoryEncoding() {
    super();
  }

  public CategoryEncoding(int numTokens) {
    this();
    this.numTokens.set(numTokens);
  }

  /// @param outputMode `multi_hot`, `one_hot` or `count`
  public CategoryEncoding(int numTokens, String outputMode) {
    this(numTokens);
    this.outputMode.set(outputMode);
  }

  @Override
  protected boolean isAutocast() {
    return false;
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Tensor weights = inputs.size() > 1 ? inputs.get(1) : null;
    if (inputs.size() > 2 || weights != null && !outputMode.get().equals(Encoding.COUNT)) {
      throw Message.what("`count_weights` is not used when `output_mode` is not `'count'`")
          .given(inputs.size() + " inputs, output_mode '" + outputMode.get() + "'")
          .expected("one input, or two for output_mode 'count'")
          .valueError();
    }
    return List.of(encoded(inputs.getFirst(), weights));
  }

  private Tensor encoded(Tensor x, @Nullable Tensor weights) {
    DType type = computeDtype();
    return Encoding.of(
        name(),
        x,
        outputMode.get(),
        numTokens.get(),
        type,
        weights == null ? null : Ops.cast(weights, type));
  }
}
