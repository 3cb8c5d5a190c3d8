package dev.merapi.kernel.cpu;

/// Triangular equations and the Cholesky decomposition.
final class Triangular {
  private Triangular() {}

  /// Solves with the upper triangle of `a`; `x` holds the right-hand sides and is overwritten.
  static Dense back(Dense a, Dense x) {
    int n = a.rows;
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x.addRow(i, x, k, 0, -a.re[i * n + k], -a.imAt(i * n + k));
      }
      divide(a, x, i);
    }
    return x;
  }

  /// Solves with the lower triangle of `a`; `x` holds the right-hand sides and is overwritten.
  static Dense forward(Dense a, Dense x) {
    int n = a.rows;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x.addRow(i, x, k, 0, -a.re[i * n + k], -a.imAt(i * n + k));
      }
      divide(a, x, i);
    }
    return x;
  }

  private static void divide(Dense a, Dense x, int i) {
    double[] f = Lu.reciprocal(a.re[i * a.cols + i], a.imAt(i * a.cols + i));
    x.scaleRow(i, f[0], f[1]);
  }

  /// Returns L with `L·Lᴴ = a`, from a's lower triangle; null when a is not positive definite.
  static @org.jspecify.annotations.Nullable Dense cholesky(Dense a) {
    int n = a.rows;
    Dense l = new Dense(n, n, a.complex);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double re = a.re[i * n + j];
        double im = a.imAt(i * n + j);
        for (int k = 0; k < j; k++) {
          double p = l.re[i * n + k];
          double q = l.re[j * n + k];
          re -= p * q;
          if (a.complex) {
            double pi = l.im[i * n + k];
            double qi = l.im[j * n + k];
            re -= pi * qi;
            im -= pi * q - p * qi;
          }
        }
        if (i == j) {
          if (!(re > 0)) {
            return null;
          }
          l.re[i * n + i] = Math.sqrt(re);
        } else {
          double d = l.re[j * n + j];
          l.set(i * n + j, re / d, im / d);
        }
      }
    }
    return l;
  }
}
