package dev.merapi.op;

import static dev.merapi.tensor.DType.BF16;
import static dev.merapi.tensor.DType.BOOL;
import static dev.merapi.tensor.DType.C128;
import static dev.merapi.tensor.DType.C64;
import static dev.merapi.tensor.DType.F16;
import static dev.merapi.tensor.DType.F32;
import static dev.merapi.tensor.DType.F64;
import static dev.merapi.tensor.DType.I16;
import static dev.merapi.tensor.DType.I32;
import static dev.merapi.tensor.DType.I64;
import static dev.merapi.tensor.DType.I8;
import static dev.merapi.tensor.DType.STRING;
import static dev.merapi.tensor.DType.U16;
import static dev.merapi.tensor.DType.U32;
import static dev.merapi.tensor.DType.U64;
import static dev.merapi.tensor.DType.U8;

import dev.merapi.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/// A set of element types, and the sets that declarations name.
public final class Types {
  public static final Types FLOATS = of(F16, BF16, F32, F64);
  public static final Types COMPLEX = of(C64, C128);
  public static final Types FLOATS_COMPLEX = FLOATS.and(COMPLEX);
  public static final Types INTS = of(I8, I16, I32, I64, U8, U16, U32, U64);

  public static final Types UNSIGNED = of(U8, U16, U32, U64);

  /// Real numbers: floats and integers.
  public static final Types REALS = FLOATS.and(INTS);

  /// Everything that can be added and multiplied.
  public static final Types NUMBERS = REALS.and(COMPLEX);

  /// Numbers that can be negative.
  public static final Types SIGNED = NUMBERS.without(UNSIGNED);

  /// Types of indices and shapes.
  public static final Types INDICES = of(I32, I64);

  public static final Types BOOLS = of(BOOL);
  public static final Types STRINGS = of(STRING);

  /// Everything with bytes: numbers and truth values.
  public static final Types FIXED = NUMBERS.and(BOOLS);

  public static final Types ALL = FIXED.and(STRINGS);

  /// Whatever a tensor can hold, lists of tensors among it.
  public static final Types ANY = ALL.and(of(DType.VARIANT));

  private final int mask;

  private Types(int mask) {
    this.mask = mask;
  }

  public static Types of(DType... types) {
    int m = 0;
    for (DType d : types) {
      m |= 1 << d.ordinal();
    }
    return new Types(m);
  }

  public Types and(Types other) {
    return new Types(mask | other.mask);
  }

  public Types without(Types other) {
    return new Types(mask & ~other.mask);
  }

  public boolean has(DType d) {
    return (mask >> d.ordinal() & 1) != 0;
  }

  public List<DType> list() {
    List<DType> l = new ArrayList<>();
    for (DType d : DType.values()) {
      if (has(d)) {
        l.add(d);
      }
    }
    return l;
  }

  /// Returns the names, as messages list them: `float32, float64 or int32`.
  @Override
  public String toString() {
    List<DType> l = list();
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < l.size(); i++) {
      s.append(i == 0 ? "" : i == l.size() - 1 ? " or " : ", ").append(l.get(i));
    }
    return s.toString();
  }
}
