package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.init.Initializer;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Long short-term memory. States are the output and the memory; columns of the weights stand in
/// the order input gate, forget gate, candidate, output gate.
///
/// Source: Hochreiter and Schmidhuber 1997, "Long Short-Term Memory"; the forget gate's first bias
/// of 1: Jozefowicz et al. 2015, "An Empirical Exploration of Recurrent Network Architectures".
public final class LSTMCell extends UnitsCell implements GateArguments<LSTMCell> {
  private static final OpRef WHOLE = OpRef.to("_LSTM");

  private final Setting<ActivationFunction> recurrentActivation =
      setting("recurrent_activation", Activations.KIND, Activations.of("sigmoid"));
  private final Setting<Boolean> unitForgetBias = setting("unit_forget_bias", Kinds.FLAG, true);

  private LSTMCell() {
    this((String) null);
  }

  LSTMCell(@Nullable String name) {
    super(name, 4);
  }

  public LSTMCell(int units) {
    this();
    this.units.set(units);
  }

  /// Says whether the forget gate's bias begins with 1, so that little is forgotten at first.
  public LSTMCell unitForgetBias(boolean on) {
    return with("unit_forget_bias", on);
  }

  @Override
  public List<Integer> stateSize() {
    return List.of(units.get(), units.get());
  }

  @Override
  Initializer firstBias() {
    return unitForgetBias.get() ? rememberingBias() : super.firstBias();
  }

  @Override
  Step step(Tensor x, List<Tensor> states, boolean training, Drawn drawn) {
    Tensor z = product(x, drawn.input(), kernel(), 4);
    z = add(z, product(states.getFirst(), drawn.recurrent(), recurrentKernel(), 4));
    if (useBias.get()) {
      z = add(z, bias());
    }
    Tensor[] gates = split(z, 4);
    ActivationFunction gate = recurrentActivation.get();
    ActivationFunction f = activation.get();
    Tensor c =
        add(mul(gate.apply(gates[1]), states.get(1)), mul(gate.apply(gates[0]), f.apply(gates[2])));
    Tensor h = mul(gate.apply(gates[3]), f.apply(c));
    return new Step(h, List.of(h, c));
  }

  @Override
  @Nullable Sequence whole(Tensor x, List<Tensor> states, Way way) {
    if (!Activations.is(activation.get(), "tanh")
        || !Activations.is(recurrentActivation.get(), "sigmoid")
        || !isWhole(way)) {
      return null;
    }
    Tensor[] in = {x, states.get(0), states.get(1), kernel(), recurrentKernel(), bias()};
    Tensor[] y = whole(WHOLE, way, Map.of(), in);
    return new Sequence(y[0], List.of(y[1], y[2]));
  }
}
