package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Kernels that pick rows and elements by index.
public final class GatherCpu {
  /// Bytes below which one thread is faster: a gathered byte costs about what two copied ones do.
  private static final long SERIAL_BYTES = 1 << 19;

  private static final long CHUNK_BYTES = 1 << 16;

  private GatherCpu() {}

  private static long product(int[] d, int first, int last) {
    long n = 1;
    for (int i = first; i < last; i++) {
      n *= d[i];
    }
    return n;
  }

  /// Returns `text`'s place in a tensor as TensorFlow writes it: `indices[1,1]`.
  static String place(String text, int[] d, int rank, long flat) {
    StringBuilder s = new StringBuilder();
    long rest = flat;
    for (int i = rank - 1; i >= 0; i--) {
      s.insert(0, (i == 0 ? "" : ",") + rest % d[i]);
      rest /= d[i];
    }
    return text + "[" + s + "]";
  }

  /// Gathers along `axis`, with `batch` leading axes that params and indices share.
  public static void gather(Call c, int axis, int batch) {
    gather(c, c.in(0), c.out(0), axis, batch);
  }

  /// Gathers from `x` into `y`; the call's second input holds the indices.
  static void gather(Call c, Tensor x, Tensor y, int axis, int batch) {
    int[] p = x.shape().rawDims();
    int[] d = c.shape(1).rawDims();
    int size = p[axis];
    long batches = product(p, 0, batch);
    long outer = product(p, batch, axis);
    long count = product(d, batch, d.length);
    long inner = product(p, axis + 1, p.length);
    if (y.size() == 0 && c.in(1).size() == 0) {
      return;
    }
    int[] index = checked(c, size);
    long rows = batches * outer * count;
    if (y.size() == 0) {
      return;
    }
    if (batches * outer == 1) {
      copyRows(x, y, inner, rows, r -> index[(int) r] * inner);
      return;
    }
    if (x.dtype() == DType.STRING || inner * x.dtype().bytes() > 8) {
      copyRows(
          x,
          y,
          inner,
          rows,
          r -> {
            long group = r / count;
            return (group * size + index[(int) (group / outer * count + r % count)]) * inner;
          });
      return;
    }
    // Single elements: a division each would cost more than the move.
    groups(x, y, index, new long[] {batches * outer, outer, count, size, inner});
  }

  /// Gathers runs of few bytes, group by group; `n` holds the numbers of groups, groups a batch
  /// entry, indices a batch entry, entries along the axis, and elements of a run.
  private static void groups(Tensor x, Tensor y, int[] index, long[] n) {
    MemorySegment from = x.segment();
    MemorySegment to = y.segment();
    int w = Math.toIntExact(n[4] * x.dtype().bytes());
    int count = Math.toIntExact(n[2]);
    int per = Math.toIntExact(Math.max(1, CHUNK_BYTES / ((long) w * count)));
    int chunks = Math.toIntExact((n[0] + per - 1) / per);
    boolean many = n[0] * count * w >= SERIAL_BYTES;
    Workers.Task task =
        i -> {
          for (long g = (long) i * per; g < Math.min(n[0], (i + 1L) * per); g++) {
            int first = (int) (g / n[1] * count);
            group(from, g * n[3] * w, to, g * count * w, index, first, count, w);
          }
        };
    if (many) {
      Workers.run(chunks, task);
    } else {
      for (int i = 0; i < chunks; i++) {
        task.run(i);
      }
    }
  }

