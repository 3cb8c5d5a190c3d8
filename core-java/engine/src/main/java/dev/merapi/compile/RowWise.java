package dev.merapi.compile;

import dev.merapi.graph.Node;
import dev.merapi.kernel.Fusion;
import dev.merapi.kernel.cpu.FusedKernel;
import dev.merapi.op.Attrs;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Facts about operations that compute each row of their result from the same row of their inputs,
/// so that some rows can be computed before others.
///
/// Rows are counted along the leading axes, as many of them as it takes: [60, 28, 30] has 1680 rows
/// of 30 elements.
final class RowWise {
  /// Operations of a product that are still done by one thread; more are worth threads of their
  /// own.
  private static final long SERIAL_WORK = 8_000_000;

  private RowWise() {}

  /// Returns how many leading axes have `rows` positions together, or 0.
  static int axes(Shape s, long rows) {
    long product = 1;
    for (int i = 0; i < s.rank(); i++) {
      product *= s.dim(i);
      if (product == rows) {
        return i + 1;
      }
    }
    return 0;
  }

  /// Returns how many rows a node's result may be cut into, or 0 if it cannot be cut.
  static int rows(Node n) {
    Shape s = n.output(0).shape();
    long rows = s.rank() == 0 ? 0 : 1;
    for (int i = 0; i < s.rank() && i < Math.max(1, s.rank() - 1); i++) {
      rows *= s.dim(i);
    }
    return rows > 1 && rows <= Integer.MAX_VALUE && inputs(n, (int) rows) != null ? (int) rows : 0;
  }

  /// Tells for each input of a node whether a piece of the result's `rows` rows needs the same rows
  /// of it (or all of it), or returns null if the node does not work row by row.
  static boolean @Nullable [] inputs(Node n, int rows) {
    for (Tensor t : n.outputs()) {
      if (axes(t.shape(), rows) == 0) {
        return null;
      }
    }
    Tensor[] in = n.inputs();
    boolean[] cut = new boolean[in.length];
    if (n.is("MatMul") || n.is("_MatMulBias")) {
      cut[0] = true;
      boolean real = in[0].dtype() == DType.F32 || in[0].dtype() == DType.F64;
      boolean fits = real && !n.attrs().b("transpose_a") && in[0].shape().dim(0) == rows;
      return fits && work(n) < SERIAL_WORK ? cut : null;
    }
    int inRow = n.output(0).rank() - axes(n.output(0).shape(), rows);
    if (n.is("Softmax") || n.is("LogSoftmax") || isBiasAdd(n)) {
      cut[0] = true;
      return inRow > 0 ? cut : null;
    }
    if (n.is("_Fused")) {
      Fusion f = n.attrs().fusion("fusion");
      int axes = axes(f.shape(), rows);
      Fusion piece = axes == 0 ? null : f.rows(axes, 1);
      for (int i = 0; piece != null && i < in.length; i++) {
        cut[i] = !piece.inputs().get(i).spec().equals(f.inputs().get(i).spec());
      }
      return piece == null ? null : cut;
    }
    if (n.op().scalar() == null || n.outputs().length != 1) {
      return null;
    }
    for (int i = 0; i < in.length; i++) {
      Shape s = in[i].shape();
      cut[i] = s.rank() > inRow;
      boolean fits = !cut[i] || s.rank() == n.output(0).rank() && axes(s, rows) > 0;
      if (!fits) {
        return null;
      }
    }
    return cut;
  }

  private static boolean isBiasAdd(Node n) {
    return n.is("BiasAddV1") || n.is("BiasAdd") && n.attrs().s("data_format").equals("NHWC");
  }

  /// Returns a node's attributes for `rows` of its `all` rows.
  static Attrs attrs(Node n, int all, int rows) {
    if (!n.is("_Fused")) {
      return n.attrs();
    }
    Fusion f = n.attrs().fusion("fusion");
    Fusion piece = f.rows(axes(f.shape(), all), rows);
    return n.op().attrs(Map.of("fusion", piece));
  }

  /// Returns the spec of `rows` of the `all` rows of a tensor.
  static Spec spec(Spec whole, int all, int rows) {
    int axes = axes(whole.shape(), all);
    int[] dims = whole.shape().rawDims();
    int[] piece = new int[dims.length - axes + 1];
    piece[0] = rows;
    System.arraycopy(dims, axes, piece, 1, dims.length - axes);
    return whole.withShape(Shape.ofOwned(piece));
  }

  /// Returns the floating-point operations of a product.
  private static long work(Node n) {
    Shape a = n.input(0).shape();
    return 2 * a.size() * n.output(0).shape().dim(1);
  }

  /// Estimates what a node takes on one thread, in nanoseconds (Zen 5, AVX-512).
  static double cost(Node n) {
    if (n.is("MatMul") || n.is("_MatMulBias")) {
      Shape a = n.input(0).shape();
      return 0.015 * 2 * a.dim(0) * a.dim(1) * n.output(0).shape().dim(1);
    }
    if (n.is("Softmax") || n.is("LogSoftmax")) {
      return 0.6 * n.output(0).size();
    }
    if (n.is("_Fused")) {
      return FusedKernel.of(n.attrs().fusion("fusion")).cost();
    }
    return n.op().scalar() != null || isBiasAdd(n) ? 0.3 * n.output(0).size() : 0;
  }
}
