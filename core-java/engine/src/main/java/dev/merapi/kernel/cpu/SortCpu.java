package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Kernels that put the elements of rows into order, or find places in ordered rows.
public final class SortCpu {
  /// Elements below which one thread sorts faster: about 100 µs.
  private static final long SERIAL = 1 << 12;

  private SortCpu() {}

  /// Writes the `k` greatest elements of each row and their positions, the greatest first; of equal
  /// elements the first comes first. With `k` as large as a row this is a stable sort.
  public static void topK(Call c, int k) {
    Tensor x = c.in(0);
    Tensor values = c.out(0);
    Tensor indices = c.out(1);
    int n = x.shape().dim(-1);
    if (values.size() == 0) {
      return;
    }
    rows(
        x.size() / n,
        n,
        (row, work) -> {
          work.take(x, row * n, n, true);
          work.order(n, k);
          put(x, row * n, values, indices, row * k, work.positions, k);
        });
  }

  /// Writes element `index` of each row in ascending or descending order.
  public static void nth(Call c, int index, boolean descending) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    int n = x.shape().dim(-1);
    if (y.size() == 0) {
      return;
    }
    rows(
        x.size() / n,
        n,
        (row, work) -> {
          work.take(x, row * n, n, descending);
          work.order(n, index + 1);
          Mover.copy(x, row * n + work.positions[index], y, row, 1);
        });
  }

  private static void put(
      Tensor x, long from, Tensor values, Tensor indices, long at, int[] positions, int k) {
    MemorySegment s = x.segment();
    MemorySegment v = values.segment();
    MemorySegment p = indices.segment();
    DType t = indices.dtype();
    int w = x.dtype().bytes();
    for (int i = 0; i < k; i++) {
      long f = from + positions[i];
      switch (w) {
        case 1 -> v.set(ValueLayout.JAVA_BYTE, at + i, s.get(ValueLayout.JAVA_BYTE, f));
        case 2 ->
            v.set(
                ValueLayout.JAVA_SHORT_UNALIGNED,
                2 * (at + i),
                s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * f));
        case 4 ->
            v.set(
                ValueLayout.JAVA_INT_UNALIGNED,
                4 * (at + i),
                s.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * f));
        default ->
            v.set(
                ValueLayout.JAVA_LONG_UNALIGNED,
                8 * (at + i),
                s.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * f));
      }
      Numbers.put(p, t, at + i, positions[i]);
    }
  }

  private interface Row {
    void run(long row, Work work);
  }

  private static void rows(long rows, int n, Row task) {
    long per = Math.max(1, SERIAL / Math.max(1, n));
    if (rows * n < SERIAL || rows == 1) {
      per = rows;
    }
    long step = per;
    Workers.run(
        Math.toIntExact((rows + step - 1) / step),
        i -> {
          Work work = new Work(n);
          for (long r = i * step; r < Math.min(rows, (i + 1L) * step); r++) {
            task.run(r, work);
          }
        });
  }

  /// Keys of one row and the positions that go with them.
  private static final class Work {
    final long[] keys;
    final int[] positions;
    private boolean narrow;

    Work(int n) {
      keys = new long[n];
      positions = new int[n];
    }

    /// Reads a row; keys ascend in the order that is asked for.
    void take(Tensor x, long first, int n, boolean descending) {
      DType t = x.dtype();
      narrow = SortKeys.isNarrow(t);
      SortKeys.fill(x.segment(), t, first, keys, n);
      for (int i = 0; i < n; i++) {
        long k = descending ? ~keys[i] : keys[i];
        keys[i] = narrow ? k << 32 | i : k;
      }
    }

    /// Finds the positions of the `k` least keys.
    void order(int n, int k) {
      if (!narrow) {
        for (int i = 0; i < n; i++) {
          positions[i] = i;
        }
        RadixSort.pairs(keys, positions, n);
        return;
      }
      if (k < n / 8) {
        least(n, k);
      } else {
        RadixSort.packed(keys, n);
      }
      for (int i = 0; i < k; i++) {
        positions[i] = (int) keys[i];
      }
    }

    /// Brings the `k` least keys to the front, sorted: a heap of the least so far, whose top is the
    /// greatest of them.
    private void least(int n, int k) {
      for (int i = k / 2 - 1; i >= 0; i--) {
        sink(i, k, keys[i]);
      }
      for (int i = k; i < n; i++) {
        if (k > 0 && keys[i] < keys[0]) {
          sink(0, k, keys[i]);
        }
      }
      Arrays.sort(keys, 0, k);
    }

    private void sink(int at, int k, long value) {
      int i = at;
      while (true) {
        int child = 2 * i + 1;
        if (child >= k) {
          break;
        }
        if (child + 1 < k && keys[child + 1] > keys[child]) {
          child++;
        }
        if (keys[child] <= value) {
          break;
        }
        keys[i] = keys[child];
        i = child;
      }
      keys[i] = value;
    }
  }

  /// Writes where each value would be inserted into its sorted row: in front of equal ones, or
  /// behind them.
  public static void bound(Call c, boolean upper) {
    Tensor x = c.in(0);
    Tensor v = c.in(1);
    Tensor y = c.out(0);
    int n = x.shape().dim(1);
    int m = v.shape().dim(1);
    long rows = v.shape().dim(0);
    MemorySegment xs = x.segment();
    MemorySegment vs = v.segment();
    DType t = x.dtype();
    for (long r = 0; r < rows; r++) {
      for (int i = 0; i < m; i++) {
        long key = SortKeys.key(vs, t, r * m + i);
        int low = 0;
        int high = n;
        while (low < high) {
          int mid = (low + high) >>> 1;
          long k = SortKeys.key(xs, t, r * n + mid);
          if (upper ? k <= key : k < key) {
            low = mid + 1;
          } else {
            high = mid;
          }
        }
        Numbers.put(y.segment(), y.dtype(), r * m + i, low);
      }
    }
  }

  /// Tells of each row whether fewer than `k` predictions are greater than the target's.
  public static void inTopK(Call c, long k) {
    Tensor x = c.in(0);
    int n = x.shape().dim(1);
    int rows = x.shape().dim(0);
    MemorySegment s = x.segment();
    MemorySegment targets = c.in(1).segment();
    MemorySegment y = c.out(0).segment();
    for (int r = 0; r < rows; r++) {
      long target = Numbers.get(targets, c.dtype(1), r);
      boolean known = target >= 0 && target < n;
      long greater = 0;
      float own = known ? s.getAtIndex(ValueLayout.JAVA_FLOAT, (long) r * n + target) : 0;
      known &= Float.isFinite(own);
      for (int i = 0; i < n && known; i++) {
        float p = s.getAtIndex(ValueLayout.JAVA_FLOAT, (long) r * n + i);
        // A prediction that is no number says nothing about the rank.
        known = Float.isFinite(p);
        greater += p > own ? 1 : 0;
      }
      y.set(ValueLayout.JAVA_BYTE, r, (byte) (known && greater < k ? 1 : 0));
    }
  }
}
