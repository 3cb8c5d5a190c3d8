package dev.merapi.nn.metric;

import dev.merapi.nn.loss.LossFunction;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The mean of a program's own function of labels and predictions.
public final class MeanMetricWrapper extends MeanMetric {
  private final LossFunction function;

  public MeanMetricWrapper(LossFunction function) {
    this(function, null);
  }

  /// @param name for logs; null for `mean_metric_wrapper`
  public MeanMetricWrapper(LossFunction function, @Nullable String name) {
    super(name);
    this.function = function;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return function.apply(yTrue, yPred);
  }

  @Override
  public Map<String, @Nullable Object> getConfig() {
    throw Message.what("metric '" + name() + "' is a function, which cannot be written down")
        .fix("write a subclass of Metric, and register it with Saved.register")
        .valueError();
  }
}
