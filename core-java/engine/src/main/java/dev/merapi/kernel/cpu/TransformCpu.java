package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Takes each pixel of a picture from where a projective transform sends it in another picture.
///
/// Positions are float32, as in TensorFlow: so the same of them lie outside the picture, or nearer
/// to one pixel than to the next.
public final class TransformCpu {
  /// Elements computed in about 50 µs.
  private static final long SERIAL_WORK = 8_000;

  /// Pieces that a batch is cut into at least, so that threads have something to share.
  private static final int STRIPS = 16;

  /// What lies around a picture.
  private enum Fill {
    CONSTANT,
    REFLECT,
    WRAP,
    NEAREST
  }

  /// Where the channels of one pixel come from: up to four pixels with their shares.
  private static final class Taps {
    /// Positions of pixels in their picture, top left first; -1 outside.
    final int[] at = new int[4];

    final float[] share = new float[4];
    int count;

    void none() {
      count = 0;
    }
  }

  private final MemorySegment transforms;
  private final boolean one;
  private final boolean nearest;
  private final Fill fill;

  /// The picture that pixels are taken from.
  private final int height;

  private final int width;
  private final int channels;

  /// The picture made of them.
  private final int rows;

  private final int columns;

  private TransformCpu(Call c, Shape from, Shape to) {
    transforms = c.in("transforms").segment();
    one = c.shape("transforms").dim(0) == 1;
    nearest = c.attrs.s("interpolation").equals("NEAREST");
    fill = Fill.valueOf(c.attrs.s("fill_mode"));
    height = from.dim(1);
    width = from.dim(2);
    channels = from.dim(3);
    rows = to.dim(1);
    columns = to.dim(2);
  }

  /// Takes the pixels.
  public static void forward(Call c) {
    Shape to = c.out(0).shape();
    if (to.size() == 0) {
      return;
    }
    TransformCpu k = new TransformCpu(c, c.shape("images"), to);
    float told = c.ins() > 3 ? c.in("fill_value").segment().get(JAVA_FLOAT_UNALIGNED, 0) : 0;
    // What lies around is a pixel too: whole where they are.
    float around = c.dtype(0).isInteger() ? (long) told : told;
    try (Scope _ = Scope.open()) {
      MemorySegment x = Staged.in(c.in(0), DType.F32);
      MemorySegment y = Staged.out(c.out(0), DType.F32, false);
      int picture = k.height * k.width * k.channels;
      int strips = Math.min(k.rows, (STRIPS + to.dim(0) - 1) / to.dim(0));
      // Pixels are read in any order, which arrays make cheap; few pictures are copied once for
      // all their strips, many each by the thread that needs it.
      float[][] few = new float[strips > 1 ? to.dim(0) : 0][];
      for (int n = 0; n < few.length; n++) {
        few[n] = picture(x, n, picture);
      }
      Planes.share(
          to.size() < SERIAL_WORK,
          to.dim(0) * strips,
          chunk -> {
            int n = chunk / strips;
            int strip = chunk % strips;
            float[] from = strips > 1 ? few[n] : picture(x, n, picture);
            k.fillRows(from, y, n, strip * k.rows / strips, (strip + 1) * k.rows / strips, around);
          });
      Staged.finish(y, c.out(0), DType.F32, false);
    }
  }

