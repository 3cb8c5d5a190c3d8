package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Texts cut into pieces: rows of different lengths.
///
/// @param values pieces of all rows, one row after the other
/// @param places `(pieces, 2)` int64: row and column of each
/// @param size rows and longest row: int64
record Pieces(Tensor values, Tensor places, Tensor size) {
  private static final OpRef LOWER_BOUND = OpRef.to("LowerBound");
  private static final OpRef UPPER_BOUND = OpRef.to("UpperBound");
  private static final OpRef RANGE = OpRef.to("Range");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef DENSE = OpRef.to("SparseToDense");

  /// Cuts a vector of texts at white space.
  static Pieces words(Tensor texts) {
    OpRef op = OpRef.to("StringSplitV2");
    Tensor[] cut = op.all(op.get().defaults(), texts, Literals.bytes(new byte[0]));
    return new Pieces(cut[1], cut[0], cut[2]);
  }

  /// Cuts a vector of texts into characters.
  static Pieces characters(Tensor texts) {
    OpRef op = OpRef.to("_StringSplitCharacters");
    Tensor[] cut = op.all(op.get().defaults(), texts);
    return new Pieces(cut[1], cut[0], cut[2]);
  }

  /// Joins neighbouring pieces of each row: all runs of each of the widths.
  Pieces ngrams(int[] widths) {
    Tensor rows = row(size, 0);
    Tensor begins = upTo(Ops.add(rows, Whole.scalar(1)));
    Tensor splits = bound(LOWER_BOUND, column(places, 0), begins);
    OpRef op = OpRef.to("StringNGrams");
    Tensor[] runs =
        op.all(
            op.attrs(
                "separator",
                " ",
                "ngram_widths",
                widths,
                "left_pad",
                "",
                "right_pad",
                "",
                "pad_width",
                0,
                "preserve_short_sequences",
                false),
            values,
            splits);
    return of(runs[0], runs[1], rows);
  }

  /// @param splits where each row begins, and where the last one ends
  private static Pieces of(Tensor values, Tensor splits, Tensor rows) {
    Tensor n = Ops.cast(Sizes.axis(values, 0), DType.I64);
    Tensor each = upTo(n);
    Tensor row = Ops.sub(bound(UPPER_BOUND, splits, each), Whole.scalar(1));
    Tensor first = GATHER.of(splits, row, Values.scalar(0));
    Tensor column = Ops.sub(each, first);
    // An empty beginning makes the longest row of none 0 long.
    Tensor ends = Ops.concat(0, Whole.vector(List.of(0L)), Ops.add(column, Whole.scalar(1)));
    Tensor longest = Ops.most(ends, false, 0);
    return new Pieces(
        values,
        Ops.concat(1, Ops.expand(row, 1), Ops.expand(column, 1)),
        Ops.concat(0, Ops.expand(rows, 0), Ops.expand(longest, 0)));
  }

  /// Returns the same places with other values.
  Pieces with(Tensor others) {
    return new Pieces(others, places, size);
  }

  /// Returns a matrix with a row for each text, filled up at the end.
  Tensor dense(Tensor fill) {
    return DENSE.of(places, size, values, fill);
  }

  /// Returns the pieces of each row; only outside graphs.
  List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    long n = size.toLongArray()[0];
    for (long r = 0; r < n; r++) {
      rows.add(new ArrayList<>());
    }
    List<Object> all = Vocabulary.terms(values);
    long[] at = places.toLongArray();
    for (int i = 0; i < all.size(); i++) {
      rows.get((int) at[2 * i]).add(all.get(i));
    }
    return rows;
  }

  private static Tensor upTo(Tensor n) {
    return RANGE.of(Whole.scalar(0), n, Whole.scalar(1));
  }

  private static Tensor row(Tensor vector, int i) {
    return GATHER.of(vector, Values.scalar(i), Values.scalar(0));
  }

  private static Tensor column(Tensor matrix, int i) {
    return GATHER.of(matrix, Values.scalar(i), Values.scalar(1));
  }

  private static Tensor bound(OpRef op, Tensor sorted, Tensor values) {
    Tensor found =
        op.with(op.attrs("out_type", DType.I64), Ops.expand(sorted, 0), Ops.expand(values, 0));
    return Ops.squeeze(found, 0);
  }
}
