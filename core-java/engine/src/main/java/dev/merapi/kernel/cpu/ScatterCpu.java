package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Kernels that put values to places that index vectors name, one after the other: so equal places
/// have a fixed result.
public final class ScatterCpu {
  private ScatterCpu() {}

  /// What happens where an update meets a value.
  public enum Kind {
    REPLACE(Expr.in(1)),
    ADD(Expr.in(0).add(Expr.in(1))),
    SUBTRACT(Expr.in(0).sub(Expr.in(1))),
    MULTIPLY(Expr.in(0).mul(Expr.in(1))),
    DIVIDE(Expr.in(0).div(Expr.in(1))),
    MAX(Expr.in(0).max(Expr.in(1))),
    MIN(Expr.in(0).min(Expr.in(1))),
    OR(Expr.in(0).or(Expr.in(1)));

    private final LoopTable loops;

    Kind(Expr meaning) {
      loops = LoopTable.of(meaning);
    }
  }

  /// Adds the updates into zeros.
  public static void scatterNd(Call c) {
    Tensor y = c.out(0);
    FillCpu.number(y, 0);
    apply(c, c.in(0), c.in(1), y, y.dtype() == DType.BOOL ? Kind.OR : Kind.ADD, "shape");
  }

  /// Joins the updates with a copy of the first input.
  public static void onto(Call c, Kind kind) {
    onto(c, 0, 1, 2, kind);
  }

  /// Joins updates with a copy of a tensor; numbers are positions of inputs.
  public static void onto(Call c, int base, int indices, int updates, Kind kind) {
    Tensor y = c.out(0);
    Mover.copy(c.in(base), 0, y, 0, y.size());
    apply(c, c.in(indices), c.in(updates), y, kind, "shape");
  }

  /// Joins updates with whole rows of `y`, in the order of the rows' numbers given; a scalar update
  /// stands for all.
  static void rows(int[] rows, Tensor updates, Tensor y, Kind kind) {
    long inner = y.size() / Math.max(1, y.shape().dim(0));
    boolean one = updates.rank() == 0;
    if (y.dtype() == DType.STRING) {
      texts(rows, updates.strings(), y.strings(), (int) inner, one);
      return;
    }
    long w = y.dtype().bytes();
    MemorySegment from = updates.segment();
    MemorySegment to = y.segment();
    Loop loop = kind.loops.get(y.dtype(), one ? 0b10 : 0);
    long step = one ? 0 : inner * w;
    for (int i = 0; i < rows.length && inner > 0; i++) {
      long at = rows[i] * inner * w;
      loop.run(to, at, from, i * step, from, 0, to, at, inner);
    }
  }

  private static void texts(int[] rows, byte[][] from, byte[][] to, int inner, boolean one) {
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < inner; k++) {
        to[rows[i] * inner + k] = from[one ? 0 : i * inner + k];
      }
    }
  }

  private static void apply(
      Call c, Tensor indices, Tensor updates, Tensor y, Kind kind, String into) {
    if (updates.size() > 0) {
      apply(GatherCpu.places(c, indices, y.shape().rawDims(), into), updates, y, kind);
    }
  }

  /// Joins updates with the slices of `y` that begin at the places given.
  static void apply(long[] at, Tensor updates, Tensor y, Kind kind) {
    if (updates.size() == 0) {
      return;
    }
    int n = at.length;
    long inner = updates.size() / n;
    if (y.dtype() == DType.STRING) {
      texts(updates.strings(), y.strings(), at, (int) inner, kind);
      return;
    }
    int w = y.dtype().bytes();
    MemorySegment from = updates.segment();
    MemorySegment to = y.segment();
    if (kind == Kind.REPLACE) {
      for (int i = 0; i < n; i++) {
        MemorySegment.copy(from, i * inner * w, to, at[i] * w, inner * w);
      }
      return;
    }
    Loop loop = kind.loops.get(y.dtype(), 0);
    for (int i = 0; i < n; i++) {
      loop.run(to, at[i] * w, from, i * inner * w, from, 0, to, at[i] * w, inner);
    }
  }

  private static void texts(byte[][] from, byte[][] to, long[] at, int inner, Kind kind) {
    for (int i = 0; i < at.length; i++) {
      for (int k = 0; k < inner; k++) {
        int p = (int) at[i] + k;
        byte[] u = from[i * inner + k];
        to[p] = kind == Kind.REPLACE || to[p].length == 0 ? u : joined(to[p], u);
      }
    }
  }

  /// Adding texts joins them, as in TensorFlow.
  private static byte[] joined(byte[] a, byte[] b) {
    byte[] y = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, y, a.length, b.length);
    return y;
  }
}
