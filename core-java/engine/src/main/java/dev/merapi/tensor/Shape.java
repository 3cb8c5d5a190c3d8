package dev.merapi.tensor;

import dev.merapi.say.Message;
import java.util.Arrays;

/// Sizes of a tensor's axes, outermost first; immutable.
///
/// Inside a trace an axis, or the rank itself, may be unknown; values that exist always have known
/// shapes.
public final class Shape {
  /// Marks an axis whose size is not known.
  public static final int UNKNOWN_SIZE = -1;

  /// Ranks go from 0 to this.
  public static final int MAX_RANK = 8;

  private static final int[] NO_DIMS = {};

  /// The shape of a single number: `()`.
  public static final Shape SCALAR = new Shape(NO_DIMS);

  /// A shape of which not even the rank is known.
  public static final Shape UNKNOWN = new Shape(null);

  private final int @org.jspecify.annotations.Nullable [] dims;
  private final long size;

  private Shape(int @org.jspecify.annotations.Nullable [] dims) {
    this.dims = dims;
    this.size = dims == null ? -1 : count(dims);
  }

  /// Makes a shape from its axes' sizes; -1 marks an unknown one.
  ///
  /// Fails: `ShapeError` when a size is below -1, when there are more than 8 axes, or when the
  /// number of elements does not fit 63 bits.
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /// Makes a shape from an array that the caller gives away and never touches again.
  public static Shape ofOwned(int[] dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims);
  }

  private static long count(int[] dims) {
    if (dims.length > MAX_RANK) {
      throw Message.what("a shape has " + dims.length + " axes, more than " + MAX_RANK)
          .given(text(dims))
          .expected("rank 0 to " + MAX_RANK)
          .fix("merge axes with tf.reshape")
          .shapeError();
    }
    long n = 1;
    boolean unknown = false;
    for (int d : dims) {
      if (d < UNKNOWN_SIZE) {
        throw Message.what("a shape has an axis of size " + d)
            .given(text(dims))
            .expected("sizes of 0 or more, or -1 for unknown")
            .shapeError();
      }
      unknown |= d < 0;
      try {
        n = Math.multiplyExact(n, Math.max(d, 0));
      } catch (ArithmeticException e) {
        throw Message.what("shape " + text(dims) + " has more elements than 63 bits can count")
            .shapeError();
      }
    }
    return unknown ? -1 : n;
  }

  public boolean isRankKnown() {
    return dims != null;
  }

  /// Tells whether the rank and every axis are known.
  public boolean isKnown() {
    return size >= 0;
  }

  /// Returns the number of axes.
  ///
  /// Fails: `ShapeError` when it is unknown.
  public int rank() {
    return known().length;
  }

  /// Returns the size of an axis; negative axes count from the end, an unknown size is -1.
  public int dim(int axis) {
    int[] d = known();
    int i = axis < 0 ? axis + d.length : axis;
    if (i < 0 || i >= d.length) {
      throw Message.what("axis " + axis + " is outside shape " + this)
          .expected("an axis from " + -d.length + " to " + (d.length - 1))
          .shapeError();
    }
    return d[i];
  }

  /// Returns the number of elements, or -1 when an axis is unknown.
  public long size() {
    return size;
  }

  /// Returns a copy of the axes' sizes.
  public int[] dims() {
    return known().clone();
  }

  /// Returns the axes' sizes without a copy; the caller only reads them.
  public int[] rawDims() {
    return known();
  }

  private int[] known() {
    if (dims == null) {
      throw Message.what("the rank of a tensor is not known here")
          .fix(
              "give the shape where the value enters the trace, for example with an input"
                  + " signature")
          .shapeError();
    }
    return dims;
  }

  /// Returns the axis as a number from 0 to rank - 1.
  ///
  /// Fails: `ShapeError` naming `op`, the axis and the shape.
  public int axis(String op, int axis) {
    int r = rank();
    int i = axis < 0 ? axis + r : axis;
    if (i < 0 || i >= r) {
      throw Message.what(op + ": axis " + axis + " is outside shape " + this)
          .given("axis " + axis + " · shape " + this)
          .expected(
              r == 0
                  ? "no axis at all: the tensor is a scalar"
                  : "an axis from " + -r + " to " + (r - 1))
          .shapeError();
    }
    return i;
  }

  /// Tells whether a value of shape `other` may stand where this shape is asked for.
  public boolean accepts(Shape other) {
    if (dims == null || other.dims == null) {
      return true;
    }
    if (dims.length != other.dims.length) {
      return false;
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] >= 0 && other.dims[i] >= 0 && dims[i] != other.dims[i]) {
        return false;
      }
    }
    return true;
  }

  /// Returns the shape with `axis` replaced by `size`.
  public Shape with(int axis, int size) {
    int[] d = dims();
    d[axis < 0 ? axis + d.length : axis] = size;
    return new Shape(d);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /// Returns Python's spelling: `()`, `(3,)`, `(2, 3)`, an unknown axis as `None`.
  @Override
  public String toString() {
    return dims == null ? "<unknown>" : text(dims);
  }

  /// Returns TensorFlow's form: `TensorShape([72, 10])`, an unknown axis as `None`.
  public String repr() {
    if (dims == null) {
      return "TensorShape(None)";
    }
    String s = text(dims);
    return "TensorShape([" + s.substring(1, s.length() - (dims.length == 1 ? 2 : 1)) + "])";
  }

  /// Returns the spelling of TensorFlow's own messages: `[2,3]`, an unknown axis as `?`.
  public String brackets() {
    if (dims == null) {
      return "<unknown>";
    }
    StringBuilder s = new StringBuilder("[");
    for (int i = 0; i < dims.length; i++) {
      s.append(i == 0 ? "" : ",").append(dims[i] < 0 ? "?" : Integer.toString(dims[i]));
    }
    return s.append(']').toString();
  }

  private static String text(int[] dims) {
    StringBuilder s = new StringBuilder("(");
    for (int i = 0; i < dims.length; i++) {
      s.append(i == 0 ? "" : ", ").append(dims[i] < 0 ? "None" : Integer.toString(dims[i]));
    }
    return s.append(dims.length == 1 ? ",)" : ")").toString();
  }
}
