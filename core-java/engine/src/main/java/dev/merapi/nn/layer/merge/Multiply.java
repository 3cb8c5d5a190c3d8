package dev.merapi.nn.layer.merge;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Multiplies its inputs, element by element.
///
/// Numbers that a mask leaves out are no factors; where none counts the product is 0.
public final class Multiply extends Merge implements LayerArguments<Multiply> {
  public Multiply() {
    super();
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    Tensor y = null;
    Tensor counts = null;
    for (int i = 0; i < inputs.size(); i++) {
      Tensor m = masks.get(i);
      Tensor x = m == null ? inputs.get(i) : Ops.where(m, inputs.get(i), 1);
      y = y == null ? x : Ops.mul(y, x);
      counts = m == null ? null : i == 0 ? m : counts == null ? null : Ops.or(counts, m);
    }
    if (y == null) {
      throw new IllegalStateException("This is a bug in Merapi: a product of nothing");
    }
    return counts == null ? y : Ops.where(counts, y, 0);
  }
}
