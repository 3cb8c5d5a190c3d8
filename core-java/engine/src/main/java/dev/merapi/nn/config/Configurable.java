package dev.merapi.nn.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be written as a configuration and made again from it.
public interface Configurable {
  /// Returns the arguments from which an equal object can be made, as JSON can hold them.
  Map<String, @Nullable Object> getConfig();

  /// Returns the name by which [Saved] finds the class again.
  default String className() {
    return getClass().getSimpleName();
  }
}
