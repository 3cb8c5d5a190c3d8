package dev.merapi.nn.model;

import dev.merapi.nn.layer.Layer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The half of a [Model] that learns: compile, fit, evaluate, predict.
public abstract class Trainable extends Layer {
  Trainable(@Nullable String name) {
    super(name);
  }

  abstract List<String> inputNames();

  abstract List<String> outputNames();
}
