package dev.merapi.memory;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The place of a variable: a name, a type and shape, and the tensor that is there now.
///
/// Readers get tensors that never change. A writer either puts another tensor in the place, or
/// writes into the one that is there when nobody else can look at it ([#target()]): counted claims
/// and the flag `seen` tell. All changes happen under this object's monitor, which a thread may
/// hold over several of them.
public final class Cell {
  private record Named(String container, String name) {}

  private static final ConcurrentHashMap<Named, Cell> NAMED = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final Spec SCALAR = Spec.of(DType.RESOURCE);

  private final String name;
  private final Spec spec;
  private final long number = NUMBERS.getAndIncrement();
  private final Tensor handle = Memory.handles(SCALAR, new Object[] {this});
  private volatile @Nullable Tensor value;

  /// Whether somebody outside every scope may still look at the value without a claim of their own;
  /// guarded by this object's monitor.
  private boolean seen;

  /// The variable that users hold, told to tapes when the place is read through its handle.
  private volatile @Nullable Object owner;

  private volatile boolean trainable;

  /// Makes a place without a value.
  ///
  /// @param spec type and shape of all values; unknown axes may differ from value to value
  public Cell(String name, Spec spec) {
    this.name = name;
    this.spec = spec;
  }

  /// Makes a place that holds `initial`, whose type and shape hold for good.
  public Cell(String name, Tensor initial) {
    this(name, initial.spec());
    this.value = initial.alias(initial.spec());
  }

  /// Returns the place that all of this process share under a name, made on first use; it stays
  /// until [#clear].
  public static Cell named(String container, String name, Spec spec) {
    return NAMED.computeIfAbsent(new Named(container, name), k -> new Cell(name, spec));
  }

  /// Returns the one of two places that is locked first, by a thread that needs both.
  public static Cell first(Cell a, Cell b) {
    return a.number <= b.number ? a : b;
  }

  /// Returns the one of two places that is locked last.
  public static Cell last(Cell a, Cell b) {
    return a.number <= b.number ? b : a;
  }

  public String name() {
    return name;
  }

  /// Returns type and shape of all values; axes may be unknown.
  public Spec spec() {
    return spec;
  }

  /// Returns the scalar of type resource that stands for this place in calls; always the same one.
  public Tensor handle() {
    return handle;
  }

  /// Says which variable this is the place of, and whether tapes watch it by themselves.
  public void setOwner(Object variable, boolean isTrainable) {
    owner = variable;
    trainable = isTrainable;
  }

  public @Nullable Object owner() {
    return owner;
  }

  public boolean isTrainable() {
    return trainable;
  }

  public boolean isInitialized() {
    return value != null;
  }

  /// Returns the value now, for one who is done with it before the next change; others call
  /// [#snapshot()].
  ///
  /// Fails: `ClosedError` when there is none.
  public Tensor peek() {
    Tensor v = value;
    if (v == null) {
      throw Message.what(
              "Error while reading resource variable "
                  + name
                  + ". This could mean that the variable was uninitialized or has been deleted")
          .given("variable '" + name + "' " + spec)
          .expected("a value")
          .fix("assign one first")
          .closedError();
    }
    return v;
  }

  /// Returns the value now; it never changes. The same tensor object until the next change.
  public synchronized Tensor snapshot() {
    Tensor v = peek();
    seen |= !Memory.lease(v);
    return v;
  }

  /// Returns the value now with a claim that the caller gives back after its last use; it does not
  /// change before.
  public synchronized Tensor lend() {
    Tensor v = peek();
    v.storage().retain();
    return v;
  }

  /// Does the same for one who may keep the value for good, as a user does.
  public synchronized Tensor keep() {
    seen = true;
    return lend();
  }

  /// Returns the value now as a tensor object of its own; it never changes.
  public synchronized Tensor read() {
    Tensor v = peek();
    return Memory.alias(v, v.spec());
  }

  /// Puts `t` in the place of the value. Type and shape are the caller's to check.
  public void put(Tensor t) {
    if (t.storage().isBorrowed()) {
      Tensor own = Memory.unscoped(t.spec());
      own.segment().copyFrom(t.segment());
      replace(own);
    } else {
      // A tensor object of its own, so that gradients tell the variable from what was assigned.
      replace(t.alias(t.spec()));
    }
  }

  /// Puts what `step` makes of the value in its place; other changes wait meanwhile.
  public synchronized void change(UnaryOperator<Tensor> step) {
    try (Scope _ = Scope.open()) {
      put(step.apply(peek()));
    }
  }

  /// Returns where the next value may be written, which [#settle] then makes the value: the value
  /// itself when nobody else can look at it, else a tensor of the same type and shape with
  /// undefined content. The caller holds this object's monitor from before this call until after
  /// `settle`.
  public Tensor target() {
    Tensor v = peek();
    return seen || v.storage().isShared() ? Memory.unscoped(v.spec()) : v;
  }

  /// Returns a tensor like the value, of undefined content, for a change that may fail half-way;
  /// [#settle] makes it the value.
  public Tensor fresh() {
    return Memory.unscoped(peek().spec());
  }

  /// Makes the written [#target()] the value.
  public void settle(Tensor target) {
    if (target != value) {
      replace(target);
    }
  }

  /// Takes the value away, and the shared name if it has one; reading fails until the next value is
  /// put.
  public synchronized void clear() {
    NAMED.values().remove(this);
    giveUp();
    value = null;
  }

  private synchronized void replace(Tensor t) {
    giveUp();
    value = t;
  }

  private void giveUp() {
    Tensor old = value;
    if (old != null && !seen) {
      old.storage().release();
    }
    seen = false;
  }

  /// Returns TensorFlow's form of a variable's handle.
  @Override
  public String toString() {
    return "<ResourceHandle(name=\""
        + name
        + "/"
        + number
        + "\", device=\"/job:localhost/replica:0/task:0/device:CPU:0\", container=\"Anonymous\","
        + " type=\"tensorflow::Var\", dtype and shapes : \"[ DType enum: "
        + spec.dtype().code()
        + ", Shape: "
        + spec.shape().brackets()
        + " ]\")>";
  }
}
