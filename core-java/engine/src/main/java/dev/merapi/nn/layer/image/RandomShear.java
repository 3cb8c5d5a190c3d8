package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Shears pictures by chance, in training: rows move against each other, and columns.
public final class RandomShear extends Moving implements MovingArguments<RandomShear> {
  private static final Kind<Range> PART = Range.kind(-1, 1, false);

  private final Setting<Range> xFactor = setting("x_factor", PART, PART.read(0.0));
  private final Setting<Range> yFactor = setting("y_factor", PART, PART.read(0.0));

  private RandomShear() {
    moves();
  }

  /// @param xFactor how far rows move at most from one to the next, in pixels
  /// @param yFactor how far columns move at most
  public RandomShear(double xFactor, double yFactor) {
    this();
    this.xFactor.set(xFactor);
    this.yFactor.set(yFactor);
  }

  /// @param xFactor two bounds
  /// @param yFactor two bounds
  public RandomShear(double[] xFactor, double[] yFactor) {
    this();
    this.xFactor.set(xFactor);
    this.yFactor.set(yFactor);
  }

  @Override
  Way way(Tensor x, Chance draw) {
    DType type = x.dtype();
    Tensor side = Ops.greater(draw.each(x, 1, type, 0, 1), 0.5);
    Tensor down = draw.each(x, 1, type, yFactor.get());
    Tensor across = draw.each(x, 1, type, xFactor.get());
    Tensor shear = both(across, down);
    return new Way(null, Ops.where(side, Ops.mul(shear, -1), shear), null, null, false);
  }
}
