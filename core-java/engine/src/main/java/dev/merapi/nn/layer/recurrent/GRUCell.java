package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gated recurrent unit. Columns of the weights stand in the order update gate, reset gate,
/// candidate.
///
/// The reset gate works on the product of the last output with its weights, and there are two
/// biases; or, without `reset_after`, on the last output itself, as in the paper. Source: Cho et
/// al. 2014, "Learning Phrase Representations using RNN Encoder-Decoder".
public final class GRUCell extends UnitsCell implements GateArguments<GRUCell> {
  private static final OpRef WHOLE = OpRef.to("_GRU");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef UNPACK = OpRef.to("Unpack");

  private final Setting<ActivationFunction> recurrentActivation =
      setting("recurrent_activation", Activations.KIND, Activations.of("sigmoid"));
  private final Setting<Boolean> resetAfter = setting("reset_after", Kinds.FLAG, true);

  private GRUCell() {
    this((String) null);
  }

  GRUCell(@Nullable String name) {
    super(name, 3);
  }

  public GRUCell(int units) {
    this();
    this.units.set(units);
  }

  /// Says where the reset gate works.
  public GRUCell resetAfter(boolean on) {
    return with("reset_after", on);
  }

  @Override
  Shape biasShape() {
    return resetAfter.get() ? Shape.of(2, 3 * units.get()) : super.biasShape();
  }

  @Override
  Step step(Tensor x, List<Tensor> states, boolean training, Drawn drawn) {
    Tensor h = states.getFirst();
    ActivationFunction gate = recurrentActivation.get();
    boolean after = resetAfter.get();
    Tensor zx = product(x, drawn.input(), kernel(), 3);
    Tensor later = null;
    if (useBias.get()) {
      if (after) {
        Tensor[] both = UNPACK.all(UNPACK.attrs("num", 2, "axis", 0), bias());
        zx = add(zx, both[0]);
        later = both[1];
      } else {
        zx = add(zx, bias());
      }
    }
    Tensor[] fromInput = split(zx, 3);
    Tensor z;
    Tensor candidate;
    if (after) {
      Tensor zh = product(h, drawn.recurrent(), recurrentKernel(), 3);
      Tensor[] fromState = split(later == null ? zh : add(zh, later), 3);
      z = gate.apply(add(fromInput[0], fromState[0]));
      Tensor r = gate.apply(add(fromInput[1], fromState[1]));
      candidate = add(fromInput[2], mul(r, fromState[2]));
    } else {
      Tensor[] kernels = split(recurrentKernel(), 3);
      Tensor ofGates = CONCAT.of(kernels[0], kernels[1], Values.scalar(1));
      Tensor[] fromState = split(product(h, drawn.recurrent(), ofGates, 2), 2);
      z = gate.apply(add(fromInput[0], fromState[0]));
      Tensor r = gate.apply(add(fromInput[1], fromState[1]));
      candidate = add(fromInput[2], product(mul(r, h), drawn.recurrent(), kernels[2], 1));
    }
    Tensor one = Values.filled(new Spec(h.dtype(), Shape.of()), 1);
    Tensor next = add(mul(z, h), mul(SUB.of(one, z), activation.get().apply(candidate)));
    return new Step(next, List.of(next));
  }

  @Override
  @Nullable Sequence whole(Tensor x, List<Tensor> states, Way way) {
    if (!Activations.is(activation.get(), "tanh")
        || !Activations.is(recurrentActivation.get(), "sigmoid")
        || !isWhole(way)) {
      return null;
    }
    Tensor[] in = {x, states.getFirst(), kernel(), recurrentKernel(), bias()};
    Tensor[] y = whole(WHOLE, way, Map.of("reset_after", resetAfter.get()), in);
    return new Sequence(y[0], List.of(y[1]));
  }
}
