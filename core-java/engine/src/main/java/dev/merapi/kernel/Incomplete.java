package dev.merapi.kernel;

/// The regularised incomplete gamma and beta functions, in float64.
public final class Incomplete {
  private static final double TINY = 1e-300;
  private static final double ENOUGH = 0x1p-54;

  /// Terms after which a series or fraction is taken as it is; those of a = x = 10⁸ need 10⁵.
  private static final int MOST = 1 << 20;

  private Incomplete() {}

  /// Computes P(a, x), the probability that a gamma variable of shape a is at most x.
  ///
  /// NaN unless a > 0 and x ≥ 0. Source: NIST DLMF 8.2.4; by 8.11.4 below the mean, by 8.9.2 above.
  public static double lower(double a, double x) {
    if (!(a > 0 && x >= 0)) {
      return Double.NaN;
    }
    if (x == 0) {
      return 0;
    }
    if (x == Double.POSITIVE_INFINITY || a == Double.POSITIVE_INFINITY) {
      return a == x ? Double.NaN : x > a ? 1 : 0;
    }
    return x <= a + 1 ? series(a, x) : 1 - fraction(a, x);
  }

  /// Computes Q(a, x) = 1 − P(a, x) without cancellation.
  public static double upper(double a, double x) {
    if (!(a > 0 && x >= 0)) {
      return Double.NaN;
    }
    if (x == 0) {
      return 1;
    }
    if (x == Double.POSITIVE_INFINITY || a == Double.POSITIVE_INFINITY) {
      return a == x ? Double.NaN : x > a ? 0 : 1;
    }
    if (x > a + 1) {
      return fraction(a, x);
    }
    return x < 1.5 && a < 0.5 ? nearZero(a, x) : 1 - series(a, x);
  }

  /// P = xᵃ e⁻ˣ / Γ(a+1) · Σ xⁿ / ((a+1)…(a+n)).
  private static double series(double a, double x) {
    double sum = 1;
    double term = 1;
    for (int n = 1; n < MOST && term > sum * ENOUGH; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return front(a, x) * sum;
  }

  /// Q by its continued fraction, evaluated forwards (W. J. Lentz, Applied Optics 15, 1976).
  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double h = d;
    for (int n = 1; n < MOST; n++) {
      double an = -n * (n - a);
      b += 2;
      d = 1 / notZero(an * d + b);
      c = notZero(b + an / c);
      double step = c * d;
      h *= step;
      if (Math.abs(step - 1) < ENOUGH) {
        break;
      }
    }
    return front(a, x) * a * h;
  }

  private static double notZero(double v) {
    return Math.abs(v) < TINY ? TINY : v;
  }

  /// Q for small a, where 1 − P would cancel: −expm1(log(xᵃ/Γ(a+1))) less the rest of NIST DLMF
  /// 8.7.1.
  private static double nearZero(double a, double x) {
    double log = a * StrictMath.log(x) - Special.lgamma1p(a);
    double sum = 0;
    double term = 1;
    for (int n = 1; n < 60; n++) {
      term *= -x / n;
      sum += term / (a + n);
    }
    return -StrictMath.expm1(log) - StrictMath.exp(log) * a * sum;
  }

