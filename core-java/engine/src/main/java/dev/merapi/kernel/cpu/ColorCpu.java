package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Changes colours pixel by pixel, in float64.
public final class ColorCpu {
  /// Pixels of one piece of work, about 50 µs.
  private static final int PIECE = 1 << 12;

  private ColorCpu() {}

  /// Changes three channels in place, which stand at positions 3·i of an array.
  public interface Change {
    /// @param pixels three numbers for each pixel
    void apply(double[] pixels);
  }

  /// Changes every pixel of the first input.
  public static void run(Call c, Change change) {
    Tensor x = c.in(0);
    DType d = x.dtype();
    MemorySegment from = x.segment();
    MemorySegment to = c.out(0).segment();
    int pixels = Math.toIntExact(x.size() / 3);
    Planes.share(
        pixels <= PIECE,
        (pixels + PIECE - 1) / PIECE,
        chunk -> {
          int n = Math.min(PIECE, pixels - chunk * PIECE);
          double[] p = new double[3 * n];
          Panel.load(from, d, 3L * chunk * PIECE, p, 3 * n);
          change.apply(p);
          Panel.store(p, to, d, 3L * chunk * PIECE, 3 * n);
        });
  }

  /// Returns the hue in sixths of a circle, 0 for greys.
  private static double hue(double r, double g, double b, double max, double min) {
    double range = max - min;
    if (!(range > 0)) {
      return 0;
    }
    double h = r == max ? (g - b) / range : g == max ? (b - r) / range + 2 : (r - g) / range + 4;
    return h < 0 ? h + 6 : h;
  }

  private static double max(double[] p, int i) {
    return Math.max(p[i], Math.max(p[i + 1], p[i + 2]));
  }

  private static double min(double[] p, int i) {
    return Math.min(p[i], Math.min(p[i + 1], p[i + 2]));
  }

  private static double ramp(double x) {
    return Math.max(0, Math.min(1, x));
  }

  /// Writes the colour of a hue, in sixths of a circle, between a smallest and a greatest channel.
  private static void put(double[] p, int i, double hue, double min, double max) {
    double range = max - min;
    p[i] = min + range * ramp(Math.abs(hue - 3) - 1);
    p[i + 1] = min + range * ramp(2 - Math.abs(hue - 2));
    p[i + 2] = min + range * ramp(2 - Math.abs(hue - 4));
  }

  public static void toHsv(double[] p) {
    for (int i = 0; i < p.length; i += 3) {
      double max = max(p, i);
      double min = min(p, i);
      p[i] = hue(p[i], p[i + 1], p[i + 2], max, min) / 6;
      p[i + 1] = max > 0 ? (max - min) / max : 0;
      p[i + 2] = max;
    }
  }

  public static void toRgb(double[] p) {
    for (int i = 0; i < p.length; i += 3) {
      double v = p[i + 2];
      put(p, i, p[i] * 6, v * (1 - p[i + 1]), v);
    }
  }

  /// Turns hues by a part of the circle.
  public static void turnHue(double[] p, double delta) {
    for (int i = 0; i < p.length; i += 3) {
      double max = max(p, i);
      double min = min(p, i);
      double h = hue(p[i], p[i + 1], p[i + 2], max, min) + 6 * delta;
      put(p, i, h - 6 * Math.floor(h / 6), min, max);
    }
  }

  /// Multiplies saturations; they end at 0 and 1.
  public static void saturate(double[] p, double scale) {
    for (int i = 0; i < p.length; i += 3) {
      double max = max(p, i);
      double min = min(p, i);
      double s = max > 0 ? ramp((max - min) / max * scale) : 0;
      put(p, i, hue(p[i], p[i + 1], p[i + 2], max, min), max * (1 - s), max);
    }
  }

  /// Moves numbers away from the mean of their channel in their image.
  public static void contrast(Call c) {
    Tensor x = c.in(0);
    if (x.size() == 0) {
      return;
    }
    double factor = c.in(1).item();
    DType d = x.dtype();
    Shape s = x.shape();
    int channels = s.dim(-1);
    int pixels = s.dim(-2) * s.dim(-3);
    int image = Math.multiplyExact(pixels, channels);
    MemorySegment from = x.segment();
    MemorySegment to = c.out(0).segment();
    Planes.share(
        x.size() < PIECE,
        Math.toIntExact(x.size() / image),
        n -> {
          double[] p = new double[image];
          Panel.load(from, d, (long) n * image, p, image);
          double[] mean = new double[channels];
          for (int i = 0; i < image; i++) {
            mean[i % channels] += p[i];
          }
          for (int k = 0; k < channels; k++) {
            mean[k] /= pixels;
          }
          for (int i = 0; i < image; i++) {
            double m = mean[i % channels];
            p[i] = (p[i] - m) * factor + m;
          }
          Panel.store(p, to, d, (long) n * image, image);
        });
  }
}
