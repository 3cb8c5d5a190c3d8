package dev.merapi.nn.layer;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes a layer of a function of the program: `new Lambda(x -> tf.square(x))`.
///
/// Variables that the function uses belong to nobody: a layer with weights is a class of its own.
public final class Lambda extends Layer implements LayerArguments<Lambda> {
  private final Function<List<Tensor>, Tensor> function;

  public Lambda(ActivationFunction function) {
    this.function = xs -> function.apply(xs.getFirst());
  }

  private Lambda(Function<List<Tensor>, Tensor> function, boolean ofLists) {
    this.function = function;
  }

  /// Makes a layer of a function of several inputs.
  public static Lambda ofInputs(Function<List<Tensor>, Tensor> function) {
    return new Lambda(function, true);
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    return List.of(function.apply(inputs));
  }

  /// Fails: `ValueError`; a function of a program cannot be written down.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    throw Message.what("Lambda '" + name() + "' cannot be written as a configuration")
        .given("a function of the program, which no file can hold")
        .expected("layers whose configuration makes them again")
        .fix("write a class: final class MyLayer extends Layer, with Saved.register(MyLayer.class)")
        .valueError();
  }
}
