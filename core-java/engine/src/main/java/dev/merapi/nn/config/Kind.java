package dev.merapi.nn.config;

import org.jspecify.annotations.Nullable;

/// Says how one kind of argument is read from what a program or a configuration file gives, and
/// written into a configuration.
///
/// A configuration value is what JSON can hold: null, a boolean, a `Long`, a `Double`, a string, a
/// list or a map with strings as keys.
public interface Kind<T extends @Nullable Object> {
  /// Returns the value that `given` stands for.
  ///
  /// Fails: with [Misfit] when it stands for none.
  T read(@Nullable Object given);

  /// Returns a value in the form of a configuration; what [#read] takes back.
  default @Nullable Object write(T value) {
    return value;
  }

  /// Says what would fit, for messages: "a whole number of 1 or more".
  String expected();

  /// Returns the kind that takes null (Python's `None`) too.
  default Kind<@Nullable T> orNone() {
    Kind<T> one = this;
    return new Kind<>() {
      @Override
      public @Nullable T read(@Nullable Object given) {
        return given == null ? null : one.read(given);
      }

      @Override
      public @Nullable Object write(@Nullable T value) {
        return value == null ? null : one.write(value);
      }

      @Override
      public String expected() {
        return one.expected() + ", or null";
      }
    };
  }

  /// Says that a value does not fit; the setting makes a full error of it.
  final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param why one more hint, or an empty text
    public Misfit(String why) {
      super(why, null, false, false);
    }
  }
}
