// Derived from SlabsF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Cuts a sliding-window problem into slabs of results whose source fits a cache, and copies such a
/// source.
///
/// A slab is a few whole planes (a plane: one batch entry and one depth position), or some rows of
/// one plane. Its source is copied with its zero padding to the heap, one slice for each tap in
/// depth. There the value that result r meets at position k of the window lies at `rowAt[r] +
/// depthAt[k]`, so no matrix of patches is ever made.
final class SlabsF64 {
  /// Elements of a slab's source that are aimed at: half of a small second-level cache.
  private static final int SOURCE_SIZE = 1 << 15;

  /// The most results of a slab, so that a batch of small pictures still gives work to many
  /// threads.
  private static final int RESULTS = 2048;

  private final SlideAxis d;
  private final SlideAxis h;
  private final SlideAxis w;
  private final int channels;
  private final int planes;
  private final int planesPerSlab;
  private final int rowsPerSlab;
  private final int bands;
  private final int width;
  private final int sliceSize;
  private final int planeSize;

  SlabsF64(SlideAxis d, SlideAxis h, SlideAxis w, int batch, int channels) {
    this.d = d;
    this.h = h;
    this.w = w;
    this.channels = channels;
    this.planes = batch * d.count();
    this.width = w.extent(w.count());
    int slices = d.taps().length;
    int rows = Math.max(1, Math.min(h.count(), RESULTS / w.count()));
    while (rows > 1 && (long) slices * h.extent(rows) * width * channels > SOURCE_SIZE) {
      rows--;
    }
    // Bands of equal height leave no thin rest.
    this.bands = (h.count() + rows - 1) / rows;
    this.rowsPerSlab = (h.count() + bands - 1) / bands;
    this.sliceSize = Math.multiplyExact(h.extent(rowsPerSlab) * width, channels);
    this.planeSize = Math.multiplyExact(sliceSize, slices);
    int many = Math.min(SOURCE_SIZE / planeSize, RESULTS / (rowsPerSlab * w.count()));
    this.planesPerSlab = bands > 1 ? 1 : Math.max(1, Math.min(planes, many));
  }

  int count() {
    return bands > 1 ? planes * bands : (planes + planesPerSlab - 1) / planesPerSlab;
  }

  /// Returns the elements of the longest source.
  int sourceSize() {
    return planesPerSlab * planeSize;
  }

  int mostResults() {
    return planesPerSlab * rowsPerSlab * w.count();
  }

  private int firstPlane(int slab) {
    return bands > 1 ? slab / bands : slab * planesPerSlab;
  }

  private int planesOf(int slab) {
    return bands > 1 ? 1 : Math.min(planesPerSlab, planes - slab * planesPerSlab);
  }

  private int firstRow(int slab) {
    return bands > 1 ? slab % bands * rowsPerSlab : 0;
  }

  private int rowsOf(int slab) {
    return Math.max(0, Math.min(rowsPerSlab, h.count() - firstRow(slab)));
  }

  int results(int slab) {
    return planesOf(slab) * rowsOf(slab) * w.count();
  }

  /// Fills `depthAt` for a window of `channelsInGroup` channels and returns how many positions it
  /// has.
  int depthAt(int channelsInGroup, int[] depthAt) {
    int at = 0;
    for (int td = 0; td < d.taps().length; td++) {
      for (int th : h.taps()) {
        for (int tw : w.taps()) {
          int pixel = td * sliceSize + (th * width + tw) * channels;
          for (int c = 0; c < channelsInGroup; c++) {
            depthAt[at++] = pixel + c;
          }
        }
      }
    }
    return at;
  }

  /// Fills `rowAt` with the position of each result's window, and repeats the last up to `padded`
  /// entries.
  void rowAt(int slab, int[] rowAt, int padded) {
    int at = 0;
    int rows = rowsOf(slab);
    for (int p = 0; p < planesOf(slab); p++) {
      for (int r = 0; r < rows; r++) {
        int line = p * planeSize + r * h.step() * width * channels;
        for (int q = 0; q < w.count(); q++) {
          rowAt[at++] = line + q * w.step() * channels;
        }
      }
    }
    Arrays.fill(rowAt, at, Math.max(at, padded), rowAt[at - 1]);
  }

  /// Fills `outAt` with the position, in pixels, where each result is written.
  void outAt(int slab, long[] outAt) {
    int at = 0;
    int row0 = firstRow(slab);
    int rows = rowsOf(slab);
    for (int p = 0; p < planesOf(slab); p++) {
      int plane = firstPlane(slab) + p;
      long n = plane / d.count();
      long outD = d.first() + (long) (plane % d.count()) * d.outStep();
      for (int r = 0; r < rows; r++) {
        long outH = h.first() + (long) (row0 + r) * h.outStep();
        long line = ((n * d.outLength() + outD) * h.outLength() + outH) * w.outLength() + w.first();
        for (int q = 0; q < w.count(); q++) {
          outAt[at++] = line + (long) q * w.outStep();
        }
      }
    }
  }

  /// Returns the pixel of the first result; all follow it without gaps if no axis has an `outStep`
  /// above 1.
  long firstPixel(int slab) {
    return ((long) firstPlane(slab) * h.count() + firstRow(slab)) * w.count();
  }

  /// Copies the source of a slab, with zeros where a window reaches beyond it.
  void fill(int slab, MemorySegment x, long xOff, double[] to) {
    int slices = d.taps().length;
    int rows = h.extent(rowsOf(slab));
    int hFrom = h.origin() + firstRow(slab) * h.step();
    int left = Math.min(width, Math.max(0, -w.origin()));
    int right = Math.max(left, Math.min(width, w.sourceLength() - w.origin()));
    int line = width * channels;
    for (int p = 0; p < planesOf(slab); p++) {
      int plane = firstPlane(slab) + p;
      long n = plane / d.count();
      int dFrom = d.origin() + plane % d.count() * d.step();
      for (int t = 0; t < slices; t++) {
        int sd = dFrom + d.taps()[t];
        int at = p * planeSize + t * sliceSize;
        for (int r = 0; r < rows; r++, at += line) {
          int sh = hFrom + r;
          if (sd < 0 || sd >= d.sourceLength() || sh < 0 || sh >= h.sourceLength()) {
            Arrays.fill(to, at, at + line, 0);
            continue;
          }
          Arrays.fill(to, at, at + left * channels, 0);
          long from = (n * d.sourceLength() + sd) * h.sourceLength() + sh;
          from = (from * w.sourceLength() + w.origin() + left) * channels + xOff;
          MemorySegment.copy(
              x,
              JAVA_DOUBLE_UNALIGNED,
              from * Double.BYTES,
              to,
              at + left * channels,
              (right - left) * channels);
          Arrays.fill(to, at + right * channels, at + line, 0);
        }
      }
    }
  }
}
