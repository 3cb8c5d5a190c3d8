package dev.merapi.nn.layer.merge;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the mean of its inputs, element by element.
public final class Average extends Merge implements LayerArguments<Average> {
  public Average() {
    super();
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    Tensor y = inputs.getFirst();
    for (Tensor x : inputs.subList(1, inputs.size())) {
      y = Ops.add(y, x);
    }
    return Ops.div(y, Ops.number(y, inputs.size()));
  }
}
