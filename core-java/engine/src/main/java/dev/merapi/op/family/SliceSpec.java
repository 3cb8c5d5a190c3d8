package dev.merapi.op.family;

import dev.merapi.kernel.cpu.SliceView;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What begin, end, strides and the five masks of a strided slice mean for one shape.
///
/// The masks' bits count the entries of begin, end and strides ("sparse"); they are laid out over
/// the axes of the input ("dense") as in TensorFlow: an ellipsis takes all axes that no other entry
/// takes, a new axis takes none, and a single index drops its axis from the result.
final class SliceSpec implements SliceView {
  private final int[] begin;
  private final int[] stride;
  private final int[] count;
  private final Shape result;

  private SliceSpec(int rank, Shape result, int[] begin, int[] stride, int[] count) {
    this.begin = Arrays.copyOf(begin, rank);
    this.stride = Arrays.copyOf(stride, rank);
    this.count = Arrays.copyOf(count, rank);
    this.result = result;
  }

  @Override
  public int begin(int axis) {
    return begin[axis];
  }

  @Override
  public int stride(int axis) {
    return stride[axis];
  }

  @Override
  public int count(int axis) {
    return count[axis];
  }

  @Override
  public Shape result() {
    return result;
  }

  /// Returns what is known of the result when the indices are not.
  static Shape unknownShape(Call c) {
    return Shape.UNKNOWN;
  }

  /// Reads the indices at inputs `first`, `first + 1`, `first + 2`; null when they or the rank are
  /// not known.
  static @Nullable SliceSpec of(Call c, Shape x, int first) {
    Shape b = c.shape(first);
    Shape e = c.shape(first + 1);
    Shape s = c.shape(first + 2);
    boolean vectors = !b.isRankKnown() || b.rank() == 1;
    if (!vectors || !b.accepts(e) || !b.accepts(s)) {
      throw c.fault(
              "Expected begin, end, and strides to be 1D equal size tensors, but got shapes "
                  + b.brackets()
                  + ", "
                  + e.brackets()
                  + ", and "
                  + s.brackets()
                  + " instead.")
          .expected("three vectors of one length")
          .shapeError();
    }
    int[] begin = values(c, first);
    int[] end = values(c, first + 1);
    int[] strides = values(c, first + 2);
    if (strides == null || !x.isRankKnown()) {
      return null;
    }
    for (int i = 0; i < strides.length; i++) {
      if (strides[i] == 0) {
        throw c.fault("strides[" + i + "] must be non-zero")
            .expected("a step other than 0")
            .valueError();
      }
    }
    return new Reader(c, x, begin, end, strides).read();
  }

