package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.merapi.kernel.Expr;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Softmax along the last axis, its logarithm, and the cross entropy of it.
///
/// The greatest logit of a row is taken away first, so nothing overflows. A piece of rows passes
/// through all steps while it is in the cache.
public final class SoftmaxCpu {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr Z = Expr.in(2);

  private static final LoopTable EXP = LoopTable.of(X.exp());
  private static final LoopTable LOG = LoopTable.of(X.log());
  private static final LoopTable SHIFT = LoopTable.of(X.sub(Y));
  private static final LoopTable SHIFT_EXP = LoopTable.of(X.sub(Y).exp());
  private static final LoopTable DIVIDE = LoopTable.of(X.div(Y));
  private static final LoopTable SURPRISE = LoopTable.of(Y.mul(Z.sub(X)));
  private static final LoopTable MISS = LoopTable.of(X.div(Z).sub(Y));

  private SoftmaxCpu() {}

  /// What happens to one piece of rows.
  private interface Rows {
    void run(RowMath m, long first, int rows);
  }

  private static void pieces(long rows, int n, Rows piece) {
    int some = RowMath.rows(n);
    // An exponential, folds and two passes take about 0.9 ns an element on one core, so a piece is
    // about 15 µs; less than 100 µs in all are not shared.
    Planes.share(
        rows * n < 7 * RowMath.PIECE,
        Math.toIntExact((rows + some - 1) / some),
        chunk -> {
          long first = (long) chunk * some;
          piece.run(RowMath.get(), first, (int) Math.min(some, rows - first));
        });
  }

  /// Opens a scope for copies, where there will be any.
  private static @Nullable Scope scope(DType computed, DType given) {
    return computed == given ? null : Scope.open();
  }

  public static void softmax(Call c) {
    Tensor y = c.out(0);
    int n = y.shape().dim(-1);
    if (y.size() == 0) {
      return;
    }
    DType t = Staged.wide(y.dtype());
    int bytes = t.bytes();
    try (Scope _ = scope(t, y.dtype())) {
      MemorySegment x = Staged.in(c.in(0), t);
      MemorySegment to = Staged.out(y, t, false);
      pieces(
          y.size() / n,
          n,
          (m, first, rows) -> {
            if (RowMath.takesWhole(t, n)) {
              m.softmax(EXP, t, x, first * n, rows, n, to, first * n, null, null);
            } else {
              MemorySegment s = m.stats((long) rows * bytes);
              softmax(m, t, x, first * n, rows, n, to, s, s);
            }
          });
      Staged.finish(to, y, t, false);
    }
  }

  /// Computes the softmax of a piece of rows from element `at` on; leaves the maxima in `maxima`
  /// and then the sums of the exponentials in `sums`, which may be the same memory.
  private static void softmax(
      RowMath m,
      DType t,
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      MemorySegment maxima,
      MemorySegment sums) {
    if (RowMath.takesWhole(t, n)) {
      m.softmax(EXP, t, x, at, rows, n, y, at, maxima, sums);
      return;
    }
    long off = at * t.bytes();
    RowMath.fold(Fold.MAX, t, x, at, rows, n, maxima);
    m.with(SHIFT_EXP, t, x, off, maxima, y, off, rows, n);
    RowMath.fold(Fold.SUM, t, y, at, rows, n, sums);
    m.with(DIVIDE, t, y, off, sums, y, off, rows, n);
  }

  public static void logSoftmax(Call c) {
    Tensor y = c.out(0);
    int n = y.shape().dim(-1);
    if (y.size() == 0) {
      return;
    }
    DType t = Staged.wide(y.dtype());
    int bytes = t.bytes();
    try (Scope _ = scope(t, y.dtype())) {
      MemorySegment x = Staged.in(c.in(0), t);
      MemorySegment to = Staged.out(y, t, false);
      pieces(
          y.size() / n,
          n,
          (m, first, rows) -> {
            long at = first * n * bytes;
            shifted(m, t, x, at, to, at, m.block((long) rows * n * bytes), rows, n);
            MemorySegment s = m.stats(0);
            RowMath.plain(LOG, t, s, 0, s, 0, rows);
            m.with(SHIFT, t, to, at, s, to, at, rows, n);
          });
      Staged.finish(to, y, t, false);
    }
  }

  /// Computes `d = x − max x` and `e = exp d` (from its start), and leaves the sums of e in the
  /// stats.
  private static void shifted(
      RowMath m,
      DType t,
      MemorySegment x,
      long xOff,
      MemorySegment d,
      long dOff,
      MemorySegment e,
      int rows,
      int n) {
    MemorySegment s = m.stats((long) rows * t.bytes());
    if (RowMath.takesWhole(t, n)) {
      RowMath.shift(t, x, xOff / t.bytes(), rows, n, d, dOff / t.bytes(), n, s);
    } else {
      RowMath.fold(Fold.MAX, t, x, xOff / t.bytes(), rows, n, s);
      m.with(SHIFT, t, x, xOff, s, d, dOff, rows, n);
    }
    RowMath.plain(EXP, t, d, dOff, e, 0, (long) rows * n);
    RowMath.fold(Fold.SUM, t, e, 0, rows, n, s);
  }

