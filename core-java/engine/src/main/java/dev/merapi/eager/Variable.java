package dev.merapi.eager;

import dev.merapi.op.Context;
import dev.merapi.op.Recorder;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// A value that changes: a tensor in a named place.
///
/// Readers get immutable snapshots; an assignment puts another tensor in the place, so a snapshot taken before never
/// changes. Reads and assignments by several threads see whole values.
public final class Variable {
  private final String name;
  private final boolean trainable;
  private volatile Tensor value;

  /// Makes a variable. `value` is taken as it is; its shape and type hold for good.
  public Variable(Tensor value, String name, boolean trainable) {
    this.value = own(value);
    this.name = name;
    this.trainable = trainable;
  }

  /// A tensor object of its own, so that gradients tell the variable from the value it started with.
  private static Tensor own(Tensor t) {
    t.storage().retain();
    return t.alias(t.spec());
  }

  /// Returns the name without TensorFlow's `:0`.
  public String name() {
    return name;
  }

  public boolean isTrainable() {
    return trainable;
  }

  public DType dtype() {
    return value.dtype();
  }

  public Shape shape() {
    return value.shape();
  }

  /// Returns the value now, and lets gradients flow back to this variable.
  public Tensor value() {
    Tensor v = value;
    Recorder r = Context.get().recorder();
    if (r != null) {
      r.read(this, v, trainable);
    }
    return v;
  }

  /// Returns the value now without telling any tape.
  public Tensor peek() {
    return value;
  }

  /// Puts `t` in the place of the value.
  ///
  /// Fails: `ShapeError` or `TypeError` when it does not fit; the value stays as it was.
  public Variable assign(Tensor t) {
    Tensor old = value;
    if (t.dtype() != old.dtype()) {
      throw Message.what("variable '" + name + "' holds " + old.dtype() + ", not " + t.dtype())
          .given("value " + t.spec())
          .expected(old.spec().toString())
          .fix("convert with tf.cast(x, tf." + old.dtype() + ")")
          .typeError();
    }
    if (!t.shape().equals(old.shape())) {
      throw Message.what(
              "Shape mismatch.The variable shape " + old.shape() + ", and the assigned value shape " + t.shape()
                  + " are incompatible.")
          .given("variable '" + name + "' " + old.spec() + " · value " + t.spec())
          .expected("a value of shape " + old.shape())
          .fix("reshape the value, or make a new variable")
          .shapeError();
    }
    value = own(t);
    return this;
  }
}
