package dev.merapi.nn.layer;

import dev.merapi.eager.Variable;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.List;

/// Puts values into the weights of a layer: all of them, or none.
final class WeightValues {
  private static final OpRef CAST = OpRef.to("Cast");

  private WeightValues() {}

  static void set(Layer layer, List<?> values) {
    List<Variable> mine = layer.weights();
    if (mine.size() != values.size()) {
      throw Message.what(
              "You called `set_weights(weights)` on layer '"
                  + layer.name()
                  + "' with a weight list of length "
                  + values.size()
                  + ", but the layer was expecting "
                  + mine.size()
                  + " weights")
          .fix(layer.isBuilt() ? "" : "build the layer first: it has no weights yet")
          .valueError();
    }
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < mine.size(); i++) {
      Variable v = mine.get(i);
      Object given = values.get(i);
      Tensor t =
          given instanceof Tensor || given instanceof TensorLike
              ? Literals.of(given)
              : Literals.of(given, v.dtype());
      if (!t.shape().equals(v.shape())) {
        throw Message.what(
                "Layer "
                    + layer.name()
                    + " weight shape "
                    + v.shape()
                    + " is not compatible with provided"
                    + " weight shape "
                    + t.shape()
                    + ".")
            .given("weight " + i + ", '" + v.name() + "'")
            .shapeError();
      }
      tensors.add(t.dtype() == v.dtype() ? t : CAST.with(CAST.attrs("DstT", v.dtype()), t));
    }
    for (int i = 0; i < mine.size(); i++) {
      mine.get(i).assign(tensors.get(i));
    }
  }
}
