package dev.merapi.kernel.cpu;

import dev.merapi.memory.Memory;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Kernels that find equal elements, by hashing rows of them.
public final class SetCpu {
  private SetCpu() {}

  /// Rows of `width` elements that can be compared. Zeros are equal whatever their sign; NaN equals
  /// nothing.
  private static final class Rows {
    private final Tensor x;
    private final int width;
    private final DType part;
    private final int parts;

    Rows(Tensor x, int width) {
      this.x = x;
      this.width = width;
      part = x.dtype().real();
      parts = x.dtype().isComplex() ? 2 * width : width;
    }

    int hash(int row) {
      int h = 1;
      if (part == DType.STRING) {
        for (int i = 0; i < width; i++) {
          h = h * 31 + Arrays.hashCode(x.strings()[row * width + i]);
        }
        return mix(h);
      }
      MemorySegment s = x.segment();
      for (int i = 0; i < parts; i++) {
        h =
            h * 31
                + Long.hashCode(
                    SortKeys.key(s, part, (long) row * parts + i) * 0x9E3779B97F4A7C15L);
      }
      return mix(h);
    }

    private static int mix(int h) {
      int m = h * 0x9E3779B9;
      return m ^ m >>> 15;
    }

    boolean equal(int row, Rows other, int otherRow) {
      if (part == DType.STRING) {
        for (int i = 0; i < width; i++) {
          if (!Arrays.equals(
              x.strings()[row * width + i], other.x.strings()[otherRow * width + i])) {
            return false;
          }
        }
        return true;
      }
      MemorySegment a = x.segment();
      MemorySegment b = other.x.segment();
      for (int i = 0; i < parts; i++) {
        long k = SortKeys.key(a, part, (long) row * parts + i);
        if (k != SortKeys.key(b, part, (long) otherRow * parts + i)
            || part.isFloating() && isNan(k)) {
          return false;
        }
      }
      return true;
    }

    /// Keys of NaN lie above that of infinity.
    private boolean isNan(long key) {
      return part == DType.F64
          ? key > SortKeys.of(Double.POSITIVE_INFINITY)
          : key > SortKeys.of(Float.POSITIVE_INFINITY);
    }
  }

  /// Row numbers by content; open addressing, at most half full.
  private static final class Table {
    private final Rows rows;
    private final int[] slots;

    Table(Rows rows, int n) {
      this.rows = rows;
      slots = new int[Integer.highestOneBit(Math.max(4, n)) * 4];
    }

    /// Returns the slot that holds a row equal to this one, or a free one (0); other slots hold a
    /// row's number plus 1.
    int find(Rows of, int row) {
      int at = of.hash(row) & slots.length - 1;
      while (slots[at] != 0 && !of.equal(row, rows, slots[at] - 1)) {
        at = at + 1 & slots.length - 1;
      }
      return at;
    }
  }

  /// Lists distinct entries along `axis`, the number of its entry for each, and how often each
  /// occurs.
  public static void unique(Call c, int axis, boolean counts) {
    Tensor x = c.in(0);
    int[] d = x.shape().rawDims();
    int n = d[axis];
    int width = 1;
    for (int i = 0; i < d.length; i++) {
      width *= i == axis ? 1 : d[i];
    }
    Tensor front = toFront(x, axis, n, width);
    Rows rows = new Rows(front, width);
    Table table = new Table(rows, n);
    int[] first = new int[n];
    int[] number = new int[n];
    int[] count = new int[n];
    int found = 0;
    int[] ids = new int[n];
    for (int i = 0; i < n; i++) {
      int at = table.find(rows, i);
      if (table.slots[at] == 0) {
        table.slots[at] = i + 1;
        ids[i] = found;
        first[found++] = i;
      }
      number[i] = ids[table.slots[at] - 1];
      count[number[i]]++;
    }
    int[] shape = d.clone();
    shape[axis] = found;
    Tensor y = c.out(0, Shape.of(shape));
    long[] from = Mover.steps(d);
    long[] to = Mover.steps(shape);
    int[] one = d.clone();
    one[axis] = 1;
    for (int i = 0; i < found; i++) {
      Mover.copy(x, first[i] * from[axis], from, y, i * to[axis], to, one);
    }
    Numbers.write(c.out(1, Shape.of(n)), number);
    if (counts) {
      Numbers.write(c.out(2, Shape.of(found)), Arrays.copyOf(count, found));
    }
  }

  /// Returns the entries along `axis` as rows.
  private static Tensor toFront(Tensor x, int axis, int n, int width) {
    if (axis == 0) {
      return x;
    }
    int[] d = x.shape().dims();
    long[] steps = Mover.steps(d);
    Tensor y = Memory.empty(new Spec(x.dtype(), Shape.of(n, width)));
    int[] order = new int[d.length];
    long[] from = new long[d.length];
    order[0] = n;
    from[0] = steps[axis];
    for (int i = 0, k = 1; i < d.length; i++) {
      if (i != axis) {
        order[k] = d[i];
        from[k++] = steps[i];
      }
    }
    Mover.copy(x, 0, from, y, 0, Mover.steps(order), order);
    return y;
  }

  public static void listDiff(Call c) {
    Tensor x = c.in(0);
    Rows rows = new Rows(x, 1);
    Rows other = new Rows(c.in(1), 1);
    int n = Math.toIntExact(x.size());
    int m = Math.toIntExact(c.in(1).size());
    Table table = new Table(other, m);
    for (int i = 0; i < m; i++) {
      table.slots[table.find(other, i)] = i + 1;
    }
    int[] left = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (table.slots[table.find(rows, i)] == 0) {
        left[count++] = i;
      }
    }
    Tensor y = c.out(0, Shape.of(count));
    for (int i = 0; i < count; i++) {
      Mover.copy(x, left[i], y, i, 1);
    }
    Numbers.write(c.out(1, Shape.of(count)), Arrays.copyOf(left, count));
  }
}
