package dev.merapi.nn.model;

import dev.merapi.graph.Tracer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Calls layers on symbols, to make their weights and to know their shapes without computing.
final class Tracing {
  private Tracing() {}

  /// Makes all weights of a layer and of those in it.
  static void build(Layer layer, List<Shape> shapes) {
    DType type = layer.inputType();
    call(layer, shapes.stream().map(s -> new Spec(type, s)).toList());
  }

  /// Returns types and shapes of the outputs; makes weights that are not there yet.
  static List<Spec> call(Layer layer, List<Spec> inputs) {
    try (Tracer t = Tracer.openAlone(layer.name())) {
      List<Tensor> xs = new ArrayList<>();
      for (Spec s : inputs) {
        xs.add(t.input("x" + xs.size(), s));
      }
      return layer.applyAll(xs, false, null).stream().map(Tensor::spec).toList();
    }
  }
}
