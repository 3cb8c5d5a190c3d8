package dev.merapi.kernel.cpu;

/// Equations, inverse and determinant by Gaussian elimination with row pivoting.
///
/// Source: Golub and Van Loan, Matrix Computations, §3.4.
final class Lu {
  /// Below the diagonal the factors, on it and above it the reduced matrix.
  private final Dense a;

  private final int[] order;
  private final int n;
  private boolean odd;

  /// Decomposes a square matrix, which is overwritten.
  Lu(Dense matrix) {
    a = matrix;
    n = matrix.rows;
    order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int k = 0; k < n; k++) {
      int p = k;
      for (int i = k + 1; i < n; i++) {
        if (a.abs(i, k) > a.abs(p, k)) {
          p = i;
        }
      }
      if (p != k) {
        a.swapRows(p, k);
        int t = order[p];
        order[p] = order[k];
        order[k] = t;
        odd = !odd;
      }
      if (a.abs(k, k) == 0) {
        continue;
      }
      double[] inverse = reciprocal(a.re[k * n + k], a.imAt(k * n + k));
      for (int i = k + 1; i < n; i++) {
        int at = i * n + k;
        double fr = a.re[at] * inverse[0] - a.imAt(at) * inverse[1];
        double fi = a.re[at] * inverse[1] + a.imAt(at) * inverse[0];
        a.set(at, fr, fi);
        a.addRow(i, a, k, k + 1, -fr, -fi);
      }
    }
  }

  static double[] reciprocal(double re, double im) {
    if (im == 0) {
      return new double[] {1 / re, 0};
    }
    double m = Math.max(Math.abs(re), Math.abs(im));
    double r = re / m;
    double i = im / m;
    double d = (r * r + i * i) * m;
    return new double[] {r / d, -i / d};
  }

  boolean isSingular() {
    for (int k = 0; k < n; k++) {
      // Written so that NaN counts as singular.
      if (!(a.abs(k, k) > 0)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the solution for the right-hand sides that are `b`'s columns.
  Dense solve(Dense b) {
    Dense x = new Dense(n, b.cols, b.complex);
    for (int i = 0; i < n; i++) {
      x.addRow(i, b, order[i], 0, 1, 0);
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x.addRow(i, x, k, 0, -a.re[i * n + k], -a.imAt(i * n + k));
      }
    }
    return Triangular.back(a, x);
  }

  /// Returns the determinant as sign (of length 1) and logarithm of its size: `(re, im, log)`.
  double[] determinant() {
    double re = odd ? -1 : 1;
    double im = 0;
    double log = 0;
    for (int k = 0; k < n; k++) {
      double size = a.abs(k, k);
      if (size == 0) {
        return new double[] {0, 0, Double.NEGATIVE_INFINITY};
      }
      double r = a.re[k * n + k] / size;
      double i = a.imAt(k * n + k) / size;
      double t = re * r - im * i;
      im = re * i + im * r;
      re = t;
      log += Math.log(size);
    }
    return new double[] {re, im, log};
  }

  /// Returns the determinant itself: `(re, im)`.
  double[] product() {
    double re = odd ? -1 : 1;
    double im = 0;
    for (int k = 0; k < n; k++) {
      double r = a.re[k * n + k];
      double i = a.imAt(k * n + k);
      double t = re * r - im * i;
      im = re * i + im * r;
      re = t;
    }
    return new double[] {re, im};
  }
}
