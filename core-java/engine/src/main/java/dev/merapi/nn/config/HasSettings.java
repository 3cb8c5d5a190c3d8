package dev.merapi.nn.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has its arguments in [Settings], and so its configuration without a further line.
public interface HasSettings extends Configurable {
  Settings settings();

  @Override
  default Map<String, @Nullable Object> getConfig() {
    return settings().config();
  }

  /// Takes the arguments of a configuration; a class with older spellings of some translates them
  /// here.
  default void readConfig(Map<String, ?> config) {
    settings().read(config);
  }
}
