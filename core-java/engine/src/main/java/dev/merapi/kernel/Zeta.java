package dev.merapi.kernel;

/// The Hurwitz zeta function and the derivatives of digamma that come from it, in float64.
public final class Zeta {
  /// Bernoulli numbers B₂, B₄, … divided by the factorials of their indices; NIST DLMF 24.2.
  static final double[] BERNOULLI = {
    1.0 / 12,
    -1.0 / 720,
    1.0 / 30240,
    -1.0 / 1209600,
    1.0 / 47900160,
    -691.0 / 1307674368000.0,
    1.0 / 74724249600.0,
    -3617.0 / 10670622842880000.0,
    43867.0 / 5109094217170944000.0
  };

  /// From here on the asymptotic series is exact to float64.
  private static final double FAR = 12;

  private Zeta() {}

  /// Computes Σ (q + k)⁻ˢ over k = 0, 1, 2, …
  ///
  /// Infinite at s = 1 and where q is 0 or a negative whole number; NaN for s < 1, and for negative
  /// q unless s is whole. Source: NIST DLMF 25.11.5, the Euler–Maclaurin formula.
  public static double hurwitz(double s, double q) {
    if (Double.isNaN(s) || Double.isNaN(q) || s < 1) {
      return Double.NaN;
    }
    if (s == 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (q <= 0) {
      if (q == Math.floor(q)) {
        return Double.POSITIVE_INFINITY;
      }
      if (s != Math.floor(s)) {
        return Double.NaN;
      }
    }
    if (q == Double.POSITIVE_INFINITY) {
      return 0;
    }
    if (s == Double.POSITIVE_INFINITY) {
      return q == 1 ? 1 : q > 1 ? 0 : q > 0 ? s : Double.NaN;
    }
    double sum = 0;
    double a = q;
    while (a < FAR) {
      sum += Math.pow(a, -s);
      a += 1;
    }
    double power = Math.pow(a, -s);
    sum += power * a / (s - 1) + 0.5 * power;
    double factor = s;
    double term = power / a;
    for (int j = 0; j < BERNOULLI.length; j++) {
      sum += BERNOULLI[j] * factor * term;
      factor *= (s + 2 * j + 1) * (s + 2 * j + 2);
      term /= a * a;
    }
    return sum;
  }

  /// Computes the derivative of order n of digamma; NaN unless n is 0, 1, 2, …
  ///
  /// Source: NIST DLMF 5.15.1.
  public static double polygamma(double n, double x) {
    if (!(n >= 0) || n != Math.floor(n)) {
      return Double.NaN;
    }
    if (n == 0) {
      return Special.digamma(x);
    }
    double factorial = Math.exp(Special.lgamma(n + 1));
    double z = hurwitz(n + 1, x) * (n < 20 ? exactFactorial((int) n) : factorial);
    return n % 2 == 0 ? -z : z;
  }

  private static double exactFactorial(int n) {
    double f = 1;
    for (int i = 2; i <= n; i++) {
      f *= i;
    }
    return f;
  }
}
