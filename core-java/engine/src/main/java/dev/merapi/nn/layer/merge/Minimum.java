package dev.merapi.nn.layer.merge;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the smallest of its inputs, element by element, of those that a mask does not leave out.
public final class Minimum extends Merge implements LayerArguments<Minimum> {
  public Minimum() {
    super();
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    return extreme(inputs, masks, Ops::min);
  }
}
