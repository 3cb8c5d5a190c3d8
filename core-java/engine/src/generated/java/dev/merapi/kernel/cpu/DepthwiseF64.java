// Derived from DepthwiseF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Depthwise convolution: each input channel has its own filters, and nothing is summed over
/// channels.
///
/// With more than one filter a channel (the multiplier), the source is spread out on the heap so
/// that each of its channels lies there once for every filter; then all loops run over equal
/// numbers of channels on both sides.
final class DepthwiseF64 {
  private static final long SERIAL_WORK = 1_000_000;
  private static final LoopsF64 LOOPS = LoopsF64.CURRENT;

  private DepthwiseF64() {}

  static void forward(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment y,
      long yOff) {
    if (g.outPixels() == 0 || g.outC() == 0) {
      return;
    }
    SlideAxis d = SlideAxis.forward(g.inD(), g.outD(), g.kD(), g.strideD(), g.dilD(), g.padD());
    SlideAxis h = SlideAxis.forward(g.inH(), g.outH(), g.kH(), g.strideH(), g.dilH(), g.padH());
    SlideAxis w = SlideAxis.forward(g.inW(), g.outW(), g.kW(), g.strideW(), g.dilW(), g.padW());
    slide(g, d, h, w, x, xOff, g.inC(), g.outC() / g.inC(), filter, filterOff, y, yOff, g.outC());
  }

  static void dataGrad(
      ConvGeometry g,
      MemorySegment dy,
      long dyOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment dx,
      long dxOff) {
    if (g.inPixels() == 0 || g.inC() == 0) {
      return;
    }
    dx.asSlice(dxOff * Double.BYTES, g.inPixels() * g.inC() * Double.BYTES).fill((byte) 0);
    if (g.outPixels() == 0 || g.outC() == 0) {
      return;
    }
    for (int rd = 0; rd < g.strideD(); rd++) {
      SlideAxis d =
          SlideAxis.dataGrad(g.inD(), g.outD(), g.kD(), g.strideD(), g.dilD(), g.padD(), rd);
      for (int rh = 0; rh < g.strideH(); rh++) {
        SlideAxis h =
            SlideAxis.dataGrad(g.inH(), g.outH(), g.kH(), g.strideH(), g.dilH(), g.padH(), rh);
        for (int rw = 0; rw < g.strideW(); rw++) {
          SlideAxis w =
              SlideAxis.dataGrad(g.inW(), g.outW(), g.kW(), g.strideW(), g.dilW(), g.padW(), rw);
          int taps = d.taps().length * h.taps().length * w.taps().length;
          if (taps > 0 && d.count() > 0 && h.count() > 0 && w.count() > 0) {
            slide(g, d, h, w, dy, dyOff, g.outC(), 1, filter, filterOff, dx, dxOff, g.inC());
          }
        }
      }
    }
  }

  /// Convolves each of `sourceC · spread` channels, and sums neighbours if there are fewer in the
  /// result.
  private static void slide(
      ConvGeometry g,
      SlideAxis d,
      SlideAxis h,
      SlideAxis w,
      MemorySegment x,
      long xOff,
      int sourceC,
      int spread,
      MemorySegment filter,
      long filterOff,
      MemorySegment y,
      long yOff,
      int outC) {
    SlabsF64 slabs = new SlabsF64(d, h, w, g.batch(), sourceC);
    int n = sourceC * spread;
    int fold = n / outC;
    int taps = d.taps().length * h.taps().length * w.taps().length;
    ScratchF64 shared = ScratchF64.get();
    int[] tapAt = tapAt(slabs, taps, spread, shared);
    double[] factors = shared.shared(taps * n);
    int at = 0;
    for (int td : d.tapIndex()) {
      for (int th : h.tapIndex()) {
        for (int tw : w.tapIndex()) {
          long from = filterOff + ((long) (td * g.kH() + th) * g.kW() + tw) * n;
          MemorySegment.copy(filter, JAVA_DOUBLE_UNALIGNED, from * Double.BYTES, factors, at, n);
          at += n;
        }
      }
    }
    Workers.Task task =
        slab -> {
          ScratchF64 scratch = ScratchF64.get();
          int results = slabs.results(slab);
          if (results == 0) {
            return;
          }
          double[] source = source(slabs, slab, x, xOff, spread, scratch);
          int[] rowAt = scratch.rowAt(slabs.mostResults());
          long[] outAt = scratch.outAt(slabs.mostResults());
          slabs.rowAt(slab, rowAt, results);
          slabs.outAt(slab, outAt);
          double[] sums = scratch.tile(n);
          for (int i = 0; i < results; i++) {
            LOOPS.multiplyWindow(source, rowAt[i] * spread, tapAt, 0, taps, factors, n, sums, 0);
            if (fold > 1) {
              fold(sums, outC, fold);
            }
            long to = (yOff + outAt[i] * outC) * Double.BYTES;
            MemorySegment.copy(sums, 0, y, JAVA_DOUBLE_UNALIGNED, to, outC);
          }
        };
    long pixels = (long) g.batch() * d.count() * h.count() * w.count();
    runChunks(2 * pixels * n * taps, slabs.count(), task);
  }