  /// Returns indices as int; those beyond it ("to the end" is often the largest int64) become the
  /// nearest one.
  private static int @Nullable [] values(Call c, int i) {
    int[] v = c.constant(i);
    if (v != null && c.dtype(i) == DType.I64) {
      long[] wide = c.in(i).toLongArray();
      for (int k = 0; k < v.length; k++) {
        v[k] = Math.clamp(wide[k], Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
    }
    return v;
  }

  /// Lays the sparse entries out over the axes.
  private static final class Reader {
    private final Call c;
    private final Shape x;
    private final int @Nullable [] begin;
    private final int @Nullable [] end;
    private final int[] strides;
    private final int beginMask;
    private final int endMask;
    private final int shrinkMask;
    private final int newMask;
    private final int ellipsisMask;

    private final int[] first;
    private final int[] step;
    private final int[] count;
    private final int[] result;
    private int axes;
    private int axis;

    Reader(Call c, Shape x, int @Nullable [] begin, int @Nullable [] end, int[] strides) {
      this.c = c;
      this.x = x;
      this.begin = begin;
      this.end = end;
      this.strides = strides;
      beginMask = c.attrs.i("begin_mask");
      endMask = c.attrs.i("end_mask");
      shrinkMask = c.attrs.i("shrink_axis_mask");
      newMask = c.attrs.i("new_axis_mask");
      int dots = c.attrs.i("ellipsis_mask");
      if (Integer.bitCount(dots) > 1) {
        throw c.fault("Multiple ellipses in slice spec not allowed")
            .expected("at most one ellipsis")
            .attrError();
      }
      // Without an ellipsis one stands at the end.
      ellipsisMask = dots == 0 || dots >>> strides.length != 0 ? 1 << strides.length : dots;
      int r = x.rank();
      first = new int[r];
      step = new int[r];
      count = new int[r];
      result = new int[r + strides.length];
    }

    SliceSpec read() {
      int r = x.rank();
      int taken = 0;
      for (int i = 0; i < strides.length; i++) {
        boolean free = (ellipsisMask >>> i & 1) != 0 || (newMask >>> i & 1) != 0;
        taken += free ? 0 : 1;
      }
      if (taken > r) {
        if (r == 0) {
          throw c.fault("Attempting to slice scalar input.")
              .expected("a tensor with axes")
              .shapeError();
        }
        throw c.fault("Index out of range using input dim " + r + "; input has only " + r + " dims")
            .expected("at most " + r + " indices")
            .shapeError();
      }
      for (int i = 0; i <= strides.length; i++) {
        if ((ellipsisMask >>> i & 1) != 0) {
          for (int k = taken; k < r; k++) {
            whole();
          }
        } else if (i < strides.length && (newMask >>> i & 1) != 0) {
          result[axes++] = 1;
        } else if (i < strides.length) {
          entry(i);
        }
      }
      return new SliceSpec(r, Shape.of(Arrays.copyOf(result, axes)), first, step, count);
    }

    private void whole() {
      count[axis] = x.dim(axis);
      step[axis] = 1;
      result[axes++] = x.dim(axis++);
    }

    private void entry(int i) {
      int n = x.dim(axis);
      int s = strides[i];
      step[axis] = s;
      if ((shrinkMask >>> i & 1) != 0) {
        if (s < 0) {
          throw c.fault("only stride 1 allowed on non-range indexing.")
              .expected("a stride of 1")
              .valueError();
        }
        single(i, n);
        axis++;
        return;
      }
      boolean fromStart = (beginMask >>> i & 1) != 0;
      boolean toEnd = (endMask >>> i & 1) != 0;
      if (n < 0 || begin == null && !fromStart || end == null && !toEnd) {
        count[axis] = Shape.UNKNOWN_SIZE;
        result[axes++] = fromStart && toEnd && s == 1 ? n : Shape.UNKNOWN_SIZE;
        axis++;
        return;
      }
      int low = s > 0 ? 0 : -1;
      int high = s > 0 ? n : n - 1;
      int b = fromStart || begin == null ? (s > 0 ? low : high) : clip(begin[i], n, low, high);
      int e = toEnd || end == null ? (s > 0 ? high : low) : clip(end[i], n, low, high);
      long span = (long) e - b;
      int size = span == 0 || span < 0 != s < 0 ? 0 : (int) ((span + s - Integer.signum(s)) / s);
      first[axis] = size == 0 ? 0 : b;
      count[axis] = size;
      result[axes++] = size;
      axis++;
    }

    private void single(int i, int n) {
      count[axis] = 1;
      step[axis] = 1;
      if (begin == null || n < 0) {
        return;
      }
      boolean fromStart = (beginMask >>> i & 1) != 0;
      int b = fromStart ? 0 : begin[i];
      int at = b < 0 ? b + n : b;
      if (at < 0 || at >= n) {
        throw c.fault("slice index " + b + " of dimension " + axis + " out of bounds.")
            .expected(
                n == 0 ? "no index: the axis is empty" : "an index from " + -n + " to " + (n - 1))
            .shapeError();
      }
      first[axis] = at;
    }

    private static int clip(int at, int n, int low, int high) {
      long i = at < 0 ? (long) at + n : at;
      return Math.clamp(i, low, high);
    }
  }
}
