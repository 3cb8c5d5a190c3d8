package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Kernels that read and write diagonals: each is a strided run of its matrix.
public final class DiagCpu {
  private DiagCpu() {}

  /// Diagonals `low` to `high` of matrices; `align` says at which end of its row a shorter one
  /// lies, first above and then below the main diagonal.
  public record Band(int low, int high, int rows, int cols, String align) {
    /// Returns the length of the longest diagonal.
    public int longest() {
      return Math.max(0, Math.min(rows + Math.min(high, 0), cols - Math.max(low, 0)));
    }

    int length(int d) {
      return Math.max(0, Math.min(rows + Math.min(d, 0), cols - Math.max(d, 0)));
    }

    /// Returns where diagonal `d` begins in its row of the packed form.
    int offset(int d) {
      boolean left = d >= 0 && align.startsWith("LEFT") || d <= 0 && align.endsWith("LEFT");
      return left ? 0 : longest() - length(d);
    }
  }

  /// Copies all diagonals between matrices and the packed form.
  private static void move(Tensor matrix, Tensor packed, Band b, boolean toPacked) {
    long cells = (long) b.rows * b.cols;
    int width = b.longest();
    int n = b.high - b.low + 1;
    if (cells == 0 || width == 0 || matrix.size() == 0) {
      return;
    }
    int batch = Math.toIntExact(matrix.size() / cells);
    for (int d = b.high; d >= b.low; d--) {
      int[] dims = {batch, b.length(d)};
      long at = (long) Math.max(-d, 0) * b.cols + Math.max(d, 0);
      long[] steps = {cells, b.cols + 1L};
      long packedAt = (long) (b.high - d) * width + b.offset(d);
      long[] packedSteps = {(long) n * width, 1};
      if (toPacked) {
        Mover.copy(matrix, at, steps, packed, packedAt, packedSteps, dims);
      } else {
        Mover.copy(packed, packedAt, packedSteps, matrix, at, steps, dims);
      }
    }
  }

  private static void fill(Tensor y, @Nullable Tensor padding) {
    if (padding == null) {
      FillCpu.number(y, 0);
    } else {
      Numbers.repeat(padding, 0, y);
    }
  }

  public static void make(Call c, Band b, @Nullable Tensor padding) {
    Tensor y = c.out(0);
    fill(y, padding);
    move(y, c.in(0), b, false);
  }

  public static void part(Call c, Band b, @Nullable Tensor padding) {
    Tensor y = c.out(0);
    if (b.low != b.high) {
      fill(y, padding);
    }
    move(c.in(0), y, b, true);
  }

  public static void set(Call c, Band b) {
    Tensor y = c.out(0);
    Mover.copy(c.in(0), 0, y, 0, y.size());
    move(y, c.in(1), b, false);
  }

  public static void bandPart(Call c, long lower, long upper) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    FillCpu.number(y, 0);
    int rows = x.shape().dim(-2);
    int cols = x.shape().dim(-1);
    if (y.size() == 0) {
      return;
    }
    long batch = x.size() / ((long) rows * cols);
    for (long m = 0; m < batch; m++) {
      for (int i = 0; i < rows; i++) {
        long first = lower < 0 ? 0 : Math.max(0, i - lower);
        long last = upper < 0 ? cols : Math.min(cols, i + upper + 1);
        long at = (m * rows + i) * cols;
        if (last > first) {
          Mover.copy(x, at + first, y, at + first, last - first);
        }
      }
    }
  }

  public static void diag(Call c) {
    Tensor y = c.out(0);
    FillCpu.number(y, 0);
    int n = Math.toIntExact(c.in(0).size());
    Mover.copy(c.in(0), 0, new long[] {1}, y, 0, new long[] {n + 1L}, new int[] {n});
  }

  public static void diagPart(Call c) {
    Tensor y = c.out(0);
    int n = Math.toIntExact(y.size());
    Mover.copy(c.in(0), 0, new long[] {n + 1L}, y, 0, new long[] {1}, new int[] {n});
  }
}
