// Derived from ConvF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Convolution as a matrix product whose left operand is read in place from padded slabs of the
/// source.
///
/// Forward: rows are output positions, depth is the window, columns are output channels. The data
/// gradient is the same walk over dy with the filter turned around. In the filter gradient rows are
/// the window and depth is the output positions.
final class ConvF64 {
  private static final long SERIAL_WORK = 8_000_000;
  private static final TileF64 TILE = TileF64.CURRENT;

  /// The most rows of a tile of any number of columns.
  private static final int ROWS = 2 * TILE.rows();

  private static final int WIDTH = TILE.width();

  /// Elements of all partial filter gradients together, 16 MiB of float64.
  private static final int PARTIAL_LIMIT = 1 << 22;

  private ConvF64() {}

  static void forward(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment y,
      long yOff,
      @Nullable TailF64 tail) {
    if (g.outPixels() == 0 || g.outC() == 0) {
      return;
    }
    if (g.isPointwise() && g.outPixels() <= Integer.MAX_VALUE) {
      GemmF64.run(
          false,
          false,
          (int) g.outPixels(),
          g.outC(),
          g.inC(),
          x,
          xOff,
          g.inC(),
          filter,
          filterOff,
          g.outC(),
          y,
          yOff,
          g.outC(),
          false,
          tail);
      return;
    }
    SlideAxis d = SlideAxis.forward(g.inD(), g.outD(), g.kD(), g.strideD(), g.dilD(), g.padD());
    SlideAxis h = SlideAxis.forward(g.inH(), g.outH(), g.kH(), g.strideH(), g.dilH(), g.padH());
    SlideAxis w = SlideAxis.forward(g.inW(), g.outW(), g.kW(), g.strideW(), g.dilW(), g.padW());
    int depth = g.taps() * g.groupInC();
    int cols = g.groupOutC();
    int panels = panels(cols);
    ScratchF64 scratch = ScratchF64.get();
    double[] packed = scratch.shared(g.groups() * panels * depth * WIDTH);
    for (int i = 0; i < g.groups() * panels; i++) {
      int j = i % panels * WIDTH;
      long at = filterOff + i / panels * cols + j;
      TILE.pack(filter, at, g.outC(), depth, Math.min(WIDTH, cols - j), packed, i * depth * WIDTH);
    }
    slide(g.batch(), g.groups(), d, h, w, x, xOff, g.inC(), packed, y, yOff, g.outC(), tail);
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
    if (g.isPointwise() && g.outPixels() <= Integer.MAX_VALUE) {
      GemmF64.run(
          false,
          true,
          (int) g.outPixels(),
          g.inC(),
          g.outC(),
          dy,
          dyOff,
          g.outC(),
          filter,
          filterOff,
          g.outC(),
          dx,
          dxOff,
          g.inC(),
          false);
      return;
    }
    boolean gaps =
        g.strideD() > g.kD()
            || g.strideH() > g.kH()
            || g.strideW() > g.kW()
            || g.dilD() > 1
            || g.dilH() > 1
            || g.dilW() > 1;
    if (gaps || g.outPixels() == 0 || g.outC() == 0) {
      // Some positions may be reached by no window; the walks below skip them.
      dx.asSlice(dxOff * Double.BYTES, g.inPixels() * g.inC() * Double.BYTES).fill((byte) 0);
    }
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
            double[] packed = packTurned(g, d, h, w, filter, filterOff);
            slide(
                g.batch(),
                g.groups(),
                d,
                h,
                w,
                dy,
                dyOff,
                g.outC(),
                packed,
                dx,
                dxOff,
                g.inC(),
                null);
          }
        }
      }
    }
  }

  /// Packs the filter with output channels as depth and input channels as columns, for the taps of
  /// one walk.
  private static double[] packTurned(
      ConvGeometry g, SlideAxis d, SlideAxis h, SlideAxis w, MemorySegment filter, long filterOff) {
    int cols = g.groupInC();
    int panels = panels(cols);
    int taps = d.taps().length * h.taps().length * w.taps().length;
    int depth = taps * g.groupOutC();
    double[] packed = ScratchF64.get().shared(g.groups() * panels * depth * WIDTH);
    for (int group = 0; group < g.groups(); group++) {
      for (int panel = 0; panel < panels; panel++) {
        int j = panel * WIDTH;
        int at = (group * panels + panel) * depth * WIDTH;
        for (int td : d.tapIndex()) {
          for (int th : h.tapIndex()) {
            for (int tw : w.tapIndex()) {
              long tap = (long) (td * g.kH() + th) * g.kW() + tw;
              long from = (tap * cols + j) * g.outC() + (long) group * g.groupOutC();
              TILE.packTransposed(
                  filter,
                  filterOff + from,
                  g.outC(),
                  g.groupOutC(),
                  Math.min(WIDTH, cols - j),
                  packed,
                  at);
              at += g.groupOutC() * WIDTH;
            }
          }
        }
      }
    }
    return packed;
  }

  private static int panels(int cols) {
    return (cols + WIDTH - 1) / WIDTH;
  }

  private static int roundUp(int rows) {
    return (rows + ROWS - 1) / ROWS * ROWS;
  }

  /// Multiplies every window of x with the packed filter.
  private static void slide(
      int batch,
      int groups,
      SlideAxis d,
      SlideAxis h,
      SlideAxis w,
      MemorySegment x,
      long xOff,
      int xC,
      double[] packed,
      MemorySegment y,
      long yOff,
      int yC,
      @Nullable TailF64 tail) {
    SlabsF64 slabs = new SlabsF64(d, h, w, batch, xC);
    int cols = yC / groups;
    int panels = panels(cols);
    int taps = d.taps().length * h.taps().length * w.taps().length;
    int depth = taps * (xC / groups);
    boolean gapless = d.outStep() == 1 && h.outStep() == 1 && w.outStep() == 1;
    int[] depthAt = ScratchF64.get().depthAt(depth);
    slabs.depthAt(xC / groups, depthAt);
    Workers.Task task =
        slab -> {
          ScratchF64 scratch = ScratchF64.get();
          double[] source = scratch.a(slabs.sourceSize());
          int[] rowAt = scratch.rowAt(roundUp(slabs.mostResults()));
          long[] outAt = scratch.outAt(slabs.mostResults());
          double[] tile = scratch.tile(ROWS * WIDTH);
          int results = slabs.results(slab);
          if (results == 0) {
            return;
          }
          slabs.fill(slab, x, xOff, source);
          slabs.rowAt(slab, rowAt, roundUp(results));
          slabs.outAt(slab, outAt);
          int stretches = TileF64.stretches(depth);
          for (int group = 0; group < groups; group++) {
            int ao = group * (xC / groups);
            for (int s = 0; s < stretches; s++) {
              int k0 = TileF64.stretchBegin(s, depth);
              int length = TileF64.stretchBegin(s + 1, depth) - k0;
              for (int p = 0; p < panels; p++) {
                int j = p * WIDTH;
                int n = Math.min(WIDTH, cols - j);
                int bo = ((group * panels + p) * depth + k0) * WIDTH;
                int height = TILE.rows(n);
                for (int i = 0; i < results; i += height) {
                  int rows = Math.min(height, results - i);
                  TILE.scattered(
                      rows, n, length, source, ao, rowAt, i, depthAt, k0, packed, bo, tile);
                  long column = yOff + group * cols + j;
                  if (gapless) {
                    TILE.store(tile, 0, rows, n, y, column + outAt[i] * yC, yC, s > 0);
                  } else {
                    for (int r = 0; r < rows; r++) {
                      long at = column + outAt[i + r] * yC;
                      TILE.store(tile, r * WIDTH, 1, n, y, at, yC, s > 0);
                    }
                  }
                }
              }
            }
          }
          if (tail != null) {
            for (int i = 0; i < results; i++) {
              tail.apply(y, yOff + outAt[i] * yC, 1, yC, yC, 0);
            }
          }
        };
    long pixels = (long) batch * d.count() * h.count() * w.count();
    runChunks(2 * pixels * yC * depth, slabs.count(), task);
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

  /// Sums parts of the batch into partial gradients, whose number depends on the sizes alone, and
  /// adds these up in order: the bits are those of any number of threads.
  static void filterGrad(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dw,
      long dwOff) {
    int window = g.taps() * g.groupInC();
    int size = Math.multiplyExact(window, g.outC());
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
    SlabsF64 slabs = new SlabsF64(d, h, w, g.batch(), g.inC());
    int parts = Math.max(1, Math.min(Math.min(slabs.count(), 8), PARTIAL_LIMIT / size));
    int blocks = Math.max(1, Math.min(8 / parts, window / 96));
    ScratchF64 scratch = ScratchF64.get();
    double[] partial = scratch.shared(parts * size);
    int[] windowAt = scratch.depthAt(roundUp(window) + ROWS);
    slabs.depthAt(g.groupInC(), windowAt);
    Arrays.fill(windowAt, window, roundUp(window) + ROWS, windowAt[window - 1]);
    int step = roundUp((window + blocks - 1) / blocks);
    Workers.Task task =
        chunk -> {
          int part = chunk / blocks;
          int i0 = Math.min(window, chunk % blocks * step);
          int i1 = Math.min(window, i0 + step);
          int to = part * size;
          Arrays.fill(partial, to + i0 * g.outC(), to + i1 * g.outC(), 0);
          int begin = (int) ((long) part * slabs.count() / parts);
          int end = (int) ((long) (part + 1) * slabs.count() / parts);
          for (int slab = begin; slab < end; slab++) {
            addFilterGrad(g, slabs, slab, x, xOff, dy, dyOff, windowAt, i0, i1, partial, to);
          }
        };
    runChunks(2 * g.outPixels() * size, parts * blocks, task);
    for (int part = 1; part < parts; part++) {
      TILE.add(partial, part * size, size, partial, 0);
    }
    MemorySegment.copy(partial, 0, dw, JAVA_DOUBLE_UNALIGNED, dwOff * Double.BYTES, size);
  }

  /// Adds what the positions of one slab contribute to rows `i0` to `i1` of the window.
  private static void addFilterGrad(
      ConvGeometry g,
      SlabsF64 slabs,
      int slab,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      int[] windowAt,
      int i0,
      int i1,
      double[] partial,
      int to) {
    int results = slabs.results(slab);
    if (results == 0) {
      return;
    }
    ScratchF64 scratch = ScratchF64.get();
    double[] source = scratch.a(slabs.sourceSize());
    int[] pixelAt = scratch.rowAt(slabs.mostResults());
    double[] tile = scratch.tile(ROWS * WIDTH);
    double[] packed = scratch.b(TileF64.DEPTH * WIDTH);
    slabs.fill(slab, x, xOff, source);
    slabs.rowAt(slab, pixelAt, results);
    int cols = g.groupOutC();
    int stretches = TileF64.stretches(results);
    for (int s = 0; s < stretches; s++) {
      int k0 = TileF64.stretchBegin(s, results);
      int length = TileF64.stretchBegin(s + 1, results) - k0;
      long line = dyOff + (slabs.firstPixel(slab) + k0) * g.outC();
      for (int group = 0; group < g.groups(); group++) {
        int ao = group * g.groupInC();
        for (int j = 0; j < cols; j += WIDTH) {
          int n = Math.min(WIDTH, cols - j);
          int column = group * cols + j;
          TILE.pack(dy, line + column, g.outC(), length, n, packed, 0);
          int height = TILE.rows(n);
          for (int i = i0; i < i1; i += height) {
            int rows = Math.min(height, i1 - i);
            TILE.scattered(rows, n, length, source, ao, windowAt, i, pixelAt, k0, packed, 0, tile);
            if (n == WIDTH && g.outC() == WIDTH) {
              TILE.add(tile, 0, rows * WIDTH, partial, to + i * WIDTH);
              continue;
            }
            for (int r = 0; r < rows; r++) {
              TILE.add(tile, r * WIDTH, n, partial, to + (i + r) * g.outC() + column);
            }
          }
        }
      }
    }
  }
}
