package dev.merapi.eager;

import dev.merapi.memory.Cell;
import dev.merapi.memory.Scope;
import dev.merapi.op.Context;
import dev.merapi.op.Index;
import dev.merapi.op.IndexedSlices;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Recorder;
import dev.merapi.op.Slicing;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.NumpyFormat;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A value that changes: a tensor in a named place.
///
/// ```java
/// var x = new Variable(6.0);
/// x.assignAdd(1);
/// ```
///
/// Readers get immutable snapshots; an assignment puts another tensor in the place, so a snapshot
/// taken before never changes. Reads and assignments by several threads see whole values, and each
/// assignment happens at once.
///
/// Memory: a value that no snapshot shows goes back to the pool when it is replaced. One that was
/// read outside every [Scope] is left to the collector; one read inside a scope lives until that
/// scope ends.
public final class Variable implements TensorLike {
  private static final OpRef GATHER = OpRef.to("ResourceGather");
  private static final OpRef READ = OpRef.to("ReadVariableOp");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef ASSIGN = OpRef.to("AssignVariableOp");
  private static final OpRef ADD = OpRef.to("AssignAddVariableOp");
  private static final OpRef SUB = OpRef.to("AssignSubVariableOp");
  private static final OpRef SCATTER_UPDATE = OpRef.to("ResourceScatterUpdate");
  private static final OpRef SCATTER_ADD = OpRef.to("ResourceScatterAdd");
  private static final OpRef SCATTER_SUB = OpRef.to("ResourceScatterSub");
  private static final OpRef SCATTER_MUL = OpRef.to("ResourceScatterMul");
  private static final OpRef SCATTER_DIV = OpRef.to("ResourceScatterDiv");
  private static final OpRef SCATTER_MAX = OpRef.to("ResourceScatterMax");
  private static final OpRef SCATTER_MIN = OpRef.to("ResourceScatterMin");
  private static final OpRef SCATTER_ND_UPDATE = OpRef.to("ResourceScatterNdUpdate");
  private static final OpRef SCATTER_ND_ADD = OpRef.to("ResourceScatterNdAdd");
  private static final OpRef SCATTER_ND_SUB = OpRef.to("ResourceScatterNdSub");

  private final Cell cell;
  private final boolean trainable;
  private final Spec spec;

  /// The type that readers get, where it is not the one that the value is kept in.
  private @Nullable DType readAs;

  private @Nullable UnaryOperator<Tensor> constraint;

  /// Makes a trainable variable called `Variable`, as TensorFlow calls those without a name.
  ///
  /// @param initialValue a tensor or anything that [Literals] takes; its shape and type hold for
  ///   good
  public Variable(Object initialValue) {
    this(initialValue, "Variable", true);
  }

  public Variable(Object initialValue, String name) {
    this(initialValue, name, true);
  }

  public Variable(Object initialValue, String name, boolean trainable) {
    this(initialValue, null, null, name, trainable);
  }

  /// Makes a variable.
  ///
  /// @param dtype element type; null for that of the value
  /// @param shape must be that of the value; null asks nothing
  /// @param name null for `Variable`
  /// @param trainable whether tapes watch it by themselves and optimizers change it
  public Variable(
      Object initialValue,
      @Nullable DType dtype,
      @Nullable Shape shape,
      @Nullable String name,
      boolean trainable) {
    Tensor t = Context.get().executor().lift(Literals.of(initialValue, dtype));
    if (shape != null && !shape.accepts(t.shape())) {
      throw Message.what(
              "In this `tf.Variable` creation, the initial value's shape ("
                  + t.shape()
                  + ") is not compatible with the explicitly supplied `shape` argument ("
                  + shape
                  + ").")
          .expected("an initial value of shape " + shape)
          .shapeError();
    }
    this.cell = new Cell(name == null ? "Variable" : name, t);
    this.spec = t.spec();
    this.trainable = trainable;
    cell.setOwner(this, trainable);
    Context.get().executor().made(this);
  }

  /// Makes a variable of the place `cell`, which must hold a value.
  public Variable(Cell cell, boolean trainable) {
    this.cell = cell;
    this.spec = cell.peek().spec();
    this.trainable = trainable;
    cell.setOwner(this, trainable);
  }

  /// Returns the place where the value is kept, for operations on variables.
  public Cell cell() {
    return cell;
  }

