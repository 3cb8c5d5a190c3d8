// Derived from PoolingF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Walks the windows of one batch entry and one block of channels, both copied to the heap.
///
/// Windows of one entry overlap in the gradient, so an entry's block of channels is never cut
/// further.
final class PoolingF64 {
  private static final LoopsF64 LOOPS = LoopsF64.CURRENT;

  /// Elements looked at in about 50 µs.
  private static final long SERIAL_WORK = 200_000;

  /// Elements of one block of an input that are aimed at, and the fewest channels it has.
  private static final int BLOCK_SIZE = 1 << 16;

  private static final int LEAST_CHANNELS = 16;

  private PoolingF64() {}

  static void forward(
      ConvGeometry g, boolean max, MemorySegment x, long xOff, MemorySegment y, long yOff) {
    run(g, (n, c0, c1) -> forwardBlock(g, max, n, c0, c1, x, xOff, y, yOff));
  }

  static void grad(
      ConvGeometry g,
      boolean max,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dx,
      long dxOff) {
    run(g, (n, c0, c1) -> gradBlock(g, max, n, c0, c1, x, xOff, dy, dyOff, dx, dxOff));
  }

  private interface Block {
    void run(int n, int c0, int c1);
  }

  private static void run(ConvGeometry g, Block block) {
    int pixels = g.inD() * g.inH() * g.inW();
    int channels = g.inC();
    if (g.batch() == 0 || channels == 0 || pixels == 0) {
      return;
    }
    int width = Math.min(channels, Math.max(LEAST_CHANNELS, BLOCK_SIZE / pixels / 16 * 16));
    int blocks = (channels + width - 1) / width;
    Workers.Task task =
        chunk -> {
          int c0 = chunk % blocks * width;
          block.run(chunk / blocks, c0, Math.min(channels, c0 + width));
        };
    long work = Math.max(g.outPixels() * g.taps(), g.inPixels()) * channels;
    if (work < SERIAL_WORK) {
      for (int i = 0; i < g.batch() * blocks; i++) {
        task.run(i);
      }
    } else {
      Workers.run(g.batch() * blocks, task);
    }
  }

  private static void forwardBlock(
      ConvGeometry g,
      boolean max,
      int n,
      int c0,
      int c1,
      MemorySegment x,
      long xOff,
      MemorySegment y,
      long yOff) {
    int pixels = g.inD() * g.inH() * g.inW();
    int c = c1 - c0;
    ScratchF64 scratch = ScratchF64.get();
    double[] in = scratch.a(pixels * c);
    load(x, xOff + (long) n * pixels * g.inC() + c0, g.inC(), pixels, c, in, 0);
    double[] line = scratch.tile(g.outW() * c);
    int[] at = scratch.rowAt(g.taps());
    long out = yOff + (long) n * g.outD() * g.outH() * g.outW() * g.inC() + c0;
    for (int od = 0; od < g.outD(); od++) {
      for (int oh = 0; oh < g.outH(); oh++) {
        for (int ow = 0; ow < g.outW(); ow++) {
          int taps = window(g, od, oh, ow, c, at);
          if (max) {
            LOOPS.maxWindow(in, 0, at, 0, taps, c, line, ow * c);
          } else {
            LOOPS.meanWindow(in, 0, at, 0, taps, c, taps, line, ow * c);
          }
        }
        store(line, 0, y, out, g.inC(), g.outW(), c);
        out += (long) g.outW() * g.inC();
      }
    }
  }

  private static void gradBlock(
      ConvGeometry g,
      boolean max,
      int n,
      int c0,
      int c1,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dx,
      long dxOff) {
    int pixels = g.inD() * g.inH() * g.inW();
    int c = c1 - c0;
    ScratchF64 scratch = ScratchF64.get();
    double[] in = scratch.a(pixels * c);
    if (max) {
      load(x, xOff + (long) n * pixels * g.inC() + c0, g.inC(), pixels, c, in, 0);
    }
    double[] sums = scratch.b(pixels * c);
    Arrays.fill(sums, 0, pixels * c, 0);
    double[] line = scratch.tile(g.outW() * c);
    int[] at = scratch.rowAt(g.taps());
    long from = dyOff + (long) n * g.outD() * g.outH() * g.outW() * g.inC() + c0;
    for (int od = 0; od < g.outD(); od++) {
      for (int oh = 0; oh < g.outH(); oh++) {
        load(dy, from, g.inC(), g.outW(), c, line, 0);
        from += (long) g.outW() * g.inC();
        for (int ow = 0; ow < g.outW(); ow++) {
          int taps = window(g, od, oh, ow, c, at);
          if (max) {
            LOOPS.addToMax(in, sums, 0, at, 0, taps, c, line, ow * c);
          } else {
            LOOPS.addToAll(sums, 0, at, 0, taps, c, taps, line, ow * c);
          }
        }
      }
    }
    store(sums, 0, dx, dxOff + (long) n * pixels * g.inC() + c0, g.inC(), pixels, c);
  }

  /// Lists the positions of a window that lie inside the input, and returns how many there are.
  private static int window(ConvGeometry g, int od, int oh, int ow, int channels, int[] at) {
    int taps = 0;
    int d0 = od * g.strideD() - g.padD();
    int h0 = oh * g.strideH() - g.padH();
    int w0 = ow * g.strideW() - g.padW();
    for (int kd = 0; kd < g.kD(); kd++) {
      int d = d0 + kd * g.dilD();
      if (d < 0 || d >= g.inD()) {
        continue;
      }
      for (int kh = 0; kh < g.kH(); kh++) {
        int h = h0 + kh * g.dilH();
        if (h < 0 || h >= g.inH()) {
          continue;
        }
        for (int kw = 0; kw < g.kW(); kw++) {
          int w = w0 + kw * g.dilW();
          if (w >= 0 && w < g.inW()) {
            at[taps++] = ((d * g.inH() + h) * g.inW() + w) * channels;
          }
        }
      }
    }
    if (taps == 0) {
      throw new IllegalArgumentException(
          "Pooling: the window at output (" + od + ", " + oh + ", " + ow + ") meets no input");
    }
    return taps;
  }

  /// Copies `rows` runs of `count` elements, `ld` apart in native memory.
  private static void load(
      MemorySegment from, long at, int ld, int rows, int count, double[] to, int o) {
    if (count == ld) {
      MemorySegment.copy(from, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, to, o, rows * count);
      return;
    }
    for (int r = 0; r < rows; r++) {
      long p = (at + (long) r * ld) * Double.BYTES;
      MemorySegment.copy(from, JAVA_DOUBLE_UNALIGNED, p, to, o + r * count, count);
    }
  }

  private static void store(
      double[] from, int o, MemorySegment to, long at, int ld, int rows, int count) {
    if (count == ld) {
      MemorySegment.copy(from, o, to, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, rows * count);
      return;
    }
    for (int r = 0; r < rows; r++) {
      long p = (at + (long) r * ld) * Double.BYTES;
      MemorySegment.copy(from, o + r * count, to, JAVA_DOUBLE_UNALIGNED, p, count);
    }
  }
}
