package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.op.Window;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Dilates images: the greatest sums of windows and a filter, and where they came from.
///
/// Elements are compared as float64; sums are those of the element type.
public final class MorphologyCpu {
  /// Elements compared in about 50 µs.
  private static final long SERIAL_WORK = 20_000;

  private final Window window;
  private final DType type;
  private final MemorySegment x;
  private final MemorySegment filter;
  private final boolean whole;

  private MorphologyCpu(Call c) {
    window = Window.sliding(c, c.shape(0), c.shape(1));
    type = c.dtype(0);
    x = c.in(0).segment();
    filter = c.in(1).segment();
    whole = type.isInteger();
  }

  /// Receives the greatest sum of each window and the places it came from.
  private interface Found {
    void at(long out, double sum, long in, int tap);
  }

  private double sum(long in, long tap) {
    if (whole) {
      long s = Wide.whole(x, type, in) + Wide.whole(filter, type, tap);
      int bits = 64 - 8 * type.bytes();
      return type.kind() == DType.Kind.UINT ? s << bits >>> bits : s << bits >> bits;
    }
    double s = Wide.number(x, type, in) + Wide.number(filter, type, tap);
    return type == DType.F64 ? s : (float) s;
  }

  /// Goes through the windows of one line of results.
  private void line(int line, Found found) {
    int channels = window.channels;
    int b = line / window.out[0];
    int i = line % window.out[0];
    for (int j = 0; j < window.out[1]; j++) {
      for (int c = 0; c < channels; c++) {
        double most = Double.NEGATIVE_INFINITY;
        long in = -1;
        int tap = -1;
        for (int p = 0; p < window.size[0]; p++) {
          int y = i * window.strides[0] - window.before[0] + p * window.dilations[0];
          for (int q = 0; y >= 0 && y < window.in[0] && q < window.size[1]; q++) {
            int z = j * window.strides[1] - window.before[1] + q * window.dilations[1];
            if (z < 0 || z >= window.in[1]) {
              continue;
            }
            long at = (((long) b * window.in[0] + y) * window.in[1] + z) * channels + c;
            int of = (p * window.size[1] + q) * channels + c;
            double s = sum(at, of);
            if (s > most) {
              most = s;
              in = at;
              tap = of;
            }
          }
        }
        found.at(((long) line * window.out[1] + j) * channels + c, most, in, tap);
      }
    }
  }

  public static void forward(Call c) {
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    MorphologyCpu k = new MorphologyCpu(c);
    DType wide = k.whole ? DType.F64 : Staged.wide(k.type);
    try (Scope _ = Scope.open()) {
      MemorySegment to = Staged.out(y, wide, false);
      long work = y.size() * k.window.size[0] * k.window.size[1];
      Planes.share(
          work < SERIAL_WORK,
          k.window.batch * k.window.out[0],
          line ->
              k.line(
                  line,
                  (at, sum, _, _) -> {
                    if (wide == DType.F64) {
                      to.setAtIndex(JAVA_DOUBLE_UNALIGNED, at, sum);
                    } else {
                      to.setAtIndex(JAVA_FLOAT_UNALIGNED, at, (float) sum);
                    }
                  }));
      Staged.finish(to, y, wide, false);
    }
  }

  public static void toInput(Call c) {
    back(c, false);
  }

  public static void toFilter(Call c) {
    back(c, true);
  }

  /// Adds gradients up on one thread, in float64 or 64 bits.
  private static void back(Call c, boolean ofFilter) {
    Tensor y = c.out(0);
    MorphologyCpu k = new MorphologyCpu(c);
    double[] sums = new double[k.whole ? 0 : Math.toIntExact(y.size())];
    long[] wholeSums = new long[k.whole ? Math.toIntExact(y.size()) : 0];
    MemorySegment dy = c.in(2).segment();
    int lines = c.in(2).size() == 0 ? 0 : k.window.batch * k.window.out[0];
    for (int line = 0; line < lines; line++) {
      k.line(
          line,
          (at, _, in, tap) -> {
            int to = ofFilter ? tap : (int) in;
            if (to < 0) {
              return;
            }
            if (k.whole) {
              wholeSums[to] += Wide.whole(dy, k.type, at);
            } else {
              sums[to] += Wide.number(dy, k.type, at);
            }
          });
    }
    if (k.whole) {
      Panel.store(wholeSums, y.segment(), k.type, 0, wholeSums.length);
    } else {
      Panel.store(sums, y.segment(), k.type, 0, sums.length);
    }
  }
}
