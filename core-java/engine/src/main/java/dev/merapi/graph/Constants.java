package dev.merapi.graph;

import dev.merapi.op.OpDef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds values that are known before a graph runs: constants, sizes of known shapes, and what is
/// computed from them.
final class Constants {
  /// Values with more elements are left to the optimiser: shape rules need only small ones.
  private static final long MOST_ELEMENTS = 1024;

  /// Operations whose result follows from their input's shape alone.
  private static final Set<String> OF_SHAPES = Set.of("Shape", "ShapeN", "Size", "Rank");

  private Constants() {}

  /// Returns the handle that an input stands for when the graph captured it, so that shape rules
  /// know the variable.
  private static @Nullable Tensor captured(Node node) {
    for (Graph.Capture c : node.graph().captures()) {
      if (c.inner() == node.output(0)) {
        return c.outer().isSymbolic() ? c.outer().storage().constant() : c.outer();
      }
    }
    return null;
  }

  static @Nullable Tensor value(Node node, int index) {
    OpDef op = node.op();
    if (node.is("Const")) {
      return node.attrs().tensor("value");
    }
    if (node.is("Placeholder") && node.output(0).dtype() == DType.RESOURCE) {
      return captured(node);
    }
    if (op.isStateful() || node.is("Placeholder") || !node.bodies().isEmpty()) {
      return null;
    }
    for (Tensor t : node.outputs()) {
      Spec s = t.spec();
      if (!s.shape().isKnown()
          || s.shape().size() > MOST_ELEMENTS
          || s.dtype() == DType.RESOURCE
          || s.dtype() == DType.VARIANT) {
        return null;
      }
    }
    Tensor[] in = new Tensor[node.inputs().length];
    boolean shapes = OF_SHAPES.contains(op.name());
    for (int i = 0; i < in.length; i++) {
      Tensor x = node.input(i);
      if (shapes) {
        boolean known = node.is("Rank") ? x.shape().isRankKnown() : x.shape().isKnown();
        if (!known) {
          return null;
        }
        in[i] = x;
        continue;
      }
      Tensor c = x.storage().constant();
      if (c == null || c.size() > MOST_ELEMENTS) {
        return null;
      }
      in[i] = c;
    }
    Tensor[] out = node.computeAhead(in);
    if (out == null) {
      return null;
    }
    // The value may be asked for long after a scope of this thread has ended.
    out[index].storage().retain();
    return out[index];
  }
}
