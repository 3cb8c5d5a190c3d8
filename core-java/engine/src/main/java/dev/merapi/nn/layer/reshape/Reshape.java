package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Puts the numbers of each sample into another shape.
public final class Reshape extends Layer implements LayerArguments<Reshape> {
  private final Setting<int[]> targetShape = required("target_shape", Kinds.WHOLES);

  private Reshape() {
    super();
  }

  /// @param targetShape of one sample; one size may be -1, which is found out
  public Reshape(int... targetShape) {
    this();
    this.targetShape.set(targetShape);
  }

  @Override
  protected void build(Shape input) {
    if (Arrays.stream(targetShape.get()).filter(d -> d < 0).count() > 1) {
      throw Message.what(name() + ": there must be at most one unknown dimension in target_shape")
          .given("target_shape " + Arrays.toString(targetShape.get()))
          .expected("at most one -1")
          .valueError();
    }
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    int[] target = targetShape.get();
    Tensor[] dims = new Tensor[target.length + 1];
    dims[0] = Sizes.axis(x, 0);
    int known = sampleSize(x.shape());
    int product = Math.abs(Arrays.stream(target).reduce(1, (a, b) -> a * b));
    for (int i = 0; i < target.length; i++) {
      int n = target[i];
      boolean found = n < 0 && known >= 0 && product > 0 && known % product == 0;
      dims[i + 1] = Values.scalar(found ? known / product : n);
    }
    return Ops.reshape(x, dims);
  }

  private static int sampleSize(Shape s) {
    long n = 1;
    for (int i = 1; i < s.rank(); i++) {
      if (s.dim(i) < 0) {
        return -1;
      }
      n *= s.dim(i);
    }
    return Math.toIntExact(n);
  }
}
