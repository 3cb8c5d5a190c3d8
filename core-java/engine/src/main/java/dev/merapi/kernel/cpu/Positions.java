package dev.merapi.kernel.cpu;

import dev.merapi.tensor.Shape;

/// Index arithmetic of stretched operands, for kernels where speed is no matter.
final class Positions {
  private Positions() {}

  /// Returns, for each element of `out` in row-major order, the position of the element of `in`
  /// that stands there.
  static int[] of(Shape in, Shape out) {
    int n = Math.toIntExact(out.size());
    int r = out.rank();
    int extra = r - in.rank();
    int[] step = new int[r];
    int s = 1;
    for (int i = r - 1; i >= extra; i--) {
      step[i] = in.dim(i - extra) == 1 ? 0 : s;
      s *= in.dim(i - extra);
    }
    int[] positions = new int[n];
    int[] at = new int[r];
    int p = 0;
    for (int k = 0; k < n; k++) {
      positions[k] = p;
      for (int i = r - 1; i >= 0; i--) {
        p += step[i];
        if (++at[i] < out.dim(i)) {
          break;
        }
        p -= step[i] * out.dim(i);
        at[i] = 0;
      }
    }
    return positions;
  }
}
