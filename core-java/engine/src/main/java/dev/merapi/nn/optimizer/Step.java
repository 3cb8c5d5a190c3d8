package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.TrainSteps;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One step of training: its learning rate, its number, and what follows from them, computed once
/// for each type that variables compute in.
///
/// All of it is written in operations, so that a step takes the same numbers at once and in a
/// graph, where each run computes them anew.
public final class Step {
  private static final OpRef TRAIN = OpRef.to("_TrainStep");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef PACK = OpRef.to("Pack");

  private final Tensor rate;
  private final Tensor number;
  private final Map<DType, In> byType = new EnumMap<>(DType.class);
  private final Map<String, Tensor> packed = new HashMap<>();

  Step(Tensor rate, Tensor number) {
    this.rate = rate;
    this.number = number;
  }

  /// The step's numbers in one type.
  ///
  /// @param rate the learning rate
  /// @param number the number of the step, from 1
  public record In(DType type, Tensor rate, Tensor number) {
    /// Returns `base`, as [#share] has it, raised to the number of the step.
    public Tensor power(double base) {
      return TfApi.pow(share(base), number);
    }

    /// Returns an argument in this type, rounded to float32 on the way, as Keras does with most:
    /// only so steps of float64 variables are Keras's.
    public Tensor share(double x) {
      return constant((float) x);
    }

    /// Returns a number in this type.
    public Tensor constant(double x) {
      return Values.filled(new Spec(type, Shape.SCALAR), x);
    }
  }

  /// Returns the step's numbers in type `t`.
  public In in(DType t) {
    In known = byType.get(t);
    if (known == null) {
      known = new In(t, cast(rate, t), cast(number, t));
      byType.put(t, known);
    }
    return known;
  }

  /// Returns the learning rate in type `t`.
  public Tensor learningRate(DType t) {
    return in(t).rate;
  }

  private static Tensor cast(Tensor x, DType t) {
    return x.dtype() == t ? x : CAST.with(CAST.attrs("DstT", t), x);
  }

  /// Changes a variable and its slots by a rule of [TrainSteps].
  ///
  /// @param grad null where the rule has no gradient
  /// @param numbers what the rule computes with: tensors of the type given, and numbers
  void run(
      String rule,
      @Nullable Tensor grad,
      Function<In, Object[]> numbers,
      Variable v,
      Variable... slots) {
    DType t = TrainSteps.computing(v.dtype());
    Tensor all =
        packed.computeIfAbsent(
            rule + t,
            k -> {
              Object[] given = numbers.apply(in(t));
              Tensor[] scalars = new Tensor[given.length];
              for (int i = 0; i < scalars.length; i++) {
                scalars[i] =
                    given[i] instanceof Number n
                        ? in(t).constant(n.doubleValue())
                        : (Tensor) given[i];
              }
              return PACK.of(scalars);
            });
    Tensor[] in = new Tensor[3 + slots.length];
    in[0] = grad == null ? Values.filled(new Spec(v.dtype(), Shape.SCALAR), 0) : grad;
    in[1] = all;
    in[2] = v.handle();
    for (int i = 0; i < slots.length; i++) {
      in[3 + i] = slots[i].handle();
    }
    TRAIN.all(TRAIN.attrs("rule", rule), in);
  }
}
