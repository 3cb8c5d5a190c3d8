package dev.merapi.kernel.cpu;

/// Decomposes a matrix into one with orthonormal columns and an upper triangle, by reflections.
///
/// Source: Golub and Van Loan, Matrix Computations, §5.2; signs as in LAPACK, so the diagonal may
/// be negative.
final class Householder {
  final Dense q;
  final Dense r;

  Householder(Dense matrix, boolean full) {
    int m = matrix.rows;
    int n = matrix.cols;
    int p = Math.min(m, n);
    Dense a = matrix.copy();
    Dense v = new Dense(p, m, a.complex);
    double[] tr = new double[p];
    double[] ti = new double[p];
    for (int k = 0; k < p; k++) {
      double c = a.re[k * n + k];
      double d = a.imAt(k * n + k);
      double tail = 0;
      for (int i = k + 1; i < m; i++) {
        double x = a.abs(i, k);
        tail += x * x;
      }
      if (tail == 0 && d == 0) {
        continue;
      }
      double beta = Math.sqrt(c * c + d * d + tail);
      beta = c >= 0 ? -beta : beta;
      double[] f = Lu.reciprocal(c - beta, d);
      v.re[k * m + k] = 1;
      for (int i = k + 1; i < m; i++) {
        double x = a.re[i * n + k];
        double y = a.imAt(i * n + k);
        v.set(k * m + i, x * f[0] - y * f[1], x * f[1] + y * f[0]);
      }
      tr[k] = (beta - c) / beta;
      ti[k] = d / beta;
      reflect(a, v, k, tr[k], ti[k]);
      for (int i = k + 1; i < m; i++) {
        a.set(i * n + k, 0, 0);
      }
    }
    int columns = full ? m : p;
    Dense w = new Dense(m, columns, a.complex);
    for (int i = 0; i < columns; i++) {
      w.re[i * columns + i] = 1;
    }
    for (int k = p - 1; k >= 0; k--) {
      reflect(w, v, k, tr[k], -ti[k]);
    }
    q = w;
    r = new Dense(columns, n, a.complex);
    for (int i = 0; i < columns; i++) {
      r.addRow(i, a, i, 0, 1, 0);
    }
  }

  /// `x −= t·v·(vᴴ·x)` with row `k` of `v` as the vector, which starts at k.
  private static void reflect(Dense x, Dense v, int k, double tr, double ti) {
    int m = x.rows;
    Dense sum = new Dense(1, x.cols, x.complex);
    for (int i = k; i < m; i++) {
      sum.addRow(0, x, i, 0, v.re[k * m + i], -v.imAt(k * m + i));
    }
    for (int i = k; i < m; i++) {
      double a = v.re[k * m + i];
      double b = v.imAt(k * m + i);
      x.addRow(i, sum, 0, 0, -(tr * a - ti * b), -(tr * b + ti * a));
    }
  }
}
