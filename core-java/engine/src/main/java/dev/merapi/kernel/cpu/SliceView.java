package dev.merapi.kernel.cpu;

/// A rectangular part of a tensor: first index, step and number of elements for each of its axes.
public interface SliceView {
  int begin(int axis);

  int stride(int axis);

  int count(int axis);
}
