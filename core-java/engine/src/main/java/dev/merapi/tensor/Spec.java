package dev.merapi.tensor;

/// Element type and shape of a value, known before the value is.
public record Spec(DType dtype, Shape shape) {

  public static Spec of(DType dtype, int... dims) {
    return new Spec(dtype, Shape.of(dims));
  }

  /// Returns the bytes that a value takes in memory; 0 for strings and handles, which live on the
  /// Java heap.
  public long bytes() {
    return Math.multiplyExact(shape.size(), (long) dtype.bytes());
  }

  public Spec withShape(Shape s) {
    return new Spec(dtype, s);
  }

  public Spec withDType(DType d) {
    return d == dtype ? this : new Spec(d, shape);
  }

  /// Returns TensorFlow's form: `TensorSpec(shape=(2, 210), dtype=tf.float32, name=None)`.
  public String repr() {
    return "TensorSpec(shape=" + shape + ", dtype=tf." + dtype + ", name=None)";
  }

  /// Returns `float32 (2, 3)`, as messages show it.
  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
