package dev.merapi.graph;

import dev.merapi.memory.Cell;
import dev.merapi.op.Recorder;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// What a graph asks of the handles of variables.
final class Resources {
  private Resources() {}

  /// Returns the name of the variable behind a handle; a plain one for other values.
  static String name(Tensor handle) {
    if (handle.dtype() != DType.RESOURCE) {
      return "captured";
    }
    return handle.storage().handles()[0] instanceof Cell c ? c.name() : "resource";
  }

  /// Tells a tape that the variable behind a handle is being read.
  static void read(Recorder r, Tensor handle) {
    if (handle.storage().handles()[0] instanceof Cell c) {
      Object owner = c.owner();
      if (owner != null) {
        r.read(owner, handle, c.isTrainable());
      }
    }
  }
}