  private static float[] picture(MemorySegment x, int n, int size) {
    float[] pixels = new float[size];
    long at = (long) n * size * Float.BYTES;
    MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, at, pixels, 0, size);
    return pixels;
  }

  private void fillRows(float[] x, MemorySegment y, int image, int first, int end, float around) {
    Taps taps = new Taps();
    float[] t = transform(image);
    float[] line = new float[columns * channels];
    for (int i = first; i < end; i++) {
      int to = 0;
      for (int j = 0; j < columns; j++, to += channels) {
        find(t, i, j, taps);
        fill(x, taps, around, line, to);
      }
      long at = ((long) image * rows + i) * line.length * Float.BYTES;
      MemorySegment.copy(line, 0, y, JAVA_FLOAT_UNALIGNED, at, line.length);
    }
  }

  /// Computes the channels of one pixel.
  private void fill(float[] x, Taps taps, float around, float[] line, int to) {
    if (taps.count == 0) {
      Arrays.fill(line, to, to + channels, around);
      return;
    }
    int a = taps.at[0] * channels;
    if (taps.count == 1) {
      for (int k = 0; k < channels; k++) {
        line[to + k] = a < 0 ? around : x[a + k];
      }
      return;
    }
    int b = taps.at[1] * channels;
    int c = taps.at[2] * channels;
    int d = taps.at[3] * channels;
    float left = taps.share[0];
    float right = taps.share[1];
    float top = taps.share[2];
    float bottom = taps.share[3];
    boolean whole = (a | b | c | d) >= 0;
    for (int k = 0; k < channels; k++) {
      // In TensorFlow's order: along the upper row, along the lower one, between them.
      float upper = left * (whole || a >= 0 ? x[a + k] : around);
      upper += right * (whole || b >= 0 ? x[b + k] : around);
      float lower = left * (whole || c >= 0 ? x[c + k] : around);
      lower += right * (whole || d >= 0 ? x[d + k] : around);
      line[to + k] = top * upper + bottom * lower;
    }
  }

  private float[] transform(int image) {
    float[] t = new float[8];
    MemorySegment.copy(transforms, JAVA_FLOAT_UNALIGNED, one ? 0 : 32L * image, t, 0, 8);
    return t;
  }

  /// Finds what the pixel at row `i` and column `j` of the result is made of.
  private void find(float[] t, int i, int j, Taps taps) {
    float k = t[6] * j + t[7] * i + 1;
    if (k == 0) {
      taps.none();
      return;
    }
    float x = inside((t[0] * j + t[1] * i + t[2]) / k, width);
    float y = inside((t[3] * j + t[4] * i + t[5]) / k, height);
    if (nearest) {
      taps.count = 1;
      taps.at[0] = place(round(y), round(x));
      return;
    }
    float left = (float) Math.floor(x);
    float top = (float) Math.floor(y);
    taps.count = 4;
    taps.share[0] = left + 1 - x;
    taps.share[1] = x - left;
    taps.share[2] = top + 1 - y;
    taps.share[3] = y - top;
    taps.at[0] = place(top, left);
    taps.at[1] = place(top, left + 1);
    taps.at[2] = place(top + 1, left);
    taps.at[3] = place(top + 1, left + 1);
  }

  /// Rounds halves away from 0, as C does.
  private static float round(float x) {
    return x < 0 ? -(float) Math.floor(-x + 0.5) : (float) Math.floor(x + 0.5);
  }

  /// Returns the position of a pixel, -1 outside; also for what is no number.
  private int place(float y, float x) {
    return y >= 0 && y < height && x >= 0 && x < width ? (int) y * width + (int) x : -1;
  }

  /// Brings a position along one side into the picture, as the fill mode has it.
  private float inside(float at, int side) {
    return switch (fill) {
      case CONSTANT -> at;
      case NEAREST -> clamp(at, side);
      case REFLECT -> clamp(reflected(at, side), side);
      case WRAP -> clamp(wrapped(at, side), side);
    };
  }

  private static float clamp(float at, int side) {
    return Math.min(Math.max(at, 0), side - 1);
  }

  /// `abcd` continues as `dcba|abcd|dcba`.
  private static float reflected(float at, int side) {
    if (side <= 1) {
      return 0;
    }
    int twice = 2 * side;
    if (at < 0) {
      float x = twice * (float) (long) (-at / twice) + at;
      return x < -side ? x + twice : -x - 1;
    }
    if (at > side - 1) {
      float x = at - twice * (float) (long) (at / twice);
      return x >= side ? twice - x - 1 : x;
    }
    return at;
  }

  /// `abcd` continues as `abcd|abcd|abcd`.
  private static float wrapped(float at, int side) {
    if (side <= 1) {
      return 0;
    }
    int last = side - 1;
    if (at < 0) {
      return at + side * (float) ((long) (-at / last) + 1);
    }
    return at > last ? at - side * (float) (long) (at / last) : at;
  }

  /// Adds the gradients up; those of one picture in the order of its pixels.
  public static void backward(Call c) {
    Shape to = c.out(0).shape();
    if (to.size() == 0) {
      return;
    }
    Shape from = c.shape("grads");
    if (from.dim(0) != to.dim(0) || from.dim(3) != to.dim(3)) {
      throw c.fault("gradients of shape " + from + " are not those of images " + to)
          .expected("the same batch and channels")
          .shapeError();
    }
    TransformCpu k = new TransformCpu(c, to, from);
    DType wide = Staged.wide(c.out(0).dtype());
    int picture = k.height * k.width * k.channels;
    try (Scope _ = Scope.open()) {
      MemorySegment dy = Staged.in(c.in(0), wide);
      MemorySegment dx = Staged.out(c.out(0), wide, false);
      Planes.share(
          from.size() < SERIAL_WORK,
          to.dim(0),
          n -> {
            double[] sums = new double[picture];
            k.spread(dy, wide, n, sums);
            Panel.store(sums, dx, wide, (long) n * picture, picture);
          });
      Staged.finish(dx, c.out(0), wide, false);
    }
  }

  private void spread(MemorySegment dy, DType wide, int image, double[] sums) {
    Taps taps = new Taps();
    float[] t = transform(image);
    double[] d = new double[channels];
    long from = (long) image * rows * columns * channels;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++, from += channels) {
        find(t, i, j, taps);
        Panel.load(dy, wide, from, d, channels);
        for (int tap = 0; tap < taps.count; tap++) {
          if (taps.at[tap] < 0) {
            continue;
          }
          double share =
              taps.count == 1 ? 1 : (double) taps.share[tap & 1] * taps.share[2 + (tap >> 1)];
          int first = taps.at[tap] * channels;
          for (int k = 0; k < channels; k++) {
            sums[first + k] += share * d[k];
          }
        }
      }
    }
  }
}
