package dev.merapi.kernel.cpu;

import dev.merapi.tensor.Shape;

/// A rectangular part of a tensor: first index, step and number of elements for each of its axes.
public interface SliceView {
  int begin(int axis);

  int stride(int axis);

  int count(int axis);

  /// Returns the shape in which the part is seen: new axes added, single indices dropped.
  Shape result();
}
