package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.op.Call;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Scales and moves pictures with one of several filters, which reach further where pixels are
/// brought together.
///
/// Source of the filters: Turkowski 1990, "Filters for common resampling tasks"; Mitchell,
/// Netravali 1988, "Reconstruction filters in computer graphics"; Keys 1981.
public final class ScaleCpu {
  /// What a pixel of the source counts, by its distance.
  private interface Filter {
    float at(float distance);
  }

  private final Filter filter;
  private final float radius;
  private final boolean antialias;

  private ScaleCpu(Filter filter, float radius, boolean antialias) {
    this.filter = filter;
    this.radius = radius;
    this.antialias = antialias;
  }

  private static ScaleCpu of(Call c) {
    boolean smooth = c.attrs.b("antialias");
    return switch (c.attrs.s("kernel_type")) {
      case "lanczos1" -> lanczos(1, smooth);
      case "lanczos3" -> lanczos(3, smooth);
      case "lanczos5" -> lanczos(5, smooth);
      case "gaussian" -> new ScaleCpu(x -> (float) Math.exp(-x * x / 0.5), 1.5f, smooth);
      case "box" -> new ScaleCpu(x -> x < 0.5f ? 1 : x == 0.5f ? 0.5f : 0, 1, smooth);
      case "triangle" -> new ScaleCpu(x -> Math.max(0, 1 - x), 1, smooth);
      case "keyscubic" ->
          new ScaleCpu(
              x ->
                  x >= 2
                      ? 0
                      : x >= 1
                          ? ((-0.5f * x + 2.5f) * x - 4) * x + 2
                          : ((1.5f * x - 2.5f) * x) * x + 1,
              2,
              smooth);
      default ->
          new ScaleCpu(
              x ->
                  x >= 2
                      ? 0
                      : x >= 1
                          ? ((-7 / 18f * x + 2) * x - 10 / 3f) * x + 16 / 9f
                          : ((7 / 6f * x - 2) * x) * x + 8 / 9f,
              2,
              smooth);
    };
  }

  private static ScaleCpu lanczos(float radius, boolean smooth) {
    return new ScaleCpu(
        x ->
            x > radius
                ? 0
                : x <= 1e-3f
                    ? 1
                    : (float)
                        (radius
                            * Math.sin(Math.PI * x)
                            * Math.sin(Math.PI * x / radius)
                            / (Math.PI * Math.PI * x * x)),
        radius,
        smooth);
  }

  public static void forward(Call c) {
    Shape in = c.shape(0);
    Shape out = c.out(0).shape();
    if (out.size() > 0) {
      ScaleCpu s = of(c);
      ResizeCpu.forward(
          c, s.taps(c, 0, in.dim(1), out.dim(1)), s.taps(c, 1, in.dim(2), out.dim(2)));
    }
  }

  public static void backward(Call c) {
    Shape in = c.out(0).shape();
    Shape out = c.shape(0);
    if (in.size() == 0 || out.size() == 0) {
      c.out(0).segment().fill((byte) 0);
      return;
    }
    ScaleCpu s = of(c);
    ResizeCpu.backward(c, s.taps(c, 0, in.dim(1), out.dim(1)), s.taps(c, 1, in.dim(2), out.dim(2)));
  }

  private static float entry(Call c, Tensor t, int side) {
    float x = t.segment().getAtIndex(JAVA_FLOAT_UNALIGNED, side);
    if (!Float.isFinite(x)) {
      throw c.fault("scale and translation must be finite")
          .given("" + x)
          .expected("numbers")
          .valueError();
    }
    return x;
  }

  /// @param side 0 for rows, 1 for columns
  private ResizeTaps taps(Call c, int side, int in, int out) {
    float scale = entry(c, c.in("scale"), side);
    if (scale <= 0) {
      throw c.fault("scale must be greater than zero")
          .given("scale " + scale)
          .expected("numbers above 0")
          .valueError();
    }
    float back = 1 / scale;
    float moved = -back * entry(c, c.in("translation"), side);
    float wide = antialias ? Math.max(back, 1) : 1;
    int taps = Math.min(2 * (int) Math.ceil(radius * wide) + 1, in);
    ResizeTaps r = new ResizeTaps(taps, new int[out * taps], new float[out * taps]);
    float narrow = 1 / wide;
    for (int i = 0; i < out; i++) {
      float at = (i + 0.5f) * back + moved;
      if (at < 0 || at > in) {
        continue;
      }
      int first = (int) Math.ceil(at - radius * wide - 0.5f);
      int last = (int) Math.floor(at + radius * wide - 0.5f);
      first = Math.max(0, Math.min(first, in - 1));
      last = Math.max(0, Math.min(last, in - 1));
      float sum = 0;
      for (int p = first; p <= last; p++) {
        int t = i * taps + p - first;
        r.at()[t] = p;
        r.weights()[t] = filter.at(Math.abs(p + 0.5f - at) * narrow);
        sum += r.weights()[t];
      }
      if (Math.abs(sum) >= 1000 * Float.MIN_NORMAL) {
        for (int t = i * taps; t < (i + 1) * taps; t++) {
          r.weights()[t] *= 1 / sum;
        }
      }
    }
    return r;
  }
}
