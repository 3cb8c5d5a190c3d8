package dev.merapi.nn.metric;

import dev.merapi.nn.layer.Masks;
import dev.merapi.nn.loss.Weights;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mean over all samples of what a function makes of labels and predictions.
public abstract class MeanMetric extends Averaged {
  protected MeanMetric(@Nullable String name) {
    super(name);
  }

  /// Returns a number for each sample.
  protected abstract Tensor call(Tensor yTrue, Tensor yPred);

  @Override
  protected final void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    Tensor yPred = values.get(1);
    add(call(values.get(0), yPred), Weights.masked(sampleWeight, Masks.of(yPred), dtype(), false));
  }
}
