package dev.merapi.nn.layer;

import dev.merapi.tensor.Tensor;
import java.util.List;

/// Runs layers one after the other.
public final class Sequential extends Layer {
  private final List<Layer> layers;

  public Sequential(Layer... layers) {
    super();
    this.layers = List.of(layers);
  }

  public List<Layer> layers() {
    return layers;
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Tensor t = x;
    for (Layer l : layers) {
      t = l.apply(t, training);
    }
    return t;
  }
}
