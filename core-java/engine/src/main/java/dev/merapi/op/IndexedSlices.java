package dev.merapi.op;

import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// A gradient that touches only some rows: `values[i]` belongs to row `indices[i]`; a row may occur
/// more than once.
public record IndexedSlices(Tensor values, Tensor indices, Shape denseShape) {}
