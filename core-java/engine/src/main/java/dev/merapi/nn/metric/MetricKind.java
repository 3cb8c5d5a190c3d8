package dev.merapi.nn.metric;

import dev.merapi.nn.config.NamedKind;
import dev.merapi.nn.loss.Loss;
import dev.merapi.nn.loss.LossFunction;
import org.jspecify.annotations.Nullable;

/// Metrics by name, functions of labels and predictions, and losses, whose mean is taken.
final class MetricKind extends NamedKind<Metric> {
  MetricKind() {
    super(Metric.class, "metric");
  }

  @Override
  public Metric read(@Nullable Object given) {
    return switch (given) {
      case LossFunction f -> new MeanMetricWrapper(f);
      case Loss l -> new MeanMetricWrapper((t, p) -> l.apply(t, p), l.name());
      case null, default -> super.read(given);
    };
  }
}
