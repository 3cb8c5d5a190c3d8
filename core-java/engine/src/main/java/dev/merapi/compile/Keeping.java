package dev.merapi.compile;

import dev.merapi.graph.Node;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Facts about operations that a plan needs: who may keep its inputs beyond the call, who only gives
/// them another form.
final class Keeping {
  private Keeping() {}

  /// Tells whether a node's kernel may keep an input beyond its call: inner graphs, lists of
  /// tensors, assignments. Updates in place (`ResourceApplyAdam`) read their inputs and are done.
  static boolean inputs(Node n) {
    if (!n.bodies().isEmpty()) {
      return true;
    }
    boolean resource = false;
    for (Tensor t : n.inputs()) {
      if (t.dtype() == DType.VARIANT) {
        return true;
      }
      resource |= t.dtype() == DType.RESOURCE;
    }
    for (Tensor t : n.outputs()) {
      if (t.dtype() == DType.VARIANT || t.dtype() == DType.RESOURCE) {
        return true;
      }
    }
    String op = n.op().name();
    return resource
        && !(op.startsWith("ResourceApply")
            || op.startsWith("ResourceGather")
            || op.startsWith("ResourceScatter")
            || op.equals("AssignAddVariableOp")
            || op.equals("AssignSubVariableOp")
            || op.equals("VariableShape")
            || op.equals("ReadVariableOp"));
  }

  /// Tells whether a node's outputs are its inputs under another type or shape.
  static boolean isAlias(Node n) {
    if (n.op().isAlias()) {
      for (int i = 0; i < n.outputs().length; i++) {
        if (n.input(i).dtype() != n.output(i).dtype()) {
          return false;
        }
      }
      return true;
    }
    return n.is("Cast") && n.input(0).dtype() == n.output(0).dtype();
  }
}
