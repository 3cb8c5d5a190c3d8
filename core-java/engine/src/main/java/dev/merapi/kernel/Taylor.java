package dev.merapi.kernel;

/// Arithmetic on Taylor polynomials of one variable, coefficient k at index k.
///
/// Source: A. Griewank and A. Walther, Evaluating Derivatives, 2008, table 13.1.
final class Taylor {
  private Taylor() {}

  static double[] constant(double c, int order) {
    double[] r = new double[order + 1];
    r[0] = c;
    return r;
  }

  /// Returns the variable itself at `at`.
  static double[] variable(double at, int order) {
    double[] r = constant(at, order);
    if (order > 0) {
      r[1] = 1;
    }
    return r;
  }

  static double[] scale(double[] x, double factor) {
    double[] r = x.clone();
    for (int k = 0; k < r.length; k++) {
      r[k] *= factor;
    }
    return r;
  }

  /// Adds `y` to `x` in place.
  static void add(double[] x, double[] y) {
    for (int k = 0; k < x.length; k++) {
      x[k] += y[k];
    }
  }

  static double[] times(double[] x, double[] y) {
    double[] r = new double[x.length];
    for (int k = 0; k < r.length; k++) {
      for (int j = 0; j <= k; j++) {
        r[k] += x[j] * y[k - j];
      }
    }
    return r;
  }

  static double[] over(double[] x, double[] y) {
    double[] r = new double[x.length];
    for (int k = 0; k < r.length; k++) {
      double s = x[k];
      for (int j = 0; j < k; j++) {
        s -= r[j] * y[k - j];
      }
      r[k] = s / y[0];
    }
    return r;
  }

  static double[] exp(double[] x) {
    double[] r = new double[x.length];
    r[0] = StrictMath.exp(x[0]);
    for (int k = 1; k < r.length; k++) {
      for (int j = 1; j <= k; j++) {
        r[k] += j * x[j] * r[k - j] / k;
      }
    }
    return r;
  }

  /// Returns the largest coefficient's magnitude.
  static double size(double[] x) {
    double m = 0;
    for (double v : x) {
      m = Math.max(m, Math.abs(v));
    }
    return m;
  }
}
