package dev.merapi.kernel.cpu;

/// Ways to fold many numbers into one.
///
/// Every way is associative up to rounding; the order in which the loops fold is fixed by the shape
/// alone, so results do not depend on threads or on the tier.
public enum Fold {
  SUM,
  /// The sum of the squares.
  SQUARES,
  PROD,
  /// The greatest; a NaN anywhere gives NaN.
  MAX,
  /// The least; a NaN anywhere gives NaN.
  MIN;

  /// Returns the way in which results of this fold are folded further.
  Fold further() {
    return this == SQUARES ? SUM : this;
  }

  float identityF32() {
    return switch (this) {
      case SUM, SQUARES -> 0;
      case PROD -> 1;
      case MAX -> Float.NEGATIVE_INFINITY;
      case MIN -> Float.POSITIVE_INFINITY;
    };
  }

  double identityF64() {
    return identityF32();
  }

  float of(float a, float b) {
    return switch (this) {
      case SUM, SQUARES -> a + b;
      case PROD -> a * b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }

  double of(double a, double b) {
    return switch (this) {
      case SUM, SQUARES -> a + b;
      case PROD -> a * b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }
}
