package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.sqrt;

import dev.merapi.facade.MathApi;
import dev.merapi.nn.loss.Weights;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes `√ mean((y_true − y_pred)²)` over all elements.
public final class RootMeanSquaredError extends Averaged {
  public RootMeanSquaredError() {
    super("root_mean_squared_error");
  }

  @Override
  protected void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    Tensor[] two =
        Weights.sameRank(
            Weights.cast(values.get(0), dtype()), Weights.cast(values.get(1), dtype()));
    add(MathApi.squaredDifference(two[1], two[0]), sampleWeight);
  }

  @Override
  protected Tensor compute() {
    return sqrt(super.compute());
  }
}
