package dev.merapi.kernel;

/// Real functions in float64 that `Math` lacks, for compiled loops to call.
public final class Special {
  private Special() {}

  private static final double LN_2 = 0.6931471805599453;
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;
  private static final double SQRT_PI = 1.7724538509055160;
  private static final double SQRT_2 = 1.4142135623730951;
  private static final double HALF_LOG_2PI = 0.9189385332046727;
  private static final double EULER_GAMMA = 0.5772156649015329;

  /// Raises to a power as IEEE 754 `pow`: 1 to any power is 1, also to NaN (Java's gives NaN).
  public static double pow(double x, double y) {
    if (x == 1 || (x == -1 && Double.isInfinite(y))) {
      return 1;
    }
    return Math.pow(x, y);
  }

  /// Inverse hyperbolic sine; NIST DLMF 4.37.16, rearranged so that small x keep their digits.
  public static double asinh(double x) {
    double a = Math.abs(x);
    double y;
    if (a > 0x1p28) {
      y = StrictMath.log(a) + LN_2;
    } else {
      double square = a * a;
      y = StrictMath.log1p(a + square / (1 + Math.sqrt(square + 1)));
    }
    return a < 0x1p-28 ? x : Math.copySign(y, x);
  }

  /// Inverse hyperbolic cosine; NIST DLMF 4.37.19, by t = x − 1 so that x near 1 keep their digits.
  public static double acosh(double x) {
    if (!(x >= 1)) {
      return Double.NaN;
    }
    if (x > 0x1p28) {
      return StrictMath.log(x) + LN_2;
    }
    double t = x - 1;
    return StrictMath.log1p(t + Math.sqrt(2 * t + t * t));
  }

  /// Inverse hyperbolic tangent; NIST DLMF 4.37.24.
  public static double atanh(double x) {
    double a = Math.abs(x);
    return a < 0x1p-28 ? x : Math.copySign(0.5 * StrictMath.log1p(2 * a / (1 - a)), x);
  }

  /// Error function: NIST DLMF 7.6.2 (a series of positive terms) up to 2, then 1 − erfc.
  public static double erf(double x) {
    double a = Math.abs(x);
    if (a < 2) {
      return erfSeries(x);
    }
    return a > 6 ? Math.copySign(1, x) : Math.copySign(1 - erfcFraction(a), x);
  }

  /// Complementary error function: the series below ½, then NIST DLMF 7.9.1.
  public static double erfc(double x) {
    if (x < 0.5) {
      return x < -6 ? 2 : x < -2 ? 2 - erfcFraction(-x) : 1 - erfSeries(x);
    }
    return x > 27.3 ? 0 : x != x ? x : erfcFraction(x);
  }

  private static double erfSeries(double x) {
    double square = x * x;
    double term = x;
    double sum = x;
    for (int n = 1; n < 100 && Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
      term *= 2 * square / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_SQRT_PI * gauss(x) * sum;
  }

  /// e^(−x²); the rounding error of x² is put back in, since it is large beside 1 for large x.
  static double gauss(double x) {
    double square = x * x;
    double lost = Math.fma(x, x, -square);
    return StrictMath.exp(-square) * (1 - lost);
  }

  private static double erfcFraction(double x) {
    int terms = (int) (10 + 250 / (x * x));
    double t = x;
    for (int n = terms; n > 0; n--) {
      t = x + n * 0.5 / t;
    }
    return gauss(x) / (SQRT_PI * t);
  }

  private static final double[] CENTRE_TOP = {
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
    4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
    1.3314166789178437745e2, 3.3871328727963666080e0
  };
  private static final double[] CENTRE_BOTTOM = {
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
    2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
    4.2313330701600911252e1, 1.0
  };
  private static final double[] MIDDLE_TOP = {
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
    1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
    4.63033784615654529590e0, 1.42343711074968357734e0
  };
  private static final double[] MIDDLE_BOTTOM = {
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
    1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
    2.05319162663775882187e0, 1.0
  };
  private static final double[] TAIL_TOP = {
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
    2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
    5.46378491116411436990e0, 6.65790464350110377720e0
  };
  private static final double[] TAIL_BOTTOM = {
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
    7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
    5.99832206555887937690e-1, 1.0
  };

  private static double horner(double[] coefficients, double x) {
    double y = 0;
    for (double c : coefficients) {
      y = Math.fma(y, x, c);
    }
    return y;
  }

  /// Normal quantile of ½ + q, where `tail` is the smaller of both probabilities: M. J. Wichura,
  /// Algorithm AS 241, Applied Statistics 37 (1988), good to 1e-16.
  private static double quantile(double q, double tail) {
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * horner(CENTRE_TOP, r) / horner(CENTRE_BOTTOM, r);
    }
    double r = Math.sqrt(-StrictMath.log(tail));
    double y =
        r <= 5
            ? horner(MIDDLE_TOP, r - 1.6) / horner(MIDDLE_BOTTOM, r - 1.6)
            : horner(TAIL_TOP, r - 5) / horner(TAIL_BOTTOM, r - 5);
    return Math.copySign(y, q);
  }

  /// Inverse error function; ±∞ at ±1, NaN beyond.
  public static double erfinv(double x) {
    double a = Math.abs(x);
    if (!(a < 1)) {
      return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
    }
    return quantile(x * 0.5, (1 - a) * 0.5) / SQRT_2;
  }

