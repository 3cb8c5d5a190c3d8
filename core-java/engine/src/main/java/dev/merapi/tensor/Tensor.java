package dev.merapi.tensor;

import dev.merapi.say.Message;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/// A multi-dimensional array of one element type; immutable.
///
/// Elements lie in row-major order without gaps. Operations on tensors are the functions of `tf`. A
/// tensor never needs to be closed: its memory returns when nobody refers to it.
public final class Tensor implements TensorLike {
  private static final AtomicLong IDS = new AtomicLong();
  private static final VarHandle ID;

  static {
    try {
      ID = MethodHandles.lookup().findVarHandle(Tensor.class, "id", long.class);
      // Whoever calls annotated methods has made a tensor before, so here is the moment to look for
      // them; by name because their room comes after this one.
      Class.forName("dev.merapi.function.intercept.FirstTensor");
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Spec spec;
  private final Storage storage;
  private long id;

  /// Wraps `storage`, whose bytes hold `spec`'s elements. Used by the rooms that make values.
  public Tensor(Spec spec, Storage storage) {
    this.spec = spec;
    this.storage = storage;
  }

  public Spec spec() {
    return spec;
  }

  /// Returns this tensor.
  @Override
  public Tensor asTensor() {
    return this;
  }

  public DType dtype() {
    return spec.dtype();
  }

  public Shape shape() {
    return spec.shape();
  }

  /// Returns the number of axes.
  public int rank() {
    return spec.shape().rank();
  }

  /// Returns the number of axes, as NumPy calls it.
  public int ndim() {
    return rank();
  }

  /// Returns the number of elements.
  public long size() {
    return spec.shape().size();
  }

  /// Returns the name of the device that holds the elements.
  public String device() {
    return storage.device();
  }

  public Storage storage() {
    return storage;
  }

  /// Tells whether this stands for a value that a graph will compute, inside a trace.
  public boolean isSymbolic() {
    return storage.isSymbolic();
  }

  /// Returns the bytes of the elements, for kernels; readers elsewhere use the `to…Array`
  /// functions.
  public MemorySegment segment() {
    return storage.segment();
  }

  /// Returns the elements of a string tensor, for kernels; nobody writes into them.
  public byte[][] strings() {
    return storage.strings();
  }

  /// Returns the elements of a tensor of handles, for kernels; nobody writes into them.
  public Object[] handles() {
    return storage.handles();
  }

  /// Returns another tensor over the same elements, with another shape of the same size (or another
  /// type of the same width).
  public Tensor alias(Spec other) {
    storage.retain();
    return new Tensor(other, storage);
  }

  /// Returns a number that no other tensor of this process has; given out on first use.
  public long id() {
    long now = (long) ID.getAcquire(this);
    if (now != 0) {
      return now;
    }
    long fresh = IDS.incrementAndGet();
    long before = (long) ID.compareAndExchange(this, 0L, fresh);
    return before == 0 ? fresh : before;
  }

  /// Returns the number that [#id()] gave out, or 0 if nobody asked for it yet.
  public long idOrZero() {
    return (long) ID.getAcquire(this);
  }

  /// Returns the only element as a host number.
  ///
  /// Fails: `ShapeError` when there is not exactly one element.
  public double item() {
    Elements.real(this);
    if (size() != 1) {
      throw Message.what("item(): a tensor of shape " + shape() + " is not a single number")
          .expected("exactly one element")
          .fix("pick one with tf.gather or a slice, or read all with toDoubleArray()")
          .shapeError();
    }
    return Elements.toDoubles(this)[0];
  }

  public float floatValue() {
    return (float) item();
  }

  public int intValue() {
    return (int) longValue();
  }

  /// Returns the only element as a whole number; exact for all integer types.
  public long longValue() {
    if (size() != 1 || isSymbolic()) {
      item();
    }
    return dtype().isInteger() ? Elements.toLongs(this)[0] : (long) item();
  }

  /// Returns the only element as a truth value: true for anything but zero.
  public boolean booleanValue() {
    return item() != 0;
  }

  /// Returns the elements in row-major order, converted to float32.
  public float[] toFloatArray() {
    return Elements.toFloats(this);
  }

  /// Returns the elements in row-major order, converted to float64.
  public double[] toDoubleArray() {
    return Elements.toDoubles(this);
  }

  /// Returns the elements in row-major order; float types are cut towards zero.
  public int[] toIntArray() {
    return Elements.toInts(this);
  }

  /// Returns the elements in row-major order; float types are cut towards zero.
  public long[] toLongArray() {
    return Elements.toLongs(this);
  }

  /// Returns the elements in row-major order: true for anything but zero.
  public boolean[] toBooleanArray() {
    return Elements.toBooleans(this);
  }

  /// Returns the elements' bytes in row-major order, in this machine's byte order.
  public byte[] toByteArray() {
    return Elements.toBytes(this);
  }

  /// Returns the elements of a string tensor, read as UTF-8.
  public String[] toStringArray() {
    return Elements.toStrings(this);
  }

  /// Returns the elements as nested Java arrays of this tensor's rank; a single number boxed.
  ///
  /// A float32 tensor of shape `(2, 3)` gives `float[2][3]`. Unsigned types widen to the next Java
  /// type (uint8 to short, uint16 to int, uint32 to long; uint64 keeps its bits in a long), 16-bit
  /// floats to float; complex types get one more axis of length 2: real and imaginary part. Strings
  /// are read as UTF-8.
  public Object numpy() {
    return HostArrays.nested(this);
  }

  /// Copies the elements in row-major order into the array, converted to float32.
  ///
  /// Fails: `ShapeError` when the length is not the number of elements.
  public void copyTo(float[] y) {
    HostArrays.copy(this, y);
  }

  /// Copies the elements in row-major order into the array, converted to float64.
  public void copyTo(double[] y) {
    HostArrays.copy(this, y);
  }

  /// Copies the elements in row-major order into the array; float types are cut towards zero.
  public void copyTo(int[] y) {
    HostArrays.copy(this, y);
  }

  /// Copies the elements in row-major order into the array; float types are cut towards zero.
  public void copyTo(long[] y) {
    HostArrays.copy(this, y);
  }

  /// Copies the elements' bytes in this machine's order to the buffer's position, which moves on.
  public void copyTo(java.nio.ByteBuffer y) {
    HostArrays.copy(this, y);
  }

  /// Returns one element as float32; negative indices count from the end.
  public float getFloat(int... index) {
    return (float) HostArrays.doubleAt(this, index);
  }

  /// Returns one element as float64; negative indices count from the end.
  ///
  /// Fails: `ShapeError` naming the axis when an index is outside or there are not as many as axes.
  public double getDouble(int... index) {
    return HostArrays.doubleAt(this, index);
  }

  /// Returns one element as a whole number.
  public int getInt(int... index) {
    return (int) HostArrays.longAt(this, index);
  }

  /// Returns one element as a whole number; exact for all integer types.
  public long getLong(int... index) {
    return HostArrays.longAt(this, index);
  }

  /// Returns one element as a truth value: true for anything but zero.
  public boolean getBoolean(int... index) {
    return HostArrays.doubleAt(this, index) != 0;
  }

  /// Returns one element of a string tensor, read as UTF-8.
  public String getString(int... index) {
    return HostArrays.stringAt(this, index);
  }

  /// Returns the bare value, as Python's `"{}".format(tensor)` shows it: `0`, `[1 2 3]`.
  public String format() {
    return NumpyFormat.str(this);
  }

  /// Returns TensorFlow's short form: `<tf.Tensor: shape=(), dtype=float32, numpy=5.1>`.
  public String repr() {
    return NumpyFormat.tensorRepr(this);
  }

  /// Returns what TensorFlow prints: `tf.Tensor([1 2 3], shape=(3,), dtype=int32)`.
  @Override
  public String toString() {
    return NumpyFormat.tensorStr(this);
  }
}
