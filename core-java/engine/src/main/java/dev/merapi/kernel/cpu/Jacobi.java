package dev.merapi.kernel.cpu;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Eigenvalues of Hermitian matrices and singular values by plane rotations.
///
/// Rotations go over all pairs of rows until none turns any more. Slower than reduction to band
/// form for large matrices, but small values keep their relative accuracy, and there is nothing to
/// go wrong.
///
/// Source: Golub and Van Loan, Matrix Computations, §8.5 (two-sided) and §8.6.3 (one-sided).
final class Jacobi {
  /// Convergence is quadratic; ten sweeps are plenty, this is against an endless loop on NaN.
  private static final int SWEEPS = 60;

  private static final double EPS = 0x1p-52;

  private Jacobi() {}

  /// Values in ascending order (eigenvalues) or descending order (singular values); vectors are
  /// columns.
  record Result(double[] values, Dense u, Dense v) {}

  /// One rotation: `p' = c·p − s·f·q`, `q' = s·p + c·f·q` with a factor f of length 1.
  private static void rotate(Dense m, int p, int q, double c, double s, double fr, double fi) {
    int a = p * m.cols;
    int b = q * m.cols;
    for (int k = 0; k < m.cols; k++) {
      double pr = m.re[a + k];
      double qr = m.re[b + k];
      if (!m.complex) {
        m.re[a + k] = c * pr - s * fr * qr;
        m.re[b + k] = s * pr + c * fr * qr;
        continue;
      }
      double pi = m.im[a + k];
      double qi = m.im[b + k];
      double tr = fr * qr - fi * qi;
      double ti = fr * qi + fi * qr;
      m.re[a + k] = c * pr - s * tr;
      m.im[a + k] = c * pi - s * ti;
      m.re[b + k] = s * pr + c * tr;
      m.im[b + k] = s * pi + c * ti;
    }
  }

  private static Dense transpose(Dense m) {
    Dense t = m.adjoint();
    for (int i = 0; i < t.im.length; i++) {
      t.im[i] = -t.im[i];
    }
    return t;
  }

  /// Returns the tangent of the smaller angle that makes `[x g; g y]` diagonal.
  private static double tangent(double x, double y, double g) {
    double z = (y - x) / (2 * g);
    double t = 1 / (Math.abs(z) + Math.hypot(1, z));
    return z < 0 ? -t : t;
  }

