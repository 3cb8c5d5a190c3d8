package dev.merapi.op;

import dev.merapi.kernel.Fusion;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attribute values of one call, in the order of the declaration; immutable.
public final class Attrs {
  private final OpDef op;
  private final @Nullable Object[] values;

  Attrs(OpDef op, @Nullable Object[] values) {
    this.op = op;
    this.values = values;
  }

  /// Returns the value, or null where a type attribute follows from the inputs.
  public @Nullable Object get(String name) {
    return values[position(name)];
  }

  /// Tells whether an attribute of that name is declared.
  public boolean has(String name) {
    return op.hasAttr(name);
  }

  private int position(String name) {
    List<AttrDef> defs = op.attrs();
    for (int i = 0; i < values.length; i++) {
      if (defs.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException(
        "This is a bug in Merapi: " + op.name() + " declares no attribute " + name);
  }

  private Object must(String name) {
    Object v = get(name);
    if (v == null) {
      throw Message.what(op.name() + ": attribute " + name + " is missing")
          .expected("a value for " + name + "; it has no default")
          .attrError();
    }
    return v;
  }

  public int i(String name) {
    long v = (Long) must(name);
    if (v != (int) v) {
      throw Message.what(
              op.name() + ": attribute " + name + " is " + v + ", more than 32 bits hold")
          .given(name + " = " + v)
          .expected("a number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE)
          .attrError();
    }
    return (int) v;
  }

  public long l(String name) {
    return (Long) must(name);
  }

  public double f(String name) {
    return (Double) must(name);
  }

  public boolean b(String name) {
    return (Boolean) must(name);
  }

  public String s(String name) {
    return (String) must(name);
  }

  public DType type(String name) {
    return (DType) must(name);
  }

  public Shape shape(String name) {
    return (Shape) must(name);
  }

  public Tensor tensor(String name) {
    return (Tensor) must(name);
  }

  /// Returns the graph that an attribute holds, for example the branch of an `If`.
  public Body body(String name) {
    return (Body) must(name);
  }

  /// Returns the fused operations that a node of the optimiser carries out.
  public Fusion fusion(String name) {
    return (Fusion) must(name);
  }

  /// Returns the list of graphs without a copy; the caller only reads it.
  public Body[] bodies(String name) {
    return (Body[]) must(name);
  }

  /// Returns the list of shapes without a copy; the caller only reads it.
  public Shape[] shapes(String name) {
    return (Shape[]) must(name);
  }

  /// Returns the list of whole numbers without a copy; the caller only reads it.
  public int[] ints(String name) {
    return (int[]) must(name);
  }

  public float[] floats(String name) {
    return (float[]) must(name);
  }

  public String[] strings(String name) {
    return (String[]) must(name);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Attrs a && a.op == op && Arrays.deepEquals(values, a.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      s.append(i == 0 ? "" : ", ").append(op.attrs().get(i).name()).append('=');
      String deep = Arrays.deepToString(new Object[] {values[i]});
      s.append(deep, 1, deep.length() - 1);
    }
    return s.append('}').toString();
  }
}
