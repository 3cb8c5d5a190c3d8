package dev.merapi.function.autograph;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Goes over a tensor's first axis.
///
/// In a trace the position is a tensor too, so that a `for` over a tensor becomes one loop of the
/// graph, whatever the number of rows.
public final class Rows implements Iterator<Tensor> {
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef LESS = OpRef.to("Less");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef SHAPE = OpRef.to("Shape");

  private final Tensor x;

  /// The number of the next row, int32: a host tensor outside of traces.
  private Tensor next = Values.scalar(0);

  private Rows(Tensor x) {
    this.x = x;
  }

  /// Returns what a `for` goes over: the tensors `x[0]`, `x[1]`, …
  ///
  /// Fails: `ShapeError` when x is a scalar.
  public static Iterable<Tensor> of(TensorLike x) {
    return () -> iterator(x);
  }

  public static Iterator<Tensor> iterator(TensorLike x) {
    Tensor t = x.asTensor();
    if (t.shape().isRankKnown() && t.rank() == 0) {
      throw Message.what("cannot iterate over a scalar tensor")
          .given("x " + t.spec())
          .expected("a tensor with at least one axis")
          .fix("count with tf.range(n)")
          .shapeError();
    }
    return new Rows(t);
  }

  boolean isSymbolic() {
    return x.isSymbolic() || next.isSymbolic();
  }

  /// Tells whether there is a next row, as a tensor.
  Tensor more() {
    Tensor n =
        x.shape().isRankKnown() && x.shape().dim(0) >= 0
            ? Values.scalar(x.shape().dim(0))
            : GATHER.of(SHAPE.of(x), Values.scalar(0), Values.scalar(0));
    return LESS.of(next, n);
  }

  Tensor position() {
    return next;
  }

  void setPosition(Tensor p) {
    next = p;
  }

  @Override
  public boolean hasNext() {
    return isSymbolic() ? more().booleanValue() : next.intValue() < x.shape().dim(0);
  }

  @Override
  public Tensor next() {
    if (!isSymbolic() && !hasNext()) {
      throw new NoSuchElementException("x has " + x.shape().dim(0) + " rows");
    }
    Tensor row = GATHER.of(x, next, Values.scalar(0));
    next = isSymbolic() ? ADD.of(next, Values.scalar(1)) : Values.scalar(next.intValue() + 1);
    return row;
  }

  /// What is gone over.
  Tensor of() {
    return x;
  }

  @Override
  public String toString() {
    return "rows of " + x.spec();
  }

  static DType positionType() {
    return DType.I32;
  }
}
