package dev.merapi.nn.layer.merge;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Subtracts its second input from its first.
public final class Subtract extends Merge implements LayerArguments<Subtract> {
  public Subtract() {
    super();
  }

  @Override
  protected void build(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw Message.what(
              "A `Subtract` layer should be called on exactly 2 inputs. Received: " + inputs.size())
          .given(inputs.toString())
          .expected("two tensors")
          .shapeError();
    }
    super.build(inputs);
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    return Ops.sub(inputs.get(0), inputs.get(1));
  }
}
