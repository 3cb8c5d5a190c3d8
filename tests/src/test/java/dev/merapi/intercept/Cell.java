package dev.merapi.intercept;

import dev.merapi.GraphFunction;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.function.UnaryOperator;

/// Stands for a notebook's cell: defined over and over, each time by another class loader.
public final class Cell implements UnaryOperator<Tensor> {
  private int bodies;

  @Override
  public Tensor apply(Tensor x) {
    step(x);
    return step(x);
  }

  @GraphFunction
  private Tensor step(Tensor x) {
    bodies++;
    return tf.add(x, (float) bodies);
  }

  @Override
  public String toString() {
    return "bodies " + bodies;
  }
}
