package dev.merapi.nn.layer.recurrent;

import dev.merapi.eager.Variable;
import dev.merapi.op.OpRef;
import dev.merapi.op.Seeds;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Draws what dropout multiplies by: a seed and a count of draws, as Keras's `SeedGenerator` keeps
/// them, so that the same seed gives the same numbers.
final class DropoutSeed {
  private static final OpRef UNIFORM = OpRef.to("StatelessRandomUniform");
  private static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");
  private static final OpRef SELECT = OpRef.to("SelectV2");

  private final Variable state;

  DropoutSeed(@Nullable Long seed) {
    long s = seed != null ? seed : Seeds.entropy() & Integer.MAX_VALUE;
    state = new Variable(Values.ints((int) s, 0), "seed_generator_state", false);
  }

  /// Returns 0 for a share `rate` of the elements, and 1 / (1 − rate) for the others.
  Tensor next(Tensor shape, DType type, double rate) {
    Tensor seed = state.value();
    state.assignAdd(Values.ints(0, 1));
    Tensor u = UNIFORM.with(UNIFORM.attrs("dtype", type), shape, seed);
    Tensor keep = GREATER_EQUAL.of(u, number(type, rate));
    return SELECT.of(keep, number(type, 1 / (1 - rate)), number(type, 0));
  }

  private static Tensor number(DType type, double x) {
    return Values.filled(new Spec(type, Shape.of()), x);
  }
}