  private static void fold(double[] sums, int count, int fold) {
    for (int c = 0; c < count; c++) {
      double sum = 0;
      for (int f = 0; f < fold; f++) {
        sum += sums[c * fold + f];
      }
      sums[c] = sum;
    }
  }

  private static int[] tapAt(SlabsF64 slabs, int taps, int spread, ScratchF64 scratch) {
    int[] tapAt = scratch.depthAt(taps);
    slabs.depthAt(1, tapAt);
    for (int t = 0; t < taps; t++) {
      tapAt[t] *= spread;
    }
    return tapAt;
  }

  private static double[] source(
      SlabsF64 slabs, int slab, MemorySegment x, long xOff, int spread, ScratchF64 scratch) {
    double[] plain = scratch.a(slabs.sourceSize());
    slabs.fill(slab, x, xOff, plain);
    if (spread == 1) {
      return plain;
    }
    int size = slabs.sourceSize();
    double[] wide = scratch.b(size * spread);
    for (int i = 0; i < size; i++) {
      Arrays.fill(wide, i * spread, (i + 1) * spread, plain[i]);
    }
    return wide;
  }

  private static void runChunks(long work, int chunks, Workers.Task task) {
    if (work < SERIAL_WORK) {
      for (int i = 0; i < chunks; i++) {
        task.run(i);
      }
    } else {
      Workers.run(chunks, task);
    }
  }

  /// Sums each slab, adds slabs up in parts of the batch, and parts in order, whatever the number
  /// of threads.
  static void filterGrad(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dw,
      long dwOff) {
    int n = g.outC();
    int taps = g.taps();
    int size = taps * n;
    if (size == 0) {
      return;
    }
    if (g.outPixels() == 0) {
      dw.asSlice(dwOff * Double.BYTES, (long) size * Double.BYTES).fill((byte) 0);
      return;
    }
    SlideAxis d = SlideAxis.forward(g.inD(), g.outD(), g.kD(), g.strideD(), g.dilD(), g.padD());
    SlideAxis h = SlideAxis.forward(g.inH(), g.outH(), g.kH(), g.strideH(), g.dilH(), g.padH());
    SlideAxis w = SlideAxis.forward(g.inW(), g.outW(), g.kW(), g.strideW(), g.dilW(), g.padW());
    int spread = g.outC() / g.inC();
    SlabsF64 slabs = new SlabsF64(d, h, w, g.batch(), g.inC());
    ScratchF64 shared = ScratchF64.get();
    int[] tapAt = tapAt(slabs, taps, spread, shared);
    int parts = Math.min(slabs.count(), 8);
    double[] partial = shared.shared(parts * size);
    Workers.Task task =
        part -> {
          ScratchF64 scratch = ScratchF64.get();
          Arrays.fill(partial, part * size, (part + 1) * size, 0);
          int[] rowAt = scratch.rowAt(slabs.mostResults());
          int begin = (int) ((long) part * slabs.count() / parts);
          int end = (int) ((long) (part + 1) * slabs.count() / parts);
          double[] tile = scratch.tile(size + n);
          for (int slab = begin; slab < end; slab++) {
            int results = slabs.results(slab);
            if (results == 0) {
              continue;
            }
            double[] source = source(slabs, slab, x, xOff, spread, scratch);
            slabs.rowAt(slab, rowAt, results);
            Arrays.fill(tile, 0, size, 0);
            long from = dyOff + slabs.firstPixel(slab) * n;
            for (int i = 0; i < results; i++) {
              long at = (from + (long) i * n) * Double.BYTES;
              MemorySegment.copy(dy, JAVA_DOUBLE_UNALIGNED, at, tile, size, n);
              LOOPS.addOuter(source, rowAt[i] * spread, tapAt, 0, taps, tile, size, n, tile);
            }
            TileF64.CURRENT.add(tile, 0, size, partial, part * size);
          }
        };
    runChunks(2 * g.outPixels() * size, parts, task);
    for (int part = 1; part < parts; part++) {
      TileF64.CURRENT.add(partial, part * size, size, partial, 0);
    }
    MemorySegment.copy(partial, 0, dw, JAVA_DOUBLE_UNALIGNED, dwOff * Double.BYTES, size);
  }
}
