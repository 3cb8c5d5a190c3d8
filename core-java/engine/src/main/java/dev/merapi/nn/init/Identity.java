package dev.merapi.nn.init;

import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Puts `gain` on the diagonal of a matrix, zeros elsewhere.
public record Identity(double gain) implements Initializer {
  public Identity() {
    this(1);
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    if (shape.rank() != 2) {
      throw Message.what("Identity: shape " + shape + " is no matrix")
          .given("shape " + shape)
          .expected("two axes")
          .shapeError();
    }
    Tensor t = Values.filled(new Spec(dtype, shape), 0);
    int n = Math.min(shape.dim(0), shape.dim(1));
    for (int i = 0; i < n; i++) {
      Values.put(t.segment(), dtype, i * (shape.dim(1) + 1L), gain);
    }
    return t;
  }
}
