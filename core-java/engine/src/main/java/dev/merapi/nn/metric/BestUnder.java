package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.greaterEqual;
import static dev.merapi.facade.TfApi.maximum;
import static dev.merapi.facade.TfApi.reduceMax;
import static dev.merapi.facade.TfApi.where;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The best of one share over all thresholds at which another is large enough.
abstract class BestUnder extends Metric {
  private final Setting<Integer> numThresholds = setting("num_thresholds", Kinds.POSITIVE, 200);
  private final Setting<@Nullable Integer> classId =
      setting("class_id", Kinds.NOT_NEGATIVE.orNone(), null);
  private @Nullable Confusion confusion;

  BestUnder(String name) {
    super(name);
  }

  abstract double wanted();

  /// Returns what must be large enough, for each threshold.
  abstract Tensor held(Confusion c);

  /// Returns that of which the best is taken, for each threshold.
  abstract Tensor best(Confusion c);

  @Override
  protected final void build() {
    Thresholds t = Thresholds.spread(numThresholds.get());
    Confusion c = new Confusion(new Confusion.Rules(t, null, classId.get()));
    for (Confusion.Count each : Confusion.Count.values()) {
      c.keep(each, addState(each.name().toLowerCase(Locale.ROOT), Shape.of(t.count()), 0));
    }
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
    Confusion c = confusion();
    Tensor best = best(c);
    return maximum(reduceMax(where(greaterEqual(held(c), wanted()), best, 0.0), 0), 0.0);
  }
}
