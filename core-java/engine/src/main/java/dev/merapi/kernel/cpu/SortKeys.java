package dev.merapi.kernel.cpu;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Numbers as whole numbers of the same order, so that one comparison serves all types.
///
/// The two zeros get one key. NaN comes above infinity, as in NumPy; for float types both signs of
/// NaN are one.
final class SortKeys {
  private SortKeys() {}

  /// Tells whether keys fit 32 bits.
  static boolean isNarrow(DType t) {
    return t.bytes() <= 4;
  }

  /// Returns the key of element `i`; those of narrow types lie in the range of int.
  static long key(MemorySegment s, DType t, long i) {
    return switch (t) {
      case F32 -> of(s.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * i));
      case F64 -> of(s.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8 * i));
      case F16 -> of(Half.fromF16(s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i)));
      case BF16 -> of(Half.fromBf16(s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i)));
      case U32 -> Numbers.get(s, t, i) + Integer.MIN_VALUE;
      case U64 -> Numbers.get(s, t, i) ^ Long.MIN_VALUE;
      default -> Numbers.get(s, t, i);
    };
  }

  /// Returns the key of a float32; adding zero turns -0 into +0.
  static int of(float x) {
    int bits = Float.floatToIntBits(x + 0.0f);
    return bits ^ bits >> 31 & Integer.MAX_VALUE;
  }

  static long of(double x) {
    long bits = Double.doubleToLongBits(x + 0.0);
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  /// Writes the keys of `n` elements from `first` on.
  static void fill(MemorySegment s, DType t, long first, long[] keys, int n) {
    if (t == DType.F32) {
      for (int i = 0; i < n; i++) {
        keys[i] = of(s.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (first + i) * 4));
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      keys[i] = key(s, t, first + i);
    }
  }
}