  /// Computes xᵃ e⁻ˣ / Γ(a+1); for large a from the distance of x to a, so that no digits cancel.
  static double front(double a, double x) {
    if (a < 10) {
      return x > 1000
          ? 0
          : Math.pow(x, a) * StrictMath.exp(-x) / StrictMath.exp(Special.lgamma1p(a));
    }
    double r = 1 / a;
    double s = r * r;
    double stirling =
        r * (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s / 1188))));
    return StrictMath.exp(-a * bend((x - a) / a) - stirling) / Math.sqrt(2 * Math.PI * a);
  }

  /// m − log(1 + m), by the series of atanh near 0.
  private static double bend(double m) {
    if (!(Math.abs(m) < 0.4)) {
      return m - StrictMath.log1p(m);
    }
    double r = m / (2 + m);
    double square = r * r;
    double sum = 0;
    for (int n = 31; n >= 3; n -= 2) {
      sum = sum * square + 1.0 / n;
    }
    return r * m - 2 * r * square * sum;
  }

  /// Computes the derivative of order `order` of P(a, x) by a.
  ///
  /// NaN unless a > 0 and x ≥ 0. Source: the series and the fraction above, carried out on Taylor
  /// polynomials in a (A. Griewank and A. Walther, Evaluating Derivatives, 2008, chapter 13).
  public static double lowerByShape(double a, double x, int order) {
    if (!(a > 0 && x >= 0)) {
      return Double.NaN;
    }
    if (x == 0 || x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double[] log = logFront(a, x, order);
    double factorial = 1;
    for (int k = 2; k <= order; k++) {
      factorial *= k;
    }
    if (x <= a + 1) {
      return Taylor.times(Taylor.exp(log), seriesTaylor(a, x, order))[order] * factorial;
    }
    double[] shape = Taylor.variable(a, order);
    double[] q = Taylor.times(Taylor.times(Taylor.exp(log), shape), fractionTaylor(a, x, order));
    return -q[order] * factorial;
  }

  /// The Taylor coefficients in a of log(xᵃ e⁻ˣ / Γ(a+1)).
  private static double[] logFront(double a, double x, int order) {
    double[] log = new double[order + 1];
    log[0] = StrictMath.log(front(a, x));
    double factorial = 1;
    for (int k = 1; k <= order; k++) {
      factorial *= k;
      double slope =
          k == 1 ? StrictMath.log(x) - Special.digamma(a + 1) : -Zeta.polygamma(k - 1, a + 1);
      log[k] = slope / factorial;
    }
    return log;
  }

  private static double[] seriesTaylor(double a, double x, int order) {
    double[] sum = Taylor.constant(1, order);
    double[] term = Taylor.constant(1, order);
    for (int n = 1; n < MOST; n++) {
      term = Taylor.over(Taylor.scale(term, x), Taylor.variable(a + n, order));
      Taylor.add(sum, term);
      if (n > x && Taylor.size(term) < Taylor.size(sum) * ENOUGH) {
        break;
      }
    }
    return sum;
  }

  /// Backwards from a depth at which the value no longer changes: so each step is one division.
  private static double[] fractionTaylor(double a, double x, int order) {
    int depth = (int) Math.min(100_000, 40 + 600 / Math.max(x - a, 0.5) + 4 * Math.sqrt(a));
    double[] t = Taylor.variable(x + 2 * depth + 1 - a, order);
    if (order > 0) {
      t[1] = -1;
    }
    for (int n = depth; n >= 1; n--) {
      double[] top = Taylor.scale(Taylor.variable(a - n, order), n);
      double[] next = Taylor.over(top, t);
      next[0] += x + 2 * n - 1 - a;
      if (order > 0) {
        next[1] -= 1;
      }
      t = next;
    }
    return Taylor.over(Taylor.constant(1, order), t);
  }

  /// Computes I(a, b, x), the probability that a beta variable is at most x; NaN unless a, b > 0
  /// and 0 ≤ x ≤ 1.
  ///
  /// Source: NIST DLMF 8.17.22, on the side where it converges fast (8.17.4).
  public static double beta(double a, double b, double x) {
    if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) {
      return Double.NaN;
    }
    if (x == 0 || x == 1) {
      return x;
    }
    return x * (a + b + 2) <= a + 1
        ? betaFraction(a, b, x, 1 - x)
        : 1 - betaFraction(b, a, 1 - x, x);
  }

  /// `y` is 1 − x, of which one is the caller's exact number.
  private static double betaFraction(double a, double b, double x, double y) {
    double logBeta = Special.lgamma(a) + Special.lgamma(b) - Special.lgamma(a + b);
    double logX = x > 0.5 ? StrictMath.log1p(-y) : StrictMath.log(x);
    double logY = y > 0.5 ? StrictMath.log1p(-x) : StrictMath.log(y);
    double front = StrictMath.exp(a * logX + b * logY - logBeta) / a;
    double c = 1;
    double d = 1 / notZero(1 - (a + b) * x / (a + 1));
    double h = d;
    for (int n = 1; n < MOST; n++) {
      double even = n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n));
      d = 1 / notZero(1 + even * d);
      c = notZero(1 + even / c);
      h *= c * d;
      double odd = -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1));
      d = 1 / notZero(1 + odd * d);
      c = notZero(1 + odd / c);
      double step = c * d;
      h *= step;
      if (Math.abs(step - 1) < ENOUGH) {
        break;
      }
    }
    return front * h;
  }
}