  /// Returns the scalar of type resource that stands for this variable in calls; always the same
  /// one.
  public Tensor handle() {
    return cell.handle();
  }

  /// Returns the name without TensorFlow's `:0`.
  public String name() {
    return cell.name();
  }

  public boolean isTrainable() {
    return trainable;
  }

  public DType dtype() {
    return spec.dtype();
  }

  public Shape shape() {
    return spec.shape();
  }

  public int rank() {
    return spec.shape().rank();
  }

  /// Returns a snapshot of the value now, and lets gradients flow back to this variable.
  public Tensor value() {
    DType as = readAs;
    return as == null ? read() : CAST.with(CAST.attrs("DstT", as), read());
  }

  /// Gives readers the value in another type from now on, as layers of mixed precision need it;
  /// null gives it as it is. Assignments go on in the variable's own type.
  public void readAs(@Nullable DType type) {
    readAs = type == dtype() ? null : type;
  }

  /// Returns what brings the value back to where it may be; optimizers apply it after each step.
  public @Nullable UnaryOperator<Tensor> constraint() {
    return constraint;
  }

  public void setConstraint(@Nullable UnaryOperator<Tensor> constraint) {
    this.constraint = constraint;
  }

  private Tensor read() {
    Context context = Context.get();
    if (!context.isEager()) {
      // The tracer tells tapes that the handle was read.
      return READ.with(READ.attrs("dtype", dtype()), handle());
    }
    Tensor v = cell.snapshot();
    Recorder r = context.recorder();
    if (r != null) {
      r.read(this, v, trainable);
    }
    return v;
  }

  /// Returns rows of the value along its first axis; the gradient touches only those rows.
  ///
  /// @param indices of the rows, int32 or int64, of any shape
  public Tensor sparseRead(Tensor indices) {
    Context context = Context.get();
    Recorder r = context.recorder();
    if (r != null && context.isEager()) {
      r.read(this, handle(), trainable);
    }
    Tensor rows = GATHER.with(GATHER.attrs("dtype", dtype()), handle(), indices);
    DType as = readAs;
    return as == null ? rows : CAST.with(CAST.attrs("DstT", as), rows);
  }

  /// Returns [#value()], under the name that TensorFlow gives it too.
  public Tensor readValue() {
    return value();
  }

  @Override
  public Tensor asTensor() {
    return value();
  }

  /// Returns the value now without telling any tape; for the engine, which is done with it before
  /// the next assignment. Everybody else calls [#value()], whose snapshots last.
  public Tensor peek() {
    return cell.peek();
  }

  /// Returns the value as nested Java arrays or a boxed number, as [Tensor#numpy()] does.
  public Object numpy() {
    synchronized (cell) {
      return cell.peek().numpy();
    }
  }

  /// Puts `x`, a tensor or a host value, in the place of the value.
  ///
  /// Fails: `ShapeError` or `TypeError` when it does not fit; the value stays as it was.
  public Variable assign(Object x) {
    Tensor t = fitting(x);
    if (!shape().accepts(t.shape())) {
      throw Message.what(
              "Shape mismatch.The variable shape "
                  + shape()
                  + ", and the assigned value shape "
                  + t.shape()
                  + " are incompatible.")
          .given("variable '" + name() + "' " + spec + " · value " + t.spec())
          .expected("a value of shape " + shape())
          .fix("reshape the value, or make a new variable")
          .shapeError();
    }
    if (Context.get().isEager()) {
      cell.put(t);
    } else {
      ASSIGN.all(ASSIGN.attrs("dtype", dtype()), handle(), t);
    }
    return this;
  }

  /// Adds `x` to the value, at once even when several threads do so.
  ///
  /// Fails: `ShapeError` when the shape is not the variable's own (nothing is broadcast),
  /// `TypeError`.
  public Variable assignAdd(Object x) {
    return x instanceof IndexedSlices s ? scatterAdd(s) : combine(ADD, x);
  }

  /// Subtracts `x` from the value, at once even when several threads do so.
  public Variable assignSub(Object x) {
    return x instanceof IndexedSlices s ? scatterSub(s) : combine(SUB, x);
  }

  private Variable combine(OpRef op, Object x) {
    return change(op, fitting(x));
  }

