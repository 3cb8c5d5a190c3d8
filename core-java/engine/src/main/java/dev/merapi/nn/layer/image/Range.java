package dev.merapi.nn.layer.image;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bounds between which chance decides: two numbers, or one for both sides of 0.
///
/// @param given how configurations have it
record Range(double low, double high, Object given) {
  /// @param least what the low bound may be
  /// @param most what the high bound may be
  /// @param asGiven whether configurations keep one number as it is; else they get two
  static Kind<Range> kind(double least, double most, boolean asGiven) {
    return new Kind<>() {
      @Override
      public Range read(@Nullable Object given) {
        if (given instanceof Range r) {
          return r;
        }
        double low;
        double high;
        if (given instanceof Number n) {
          double x = Kinds.NUMBER.read(n);
          check(x);
          high = Math.abs(x);
          low = Math.max(-high, Math.min(least, 0));
        } else {
          double[] two = Kinds.NUMBERS.read(given);
          if (two.length != 2) {
            throw new Misfit(two.length + " numbers");
          }
          check(two[0]);
          check(two[1]);
          low = Math.min(two[0], two[1]);
          high = Math.max(two[0], two[1]);
        }
        return new Range(
            low, high, asGiven && given instanceof Number ? given : List.of(low, high));
      }

      private void check(double x) {
        if (!(x >= least && x <= most)) {
          throw new Misfit("" + x);
        }
      }

      @Override
      public Object write(Range value) {
        return value.given instanceof Number n ? (Object) n.doubleValue() : value.given;
      }

      @Override
      public String expected() {
        return "a number or two of them from " + least + " to " + most;
      }
    };
  }
}
