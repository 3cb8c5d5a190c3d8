package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.reshape;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes which share of what is predicted positive is positive: `TP / (TP + FP)`.
///
/// Predictions above the threshold (0.5) are positive; with `top_k` the largest of each row
/// instead. `class_id` looks at one column alone. Several thresholds give as many numbers.
public final class Precision extends Metric {
  private final Setting<@Nullable Object> thresholds =
      setting("thresholds", Thresholds.KIND.orNone(), null);
  private final Setting<@Nullable Integer> topK = setting("top_k", Kinds.POSITIVE.orNone(), null);
  private final Setting<@Nullable Integer> classId =
      setting("class_id", Kinds.NOT_NEGATIVE.orNone(), null);
  private @Nullable Confusion confusion;

  public Precision() {
    super("precision");
  }

  public Precision(double... thresholds) {
    this();
    this.thresholds.set(thresholds.length == 1 ? (Object) thresholds[0] : thresholds);
  }

  @Override
  protected void build() {
    Thresholds t = Thresholds.of(thresholds.get(), topK.get() == null ? 0.5 : Thresholds.LOWEST);
    Confusion c = new Confusion(new Confusion.Rules(t, topK.get(), classId.get()));
    c.keep(Confusion.Count.TRUE_POSITIVES, addState("true_positives", Shape.of(t.count()), 0));
    c.keep(Confusion.Count.FALSE_POSITIVES, addState("false_positives", Shape.of(t.count()), 0));
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
  protected void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    confusion().update(values.get(0), values.get(1), sampleWeight);
  }

  @Override
  protected Tensor compute() {
    Tensor share = confusion().precision();
    return share.shape().dim(0) == 1 ? reshape(share, new int[0]) : share;
  }
}
