package dev.merapi.facade;

import dev.merapi.op.ArgDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Literals;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.TypeVar;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what callers pass (tensors, variables, numbers, arrays, lists) into an operation's inputs.
///
/// A host value beside a tensor takes the tensor's element type, as in TensorFlow; alone it keeps
/// its own.
public final class Operands {
  private Operands() {}

  /// Carries out an operation of one input that is no list; returns the first output.
  static Tensor call(OpRef op, Object x) {
    return call(op, op.get().defaults(), x);
  }

  static Tensor call(OpRef op, Attrs attrs, Object x) {
    Tensor a = tensor(x);
    return a != null ? op.with(attrs, a) : op.with(attrs, mixed(op.get(), new Object[] {x}));
  }

  /// Carries out an operation of two inputs that are no lists; returns the first output.
  static Tensor call(OpRef op, Object x, Object y) {
    return call(op, op.get().defaults(), x, y);
  }

  static Tensor call(OpRef op, Attrs attrs, Object x, Object y) {
    Tensor a = tensor(x);
    Tensor b = a == null ? null : tensor(y);
    return a != null && b != null
        ? op.with(attrs, a, b)
        : op.with(attrs, mixed(op.get(), new Object[] {x, y}));
  }

  private static @Nullable Tensor tensor(Object given) {
    return given instanceof Tensor t ? t : given instanceof TensorLike l ? l.asTensor() : null;
  }

  /// Returns the inputs of `op`; a list input is passed as one `List`.
  public static Tensor[] of(OpDef op, Object... given) {
    Tensor[] in = simple(given);
    return in != null ? in : mixed(op, given);
  }

  /// The common case: nothing to convert.
  private static Tensor @Nullable [] simple(Object[] given) {
    Tensor[] in = new Tensor[given.length];
    for (int i = 0; i < in.length; i++) {
      Tensor t = tensor(given[i]);
      if (t == null) {
        return null;
      }
      in[i] = t;
    }
    return in;
  }

  private static Tensor[] mixed(OpDef op, Object[] given) {
    List<Tensor> in = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      ArgDef a = op.inputs().get(i);
      if (a.list()) {
        for (Object o : (List<?>) given[i]) {
          in.add(convert(op, a, o, given));
        }
      } else {
        in.add(convert(op, a, given[i], given));
      }
    }
    return in.toArray(new Tensor[0]);
  }

  private static Tensor convert(OpDef op, ArgDef a, Object value, Object[] given) {
    if (value instanceof Tensor t) {
      return t;
    }
    if (value instanceof TensorLike l) {
      return l.asTensor();
    }
    if (value instanceof Shape s) {
      return Values.ints(s.dims());
    }
    DType fixed = a.fixed();
    if (fixed != null) {
      return Literals.of(value, fixed, null);
    }
    Tensor other = partner(op, a, given);
    if (other != null) {
      return Literals.like(value, other);
    }
    return Literals.of(value, index(op, a) && isEmpty(value) ? DType.I32 : null, null);
  }

  /// Tells whether an input holds shapes, axes or indices: an empty list of them is int32, not
  /// float32.
  private static boolean index(OpDef op, ArgDef a) {
    for (TypeVar t : op.types()) {
      if (t.name().equals(a.typeVar())) {
        return !t.types().has(DType.F32);
      }
    }
    return false;
  }

  private static boolean isEmpty(Object value) {
    return value instanceof List<?> l && l.isEmpty();
  }

  /// Returns a tensor among the operands whose type the input shares, or null.
  private static @Nullable Tensor partner(OpDef op, ArgDef a, Object[] given) {
    for (int i = 0; i < given.length; i++) {
      ArgDef b = op.inputs().get(i);
      if (a.typeVar() == null || !a.typeVar().equals(b.typeVar())) {
        continue;
      }
      Iterable<?> candidates = given[i] instanceof List<?> l && b.list() ? l : List.of(given[i]);
      for (Object o : candidates) {
        if (o instanceof Tensor t) {
          return t;
        }
        if (o instanceof TensorLike l) {
          return l.asTensor();
        }
      }
    }
    return null;
  }
}
