package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.reduceSum;

import dev.merapi.eager.Variable;
import dev.merapi.nn.layer.Masks;
import dev.merapi.nn.loss.Weights;
import dev.merapi.op.Literals;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the weighted sum of the values given: `Σ w · x`.
public final class Sum extends Metric {
  private @Nullable Variable total;

  public Sum() {
    super("sum");
  }

  public Sum(String name) {
    super(name);
  }

  @Override
  protected void build() {
    total = addState("total", Shape.SCALAR, dtype(), 0);
  }

  /// Takes in values, a tensor or what [Literals] takes.
  public void updateState(Object values) {
    take(List.of(Literals.of(values)), null);
  }

  /// Takes in values of which each counts by its weight.
  @Override
  public void updateState(Object values, @Nullable Object sampleWeight) {
    take(List.of(Literals.of(values)), sampleWeight);
  }

  public Tensor apply(Object values) {
    updateState(values);
    return result();
  }

  @Override
  protected void update(List<Tensor> given, @Nullable Tensor sampleWeight) {
    One.only(this, given);
    Tensor values = Weights.cast(given.getFirst(), dtype());
    if (sampleWeight != null) {
      Tensor weight = Weights.masked(sampleWeight, Masks.of(given.getFirst()), dtype(), false);
      Tensor[] fitted = Weights.sameRank(values, weight);
      values = fitted[0];
      weight = fitted[1];
      values = multiply(sumFrom(values, weight.rank()), weight);
    }
    Variable t = total;
    if (t != null) {
      t.assignAdd(Weights.sum(sumFrom(values, 1)));
    }
  }

  /// Returns the sum over all axes from `axis` on.
  private static Tensor sumFrom(Tensor x, int axis) {
    if (x.rank() <= axis) {
      return x;
    }
    int[] axes = new int[x.rank() - axis];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axis + i;
    }
    return reduceSum(x, axes);
  }

  @Override
  protected Tensor compute() {
    Variable t = total;
    if (t == null) {
      throw new IllegalStateException("This is a bug in Merapi: a sum without its total");
    }
    return t.value();
  }
}