  /// Decomposes the Hermitian matrix whose lower triangle is given.
  static Result eigen(Dense lower) {
    int n = lower.rows;
    Dense a = lower.copy();
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double im = j == i ? 0 : -lower.imAt(j * n + i);
        a.set(i * n + j, lower.re[j * n + i], im);
      }
    }
    // Rows of the transpose are columns: both sides of the rotation then run along rows.
    Dense vt = Dense.identity(n, a.complex);
    double norm = 0;
    for (int i = 0; i < a.re.length; i++) {
      norm = Math.max(norm, Math.hypot(a.re[i], a.imAt(i)));
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean turned = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double g = a.abs(p, q);
          double dp = a.re[p * n + p];
          double dq = a.re[q * n + q];
          if (!(g > EPS * Math.sqrt(Math.abs(dp * dq))) || !(g > EPS * EPS * norm)) {
            continue;
          }
          turned = true;
          double fr = a.re[p * n + q] / g;
          double fi = -a.imAt(p * n + q) / g;
          double t = tangent(dp, dq, g);
          double c = 1 / Math.hypot(1, t);
          double s = t * c;
          turn(a, p, q, c, s, fr, fi);
          rotate(vt, p, q, c, s, fr, fi);
          a.set(p * n + q, 0, 0);
          a.set(q * n + p, 0, 0);
        }
      }
      if (!turned) {
        break;
      }
    }
    double[] e = new double[n];
    for (int i = 0; i < n; i++) {
      e[i] = a.re[i * n + i];
    }
    int[] order = order(e, false);
    return new Result(pick(e, order), transpose(rows(vt, order)), transpose(rows(vt, order)));
  }

  /// Turns rows p and q, and the columns of the same numbers.
  private static void turn(Dense a, int p, int q, double c, double s, double fr, double fi) {
    rotate(a, p, q, c, s, fr, -fi);
    int n = a.cols;
    for (int k = 0; k < a.rows; k++) {
      int x = k * n + p;
      int y = k * n + q;
      double pr = a.re[x];
      double pi = a.imAt(x);
      double tr = fr * a.re[y] - fi * a.imAt(y);
      double ti = fr * a.imAt(y) + fi * a.re[y];
      a.set(x, c * pr - s * tr, c * pi - s * ti);
      a.set(y, s * pr + c * tr, s * pi + c * ti);
    }
  }

  private static int[] order(double[] v, boolean descending) {
    return IntStream.range(0, v.length)
        .boxed()
        .sorted((i, k) -> descending ? Double.compare(v[k], v[i]) : Double.compare(v[i], v[k]))
        .mapToInt(i -> i)
        .toArray();
  }

  private static double[] pick(double[] v, int[] order) {
    return IntStream.of(order).mapToDouble(i -> v[i]).toArray();
  }

  private static Dense rows(Dense m, int[] order) {
    Dense r = new Dense(order.length, m.cols, m.complex);
    for (int i = 0; i < order.length; i++) {
      r.addRow(i, m, order[i], 0, 1, 0);
    }
    return r;
  }

  /// Decomposes `a = u·diag(values)·vᴴ`, with square u and v if `full`.
  static Result singular(Dense a, boolean full) {
    if (a.rows < a.cols) {
      Result r = singular(a.adjoint(), full);
      return new Result(r.values, r.v, r.u);
    }
    int n = a.cols;
    Dense w = transpose(a);
    Dense vt = Dense.identity(n, a.complex);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean turned = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double[] g = dot(w, p, w, q);
          double x = dot(w, p, w, p)[0];
          double y = dot(w, q, w, q)[0];
          double size = Math.hypot(g[0], g[1]);
          if (!(size > 8 * EPS * Math.sqrt(x) * Math.sqrt(y))) {
            continue;
          }
          turned = true;
          double t = tangent(x, y, size);
          double c = 1 / Math.hypot(1, t);
          rotate(w, p, q, c, t * c, g[0] / size, -g[1] / size);
          rotate(vt, p, q, c, t * c, g[0] / size, -g[1] / size);
        }
      }
      if (!turned) {
        break;
      }
    }
    double[] s = new double[n];
    for (int i = 0; i < n; i++) {
      s[i] = Math.sqrt(dot(w, i, w, i)[0]);
    }
    int[] order = order(s, true);
    s = pick(s, order);
    w = rows(w, order);
    int r = 0;
    while (r < n && s[r] > s[0] * a.rows * EPS) {
      w.scaleRow(r, 1 / s[r], 0);
      r++;
    }
    Dense ut = complete(w, r, full ? a.rows : n);
    return new Result(s, transpose(ut), transpose(rows(vt, order)));
  }

  /// Returns the product of two rows, the first conjugated.
  private static double[] dot(Dense a, int p, Dense b, int q) {
    double re = 0;
    double im = 0;
    int x = p * a.cols;
    int y = q * b.cols;
    for (int k = 0; k < a.cols; k++) {
      re += a.re[x + k] * b.re[y + k];
      if (a.complex) {
        re += a.im[x + k] * b.im[y + k];
        im += a.re[x + k] * b.im[y + k] - a.im[x + k] * b.re[y + k];
      }
    }
    return new double[] {re, im};
  }

  /// Adds rows to the first `r` of `w`, all of length 1 and at right angles to the others.
  private static Dense complete(Dense w, int r, int rows) {
    int m = w.cols;
    Dense u = new Dense(rows, m, w.complex);
    for (int i = 0; i < r; i++) {
      u.addRow(i, w, i, 0, 1, 0);
    }
    int at = r;
    for (int k = 0; k < m && at < rows; k++) {
      Arrays.fill(u.re, at * m, (at + 1) * m, 0);
      if (u.complex) {
        Arrays.fill(u.im, at * m, (at + 1) * m, 0);
      }
      u.re[at * m + k] = 1;
      // Twice is enough: Kahan's rule for Gram-Schmidt.
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < at; i++) {
          double[] d = dot(u, i, u, at);
          u.addRow(at, u, i, 0, -d[0], -d[1]);
        }
      }
      double length = Math.sqrt(dot(u, at, u, at)[0]);
      // Some unit vector leaves a rest of at least 1/√m.
      if (length > 0.5 / Math.sqrt(m)) {
        u.scaleRow(at, 1 / length, 0);
        at++;
      }
    }
    return u;
  }
}
