package dev.merapi.nn.model;

import dev.merapi.nn.Untracked;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.optimizer.Optimizer;
import dev.merapi.say.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The half of a [Model] that learns: compile, fit, evaluate, predict.
public abstract class Trainable extends Layer {
  @Untracked private @Nullable Optimizer optimizer;
  private boolean stopTraining;
  private int initialEpoch;

  Trainable(@Nullable String name) {
    super(name);
  }

  abstract List<String> inputNames();

  abstract List<String> outputNames();

  /// Returns the optimizer that [#compile] was told.
  ///
  /// Fails: `ValueError` before.
  public final Optimizer optimizer() {
    if (optimizer == null) {
      throw notCompiled();
    }
    return optimizer;
  }

  private RuntimeException notCompiled() {
    return Message.what(
            "You must compile your model before training/testing. Use `model.compile(optimizer,"
                + " loss)`.")
        .given("model '" + name() + "'")
        .valueError();
  }

  /// Ends training after the batch that is being worked on; callbacks call it.
  public final void setStopTraining(boolean stop) {
    stopTraining = stop;
  }

  public final boolean stopTraining() {
    return stopTraining;
  }

  /// Lets the training that is about to begin start at this epoch; callbacks call it.
  public final void setInitialEpoch(int epoch) {
    initialEpoch = epoch;
  }
}