  /// Replaces rows: `value[indices[i]] = updates[i]`.
  public Variable scatterUpdate(Object indices, Object updates) {
    return scatter(SCATTER_UPDATE, indices, updates);
  }

  public Variable scatterUpdate(IndexedSlices s) {
    return scatter(SCATTER_UPDATE, s.indices(), s.values());
  }

  /// Adds to rows; a row named twice gets both.
  public Variable scatterAdd(Object indices, Object updates) {
    return scatter(SCATTER_ADD, indices, updates);
  }

  public Variable scatterAdd(IndexedSlices s) {
    return scatter(SCATTER_ADD, s.indices(), s.values());
  }

  public Variable scatterSub(Object indices, Object updates) {
    return scatter(SCATTER_SUB, indices, updates);
  }

  public Variable scatterSub(IndexedSlices s) {
    return scatter(SCATTER_SUB, s.indices(), s.values());
  }

  public Variable scatterMul(Object indices, Object updates) {
    return scatter(SCATTER_MUL, indices, updates);
  }

  public Variable scatterMul(IndexedSlices s) {
    return scatter(SCATTER_MUL, s.indices(), s.values());
  }

  public Variable scatterDiv(Object indices, Object updates) {
    return scatter(SCATTER_DIV, indices, updates);
  }

  public Variable scatterDiv(IndexedSlices s) {
    return scatter(SCATTER_DIV, s.indices(), s.values());
  }

  public Variable scatterMax(Object indices, Object updates) {
    return scatter(SCATTER_MAX, indices, updates);
  }

  public Variable scatterMin(Object indices, Object updates) {
    return scatter(SCATTER_MIN, indices, updates);
  }

  /// Replaces the elements or sub-tensors that the innermost rows of `indices` name.
  public Variable scatterNdUpdate(Object indices, Object updates) {
    return scatter(SCATTER_ND_UPDATE, indices, updates);
  }

  public Variable scatterNdAdd(Object indices, Object updates) {
    return scatter(SCATTER_ND_ADD, indices, updates);
  }

  public Variable scatterNdSub(Object indices, Object updates) {
    return scatter(SCATTER_ND_SUB, indices, updates);
  }

  private Variable scatter(OpRef op, Object indices, Object updates) {
    return change(op, Literals.of(indices), fitting(updates));
  }

  /// Puts `x` where the brackets point: `v[1:, 2].assign(x)`.
  ///
  /// Fails: `ShapeError` when `x` does not stretch to the shape that the brackets give.
  public Variable assignAt(Object x, Index... places) {
    Slicing.assign(handle(), fitting(x), places);
    return this;
  }

  public Variable assignAt(Object x, String places) {
    return assignAt(x, Index.parse(places));
  }

  private Tensor fitting(Object x) {
    Tensor t =
        x instanceof Tensor || x instanceof TensorLike ? Literals.of(x) : Literals.of(x, dtype());
    if (t.dtype() != dtype()) {
      throw Message.what("variable '" + name() + "' holds " + dtype() + ", not " + t.dtype())
          .given("value " + t.spec())
          .expected(spec.toString())
          .fix("convert with tf.cast(x, tf." + dtype() + ")")
          .typeError();
    }
    return t;
  }

  /// Changes the value by an operation on the handle.
  private Variable change(OpRef op, Tensor... in) {
    Tensor[] all = new Tensor[in.length + 1];
    all[0] = handle();
    System.arraycopy(in, 0, all, 1, in.length);
    op.all(op.get().defaults(), all);
    return this;
  }

  /// Returns TensorFlow's form: `<tf.Variable 'Variable:0' shape=() dtype=float32, numpy=1.0>`,
  /// inside a trace without the number.
  @Override
  public String toString() {
    if (!Context.get().isEager()) {
      return "<tf.Variable '" + name() + ":0' shape=" + shape() + " dtype=" + dtype() + ">";
    }
    synchronized (cell) {
      return NumpyFormat.variableRepr(name(), cell.peek());
    }
  }

  /// Returns the bare value, as Python's `"{}".format(variable.numpy())` shows it.
  public String format() {
    synchronized (cell) {
      return cell.peek().format();
    }
  }

  /// Makes trainable variables called `Variable`, one for each value.
  public static Variable[] of(Object... initialValues) {
    return Arrays.stream(initialValues).map(Variable::new).toArray(Variable[]::new);
  }
}
