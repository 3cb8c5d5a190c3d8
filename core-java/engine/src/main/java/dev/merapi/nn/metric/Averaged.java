package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.broadcastTo;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.reduceMean;

import dev.merapi.eager.Variable;
import dev.merapi.nn.layer.Masks;
import dev.merapi.nn.loss.Weights;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// A weighted mean over all samples: a total and a count.
abstract class Averaged extends Metric {
  private @Nullable Variable total;
  private @Nullable Variable count;

  Averaged(@Nullable String name) {
    super(name);
  }

  @Override
  protected final void build() {
    total = addState("total", Shape.SCALAR, dtype(), 0);
    count = addState("count", Shape.SCALAR, dtype(), 0);
  }

  private static Variable made(@Nullable Variable v) {
    if (v == null) {
      throw new IllegalStateException("This is a bug in Merapi: a metric without its state");
    }
    return v;
  }

  /// Adds values, one mean for each sample.
  final void add(Tensor given, @Nullable Tensor sampleWeight) {
    DType type = dtype();
    Tensor values = Weights.cast(given, type);
    Tensor weight = null;
    if (sampleWeight != null) {
      // As in Keras, a mask of the values counts only beside weights.
      weight = Weights.masked(sampleWeight, Masks.of(given), type, false);
      Tensor[] fitted = Weights.sameRank(values, weight);
      values = fitted[0];
      weight = fitted[1];
      int rank = weight.rank();
      values = meanFrom(values, rank);
      weight = broadcastTo(weight, Sizes.of(values));
      values = multiply(values, weight);
      weight = rank > 1 ? meanFrom(weight, 1) : weight;
    }
    values = meanFrom(values, 1);
    made(total).assignAdd(Weights.sum(values));
    made(count)
        .assignAdd(
            weight != null
                ? Weights.sum(weight)
                : values.rank() == 0 ? number(1) : samples(values));
  }

  private Tensor samples(Tensor values) {
    int n = values.shape().dim(0);
    return n >= 0 ? number(n) : Weights.cast(Sizes.axis(values, 0), dtype());
  }

  private Tensor number(double x) {
    return Values.filled(new Spec(dtype(), Shape.SCALAR), x);
  }

  /// Returns the mean over all axes from `axis` on.
  private static Tensor meanFrom(Tensor x, int axis) {
    if (x.rank() <= axis) {
      return x;
    }
    int[] axes = new int[x.rank() - axis];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axis + i;
    }
    return reduceMean(x, axes);
  }

  @Override
  protected Tensor compute() {
    return Weights.quotient(made(total).value(), made(count).value());
  }
}
