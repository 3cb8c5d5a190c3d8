package dev.merapi.op;

import dev.merapi.kernel.Fusion;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attribute of an operation: its name, kind, default (null: must be given) and the words it
/// may take.
public record AttrDef(String name, Kind kind, @Nullable Object otherwise, List<String> words) {

  /// Kinds of attributes, with the Java class that holds a value.
  public enum Kind {
    INT(Long.class),
    FLOAT(Double.class),
    BOOL(Boolean.class),
    STRING(String.class),
    TYPE(DType.class),
    SHAPE(Shape.class),
    INTS(int[].class),
    FLOATS(float[].class),
    STRINGS(String[].class),
    TYPES(DType[].class),
    SHAPES(Shape[].class),
    TENSOR(Tensor.class),
    FUNC(Body.class),
    FUNCS(Body[].class),
    /// Only in graphs that the optimiser has made.
    FUSION(Fusion.class);

    final Class<?> holder;

    Kind(Class<?> holder) {
      this.holder = holder;
    }

    static Kind of(Object value) {
      for (Kind k : values()) {
        if (k.holder.isInstance(value)) {
          return k;
        }
      }
      throw new IllegalArgumentException("no attribute holds a " + value.getClass().getName());
    }
  }

  /// Brings a host value into the form that the attribute holds.
  ///
  /// Fails: `AttrError` naming the operation, the attribute and what it takes.
  Object accept(String op, Object value) {
    Object v = value;
    if (kind == Kind.INT
        && v instanceof Number n
        && !(v instanceof Double)
        && !(v instanceof Float)) {
      v = n.longValue();
    } else if (kind == Kind.FLOAT && v instanceof Number n) {
      v = n.doubleValue();
    } else if (kind == Kind.INTS && v instanceof long[] l) {
      int[] a = new int[l.length];
      for (int i = 0; i < a.length; i++) {
        a[i] = Math.toIntExact(l[i]);
      }
      v = a;
    } else if (kind == Kind.INTS && v instanceof List<?> l) {
      v = l.stream().mapToInt(e -> ((Number) e).intValue()).toArray();
    } else if (kind == Kind.SHAPE && v instanceof int[] dims) {
      v = Shape.of(dims);
    }
    if (!kind.holder.isInstance(v)) {
      throw Message.what(
              op + ": attribute " + name + " does not take a " + value.getClass().getSimpleName())
          .given(name + " = " + value)
          .expected(kind.name().toLowerCase(java.util.Locale.ROOT))
          .attrError();
    }
    if (!words.isEmpty() && v instanceof String s && !words.contains(s)) {
      throw Message.what(op + ": attribute " + name + " knows no '" + s + "'")
          .given(name + " = '" + s + "'")
          .expected("one of " + String.join(", ", words))
          .attrError();
    }
    return v;
  }
}
