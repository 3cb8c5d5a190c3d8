package dev.merapi.op;

import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Refers to an operation by name and finds it on first use.
///
/// Families call each other's operations in their gradients through references, so that loading one
/// family does not load them all, and none has to come before another.
public final class OpRef {
  private final String name;
  private volatile @Nullable OpDef found;

  private OpRef(String name) {
    this.name = name;
  }

  public static OpRef to(String name) {
    return new OpRef(name);
  }

  public OpDef get() {
    OpDef d = found;
    if (d == null) {
      d = Registry.find(name);
      found = d;
    }
    return d;
  }

  /// Carries the operation out with default attributes; returns the first output.
  public Tensor of(Tensor x) {
    return get().of(x);
  }

  public Tensor of(Tensor x, Tensor y) {
    return get().of(x, y);
  }

  public Tensor of(Tensor... in) {
    return get().of(in);
  }

  /// Carries the operation out; returns the first output.
  public Tensor with(Attrs a, Tensor x) {
    return get().with(a, x);
  }

  public Tensor with(Attrs a, Tensor x, Tensor y) {
    return get().with(a, x, y);
  }

  public Tensor with(Attrs a, Tensor... in) {
    return get().with(a, in);
  }

  /// Returns all outputs.
  public Tensor[] all(Attrs a, Tensor... in) {
    return get().all(a, in);
  }

  /// Returns attribute values: names and values in turn.
  public Attrs attrs(Object... namesAndValues) {
    return get().attrs(namesAndValues);
  }
}
