package dev.merapi.nn.layer.merge;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the largest of its inputs, element by element, of those that a mask does not leave out.
public final class Maximum extends Merge implements LayerArguments<Maximum> {
  public Maximum() {
    super();
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    return extreme(inputs, masks, Ops::max);
  }
}
