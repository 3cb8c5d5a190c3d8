package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Folds on heap panels, which the JIT compiler turns into vector code.
public class PlainFoldF32 extends FoldLoopsF32 {
  private static final int BYTES = Float.BYTES;

  /// Columns folded together: their accumulators and one row stay in the first cache.
  private static final int TILE = 1024;

  private static final ThreadLocal<float[]> PANEL = ThreadLocal.withInitial(() -> new float[BLOCK]);
  private static final ThreadLocal<float[]> SUMS = ThreadLocal.withInitial(() -> new float[TILE]);

  @Override
  public void rows(Fold f, MemorySegment x, long at, int rows, int n, MemorySegment y, long yAt) {
    float[] panel = PANEL.get();
    if (n < LANES) {
      // Several short rows a copy.
      int some = BLOCK / n;
      for (int r = 0; r < rows; r += some) {
        int m = Math.min(some, rows - r);
        MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, (at + (long) r * n) * BYTES, panel, 0, m * n);
        for (int i = 0; i < m; i++) {
          y.set(JAVA_FLOAT_UNALIGNED, (yAt + r + i) * BYTES, inOrder(f, panel, i * n, n));
        }
      }
      return;
    }
    for (int r = 0; r < rows; r++) {
      float all = f.identityF32();
      for (int b = 0; b < n; b += BLOCK) {
        all = f.of(all, block(f, x, at + (long) r * n + b, Math.min(BLOCK, n - b)));
      }
      y.set(JAVA_FLOAT_UNALIGNED, (yAt + r) * BYTES, all);
    }
  }

  @Override
  public float block(Fold f, MemorySegment x, long at, int n) {
    float[] panel = PANEL.get();
    float[] lanes = lanes();
    MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, at * BYTES, panel, 0, n);
    Arrays.fill(lanes, f.identityF32());
    int whole = n - n % LANES;
    block(f, panel, whole, lanes);
    tail(f, panel, whole, n, lanes);
    return tree(f, lanes);
  }

  /// Folds a short row one after the other.
  private static float inOrder(Fold f, float[] p, int from, int n) {
    float s = f == Fold.SQUARES ? p[from] * p[from] : p[from];
    switch (f) {
      case SUM -> {
        for (int i = from + 1; i < from + n; i++) {
          s += p[i];
        }
      }
      case SQUARES -> {
        for (int i = from + 1; i < from + n; i++) {
          s += p[i] * p[i];
        }
      }
      case PROD -> {
        for (int i = from + 1; i < from + n; i++) {
          s *= p[i];
        }
      }
      case MAX -> {
        for (int i = from + 1; i < from + n; i++) {
          s = Math.max(s, p[i]);
        }
      }
      case MIN -> {
        for (int i = from + 1; i < from + n; i++) {
          s = Math.min(s, p[i]);
        }
      }
    }
    return s;
  }

  private static void block(Fold f, float[] p, int whole, float[] lanes) {
    switch (f) {
      case SUM -> {
        for (int i = 0; i < whole; i += LANES) {
          for (int l = 0; l < LANES; l++) {
            lanes[l] += p[i + l];
          }
        }
      }
      case SQUARES -> {
        for (int i = 0; i < whole; i += LANES) {
          for (int l = 0; l < LANES; l++) {
            lanes[l] += p[i + l] * p[i + l];
          }
        }
      }
      case PROD -> {
        for (int i = 0; i < whole; i += LANES) {
          for (int l = 0; l < LANES; l++) {
            lanes[l] *= p[i + l];
          }
        }
      }
      case MAX -> {
        for (int i = 0; i < whole; i += LANES) {
          for (int l = 0; l < LANES; l++) {
            lanes[l] = Math.max(lanes[l], p[i + l]);
          }
        }
      }
      case MIN -> {
        for (int i = 0; i < whole; i += LANES) {
          for (int l = 0; l < LANES; l++) {
            lanes[l] = Math.min(lanes[l], p[i + l]);
          }
        }
      }
    }
  }

  private static void tail(Fold f, float[] p, int from, int to, float[] lanes) {
    for (int i = from; i < to; i++) {
      float v = f == Fold.SQUARES ? p[i] * p[i] : p[i];
      lanes[i - from] = f.of(lanes[i - from], v);
    }
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
    float[] sums = SUMS.get();
    float[] panel = PANEL.get();
    for (int c = 0; c < width; c += TILE) {
      int w = Math.min(TILE, width - c);
      if (onto) {
        MemorySegment.copy(y, JAVA_FLOAT_UNALIGNED, (yAt + c) * BYTES, sums, 0, w);
      } else {
        Arrays.fill(sums, 0, w, f.identityF32());
      }
      int r = 0;
      for (; r + 4 <= rows; r += 4) {
        for (int k = 0; k < 4; k++) {
          MemorySegment.copy(
              x, JAVA_FLOAT_UNALIGNED, (at + (r + k) * stride + c) * BYTES, panel, k * TILE, w);
        }
        four(f, panel, w, sums);
      }
      for (; r < rows; r++) {
        MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, (at + r * stride + c) * BYTES, panel, 0, w);
        one(f, panel, w, sums);
      }
      MemorySegment.copy(sums, 0, y, JAVA_FLOAT_UNALIGNED, (yAt + c) * BYTES, w);
    }
  }

  private static void four(Fold f, float[] p, int w, float[] s) {
    switch (f) {
      case SUM -> {
        for (int c = 0; c < w; c++) {
          s[c] += (p[c] + p[c + TILE]) + (p[c + 2 * TILE] + p[c + 3 * TILE]);
        }
      }
      case SQUARES -> {
        for (int c = 0; c < w; c++) {
          float a = p[c];
          float b = p[c + TILE];
          float d = p[c + 2 * TILE];
          float e = p[c + 3 * TILE];
          s[c] += (a * a + b * b) + (d * d + e * e);
        }
      }
      case PROD -> {
        for (int c = 0; c < w; c++) {
          s[c] *= (p[c] * p[c + TILE]) * (p[c + 2 * TILE] * p[c + 3 * TILE]);
        }
      }
      case MAX -> {
        for (int c = 0; c < w; c++) {
          float a = Math.max(p[c], p[c + TILE]);
          s[c] = Math.max(s[c], Math.max(a, Math.max(p[c + 2 * TILE], p[c + 3 * TILE])));
        }
      }
      case MIN -> {
        for (int c = 0; c < w; c++) {
          float a = Math.min(p[c], p[c + TILE]);
          s[c] = Math.min(s[c], Math.min(a, Math.min(p[c + 2 * TILE], p[c + 3 * TILE])));
        }
      }
    }
  }

  private static void one(Fold f, float[] p, int w, float[] s) {
    for (int c = 0; c < w; c++) {
      s[c] = f.of(s[c], f == Fold.SQUARES ? p[c] * p[c] : p[c]);
    }
  }
}
