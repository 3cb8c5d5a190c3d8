package dev.merapi.op;

import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// A gradient that touches only some rows: `values[i]` belongs to row `indices[i]`; a row may occur
/// more than once.
///
/// @param rows the number of rows of the whole, where a graph only knows it when it runs
public record IndexedSlices(
    Tensor values, Tensor indices, Shape denseShape, @Nullable Tensor rows) {

  /// Makes a gradient of rows of a whole whose shape is known.
  public IndexedSlices(Tensor values, Tensor indices, Shape denseShape) {
    this(values, indices, denseShape, null);
  }
}