  private static void group(
      MemorySegment from,
      long f,
      MemorySegment to,
      long t,
      int[] index,
      int first,
      int count,
      int w) {
    if (w == 4) {
      for (int i = 0; i < count; i++) {
        int v = from.get(ValueLayout.JAVA_INT_UNALIGNED, f + index[first + i] * 4L);
        to.set(ValueLayout.JAVA_INT_UNALIGNED, t + i * 4L, v);
      }
    } else if (w == 8) {
      for (int i = 0; i < count; i++) {
        long v = from.get(ValueLayout.JAVA_LONG_UNALIGNED, f + index[first + i] * 8L);
        to.set(ValueLayout.JAVA_LONG_UNALIGNED, t + i * 8L, v);
      }
    } else {
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < w; k++) {
          byte v = from.get(ValueLayout.JAVA_BYTE, f + (long) index[first + i] * w + k);
          to.set(ValueLayout.JAVA_BYTE, t + (long) i * w + k, v);
        }
      }
    }
  }

  /// Returns the indices after a look at each.
  static int[] checked(Call c, int size) {
    return checked(c, c.in(1), size);
  }

  /// Does the same for indices that are not input 1.
  static int[] checked(Call c, Tensor indices, int size) {
    int n = Math.toIntExact(indices.size());
    int[] index = new int[n];
    MemorySegment s = indices.segment();
    DType t = indices.dtype();
    for (int i = 0; i < n; i++) {
      long v = Numbers.get(s, t, i);
      if (v < 0 || v >= size) {
        int[] d = indices.shape().rawDims();
        throw c.fault(place("indices", d, d.length, i) + " = " + v + " is not in [0, " + size + ")")
            .expected("indices from 0 to " + (size - 1))
            .valueError();
      }
      index[i] = (int) v;
    }
    return index;
  }

  /// Gives the first element of the row that goes to row `r`.
  private interface Source {
    long of(long r);
  }

  private static void copyRows(Tensor x, Tensor y, long inner, long rows, Source source) {
    if (x.dtype() == DType.STRING) {
      for (long r = 0; r < rows; r++) {
        System.arraycopy(
            x.strings(), (int) source.of(r), y.strings(), (int) (r * inner), (int) inner);
      }
      return;
    }
    int w = x.dtype().bytes();
    long bytes = inner * w;
    MemorySegment from = x.segment();
    MemorySegment to = y.segment();
    if (rows * bytes < SERIAL_BYTES) {
      copyRows(from, to, w, bytes, 0, rows, source);
      return;
    }
    long per = Math.max(1, CHUNK_BYTES / bytes);
    Workers.run(
        Math.toIntExact((rows + per - 1) / per),
        i -> copyRows(from, to, w, bytes, i * per, Math.min(rows, (i + 1L) * per), source));
  }

  private static void copyRows(
      MemorySegment from,
      MemorySegment to,
      int w,
      long bytes,
      long first,
      long last,
      Source source) {
    if (bytes == 4) {
      for (long r = first; r < last; r++) {
        int v = from.get(ValueLayout.JAVA_INT_UNALIGNED, source.of(r) * w);
        to.set(ValueLayout.JAVA_INT_UNALIGNED, r * 4, v);
      }
    } else if (bytes == 8) {
      for (long r = first; r < last; r++) {
        long v = from.get(ValueLayout.JAVA_LONG_UNALIGNED, source.of(r) * w);
        to.set(ValueLayout.JAVA_LONG_UNALIGNED, r * 8, v);
      }
    } else {
      for (long r = first; r < last; r++) {
        MemorySegment.copy(from, source.of(r) * w, to, r * bytes, bytes);
      }
    }
  }

  /// Returns the first element of each slice that the index vectors name; `what` begins the message
  /// about a bad one.
  static long[] places(Call c, Tensor indices, int[] d, String into) {
    int[] s = indices.shape().rawDims();
    int k = s[s.length - 1];
    int n = Math.toIntExact(product(s, 0, s.length - 1));
    long[] steps = Mover.steps(d);
    long[] at = new long[n];
    MemorySegment m = indices.segment();
    DType t = indices.dtype();
    for (int i = 0; i < n; i++) {
      long p = 0;
      for (int j = 0; j < k; j++) {
        long v = Numbers.get(m, t, (long) i * k + j);
        if (v < 0 || v >= d[j]) {
          throw outside(c, indices, i, k, d, into);
        }
        p += v * steps[j];
      }
      at[i] = p;
    }
    return at;
  }

  private static RuntimeException outside(
      Call c, Tensor indices, int i, int k, int[] d, String into) {
    StringBuilder s = new StringBuilder();
    for (int j = 0; j < k; j++) {
      s.append(j == 0 ? "" : ", ")
          .append(Numbers.get(indices.segment(), indices.dtype(), (long) i * k + j));
    }
    int[] dims = indices.shape().rawDims();
    return c.fault(
            place("indices", dims, dims.length - 1, i)
                + " = ["
                + s
                + "] does not index into "
                + into
                + " "
                + Shape.of(d).brackets())
        .expected("index vectors inside the shape")
        .valueError();
  }

  public static void gatherNd(Call c) {
    gatherNd(c, c.in(0), c.out(0));
  }

  /// Gathers from `x` into `y`; the call's second input holds the index vectors.
  static void gatherNd(Call c, Tensor x, Tensor y) {
    int[] p = x.shape().rawDims();
    int[] s = c.shape(1).rawDims();
    long inner = product(p, s[s.length - 1], p.length);
    if (product(s, 0, s.length - 1) > 0) {
      long[] at = places(c, c.in(1), p, "param shape");
      if (inner > 0) {
        copyRows(x, y, inner, at.length, r -> at[(int) r]);
      }
    }
  }

  /// Lists the positions of the elements that are not zero.
  public static void where(Call c) {
    Tensor x = c.in(0);
    int[] d = x.shape().rawDims();
    int n = Math.toIntExact(x.size());
    int[] found = new int[n];
    int count = 0;
    MemorySegment s = x.segment();
    DType t = x.dtype();
    // A float is zero when all bits but the sign are; everything else when all bits are.
    int w = t.isComplex() ? t.bytes() / 2 : t.bytes();
    int parts = t.isComplex() ? 2 : 1;
    long ignored = t.isFloating() || t.isComplex() ? 1L << 8 * w - 1 : 0;
    for (int i = 0; i < n; i++) {
      long bits = 0;
      for (int k = 0; k < parts; k++) {
        bits |= bits(s, w, (long) i * parts + k) & ~ignored;
      }
      found[count] = i;
      count += bits != 0 ? 1 : 0;
    }
    Tensor y = c.out(0, Shape.of(count, d.length));
    MemorySegment o = y.segment();
    int r = d.length;
    for (int i = 0; i < count; i++) {
      int rest = found[i];
      for (int k = r - 1; k >= 0; k--) {
        int q = rest / d[k];
        o.set(ValueLayout.JAVA_LONG, ((long) i * r + k) * 8, rest - q * d[k]);
        rest = q;
      }
    }
  }

  private static long bits(MemorySegment s, int w, long i) {
    return switch (w) {
      case 1 -> s.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      case 2 -> s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i) & 0xffff;
      case 4 -> s.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i) & 0xffffffffL;
      default -> s.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i);
    };
  }
}