  /// Quantile of the normal distribution; −∞ at 0, ∞ at 1, NaN outside.
  public static double ndtri(double p) {
    if (!(p > 0 && p < 1)) {
      return p == 0 ? Double.NEGATIVE_INFINITY : p == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    return quantile(p - 0.5, Math.min(p, 1 - p));
  }

  /// ζ(n) − 1 for n from 2, by its sum and the Euler–Maclaurin remainder (NIST DLMF 25.2.9).
  private static final double[] ZETA_MINUS_1 = zetaMinus1(40);

  private static double[] zetaMinus1(int count) {
    double[] z = new double[count];
    for (int i = 0; i < count; i++) {
      int s = i + 2;
      double n = 64;
      double tail = StrictMath.pow(n, 1 - s) / (s - 1) - 0.5 * StrictMath.pow(n, -s);
      tail += s / 12.0 * StrictMath.pow(n, -s - 1);
      tail -= s * (s + 1.0) * (s + 2) / 720 * StrictMath.pow(n, -s - 3);
      tail += s * (s + 1.0) * (s + 2) * (s + 3) * (s + 4) / 30240 * StrictMath.pow(n, -s - 5);
      for (int k = 64; k >= 2; k--) {
        tail += StrictMath.pow(k, -s);
      }
      z[i] = tail;
    }
    return z;
  }

  /// log Γ(2 + e) for |e| ≤ ½: NIST DLMF 5.7.3.
  private static double lgammaNear2(double e) {
    double sum = 0;
    for (int i = ZETA_MINUS_1.length - 1; i >= 0; i--) {
      int n = i + 2;
      sum = sum * -e + ZETA_MINUS_1[i] / n;
    }
    return e * ((1 - EULER_GAMMA) + e * sum);
  }

  /// log Γ(1 + x) for x ≥ 0, with the digits of small x.
  static double lgamma1p(double x) {
    return x <= 0.5 ? lgammaNear2(x) - StrictMath.log1p(x) : lgamma(1 + x);
  }

  /// log |Γ(x)|: series about 2, recurrence, and Stirling's series from 10 on (NIST DLMF 5.11.1).
  public static double lgamma(double x) {
    if (x != x || Double.isInfinite(x)) {
      return x != x ? x : Double.POSITIVE_INFINITY;
    }
    if (Math.abs(x) < 1e-20) {
      // Γ(x) = 1/x to the last digit; the reflection below would divide by a number that has
      // underflowed.
      return -StrictMath.log(Math.abs(x));
    }
    if (x <= 0) {
      if (x == Math.rint(x)) {
        return Double.POSITIVE_INFINITY;
      }
      // Reflection, NIST DLMF 5.5.3.
      return StrictMath.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
    }
    if (x < 0.5) {
      return lgammaNear2(x) - StrictMath.log1p(x) - StrictMath.log(x);
    }
    if (x < 1.5) {
      return lgammaNear2(x - 1) - StrictMath.log1p(x - 1);
    }
    if (x < 10) {
      double product = 1;
      double y = x;
      while (y > 2.5) {
        y -= 1;
        product *= y;
      }
      return lgammaNear2(y - 2) + StrictMath.log(product);
    }
    double r = 1 / x;
    double s = r * r;
    double series =
        r
            * (1.0 / 12
                + s
                    * (-1.0 / 360
                        + s
                            * (1.0 / 1260
                                + s
                                    * (-1.0 / 1680
                                        + s * (1.0 / 1188 + s * (-691.0 / 360360 + s / 156))))));
    return (x - 0.5) * StrictMath.log(x) - x + HALF_LOG_2PI + series;
  }

  private static double sinPi(double x) {
    double r = x - 2 * Math.rint(x * 0.5);
    return Math.sin(Math.PI * r);
  }

  /// Digamma: recurrence up to 10, then NIST DLMF 5.11.2; reflection (5.5.4) below 0. NaN at the
  /// poles.
  public static double digamma(double x) {
    if (x <= 0) {
      if (x == Math.rint(x)) {
        return x == 0 ? Math.copySign(Double.POSITIVE_INFINITY, -x) : Double.NaN;
      }
      double r = x - Math.rint(x);
      return digamma(1 - x) - Math.PI / Math.tan(Math.PI * r);
    }
    double y = x;
    double shifted = 0;
    while (y < 10) {
      shifted += 1 / y;
      y += 1;
    }
    double r = 1 / y;
    double s = r * r;
    double series =
        s
            * (1.0 / 12
                - s
                    * (1.0 / 120
                        - s
                            * (1.0 / 252
                                - s
                                    * (1.0 / 240
                                        - s * (1.0 / 132 - s * (691.0 / 32760 - s / 12))))));
    return y == Double.POSITIVE_INFINITY ? y : StrictMath.log(y) - 0.5 * r - series - shifted;
  }

  /// Scaled Bessel I₀: the series NIST DLMF 10.25.2 up to 25, then the expansion 10.40.1.
  public static double i0e(double x) {
    return besselIe(Math.abs(x), 0);
  }

  /// Scaled Bessel I₁, an odd function.
  public static double i1e(double x) {
    return Math.copySign(besselIe(Math.abs(x), 1), x);
  }

  private static double besselIe(double a, int order) {
    if (a <= 25) {
      double quarter = a * a / 4;
      double term = order == 0 ? 1 : a / 2;
      double sum = term;
      for (int n = 1; n < 200 && term > sum * 1e-17; n++) {
        term *= quarter / ((double) n * (n + order));
        sum += term;
      }
      return sum * StrictMath.exp(-a);
    }
    double term = 1;
    double sum = 1;
    for (int n = 1; n < 60; n++) {
      double odd = 2 * n - 1;
      double next = term * -(4.0 * order * order - odd * odd) / (8 * a * n);
      if (Math.abs(next) > Math.abs(term) || Math.abs(next) < 1e-18) {
        break;
      }
      term = next;
      sum += term;
    }
    return a == Double.POSITIVE_INFINITY ? 0 : a != a ? a : sum / Math.sqrt(2 * Math.PI * a);
  }
}
