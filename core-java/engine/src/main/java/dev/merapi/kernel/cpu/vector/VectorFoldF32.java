package dev.merapi.kernel.cpu.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.kernel.cpu.Fold;
import dev.merapi.kernel.cpu.PlainFoldF32;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Folds straight from native memory with vectors of 256 bits; products, which are rare, stay with
/// the plain loops.
public final class VectorFoldF32 extends PlainFoldF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final int W = WIDTH;
  private static final int BYTES = Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /// Public for the loader.
  public VectorFoldF32() {}

  @Override
  public boolean fits() {
    return FloatVector.SPECIES_PREFERRED.length() >= W;
  }

  /// For loops that run often; elsewhere the compiler may call it, and then it makes an object.
  private static FloatVector at(MemorySegment x, long byteOffset) {
    return FloatVector.fromMemorySegment(S, x, byteOffset, ORDER);
  }

  @Override
  public void rows(Fold f, MemorySegment x, long at, int rows, int n, MemorySegment y, long yAt) {
    if (n < LANES || f == Fold.PROD) {
      super.rows(f, x, at, rows, n, y, yAt);
      return;
    }
    for (int r = 0; r < rows; r++) {
      float all = identity(f);
      for (int b = 0; b < n; b += BLOCK) {
        all = two(f, all, block(f, x, at + (long) r * n + b, Math.min(BLOCK, n - b)));
      }
      y.set(JAVA_FLOAT_UNALIGNED, (yAt + r) * BYTES, all);
    }
  }

  @Override
  public float block(Fold f, MemorySegment x, long at, int n) {
    if (f == Fold.PROD) {
      return super.block(f, x, at, n);
    }
    float[] lanes = lanes();
    int whole = n - n % LANES;
    long from = at * BYTES;
    boolean tail = whole < n;
    float all =
        switch (f) {
          case SUM -> sum(x, from, whole, tail, lanes);
          case SQUARES -> squares(x, from, whole, tail, lanes);
          case MAX -> max(x, from, whole, tail, lanes);
          default -> min(x, from, whole, tail, lanes);
        };
    if (!tail) {
      return all;
    }
    for (int i = whole; i < n; i++) {
      float v = x.get(JAVA_FLOAT_UNALIGNED, from + (long) i * BYTES);
      lanes[i - whole] = two(f, lanes[i - whole], f == Fold.SQUARES ? v * v : v);
    }
    return tree(f, lanes);
  }

  private static float identity(Fold f) {
    return f == Fold.MAX ? Float.NEGATIVE_INFINITY : f == Fold.MIN ? Float.POSITIVE_INFINITY : 0;
  }

  private static float two(Fold f, float a, float b) {
    return f == Fold.MAX ? Math.max(a, b) : f == Fold.MIN ? Math.min(a, b) : a + b;
  }

  // The loops over rows return the fold of all lanes, or, where a tail is still to come, leave the
  // lanes.

  private static float sum(MemorySegment x, long from, int whole, boolean tail, float[] lanes) {
    FloatVector s0 = FloatVector.broadcast(S, 0f);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < whole; i += LANES) {
      s0 = s0.add(at(x, from + (long) i * BYTES));
      s1 = s1.add(at(x, from + (i + 1 * W) * (long) BYTES));
      s2 = s2.add(at(x, from + (i + 2 * W) * (long) BYTES));
      s3 = s3.add(at(x, from + (i + 3 * W) * (long) BYTES));
    }
    if (!tail) {
      FloatVector t = s0.add(s2).add(s1.add(s3));
      t.intoArray(lanes, 0);
      for (int h = W / 2; h > 0; h /= 2) {
        for (int l = 0; l < h; l++) {
          lanes[l] = lanes[l] + lanes[l + h];
        }
      }
      return lanes[0];
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, W);
    s2.intoArray(lanes, 2 * W);
    s3.intoArray(lanes, 3 * W);
    return 0;
  }

  private static float squares(MemorySegment x, long from, int whole, boolean tail, float[] lanes) {
    FloatVector s0 = FloatVector.broadcast(S, 0f);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector v0 = at(x, from + (long) i * BYTES);
      FloatVector v1 = at(x, from + (i + 1 * W) * (long) BYTES);
      FloatVector v2 = at(x, from + (i + 2 * W) * (long) BYTES);
      FloatVector v3 = at(x, from + (i + 3 * W) * (long) BYTES);
      s0 = s0.add(v0.mul(v0));
      s1 = s1.add(v1.mul(v1));
      s2 = s2.add(v2.mul(v2));
      s3 = s3.add(v3.mul(v3));
    }
    if (!tail) {
      FloatVector t = s0.add(s2).add(s1.add(s3));
      t.intoArray(lanes, 0);
      for (int h = W / 2; h > 0; h /= 2) {
        for (int l = 0; l < h; l++) {
          lanes[l] = lanes[l] + lanes[l + h];
        }
      }
      return lanes[0];
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, W);
    s2.intoArray(lanes, 2 * W);
    s3.intoArray(lanes, 3 * W);
    return 0;
  }

  private static float max(MemorySegment x, long from, int whole, boolean tail, float[] lanes) {
    FloatVector s0 = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < whole; i += LANES) {
      s0 = s0.max(at(x, from + (long) i * BYTES));
      s1 = s1.max(at(x, from + (i + 1 * W) * (long) BYTES));
      s2 = s2.max(at(x, from + (i + 2 * W) * (long) BYTES));
      s3 = s3.max(at(x, from + (i + 3 * W) * (long) BYTES));
    }
    if (!tail) {
      FloatVector t = s0.max(s2).max(s1.max(s3));
      t.intoArray(lanes, 0);
      for (int h = W / 2; h > 0; h /= 2) {
        for (int l = 0; l < h; l++) {
          lanes[l] = Math.max(lanes[l], lanes[l + h]);
        }
      }
      return lanes[0];
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, W);
    s2.intoArray(lanes, 2 * W);
    s3.intoArray(lanes, 3 * W);
    return 0;
  }

  private static float min(MemorySegment x, long from, int whole, boolean tail, float[] lanes) {
    FloatVector s0 = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < whole; i += LANES) {
      s0 = s0.min(at(x, from + (long) i * BYTES));
      s1 = s1.min(at(x, from + (i + 1 * W) * (long) BYTES));
      s2 = s2.min(at(x, from + (i + 2 * W) * (long) BYTES));
      s3 = s3.min(at(x, from + (i + 3 * W) * (long) BYTES));
    }
    if (!tail) {
      FloatVector t = s0.min(s2).min(s1.min(s3));
      t.intoArray(lanes, 0);
      for (int h = W / 2; h > 0; h /= 2) {
        for (int l = 0; l < h; l++) {
          lanes[l] = Math.min(lanes[l], lanes[l + h]);
        }
      }
      return lanes[0];
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, W);
    s2.intoArray(lanes, 2 * W);
    s3.intoArray(lanes, 3 * W);
    return 0;
  }

  @Override
  public void columns(
      Fold f,
      MemorySegment x,
      long at,
      int rows,
      long stride,
      int width,
      MemorySegment y,
      long yAt,
      boolean onto) {
    if (width < W || f == Fold.PROD) {
      super.columns(f, x, at, rows, stride, width, y, yAt, onto);
      return;
    }
    long step = stride * BYTES;
    long from = at * BYTES;
    long to = yAt * BYTES;
    int whole = width - width % W;
    long back = (long) (width - W) * BYTES;
    float[] before = lanes();
    if (!onto) {
      fill(y, to, whole, identity(f));
    } else if (whole < width) {
      MemorySegment.copy(y, JAVA_FLOAT_UNALIGNED, to + back, before, 0, W);
    }
    switch (f) {
      case SUM -> sum(x, from, rows, step, whole, y, to);
      case SQUARES -> squares(x, from, rows, step, whole, y, to);
      case MAX -> max(x, from, rows, step, whole, y, to);
      default -> min(x, from, rows, step, whole, y, to);
    }
    if (whole < width) {
      // The last vector overlaps the one before: the same columns twice give the same bits.
      if (onto) {
        MemorySegment.copy(before, 0, y, JAVA_FLOAT_UNALIGNED, to + back, W);
      } else {
        fill(y, to + back, W, identity(f));
      }
      switch (f) {
        case SUM -> sum(x, from + back, rows, step, W, y, to + back);
        case SQUARES -> squares(x, from + back, rows, step, W, y, to + back);
        case MAX -> max(x, from + back, rows, step, W, y, to + back);
        default -> min(x, from + back, rows, step, W, y, to + back);
      }
    }
  }

  private static void fill(MemorySegment y, long to, int width, float value) {
    FloatVector v = FloatVector.broadcast(S, value);
    for (int c = 0; c < width; c += W) {
      v.intoMemorySegment(y, to + (long) c * BYTES, ORDER);
    }
  }

  private static void sum(
      MemorySegment x, long from, int rows, long step, int whole, MemorySegment y, long to) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      for (int c = 0; c < whole; c += W) {
        long p = from + r * step + (long) c * BYTES;
        long q = to + (long) c * BYTES;
        FloatVector a = at(x, p).add(at(x, p + step));
        FloatVector s = a.add(at(x, p + 2 * step).add(at(x, p + 3 * step)));
        at(y, q).add(s).intoMemorySegment(y, q, ORDER);
      }
    }
    for (; r < rows; r++) {
      for (int c = 0; c < whole; c += W) {
        long p = from + r * step + (long) c * BYTES;
        long q = to + (long) c * BYTES;
        FloatVector s = FloatVector.fromMemorySegment(S, x, p, ORDER);
        FloatVector before = FloatVector.fromMemorySegment(S, y, q, ORDER);
        before.add(s).intoMemorySegment(y, q, ORDER);
      }
    }
  }

  private static void squares(
      MemorySegment x, long from, int rows, long step, int whole, MemorySegment y, long to) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      for (int c = 0; c < whole; c += W) {
        long p = from + r * step + (long) c * BYTES;
        long q = to + (long) c * BYTES;
        FloatVector a = at(x, p);
        FloatVector b = at(x, p + step);
        FloatVector d = at(x, p + 2 * step);
        FloatVector e = at(x, p + 3 * step);
        FloatVector s = a.mul(a).add(b.mul(b)).add(d.mul(d).add(e.mul(e)));
        at(y, q).add(s).intoMemorySegment(y, q, ORDER);
      }
    }
    for (; r < rows; r++) {
      for (int c = 0; c < whole; c += W) {
        long p = from + r * step + (long) c * BYTES;
        long q = to + (long) c * BYTES;
        FloatVector a = FloatVector.fromMemorySegment(S, x, p, ORDER);
        FloatVector s = a.mul(a);
        FloatVector before = FloatVector.fromMemorySegment(S, y, q, ORDER);
        before.add(s).intoMemorySegment(y, q, ORDER);
      }
    }
  }

  private static void max(
      MemorySegment x, long from, int rows, long step, int whole, MemorySegment y, long to) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      for (int c = 0; c < whole; c += W) {
        long p = from + r * step + (long) c * BYTES;
        long q = to + (long) c * BYTES;
        FloatVector a = at(x, p).max(at(x, p + step));
        FloatVector s = a.max(at(x, p + 2 * step).max(at(x, p + 3 * step)));
        at(y, q).max(s).intoMemorySegment(y, q, ORDER);
      }
    }
    for (; r < rows; r++) {
      for (int c = 0; c < whole; c += W) {
        long p = from + r * step + (long) c * BYTES;
        long q = to + (long) c * BYTES;
        FloatVector s = FloatVector.fromMemorySegment(S, x, p, ORDER);
        FloatVector before = FloatVector.fromMemorySegment(S, y, q, ORDER);
        before.max(s).intoMemorySegment(y, q, ORDER);
      }
    }
  }

  private static void min(
      MemorySegment x, long from, int rows, long step, int whole, MemorySegment y, long to) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      for (int c = 0; c < whole; c += W) {
        long p = from + r * step + (long) c * BYTES;
        long q = to + (long) c * BYTES;
        FloatVector a = at(x, p).min(at(x, p + step));
        FloatVector s = a.min(at(x, p + 2 * step).min(at(x, p + 3 * step)));
        at(y, q).min(s).intoMemorySegment(y, q, ORDER);
      }
    }
    for (; r < rows; r++) {
      for (int c = 0; c < whole; c += W) {
        long p = from + r * step + (long) c * BYTES;
        long q = to + (long) c * BYTES;
        FloatVector s = FloatVector.fromMemorySegment(S, x, p, ORDER);
        FloatVector before = FloatVector.fromMemorySegment(S, y, q, ORDER);
        before.min(s).intoMemorySegment(y, q, ORDER);
      }
    }
  }
}
