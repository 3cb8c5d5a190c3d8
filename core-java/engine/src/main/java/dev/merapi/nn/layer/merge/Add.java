package dev.merapi.nn.layer.merge;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds up its inputs.
public final class Add extends Merge implements LayerArguments<Add> {
  public Add() {
    super();
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    Tensor y = inputs.getFirst();
    for (Tensor x : inputs.subList(1, inputs.size())) {
      y = Ops.add(y, x);
    }
    return y;
  }
}
