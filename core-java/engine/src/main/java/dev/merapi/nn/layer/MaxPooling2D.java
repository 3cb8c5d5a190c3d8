package dev.merapi.nn.layer;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;

/// Takes the largest value of each window of pictures `(batch, height, width, channels)`.
public final class MaxPooling2D extends Layer {
  private static final OpRef POOL = OpRef.to("MaxPool");

  private final int poolSize;
  private final int strides;
  private final String padding;

  public MaxPooling2D(int poolSize) {
    this(poolSize, poolSize, "valid");
  }

  /// @param poolSize height and width of the window in pixels
  /// @param strides steps of the window in pixels
  public MaxPooling2D(int poolSize, int strides, String padding) {
    super();
    this.poolSize = Conv2D.positive("MaxPooling2D", "poolSize", poolSize);
    this.strides = Conv2D.positive("MaxPooling2D", "strides", strides);
    this.padding = Conv2D.padding("MaxPooling2D", padding);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return POOL.with(
        POOL.attrs(
            "ksize",
            new int[] {1, poolSize, poolSize, 1},
            "strides",
            new int[] {1, strides, strides, 1},
            "padding",
            padding),
        x);
  }
}
