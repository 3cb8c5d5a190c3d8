package dev.merapi.nn.layer.activate;

import static dev.merapi.nn.Ops.where;

import dev.merapi.facade.MathApi;
import dev.merapi.facade.NnApi;
import dev.merapi.nn.Ops;
import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.nn.layer.Mode;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Turns scores along one or more axes into shares that add up to 1.
///
/// A mask that broadcasts to the input takes scores out: their share is 0.
public final class Softmax extends Layer implements LayerArguments<Softmax> {
  private static final OpRef EXP = OpRef.to("Exp");

  private final Setting<int[]> axis = setting("axis", Kinds.AXES, new int[] {-1});

  public Softmax() {
    supportsMasking();
  }

  public Softmax(int... axis) {
    this();
    this.axis.set(axis);
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Tensor x = inputs.getFirst();
    Tensor mask = mode.mask(0);
    // A share of exactly 0 needs only to be far below the others; half floats end at 65504.
    Tensor scores = mask == null ? x : where(mask, x, x.dtype() == DType.F16 ? -3e4 : -1e9);
    int[] axes = axis.get();
    if (mask == null && axes.length == 1 && axes[0] == -1) {
      return List.of(Activations.of("softmax").apply(x));
    }
    Tensor y =
        axes.length == 1
            ? NnApi.softmax(scores, axes[0])
            : EXP.of(Ops.sub(scores, MathApi.reduceLogsumexp(scores, axes, true)));
    return List.of(mask == null ? y : where(mask, y, 0));
  }
}
