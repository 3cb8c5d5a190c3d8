package dev.merapi.nn.layer.merge;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.nn.layer.Mode;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins its inputs along an axis.
public final class Concatenate extends Layer implements LayerArguments<Concatenate> {
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  public Concatenate() {
    supportsMasking();
  }

  /// @param axis along which the inputs differ in size
  public Concatenate(int axis) {
    this();
    this.axis.set(axis);
  }

  @Override
  protected void build(List<Shape> inputs) {
    Shape a = inputs.getFirst();
    for (Shape b : inputs) {
      boolean fits = a.rank() == b.rank();
      for (int i = 0; fits && i < a.rank(); i++) {
        boolean joined = i == Ops.front(axis.get(), a.rank());
        fits = joined || a.dim(i) < 0 || b.dim(i) < 0 || a.dim(i) == b.dim(i);
      }
      if (!fits) {
        throw Message.what(
                "A `Concatenate` layer requires inputs with matching shapes except for the"
                    + " concatenation axis. Received: input_shape="
                    + inputs)
            .given("axis " + axis.get() + " · " + a + " and " + b)
            .expected("equal sizes along all other axes")
            .shapeError();
      }
    }
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    int a = Ops.front(axis.get(), inputs.getFirst().rank());
    return List.of(Ops.concat(a, inputs.toArray(new Tensor[0])));
  }

  /// A step counts where any number counts that came to it; an input without a mask counts.
  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    if (masks.stream().allMatch(m -> m == null)) {
      return List.of();
    }
    Tensor[] parts = new Tensor[inputs.size()];
    for (int i = 0; i < parts.length; i++) {
      Tensor x = inputs.get(i);
      Tensor m = masks.get(i);
      Tensor whole = Sizes.filled(DType.BOOL, x, m == null ? 1 : 0);
      parts[i] = m == null ? whole : m.rank() < x.rank() ? Ops.or(Ops.expand(m, -1), whole) : m;
    }
    int a = Ops.front(axis.get(), inputs.getFirst().rank());
    return List.of(Ops.any(Ops.concat(a, parts), false, -1));
  }
}
