package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.reshape;

import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the four counts of a confusion matrix, for one threshold or several.
abstract class CountMetric extends Metric {
  private final Setting<@Nullable Object> thresholds =
      setting("thresholds", Thresholds.KIND.orNone(), null);
  private final Confusion.Count count;
  private @Nullable Confusion confusion;

  CountMetric(String name, Confusion.Count count) {
    super(name);
    this.count = count;
  }

  final void setThresholds(double... values) {
    thresholds.set(values.length == 1 ? (Object) values[0] : values);
  }

  @Override
  protected final void build() {
    Thresholds t = Thresholds.of(thresholds.get(), 0.5);
    Confusion c = new Confusion(new Confusion.Rules(t, null, null));
    c.keep(count, addState("accumulator", Shape.of(t.count()), 0));
    confusion = c;
  }

  private Confusion confusion() {
    Confusion c = confusion;
    if (c == null) {
      throw new IllegalStateException("This is a bug in Merapi: a metric without its state");
    }
    return c;
  }

  @Override
  protected final void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    confusion().update(values.get(0), values.get(1), sampleWeight);
  }

  @Override
  protected final Tensor compute() {
    Tensor t = confusion().get(count);
    return t.shape().dim(0) == 1 ? reshape(t, new int[0]) : t;
  }
}
