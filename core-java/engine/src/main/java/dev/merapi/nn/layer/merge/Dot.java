package dev.merapi.nn.layer.merge;

import static dev.merapi.nn.Ops.max;
import static dev.merapi.nn.Ops.mul;
import static dev.merapi.nn.Ops.number;
import static dev.merapi.nn.Ops.sum;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.nn.layer.Mode;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Multiplies the samples of two inputs and adds up along one axis of each.
///
/// Shapes: `(batch, …a)` and `(batch, …b)` → `(batch, …a without its axis, …b without its axis)`;
/// of two vectors `(batch, 1)`.
public final class Dot extends Layer implements LayerArguments<Dot> {
  private static final OpRef RSQRT = OpRef.to("Rsqrt");

  private final Setting<int[]> axes = required("axes", Kinds.AXES);
  private final Setting<Boolean> normalize = setting("normalize", Kinds.FLAG, false);

  private Dot() {
    supportsMasking();
  }

  /// @param axes one axis for both inputs, or one each; never 0, the batch
  public Dot(int... axes) {
    this();
    this.axes.set(axes);
  }

  /// Makes vectors along the axes one long before, so that the result is their cosine.
  public Dot normalize(boolean on) {
    return with("normalize", on);
  }

  private int axis(int input, int rank) {
    int[] a = axes.get();
    return Ops.front(a[Math.min(input, a.length - 1)], rank);
  }

  @Override
  protected void build(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw Message.what("A `Dot` layer should be called on a list of 2 inputs")
          .given(inputs.size() + " inputs")
          .expected("two tensors")
          .shapeError();
    }
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    int n = a.dim(axis(0, a.rank()));
    int m = b.dim(axis(1, b.rank()));
    if (n >= 0 && m >= 0 && n != m) {
      throw Message.what(
              "Incompatible input shapes: axis values "
                  + n
                  + " (at axis "
                  + axis(0, a.rank())
                  + ") != "
                  + m
                  + " (at axis "
                  + axis(1, b.rank())
                  + ")")
          .given("inputs " + a + " and " + b)
          .expected("the same size along both axes")
          .shapeError();
    }
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Tensor x = inputs.get(0);
    Tensor y = inputs.get(1);
    int a = axis(0, x.rank());
    int b = axis(1, y.rank());
    if (normalize.get()) {
      x = unit(x, a);
      y = unit(y, b);
    }
    if (x.rank() == 2 && y.rank() == 2) {
      return List.of(sum(mul(x, y), true, 1));
    }
    // One letter an axis; the batch and the axis that is added up are common to both.
    StringBuilder left = new StringBuilder();
    StringBuilder right = new StringBuilder();
    StringBuilder result = new StringBuilder("a");
    letters(left, result, x.rank(), a, 'c');
    letters(right, result, y.rank(), b, (char) ('c' + x.rank()));
    return List.of(Ops.einsum(left + "," + right + "->" + result, x, y));
  }

  private static void letters(StringBuilder in, StringBuilder out, int rank, int axis, char from) {
    for (int i = 0; i < rank; i++) {
      char c = i == 0 ? 'a' : i == axis ? 'b' : (char) (from + i);
      in.append(c);
      if (i > 0 && i != axis) {
        out.append(c);
      }
    }
  }

  private static Tensor unit(Tensor x, int axis) {
    Tensor length = max(sum(mul(x, x), true, axis), number(x, 1e-12));
    return mul(x, RSQRT.of(length));
  }
}
