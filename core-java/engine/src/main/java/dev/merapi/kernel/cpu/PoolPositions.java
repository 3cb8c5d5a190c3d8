package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.merapi.device.Workers;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;

/// Works with the positions of maxima: finds them, takes elements there, adds elements up there.
///
/// Positions are int64 and count elements from the start of a batch entry, channels last. Elements
/// are compared as int64 keys of the same order, so that one loop serves all types.
final class PoolPositions {
  /// Elements looked at in about 50 µs.
  private static final long SERIAL_WORK = 50_000;

  private static final int KEYS = 1 << 14;

  private PoolPositions() {}

  /// Turns float64 into integers of the same order; NaN comes last, and both zeros are equal.
  static void keys(MemorySegment x, MemorySegment keys, long n) {
    Workers.Task task =
        chunk -> {
          long end = Math.min(n, (chunk + 1L) * KEYS);
          for (long i = (long) chunk * KEYS; i < end; i++) {
            double v = x.getAtIndex(JAVA_DOUBLE, i) + 0.0;
            long bits = Double.doubleToLongBits(v);
            keys.setAtIndex(JAVA_LONG, i, bits ^ bits >> 63 & Long.MAX_VALUE);
          }
        };
    Planes.share(n < SERIAL_WORK, (int) ((n + KEYS - 1) / KEYS), task);
  }

  /// Turns the order of unsigned numbers into that of signed ones.
  static void flip(MemorySegment keys, long n) {
    for (long i = 0; i < n; i++) {
      keys.setAtIndex(JAVA_LONG, i, keys.getAtIndex(JAVA_LONG, i) ^ Long.MIN_VALUE);
    }
  }

  /// Finds the first greatest element of each window.
  static void find(ConvGeometry g, MemorySegment keys, MemorySegment at) {
    int lines = g.outD() * g.outH();
    Workers.Task task =
        chunk -> line(g, keys, at, chunk / lines, chunk % lines / g.outH(), chunk % g.outH());
    long work = (long) g.batch() * lines * g.outW() * g.inC() * g.kD() * g.kH() * g.kW();
    Planes.share(work < SERIAL_WORK, g.batch() * lines, task);
  }

  private static void line(
      ConvGeometry g, MemorySegment keys, MemorySegment at, int n, int od, int oh) {
    int d0 = od * g.strideD() - g.padD();
    int h0 = oh * g.strideH() - g.padH();
    int channels = g.inC();
    long entry = (long) n * g.inD() * g.inH() * g.inW() * channels;
    long to = (((long) n * g.outD() + od) * g.outH() + oh) * g.outW() * channels;
    for (int ow = 0; ow < g.outW(); ow++) {
      int w0 = ow * g.strideW() - g.padW();
      int w1 = Math.min(g.inW(), w0 + g.kW());
      for (int c = 0; c < channels; c++) {
        long best = -1;
        long most = Long.MIN_VALUE;
        for (int d = Math.max(0, d0); d < Math.min(g.inD(), d0 + g.kD()); d++) {
          for (int h = Math.max(0, h0); h < Math.min(g.inH(), h0 + g.kH()); h++) {
            long p = ((long) (d * g.inH() + h) * g.inW() + Math.max(0, w0)) * channels + c;
            for (int w = Math.max(0, w0); w < w1; w++) {
              long k = keys.getAtIndex(JAVA_LONG, entry + p);
              if (k > most || best < 0) {
                most = k;
                best = p;
              }
              p += channels;
            }
          }
        }
        at.setAtIndex(JAVA_LONG, to++, best);
      }
    }
  }

  /// Copies the elements at the positions; `from` and `to` hold `batch` entries.
  static void gather(
      int bytes,
      MemorySegment at,
      MemorySegment from,
      int batch,
      long fromSize,
      MemorySegment to,
      long toSize) {
    long entry = fromSize / batch;
    long per = toSize / batch;
    Workers.Task task =
        n -> {
          for (long i = n * per; i < (n + 1) * per; i++) {
            long p = n * entry + at.getAtIndex(JAVA_LONG, i);
            MemorySegment.copy(from, p * bytes, to, i * bytes, bytes);
          }
        };
    Planes.share(toSize < SERIAL_WORK, batch, task);
  }

  /// Adds `dy` up at its positions in `to`, which is cleared first.
  static void scatter(
      DType t, MemorySegment at, MemorySegment dy, int batch, MemorySegment to, long toSize) {
    long entry = toSize / batch;
    long per = at.byteSize() / Long.BYTES / batch;
    to.asSlice(0, toSize * t.bytes()).fill((byte) 0);
    Workers.Task task =
        n -> {
          for (long i = n * per; i < (n + 1) * per; i++) {
            long p = n * entry + at.getAtIndex(JAVA_LONG, i);
            switch (t) {
              case F32 ->
                  to.setAtIndex(
                      JAVA_FLOAT, p, to.getAtIndex(JAVA_FLOAT, p) + dy.getAtIndex(JAVA_FLOAT, i));
              case F64 ->
                  to.setAtIndex(
                      JAVA_DOUBLE,
                      p,
                      to.getAtIndex(JAVA_DOUBLE, p) + dy.getAtIndex(JAVA_DOUBLE, i));
              default ->
                  to.setAtIndex(
                      JAVA_LONG, p, to.getAtIndex(JAVA_LONG, p) + dy.getAtIndex(JAVA_LONG, i));
            }
          }
        };
    Planes.share(toSize < SERIAL_WORK, batch, task);
  }
}
