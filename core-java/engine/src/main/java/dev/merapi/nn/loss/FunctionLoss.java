package dev.merapi.nn.loss;

import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a loss of a program's own function, with Keras's reductions and weights; a last axis of 1
/// in labels or predictions comes or goes so that both have one rank.
public final class FunctionLoss extends Loss {
  private final LossFunction function;

  /// @param name for logs and messages
  public FunctionLoss(String name, LossFunction function) {
    super(name);
    this.function = function;
  }

  public FunctionLoss(LossFunction function) {
    this("loss", function);
  }

  @Override
  boolean fitsRanks() {
    return true;
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return function.apply(yTrue, yPred);
  }

  @Override
  public Map<String, @Nullable Object> getConfig() {
    throw Message.what("loss '" + name() + "' is a function, which cannot be written down")
        .fix("write a subclass of Loss, and register it with Saved.register")
        .valueError();
  }
}