  /// Computes cross entropies and their gradients for labels that are distributions.
  public static void crossEntropy(Call c) {
    Tensor loss = c.out(0);
    Tensor back = c.out(1);
    if (back.size() == 0) {
      loss.segment().fill((byte) 0);
      return;
    }
    int n = back.shape().dim(1);
    DType t = Staged.wide(back.dtype());
    int bytes = t.bytes();
    try (Scope _ = Scope.open()) {
      MemorySegment x = stretched(c.in(0), back, t);
      MemorySegment labels = stretched(c.in(1), back, t);
      MemorySegment to = Staged.out(back, t, false);
      MemorySegment losses = Staged.out(loss, t, false);
      pieces(
          loss.size(),
          n,
          (m, first, rows) -> {
            long at = first * n * bytes;
            long size = (long) rows * n * bytes;
            MemorySegment d = m.block(size);
            MemorySegment piece = to.asSlice(at, size);
            shifted(m, t, x, at, d, 0, piece, rows, n);
            MemorySegment s = m.stats(0);
            MemorySegment logs = m.moreStats((long) rows * bytes);
            RowMath.plain(LOG, t, s, 0, logs, 0, rows);
            m.with(SURPRISE, t, d, 0, labels, at, logs, d, 0, rows, n);
            RowMath.fold(Fold.SUM, t, d, 0, rows, n, logs);
            MemorySegment.copy(logs, 0, losses, first * bytes, (long) rows * bytes);
            m.with(MISS, t, piece, 0, labels, at, s, piece, 0, rows, n);
          });
      Staged.finish(losses, loss, t, false);
      Staged.finish(to, back, t, false);
    }
  }

  private static MemorySegment stretched(Tensor x, Tensor like, DType t) {
    MemorySegment s = Staged.in(x, t);
    if (x.shape().equals(like.shape())) {
      return s;
    }
    MemorySegment wide = Staged.temporary(t, like.size());
    Elementwise.broadcast(t, s, x.shape().rawDims(), wide, like.shape().rawDims());
    return wide;
  }

  /// Computes cross entropies and their gradients for labels that are numbers of classes.
  ///
  /// Fails: `ValueError` for a label that is no class, before anything is computed.
  public static void sparseCrossEntropy(Call c) {
    Tensor loss = c.out(0);
    Tensor back = c.out(1);
    int n = back.shape().dim(1);
    int[] classes = classes(c, n);
    if (back.size() == 0) {
      loss.segment().fill((byte) 0);
      return;
    }
    DType t = Staged.wide(back.dtype());
    int bytes = t.bytes();
    try (Scope _ = scope(t, back.dtype())) {
      MemorySegment x = Staged.in(c.in(0), t);
      MemorySegment to = Staged.out(back, t, false);
      MemorySegment losses = Staged.out(loss, t, false);
      pieces(
          loss.size(),
          n,
          (m, first, rows) -> {
            MemorySegment maxima = m.moreStats((long) rows * bytes);
            MemorySegment sums = m.stats((long) rows * bytes);
            softmax(m, t, x, first * n, rows, n, to, maxima, sums);
            MemorySegment logSums = m.block((long) rows * bytes);
            RowMath.plain(LOG, t, sums, 0, logSums, 0, rows);
            for (int r = 0; r < rows; r++) {
              long row = first + r;
              long hit = row * n + classes[(int) row];
              if (t == DType.F32) {
                float gap = x.getAtIndex(JAVA_FLOAT, hit) - maxima.getAtIndex(JAVA_FLOAT, r);
                losses.setAtIndex(JAVA_FLOAT, row, logSums.getAtIndex(JAVA_FLOAT, r) - gap);
                to.setAtIndex(JAVA_FLOAT, hit, to.getAtIndex(JAVA_FLOAT, hit) - 1);
              } else {
                double gap = x.getAtIndex(JAVA_DOUBLE, hit) - maxima.getAtIndex(JAVA_DOUBLE, r);
                losses.setAtIndex(JAVA_DOUBLE, row, logSums.getAtIndex(JAVA_DOUBLE, r) - gap);
                to.setAtIndex(JAVA_DOUBLE, hit, to.getAtIndex(JAVA_DOUBLE, hit) - 1);
              }
            }
          });
      Staged.finish(losses, loss, t, false);
      Staged.finish(to, back, t, false);
    }
  }

  private static int[] classes(Call c, int n) {
    Tensor labels = c.in(1);
    MemorySegment s = labels.segment();
    int count = Math.toIntExact(labels.size());
    int[] classes = RowMath.get().classes(count);
    for (int i = 0; i < count; i++) {
      long l = labels.dtype() == DType.I32 ? s.getAtIndex(JAVA_INT, i) : s.getAtIndex(JAVA_LONG, i);
      if (l < 0 || l >= n) {
        throw c.fault(
                "Received a label value of "
                    + l
                    + " which is outside the valid range of [0, "
                    + n
                    + ").  Label values: "
                    + some(labels))
            .expected("whole numbers from 0 to " + (n - 1) + ", one for each row")
            .fix("check the number of units of the last layer against the number of classes")
            .valueError();
      }
      classes[i] = (int) l;
    }
    return classes;
  }

  private static String some(Tensor labels) {
    StringBuilder s = new StringBuilder();
    long[] all = labels.toLongArray();
    for (int i = 0; i < Math.min(all.length, 20); i++) {
      s.append(i == 0 ? "" : " ").append(all[i]);
    }
    return s.append(all.length > 20 ? " …" : "").toString();
  }
}
