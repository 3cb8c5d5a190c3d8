package dev.merapi.nn.metric;

import dev.merapi.op.Literals;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the weighted mean of the values given: `Σ w · x / Σ w`.
///
/// ```java
/// var m = new Mean("loss");
/// m.apply(1);
/// m.apply(new float[] {3, 8}); // 4.0
/// ```
public final class Mean extends Averaged {
  public Mean() {
    super("mean");
  }

  public Mean(String name) {
    super(name);
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
  protected void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    One.only(this, values);
    add(values.getFirst(), sampleWeight);
  }
}
