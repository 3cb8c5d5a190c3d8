package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.activation.Activations;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `h = activation(x · kernel + h · recurrent_kernel + bias)`.
public final class SimpleRNNCell extends UnitsCell implements CellArguments<SimpleRNNCell> {
  private static final OpRef WHOLE = OpRef.to("_SimpleRNN");
  private static final List<String> WORDS = List.of("tanh", "relu", "sigmoid", "linear");

  private SimpleRNNCell() {
    this((String) null);
  }

  SimpleRNNCell(@Nullable String name) {
    super(name, 1);
  }

  public SimpleRNNCell(int units) {
    this();
    this.units.set(units);
  }

  @Override
  Step step(Tensor x, List<Tensor> states, boolean training, Drawn drawn) {
    Tensor h = product(x, drawn.input(), kernel(), 1);
    if (useBias.get()) {
      h = add(h, bias());
    }
    h = add(h, product(states.getFirst(), drawn.recurrent(), recurrentKernel(), 1));
    h = activation.get().apply(h);
    return new Step(h, List.of(h));
  }

  @Override
  @Nullable Sequence whole(Tensor x, List<Tensor> states, Way way) {
    for (String word : WORDS) {
      if (Activations.is(activation.get(), word) && isWhole(way)) {
        Map<String, Object> more = Map.of("activation", word);
        Tensor[] in = {x, states.getFirst(), kernel(), recurrentKernel(), bias()};
        Tensor[] y = whole(WHOLE, way, more, in);
        return new Sequence(y[0], List.of(y[1]));
      }
    }
    return null;
  }
}
