package dev.merapi.compile;

import dev.merapi.graph.Node;
import dev.merapi.op.Attrs;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Some of the rows that a chain of nodes computes, or everything.
///
/// @param all the rows of all pieces; 0 if nothing is cut
/// @param first the piece's first row
/// @param rows the piece's rows
record Piece(int all, int first, int rows) {
  static final Piece ALL = new Piece(0, 0, 0);

  /// Returns piece `i` where all pieces but the last have `some` rows.
  static Piece of(int i, int all, int some) {
    return all == 0 ? ALL : new Piece(all, i * some, Math.min(some, all - i * some));
  }

  Attrs attrs(Node n) {
    return all == 0 ? n.attrs() : RowWise.attrs(n, all, rows);
  }

  /// Tells for each input of a node whether the piece reads its own rows of it only.
  boolean[] inputs(Node n) {
    boolean[] cut = all == 0 ? null : RowWise.inputs(n, all);
    return cut == null ? new boolean[n.inputs().length] : cut;
  }

  /// Returns the piece's rows of a tensor.
  Tensor of(Tensor whole) {
    if (all == 0) {
      return whole;
    }
    Spec spec = RowWise.spec(whole.spec(), all, rows);
    long row = whole.spec().bytes() / all;
    return new Tensor(spec, new Part(whole.storage(), first * row, rows * row));
  }
}
