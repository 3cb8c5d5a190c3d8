package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.device.Workers;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Resizes images `(batch, height, width, channels)`, and sends gradients back.
///
/// Every method but the nearest neighbour is a weighted sum of rows and then of columns, so they
/// share one loop; the gradient is the same sum turned around.
public final class ResizeCpu {
  /// Pixels' channels moved in about 50 µs.
  private static final long SERIAL_WORK = 50_000;

  /// How positions of the source make up those of the result.
  public enum Method {
    NEAREST,
    LINEAR,
    CUBIC,
    AREA
  }

  private ResizeCpu() {}

  private static ResizeTaps taps(Call c, Method m, int in, int out) {
    boolean align = c.attrs.b("align_corners");
    boolean half = m != Method.AREA && c.attrs.b("half_pixel_centers");
    return switch (m) {
      case NEAREST -> ResizeTaps.nearest(in, out, align, half);
      case LINEAR -> ResizeTaps.linear(in, out, align, half);
      case CUBIC -> ResizeTaps.cubic(in, out, align, half);
      case AREA -> ResizeTaps.area(in, out, align);
    };
  }

  /// Copies nearest neighbours, whatever the type.
  public static void nearest(Call c) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    Shape in = x.shape();
    Shape out = y.shape();
    ResizeTaps rows = taps(c, Method.NEAREST, in.dim(1), out.dim(1));
    ResizeTaps columns = taps(c, Method.NEAREST, in.dim(2), out.dim(2));
    int width = x.dtype().bytes();
    int pixel = in.dim(3);
    int height = out.dim(1);
    long inLine = (long) in.dim(2) * pixel;
    long outLine = (long) out.dim(2) * pixel;
    MemorySegment from = x.segment();
    MemorySegment to = y.segment();
    Workers.Task task =
        n -> {
          for (int i = 0; i < height; i++) {
            long at = ((long) n * height + i) * outLine;
            if (i > 0 && rows.at()[i] == rows.at()[i - 1]) {
              MemorySegment.copy(to, (at - outLine) * width, to, at * width, outLine * width);
              continue;
            }
            long row = ((long) n * in.dim(1) + rows.at()[i]) * inLine;
            for (int j = 0; j < columns.results(); j++) {
              long p = row + (long) columns.at()[j] * pixel;
              Tiles.copy(width, from, p, 0, 1, to, at + (long) j * pixel, 0, 1, 1, pixel);
            }
          }
        };
    Planes.share(y.size() < SERIAL_WORK, out.dim(0), task);
  }

  public static void linear(Call c) {
    forward(c, Method.LINEAR);
  }

  public static void cubic(Call c) {
    forward(c, Method.CUBIC);
  }

  public static void area(Call c) {
    forward(c, Method.AREA);
  }

  private static void forward(Call c, Method m) {
    Shape in = c.shape(0);
    Shape out = c.out(0).shape();
    if (out.size() > 0) {
      forward(c, taps(c, m, in.dim(1), out.dim(1)), taps(c, m, in.dim(2), out.dim(2)));
    }
  }

  /// Computes rows and columns of the result from those that they are made of.
  static void forward(Call c, ResizeTaps rows, ResizeTaps columns) {
    Tensor y = c.out(0);
    Shape in = c.shape(0);
    Shape out = y.shape();
    int channels = in.dim(3);
    int inLine = in.dim(2) * channels;
    int outLine = out.dim(2) * channels;
    int height = out.dim(1);
    try (Scope _ = Scope.open()) {
      MemorySegment x = Staged.in(c.in(0), DType.F32);
      Workers.Task task =
          chunk -> {
            int n = chunk / height;
            int i = chunk % height;
            float[] line = new float[inLine];
            float[] source = new float[inLine];
            for (int t = i * rows.taps(); t < (i + 1) * rows.taps(); t++) {
              float w = rows.weights()[t];
              if (w == 0) {
                continue;
              }
              long from = ((long) n * in.dim(1) + rows.at()[t]) * inLine;
              MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, from * Float.BYTES, source, 0, inLine);
              for (int k = 0; k < inLine; k++) {
                line[k] += w * source[k];
              }
            }
            float[] result = new float[outLine];
            across(columns, line, result, channels);
            long to = (long) chunk * outLine * Float.BYTES;
            MemorySegment.copy(result, 0, y.segment(), JAVA_FLOAT_UNALIGNED, to, outLine);
          };
      Planes.share(y.size() < SERIAL_WORK, out.dim(0) * height, task);
    }
  }

  private static void across(ResizeTaps columns, float[] line, float[] result, int channels) {
    for (int j = 0; j < columns.results(); j++) {
      for (int t = j * columns.taps(); t < (j + 1) * columns.taps(); t++) {
        float w = columns.weights()[t];
        int from = columns.at()[t] * channels;
        if (w != 0) {
          for (int k = 0; k < channels; k++) {
            result[j * channels + k] += w * line[from + k];
          }
        }
      }
    }
  }

  public static void nearestGrad(Call c) {
    backward(c, Method.NEAREST);
  }

  public static void linearGrad(Call c) {
    backward(c, Method.LINEAR);
  }

  public static void cubicGrad(Call c) {
    backward(c, Method.CUBIC);
  }

  private static void backward(Call c, Method m) {
    Shape in = c.out(0).shape();
    Shape out = c.shape(0);
    if (in.size() == 0 || out.size() == 0) {
      c.out(0).segment().fill((byte) 0);
      return;
    }
    backward(c, taps(c, m, in.dim(1), out.dim(1)), taps(c, m, in.dim(2), out.dim(2)));
  }

  /// Gives what arrives at rows and columns back to those that they are made of.
  static void backward(Call c, ResizeTaps rows, ResizeTaps columns) {
    Tensor dx = c.out(0);
    Tensor dy = c.in(0);
    Shape in = dx.shape();
    Shape out = dy.shape();
    int channels = in.dim(3);
    int inLine = in.dim(2) * channels;
    int outLine = out.dim(2) * channels;
    boolean floats = dx.dtype().isFloating();
    DType dyType = floats ? dy.dtype() : DType.F64;
    DType dxType = floats ? dx.dtype() : DType.F64;
    try (Scope _ = Scope.open()) {
      MemorySegment from = Staged.in(dy, dyType);
      MemorySegment to = Staged.out(dx, dxType, false);
      Workers.Task task =
          n -> {
            double[] sums = new double[in.dim(1) * inLine];
            double[] source = new double[outLine];
            double[] line = new double[inLine];
            for (int i = 0; i < out.dim(1); i++) {
              Panel.load(from, dyType, ((long) n * out.dim(1) + i) * outLine, source, outLine);
              Arrays.fill(line, 0);
              back(columns, source, line, channels);
              for (int t = i * rows.taps(); t < (i + 1) * rows.taps(); t++) {
                double w = rows.weights()[t];
                int at = rows.at()[t] * inLine;
                for (int k = 0; k < inLine; k++) {
                  sums[at + k] += w * line[k];
                }
              }
            }
            Panel.store(sums, to, dxType, (long) n * sums.length, sums.length);
          };
      Planes.share(dy.size() < SERIAL_WORK, in.dim(0), task);
      Staged.finish(to, dx, dxType, false);
    }
  }

  private static void back(ResizeTaps columns, double[] source, double[] line, int channels) {
    for (int j = 0; j < columns.results(); j++) {
      for (int t = j * columns.taps(); t < (j + 1) * columns.taps(); t++) {
        double w = columns.weights()[t];
        int at = columns.at()[t] * channels;
        for (int k = 0; k < channels; k++) {
          line[at + k] += w * source[j * channels + k];
        }
      }
    }
  }
}
