package dev.merapi.nn.model;

import java.util.Map;

/// Keras's name, in files, for a [Model] that was put together by applying layers.
public final class Functional extends Model {
  private Functional() {}

  /// Makes the model.
  public static Model fromConfig(Map<String, ?> config) {
    return WiringConfig.read(config);
  }
}
