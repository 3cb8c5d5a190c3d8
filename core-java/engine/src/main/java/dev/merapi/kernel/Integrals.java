package dev.merapi.kernel;

/// Functions that are integrals of elementary ones, in float64.
public final class Integrals {
  private static final double EULER_GAMMA = 0.5772156649015329;
  private static final double HALF_PI = Math.PI / 2;

  private Integrals() {}

  /// Dawson's integral e^(−x²) ∫₀ˣ e^(t²) dt: NIST DLMF 7.6.1 below 10 (positive terms), 7.12.1
  /// above.
  public static double dawson(double x) {
    double a = Math.abs(x);
    if (a < 10) {
      double square = x * x;
      double power = x;
      double sum = x;
      for (int k = 1; k < 400 && Math.abs(power) > Math.abs(sum) * 1e-18; k++) {
        power *= square / k;
        sum += power / (2 * k + 1);
      }
      return Special.gauss(x) * sum;
    }
    double half = 0.5 / (x * x);
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 30; k++) {
      term *= half * (2 * k - 1);
      sum += term;
    }
    return sum * 0.5 / x;
  }

  /// The exponential integral Ei: NIST DLMF 6.6.2 below 40, 6.12.1 above; −∞ at 0, NaN below.
  public static double ei(double x) {
    if (!(x > 0)) {
      return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (x < 40) {
      double power = 1;
      double sum = 0;
      for (int k = 1; k < 400; k++) {
        power *= x / k;
        sum += power / k;
        if (power < sum * 1e-18) {
          break;
        }
      }
      return EULER_GAMMA + StrictMath.log(x) + sum;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    double term = 1;
    double sum = 1;
    for (int k = 1; k < x && term > 1e-18; k++) {
      term *= k / x;
      sum += term;
    }
    // In two halves: eˣ overflows before eˣ/x does.
    double half = StrictMath.exp(x / 2);
    return half * (half * (sum / x));
  }

  /// Spence's integral −∫₁ˣ log t / (t − 1) dt = Li₂(1 − x); NaN below 0.
  ///
  /// Source: D. Zagier, The Dilogarithm Function, 2007: a series in log x near 1, two functional
  /// equations elsewhere.
  public static double spence(double x) {
    if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
      return x == 0 ? Math.PI * Math.PI / 6 : x > 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (x < 0.5) {
      double log = StrictMath.log1p(-x);
      return Math.PI * Math.PI / 6 - StrictMath.log(x) * log - dilogarithm(-log);
    }
    if (x > 2) {
      double log = StrictMath.log(x - 1);
      return -Math.PI * Math.PI / 6 - 0.5 * log * log - dilogarithm(StrictMath.log1p(-1 / x));
    }
    return dilogarithm(-StrictMath.log(x));
  }

  /// Li₂(1 − e^(−w)) = Σ Bₙ wⁿ⁺¹ / (n + 1)!.
  private static double dilogarithm(double w) {
    double square = w * w;
    double sum = 0;
    for (int k = Zeta.BERNOULLI.length; k >= 1; k--) {
      sum = (sum + Zeta.BERNOULLI[k - 1] / (2 * k + 1)) * square;
    }
    return w * (1 - w / 4 + sum);
  }

  /// ∫₀ˣ cos(πt²/2) dt.
  public static double fresnelCos(double x) {
    return fresnel(x, false);
  }

  /// ∫₀ˣ sin(πt²/2) dt.
  public static double fresnelSin(double x) {
    return fresnel(x, true);
  }

  /// NIST DLMF 7.6.4 and 7.6.6 below 1.5; above 7.5.3 and 7.5.4, the rest by the continued fraction
  /// 7.9.1 of erfc.
  private static double fresnel(double x, boolean sine) {
    double a = Math.abs(x);
    if (!(a >= 1.5)) {
      double square = HALF_PI * x * x;
      double term = sine ? square * x : x;
      double sum = 0;
      for (int k = sine ? 1 : 0; k < 60; k += 2) {
        sum += term / (2 * k + 1);
        term *= -square * square / ((k + 1.0) * (k + 2));
      }
      return sum;
    }
    if (a > 0x1p60) {
      return Math.copySign(0.5, x);
    }
    // ∫ₐ^∞ e^(iπt²/2) dt = e^(iπa²/2) (1 + i)/(2√π) / t
    // with t = z + ½/(z + 1/(z + …)) and z = √π/2 (1 − i) a.
    double re = Math.sqrt(Math.PI) / 2 * a;
    double im = -re;
    double tr = re;
    double ti = im;
    int depth = (int) (30 + 800 / (a * a));
    for (int n = depth; n >= 1; n--) {
      double scale = 0.5 * n / (tr * tr + ti * ti);
      tr = re + tr * scale;
      ti = im - ti * scale;
    }
    double scale = 0.5 / (Math.sqrt(Math.PI) * (tr * tr + ti * ti));
    double g = (tr + ti) * scale;
    double f = (tr - ti) * scale;
    // a² modulo 4, with its rounding error put back in.
    double square = a * a;
    double angle = HALF_PI * (square % 4 + Math.fma(a, a, -square));
    double rest =
        sine
            ? g * Math.sin(angle) + f * Math.cos(angle)
            : g * Math.cos(angle) - f * Math.sin(angle);
    return Math.copySign(0.5 - rest, x);
  }
}
