package dev.merapi.compile.pass;

import dev.merapi.graph.Node;
import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Fusion;
import dev.merapi.kernel.cpu.Meanings;
import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Facts about operations that fusion needs: what each computes for one element, which ones fold.
final class Fusable {
  private static final Map<String, Fusion.Way> WAYS =
      Map.of(
          "Sum", Fusion.Way.SUM,
          "Mean", Fusion.Way.MEAN,
          "Max", Fusion.Way.MAX,
          "Min", Fusion.Way.MIN,
          "Prod", Fusion.Way.PROD);

  private Fusable() {}

  /// Tells whether a node computes each element of its output from those of its inputs at the same
  /// place.
  static boolean isElementwise(Node n) {
    if (n.outputs().length != 1
        || n.op().isStateful()
        || !known(n.output(0))
        || meaning(n) == null) {
      return false;
    }
    for (int i = 0; i < args(n); i++) {
      if (!known(n.input(i))) {
        return false;
      }
    }
    return n.output(0).shape().size() > 0;
  }

  private static boolean known(Tensor t) {
    DType d = t.dtype();
    return t.shape().isKnown() && d.bytes() > 0 && !d.isComplex();
  }

  /// Returns what a node computes for one element, or null when it is not element-wise.
  static @Nullable Expr meaning(Node n) {
    return switch (n.op().name()) {
      case "BroadcastTo" -> Expr.in(0);
      case "AddN" -> sum(n);
      case "BiasAdd", "BiasAddV1" ->
          n.op().hasAttr("data_format") && n.attrs().s("data_format").startsWith("NC")
              ? null
              : Registry.find("AddV2").scalar();
      default -> Meanings.of(n.op(), n.attrs());
    };
  }

  /// Sums of 16-bit floats are rounded once, not after each term: they stay as they are.
  private static @Nullable Expr sum(Node n) {
    DType d = n.output(0).dtype();
    Expr add = Registry.find("AddV2").scalar();
    return n.inputs().length == 2 && d != DType.F16 && d != DType.BF16 ? add : null;
  }

  /// Tells whether a node folds axes that are known.
  static boolean isReduction(Node n) {
    return WAYS.containsKey(n.op().name())
        && n.input(0).dtype().isFloating()
        && known(n.input(0))
        && n.output(0).shape().isKnown()
        && n.input(0).shape().size() > 0
        && axes(n) != null;
  }

  static Fusion.Way way(Node n) {
    return WAYS.get(n.op().name());
  }

  static int @Nullable [] axes(Node n) {
    Tensor c = n.input(1).storage().constant();
    return c == null ? null : c.toIntArray();
  }

  /// Returns how many of a node's first inputs are read element by element.
  static int args(Node n) {
    return n.is("BroadcastTo") || WAYS.containsKey(n.op().name()) ? 1 : n.inputs().length;
  }
}
