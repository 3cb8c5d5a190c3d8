package dev.merapi.kernel;

/// Bessel functions J and Y and modified Bessel functions K of order 0 and 1, in float64.
///
/// Absolute errors are a few units of 10⁻¹⁶; near zeros of J and Y relative ones grow accordingly.
public final class Bessel {
  private static final double EULER_GAMMA = 0.5772156649015329;
  private static final double TWO_OVER_PI = 2 / Math.PI;

  /// Below, the power series lose no digits; from [#FAR] on the asymptotic expansions are exact to
  /// float64.
  private static final double NEAR = 2;

  private static final double FAR = 25;

  private Bessel() {}

  public static double j0(double x) {
    double a = Math.abs(x);
    return a < NEAR ? powerJ(a, 0) : a < FAR ? backward(a)[0] : wave(a, 0, false);
  }

  public static double j1(double x) {
    double a = Math.abs(x);
    double y = a < NEAR ? powerJ(a, 1) : a < FAR ? backward(a)[1] : wave(a, 1, false);
    return x < 0 ? -y : y;
  }

  /// −∞ at 0, NaN below.
  public static double y0(double x) {
    if (!(x > 0)) {
      return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    return x < NEAR ? powerY0(x) : x < FAR ? backward(x)[2] : wave(x, 0, true);
  }

  /// −∞ at 0, NaN below.
  public static double y1(double x) {
    if (!(x > 0)) {
      return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    return x < NEAR ? powerY1(x) : x < FAR ? backward(x)[3] : wave(x, 1, true);
  }

  /// NIST DLMF 10.2.2.
  private static double powerJ(double x, int order) {
    double quarter = -x * x / 4;
    double term = order == 0 ? 1 : x / 2;
    double sum = term;
    for (int k = 1; k < 20; k++) {
      term *= quarter / ((double) k * (k + order));
      sum += term;
    }
    return sum;
  }

  /// NIST DLMF 10.8.2.
  private static double powerY0(double x) {
    double quarter = x * x / 4;
    double term = 1;
    double harmonic = 0;
    double sum = 0;
    for (int k = 1; k < 20; k++) {
      term *= -quarter / ((double) k * k);
      harmonic += 1.0 / k;
      sum -= harmonic * term;
    }
    return TWO_OVER_PI * ((StrictMath.log(x / 2) + EULER_GAMMA) * powerJ(x, 0) + sum);
  }

  /// NIST DLMF 10.8.1 for n = 1.
  private static double powerY1(double x) {
    double quarter = x * x / 4;
    double term = x / 2;
    double psi = 1 - 2 * EULER_GAMMA;
    double sum = term * psi;
    for (int k = 1; k < 20; k++) {
      term *= -quarter / ((double) k * (k + 1));
      psi += 1.0 / k + 1.0 / (k + 1);
      sum += term * psi;
    }
    return TWO_OVER_PI * (StrictMath.log(x / 2) * powerJ(x, 1) - 1 / x) - sum / Math.PI;
  }

  /// J₀, J₁, Y₀, Y₁ by J. C. P. Miller's backward recurrence and C. G. Neumann's expansions of Y in
  /// terms of J.
  ///
  /// Source: NIST DLMF 3.6(ii), 10.12.4; M. Abramowitz and I. A. Stegun, Handbook of Mathematical
  /// Functions, 9.1.88.
  private static double[] backward(double x) {
    double above = 0;
    double here = 1;
    double norm = 0;
    double sum0 = 0;
    double sum1 = 0;
    for (int n = 2 * (int) (x / 2) + 40; n >= 1; n--) {
      int k = n / 2;
      double sign = k % 2 == 0 ? 1 : -1;
      if (n % 2 == 0) {
        norm += 2 * here;
        sum0 += sign * here / k;
      } else if (k > 0) {
        sum1 += sign * n * here / (k * (k + 1.0));
      }
      double below = 2 * n / x * here - above;
      above = here;
      here = below;
    }
    norm += here;
    double j0 = here / norm;
    double j1 = above / norm;
    double log = StrictMath.log(x / 2) + EULER_GAMMA;
    double y0 = TWO_OVER_PI * (log * j0 - 2 * sum0 / norm);
    double y1 = TWO_OVER_PI * ((log - 1) * j1 - j0 / x - sum1 / norm);
    return new double[] {j0, j1, y0, y1};
  }

  /// J or Y (`second`) by NIST DLMF 10.17.3 and 10.17.4.
  private static double wave(double x, int order, boolean second) {
    if (x == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double p = 1;
    double q = 0;
    double term = 1;
    for (int k = 1; k < 60; k++) {
      double odd = 2 * k - 1;
      double next = term * (4.0 * order * order - odd * odd) / (8 * k * x);
      if (Math.abs(next) > Math.abs(term) || Math.abs(next) < 1e-18) {
        break;
      }
      term = next;
      double signed = (k / 2) % 2 == 0 ? term : -term;
      if (k % 2 == 0) {
        p += signed;
      } else {
        q += signed;
      }
    }
    double sin = Math.sin(x);
    double cos = Math.cos(x);
    // cos and sin of x − π/4, and of x − 3π/4, times √2.
    double c = order == 0 ? cos + sin : sin - cos;
    double s = order == 0 ? sin - cos : -sin - cos;
    return (second ? p * s + q * c : p * c - q * s) / Math.sqrt(Math.PI * x);
  }

  public static double k0(double x) {
    return x <= NEAR ? nearK(x, 0) : scaledK(x, 0) * StrictMath.exp(-x);
  }

  public static double k1(double x) {
    return x <= NEAR ? nearK(x, 1) : scaledK(x, 1) * StrictMath.exp(-x);
  }

  /// eˣ K₀(x).
  public static double k0e(double x) {
    return x <= NEAR ? nearK(x, 0) * StrictMath.exp(x) : scaledK(x, 0);
  }

  /// eˣ K₁(x).
  public static double k1e(double x) {
    return x <= NEAR ? nearK(x, 1) * StrictMath.exp(x) : scaledK(x, 1);
  }

  /// NIST DLMF 10.31.1 and 10.31.2; ∞ at 0, NaN below.
  private static double nearK(double x, int order) {
    if (!(x > 0)) {
      return x == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    double quarter = x * x / 4;
    double i = order == 0 ? 1 : x / 2;
    double term = i;
    double psi = order == 0 ? -2 * EULER_GAMMA : 1 - 2 * EULER_GAMMA;
    double sum = term * psi;
    for (int k = 1; k < 20; k++) {
      term *= quarter / ((double) k * (k + order));
      psi += 1.0 / k + 1.0 / (k + order);
      i += term;
      sum += term * psi;
    }
    double log = StrictMath.log(x / 2);
    return order == 0 ? sum / 2 - log * i : 1 / x + log * i - sum / 2;
  }

  /// The integral NIST DLMF 10.32.9 by the trapezoidal rule, which converges exponentially (L. N.
  /// Trefethen and J. A. C. Weideman, SIAM Review 56, 2014).
  private static double scaledK(double x, int order) {
    if (!(x < Double.POSITIVE_INFINITY)) {
      return x > 0 ? 0 : x;
    }
    double step = 0.25 / Math.sqrt(x);
    double sum = 0.5;
    for (int n = 1; n < 200; n++) {
      double half = StrictMath.sinh(n * step / 2);
      double decay = 2 * x * half * half;
      sum += StrictMath.exp(-decay) * (order == 0 ? 1 : 1 + 2 * half * half);
      if (decay > 45) {
        break;
      }
    }
    return sum * step;
  }
}
