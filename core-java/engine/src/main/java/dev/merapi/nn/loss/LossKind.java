package dev.merapi.nn.loss;

import dev.merapi.nn.config.NamedKind;
import org.jspecify.annotations.Nullable;

/// Losses by name, and functions of labels and predictions.
final class LossKind extends NamedKind<Loss> {
  LossKind() {
    super(Loss.class, "loss");
  }

  @Override
  public Loss read(@Nullable Object given) {
    return given instanceof LossFunction f ? new FunctionLoss(f) : super.read(given);
  }
}
