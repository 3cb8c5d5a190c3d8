package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.op.Window;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Cuts windows out of images or volumes, channels last.
public final class PatchCpu {
  /// Bytes moved in about 50 µs.
  private static final long SERIAL_BYTES = 1 << 18;

  private final Window window;
  private final MemorySegment from;
  private final MemorySegment to;

  /// Bytes of one pixel.
  private final int pixel;

  private PatchCpu(Call c, Window w) {
    window = w;
    from = c.in(0).segment();
    to = c.out(0).segment();
    pixel = w.channels * c.dtype(0).bytes();
  }

  /// Fills the output with one patch after the other.
  public static void run(Call c, Window w) {
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    PatchCpu k = new PatchCpu(c, w);
    int axes = w.size.length;
    int perEntry = 1;
    for (int i = 0; i < axes - 1; i++) {
      perEntry *= w.out[i];
    }
    int lines = perEntry;
    int places = 1;
    for (int s : w.size) {
      places *= s;
    }
    long line = (long) w.out[axes - 1] * places * k.pixel;
    Planes.share(
        y.size() * c.dtype(0).bytes() < SERIAL_BYTES,
        w.batch * lines,
        i -> k.line(i / lines, i % lines, i * line));
  }

  /// Writes the patches of one row of windows.
  private void line(int entry, int line, long at) {
    int last = window.size.length - 1;
    int d = last == 1 ? 0 : line / window.out[1];
    int h = last == 1 ? line : line % window.out[1];
    long put = at;
    for (int w = 0; w < window.out[last]; w++) {
      if (last == 1) {
        put = plane(entry, h, w, put);
      } else {
        for (int k = 0; k < window.size[0]; k++) {
          int z = position(0, d, k);
          boolean inside = z >= 0 && z < window.in[0];
          put = plane(inside ? entry * window.in[0] + z : -1, h, w, put);
        }
      }
    }
  }

  private int position(int axis, int out, int k) {
    return out * window.strides[axis] - window.before[axis] + k * window.dilations[axis];
  }

  /// Writes a patch of the plane number `plane`, zeros if that is negative; returns the place
  /// behind.
  private long plane(int plane, int h, int w, long at) {
    int rowAxis = window.size.length - 2;
    long put = at;
    for (int k = 0; k < window.size[rowAxis]; k++) {
      int y = position(rowAxis, h, k);
      boolean inside = plane >= 0 && y >= 0 && y < window.in[rowAxis];
      put = row(inside ? (long) plane * window.in[rowAxis] + y : -1, w, put);
    }
    return put;
  }

  private long row(long row, int w, long at) {
    int axis = window.size.length - 1;
    int n = window.size[axis];
    int width = window.in[axis];
    int x = position(axis, w, 0);
    int step = window.dilations[axis];
    if (row < 0) {
      to.asSlice(at, (long) n * pixel).fill((byte) 0);
    } else if (step == 1 && x >= 0 && x + n <= width) {
      MemorySegment.copy(from, (row * width + x) * pixel, to, at, (long) n * pixel);
    } else {
      for (int k = 0; k < n; k++, x += step) {
        if (x >= 0 && x < width) {
          MemorySegment.copy(from, (row * width + x) * pixel, to, at + (long) k * pixel, pixel);
        } else {
          to.asSlice(at + (long) k * pixel, pixel).fill((byte) 0);
        }
      }
    }
    return at + (long) n * pixel;
  }
}
