package dev.merapi.nn.optimizer;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The learning rate of one step, computed once in float64 and then given in the type of each
/// variable.
///
/// While a graph is traced it is a value of that graph, so that each run computes it anew.
public final class Rate {
  private static final OpRef CAST = OpRef.to("Cast");

  private final double number;
  private final @Nullable Tensor traced;
  private final Map<DType, Tensor> byType = new EnumMap<>(DType.class);

  Rate(double number) {
    this.number = number;
    this.traced = null;
  }

  Rate(Tensor traced) {
    this.number = Double.NaN;
    this.traced = traced;
  }

  /// Returns the rate as a scalar.
  public Tensor as(DType type) {
    Tensor t = byType.get(type);
    if (t == null) {
      t =
          traced == null
              ? Values.filled(new Spec(type, Shape.SCALAR), number)
              : CAST.with(CAST.attrs("DstT", type), traced);
      byType.put(type, t);
    }
    return t;
  }
}
