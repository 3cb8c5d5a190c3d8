package dev.merapi.kernel.cpu;

/// Which positions of an axis make up each position of the resized axis, and how much each counts.
///
/// Entry `t` of result `i` is at `i·taps + t`. Positions and weights are float32, rounded at the
/// same places as in TensorFlow, for a position that falls on the other side of a border shows.
record ResizeTaps(int taps, int[] at, float[] weights) {
  /// Steps between two positions at which TensorFlow tabulates the cubic.
  private static final int CUBIC_STEPS = 1024;

  private static ResizeTaps of(int results, int taps) {
    return new ResizeTaps(taps, new int[results * taps], new float[results * taps]);
  }

  int results() {
    return at.length / taps;
  }

  private static float scale(int in, int out, boolean alignCorners) {
    return alignCorners && out > 1 ? (in - 1) / (float) (out - 1) : in / (float) out;
  }

  private static float position(int i, float scale, boolean halfPixel) {
    return halfPixel ? (i + 0.5f) * scale - 0.5f : i * scale;
  }

  static ResizeTaps nearest(int in, int out, boolean alignCorners, boolean halfPixel) {
    float scale = scale(in, out, alignCorners);
    ResizeTaps r = of(out, 1);
    for (int i = 0; i < out; i++) {
      float p = halfPixel ? (i + 0.5f) * scale : i * scale;
      // roundf rounds halves away from zero; p is not negative.
      int n = (int) Math.floor(alignCorners ? (double) p + 0.5 : p);
      r.at[i] = Math.max(0, Math.min(n, in - 1));
      r.weights[i] = 1;
    }
    return r;
  }

  static ResizeTaps linear(int in, int out, boolean alignCorners, boolean halfPixel) {
    float scale = scale(in, out, alignCorners);
    ResizeTaps r = of(out, 2);
    for (int i = 0; i < out; i++) {
      float p = position(i, scale, halfPixel);
      float low = (float) Math.floor(p);
      r.at[2 * i] = Math.max(0, Math.min((int) low, in - 1));
      r.at[2 * i + 1] = Math.max(0, Math.min((int) Math.ceil(p), in - 1));
      r.weights[2 * i + 1] = p - low;
      r.weights[2 * i] = 1 - (p - low);
    }
    return r;
  }

  /// Keys 1981, "Cubic convolution interpolation for digital image processing"; a is −1/2 with
  /// half-pixel centres, where positions outside do not count, and −3/4 without, where the border
  /// is repeated.
  static ResizeTaps cubic(int in, int out, boolean alignCorners, boolean halfPixel) {
    float scale = scale(in, out, alignCorners);
    double a = halfPixel ? -0.5 : -0.75;
    ResizeTaps r = of(out, 4);
    for (int i = 0; i < out; i++) {
      float p = position(i, scale, halfPixel);
      int low = (int) Math.floor(p);
      int step = (int) Math.rint((p - low) * CUBIC_STEPS);
      float[] w = {
        outer(a, step), inner(a, step), inner(a, CUBIC_STEPS - step), outer(a, CUBIC_STEPS - step)
      };
      float sum = 0;
      for (int t = 0; t < 4; t++) {
        int q = low - 1 + t;
        int n = Math.max(0, Math.min(q, in - 1));
        r.at[4 * i + t] = n;
        r.weights[4 * i + t] = halfPixel && n != q ? 0 : w[t];
        sum += r.weights[4 * i + t];
      }
      if (halfPixel && Math.abs(sum) >= 1000 * Float.MIN_NORMAL) {
        for (int t = 0; t < 4; t++) {
          r.weights[4 * i + t] *= 1 / sum;
        }
      }
    }
    return r;
  }

  private static float inner(double a, int step) {
    double x = step / (double) CUBIC_STEPS;
    return (float) (((a + 2) * x - (a + 3)) * x * x + 1);
  }

  private static float outer(double a, int step) {
    double x = step / (double) CUBIC_STEPS + 1;
    return (float) (((a * x - 5 * a) * x + 8 * a) * x - 4 * a);
  }

  /// Means over the stretch of the source that a result covers.
  static ResizeTaps area(int in, int out, boolean alignCorners) {
    // One source position spread over many, corners aligned, covers nothing: then any small stretch
    // will do.
    float scale = Math.max(scale(in, out, alignCorners), 0x1p-23f);
    int taps = 1;
    for (int i = 0; i < out; i++) {
      taps = Math.max(taps, (int) (Math.ceil((i + 1) * scale) - Math.floor(i * scale)));
    }
    ResizeTaps r = of(out, taps);
    for (int i = 0; i < out; i++) {
      float from = i * scale;
      float to = (i + 1) * scale;
      int first = (int) Math.floor(from);
      int end = (int) Math.ceil(to);
      for (int t = 0; t < taps; t++) {
        int q = first + t;
        r.at[i * taps + t] = Math.max(0, Math.min(q, in - 1));
        if (q < end) {
          float part = q < from ? q + 1 > to ? scale : q + 1 - from : q + 1 > to ? to - q : 1;
          r.weights[i * taps + t] = part / scale;
        }
      }
    }
    return r;
  }
}
