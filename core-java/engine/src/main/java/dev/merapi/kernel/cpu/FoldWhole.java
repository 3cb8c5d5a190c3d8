package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.merapi.device.Workers;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Folds the middle axis of a block `(outer, n, inner)` of integers or truth values in 64 bits.
///
/// Sums and products wrap around; their low bits are those of any narrower type. With `flip` the
/// highest bit is turned over while reading, which makes unsigned 64-bit numbers comparable as
/// signed ones.
final class FoldWhole {
  private static final int PIECE = 1 << 16;
  private static final int PANEL = 1024;

  private FoldWhole() {}

  static long identity(Fold f) {
    return switch (f) {
      case SUM, SQUARES -> 0;
      case PROD -> 1;
      case MAX -> Long.MIN_VALUE;
      case MIN -> Long.MAX_VALUE;
    };
  }

  static void run(
      Fold f,
      DType d,
      boolean flip,
      MemorySegment x,
      long outer,
      long n,
      long inner,
      MemorySegment y) {
    long segment = Math.max(64, PIECE / Math.min(inner, PANEL));
    long segments = Math.max(1, (n + segment - 1) / segment);
    long tiles = (inner + PANEL - 1) / PANEL;
    long units = outer * segments * tiles;
    MemorySegment to = segments == 1 ? y : Scratch.bytes(outer * segments * inner * Long.BYTES);
    long some = Math.max(1, PIECE / (Math.clamp(n, 1, segment) * Math.min(inner, PANEL)));
    Workers.run(
        Math.toIntExact((units + some - 1) / some),
        chunk -> {
          long[] panel = new long[PANEL];
          long[] sums = new long[PANEL];
          long end = Math.min(units, (chunk + 1L) * some);
          for (long u = chunk * some; u < end; u++) {
            long c = u % tiles * PANEL;
            long s = u / tiles % segments;
            long o = u / tiles / segments;
            int width = (int) Math.min(PANEL, inner - c);
            long rows = Math.min(segment, n - s * segment);
            long from = (o * n + s * segment) * inner + c;
            if (inner == 1) {
              sums[0] = row(f, d, flip, x, from, rows, panel);
            } else {
              columns(f, d, flip, x, from, rows, inner, width, panel, sums);
            }
            long at = (o * segments + s) * inner + c;
            MemorySegment.copy(sums, 0, to, JAVA_LONG_UNALIGNED, at * Long.BYTES, width);
          }
        });
    if (segments > 1) {
      run(f.further(), DType.I64, false, to, outer, segments, inner, y);
    }
  }

  private static void load(MemorySegment x, DType d, boolean flip, long at, long[] p, int n) {
    Wide.load(x, d, at, p, n);
    if (flip) {
      for (int i = 0; i < n; i++) {
        p[i] ^= Long.MIN_VALUE;
      }
    }
  }

  private static long row(
      Fold f, DType d, boolean flip, MemorySegment x, long from, long n, long[] p) {
    long s = identity(f);
    for (long i = 0; i < n; i += p.length) {
      int m = (int) Math.min(p.length, n - i);
      load(x, d, flip, from + i, p, m);
      switch (f) {
        case SUM -> {
          for (int k = 0; k < m; k++) {
            s += p[k];
          }
        }
        case SQUARES -> {
          for (int k = 0; k < m; k++) {
            s += p[k] * p[k];
          }
        }
        case PROD -> {
          for (int k = 0; k < m; k++) {
            s *= p[k];
          }
        }
        case MAX -> {
          for (int k = 0; k < m; k++) {
            s = Math.max(s, p[k]);
          }
        }
        case MIN -> {
          for (int k = 0; k < m; k++) {
            s = Math.min(s, p[k]);
          }
        }
      }
    }
    return s;
  }

  private static void columns(
      Fold f,
      DType d,
      boolean flip,
      MemorySegment x,
      long from,
      long rows,
      long stride,
      int width,
      long[] p,
      long[] s) {
    Arrays.fill(s, 0, width, identity(f));
    for (long r = 0; r < rows; r++) {
      load(x, d, flip, from + r * stride, p, width);
      switch (f) {
        case SUM -> {
          for (int c = 0; c < width; c++) {
            s[c] += p[c];
          }
        }
        case SQUARES -> {
          for (int c = 0; c < width; c++) {
            s[c] += p[c] * p[c];
          }
        }
        case PROD -> {
          for (int c = 0; c < width; c++) {
            s[c] *= p[c];
          }
        }
        case MAX -> {
          for (int c = 0; c < width; c++) {
            s[c] = Math.max(s[c], p[c]);
          }
        }
        case MIN -> {
          for (int c = 0; c < width; c++) {
            s[c] = Math.min(s[c], p[c]);
          }
        }
      }
    }
  }
}
