package dev.merapi.compile;

import dev.merapi.graph.Node;
import dev.merapi.kernel.Fusion;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Facts about operations that a plan needs: who may keep its inputs beyond the call, who only
/// gives them another form.
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
            || op.startsWith("ResourceSparseApply")
            || op.equals("_TrainStep")
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

  /// Returns the inputs over which a node may write its output `v`: it reads each of their elements
  /// just before it writes the one at the same place.
  static List<Value> hosts(Node n, Value[] in, Value v) {
    if (n.op().scalar() == null && !n.is("_Fused")) {
      return List.of();
    }
    List<Value> all = new ArrayList<>();
    for (Value x : in) {
      boolean alike =
          x.isKnown()
              && v.isKnown()
              && x.spec().shape().equals(v.spec().shape())
              && x.spec().dtype().bytes() == v.spec().dtype().bytes();
      if (alike && !isPassed(n, x)) {
        all.add(x.base);
      }
    }
    return all;
  }

  /// Tells whether a fused node may give an input back unchanged, which it cannot do in place.
  private static boolean isPassed(Node n, Value x) {
    if (!n.is("_Fused")) {
      return false;
    }
    Fusion f = n.attrs().fusion("fusion");
    for (Fusion.Output o : f.outputs()) {
      if (o.value() < f.inputs().size()) {
        return true;
      }
    }
    return !x.spec().shape().equals(f.shape());
  }
}
