package dev.merapi.op.family;

import dev.merapi.op.Grad;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// What the gradients of several families share: short names for the arithmetic they are written
/// in.
final class Grads {
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef DIV = OpRef.to("RealDiv");
  private static final OpRef NEG = OpRef.to("Neg");
  private static final OpRef CONJ = OpRef.to("Conj");
  private static final OpRef SQUARE = OpRef.to("Square");
  private static final OpRef SELECT = OpRef.to("SelectV2");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef SHAPE = OpRef.to("Shape");
  private static final OpRef BROADCAST_ARGS = OpRef.to("BroadcastGradientArgs");

  private Grads() {}

  static Tensor add(Tensor x, Tensor y) {
    return ADD.of(x, y);
  }

  static Tensor sub(Tensor x, Tensor y) {
    return SUB.of(x, y);
  }

  static Tensor mul(Tensor x, Tensor y) {
    return MUL.of(x, y);
  }

  static Tensor mul(Tensor x, double factor) {
    return MUL.of(x, number(x, factor));
  }

  static Tensor div(Tensor x, Tensor y) {
    return DIV.of(x, y);
  }

  static Tensor neg(Tensor x) {
    return NEG.of(x);
  }

  static Tensor square(Tensor x) {
    return SQUARE.of(x);
  }

  /// Returns `x + c`.
  static Tensor plus(Tensor x, double c) {
    return ADD.of(x, number(x, c));
  }

  /// Returns `c - x`.
  static Tensor minus(double c, Tensor x) {
    return SUB.of(number(x, c), x);
  }

  static Tensor select(Tensor condition, Tensor x, Tensor y) {
    return SELECT.of(condition, x, y);
  }

  /// Returns a scalar of the type of `like`.
  static Tensor number(Tensor like, double value) {
    return Values.filled(new Spec(like.dtype(), Shape.SCALAR), value);
  }

  static Tensor zeros(Tensor like) {
    return number(like, 0);
  }

  /// Returns the conjugate of complex tensors, others as they are: gradients of complex functions
  /// need it.
  static Tensor conj(Tensor x) {
    return x.dtype().isComplex() ? CONJ.of(x) : x;
  }

  /// Leaves `dy` times the derivative at the only input.
  static void chain(Grad g, String input, Tensor dy, Tensor derivative) {
    g.to(input, mul(dy, conj(derivative)));
  }

  /// Leaves the gradient of one operand of a broadcasting operation.
  static void operand(Grad g, String input, Tensor gradient) {
    g.to(input, unbroadcast(gradient, g, input));
  }

  /// Returns the sum of all elements.
  static Tensor total(Tensor x) {
    if (!x.shape().isRankKnown()) {
      return SUM.of(x, Sizes.upTo(Sizes.rank(x)));
    }
    int[] axes = new int[x.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return SUM.of(x, Values.ints(axes));
  }

  /// Adds a gradient up over the axes along which an operand was stretched.
  static Tensor unbroadcast(Tensor dy, Grad g, String input) {
    Shape x = g.shapeOf(input);
    return isStretchKnown(x, dy.shape()) ? unbroadcast(dy, x) : unbroadcast(dy, g.dims(input));
  }

  /// Does the same for an operand whose sizes are the elements of `dims`.
  private static Tensor unbroadcast(Tensor dy, Tensor dims) {
    Tensor axes = BROADCAST_ARGS.of(dims, SHAPE.of(dy));
    return RESHAPE.of(SUM.of(dy, axes), dims);
  }

  /// Tells whether it is known along which axes `x` was stretched to `y`.
  private static boolean isStretchKnown(Shape x, Shape y) {
    if (!x.isKnown() || !y.isRankKnown()) {
      return false;
    }
    for (int i = 1; i <= x.rank(); i++) {
      if (x.dim(-i) == 1 && y.dim(-i) == Shape.UNKNOWN_SIZE) {
        return false;
      }
    }
    return true;
  }

  /// Adds a gradient up over the axes along which an operand of shape `x` was stretched.
  private static Tensor unbroadcast(Tensor dy, Shape x) {
    Shape y = dy.shape();
    if (y.equals(x)) {
      return dy;
    }
    int extra = y.rank() - x.rank();
    int[] axes = new int[y.rank()];
    int n = 0;
    for (int i = 0; i < axes.length; i++) {
      if (i < extra || x.dim(i - extra) == 1 && y.dim(i) != 1) {
        axes[n++] = i;
      }
    }
    Tensor s = n == 0 ? dy : SUM.of(dy, Values.ints(Arrays.copyOf(axes, n)));
    return s.shape().equals(x) ? s : RESHAPE.of(s, Values.ints(x.dims()));
  }
}
