package dev.merapi.kernel;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// Segments, values and expressions that the tests of loops share.
final class Cases {
  static final List<UnaryOperator<Expr>> UNARY =
      List.of(
          Expr::neg,
          Expr::abs,
          Expr::sign,
          Expr::square,
          Expr::reciprocal,
          Expr::sqrt,
          Expr::rsqrt,
          Expr::cbrt,
          Expr::exp,
          Expr::expm1,
          Expr::log,
          Expr::log1p,
          Expr::sin,
          Expr::cos,
          Expr::tan,
          Expr::asin,
          Expr::acos,
          Expr::atan,
          Expr::sinh,
          Expr::cosh,
          Expr::tanh,
          Expr::asinh,
          Expr::acosh,
          Expr::atanh,
          Expr::sigmoid,
          Expr::softplus,
          Expr::erf,
          Expr::erfc,
          Expr::erfinv,
          Expr::ndtri,
          Expr::lgamma,
          Expr::digamma,
          Expr::i0e,
          Expr::i1e,
          Expr::floor,
          Expr::ceil,
          Expr::rint,
          Expr::round,
          Expr::trunc,
          Expr::not,
          Expr::bitNot,
          Expr::isNan,
          Expr::isInf,
          Expr::isFinite,
          Expr::real,
          Expr::imag,
          Expr::angle,
          Expr::conj);
  static final List<BinaryOperator<Expr>> BINARY =
      List.of(
          Expr::add,
          Expr::sub,
          Expr::mul,
          Expr::div,
          Expr::min,
          Expr::max,
          Expr::floorMod,
          Expr::truncMod,
          Expr::floorDiv,
          Expr::pow,
          Expr::atan2,
          Expr::hypot,
          Expr::lt,
          Expr::le,
          Expr::gt,
          Expr::ge,
          Expr::eq,
          Expr::ne,
          Expr::and,
          Expr::or,
          Expr::xor,
          Expr::bitAnd,
          Expr::bitOr,
          Expr::bitXor,
          Expr::shl,
          Expr::shr,
          Expr::complex);

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1,
    -1,
    0.5f,
    -0.5f,
    1.5f,
    -1.5f,
    2.5f,
    3,
    -7,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    88.7f,
    89f,
    -87.4f,
    -103.9f,
    -104.1f,
    1e-10f,
    1e5f,
    29999f,
    30001f,
    8388607.5f
  };

  private Cases() {}

  /// Returns every operation as an expression of its inputs.
  static List<Expr> all() {
    Expr x = Expr.in(0);
    Expr y = Expr.in(1);
    List<Expr> all = new ArrayList<>();
    UNARY.forEach(f -> all.add(f.apply(x)));
    BINARY.forEach(f -> all.add(f.apply(x, y)));
    all.add(x.fma(y, Expr.in(2)));
    all.add(x.lt(y).select(y, Expr.in(2)));
    for (DType t : DType.values()) {
      if (t.bytes() > 0) {
        all.add(x.cast(t));
      }
    }
    return all;
  }

  static boolean takes(Expr e, DType... in) {
    try {
      e.dtype(in);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  static MemorySegment segment(DType t, long n) {
    return Arena.ofAuto().allocate(Math.max(n, 1) * t.bytes(), 64);
  }

  /// Returns special values first, then values of all sizes; small positive integers if `tame`.
  static MemorySegment values(DType t, int n, long seed, boolean tame) {
    MemorySegment s = segment(t, n);
    Random random = new Random(seed);
    for (int i = 0; i < n; i++) {
      if (t.isInteger()) {
        long v = tame ? 1 + random.nextInt(6) : random.nextLong() >> random.nextInt(64);
        putLong(s, t, i, v == 0 || (byte) v == 0 ? 1 : v);
      } else {
        float f = i < SPECIAL.length ? SPECIAL[i] : number(random, i);
        put(s, t, i, f, random.nextGaussian());
      }
    }
    return s;
  }

  private static float number(Random random, int i) {
    float any = Float.intBitsToFloat(random.nextInt());
    float f = i % 3 == 0 ? any : (float) random.nextGaussian() * (i % 3 == 1 ? 3 : 1000);
    return Float.isNaN(f) ? Float.NaN : f;
  }

  static void putLong(MemorySegment s, DType t, long i, long v) {
    switch (t.bytes()) {
      case 1 -> s.setAtIndex(ValueLayout.JAVA_BYTE, i, (byte) v);
      case 2 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) v);
      case 4 -> s.setAtIndex(ValueLayout.JAVA_INT, i, (int) v);
      default -> s.setAtIndex(ValueLayout.JAVA_LONG, i, v);
    }
  }

  static void put(MemorySegment s, DType t, long i, double v, double im) {
    switch (t) {
      case F16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, Half.toF16((float) v));
      case BF16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, Half.toBf16((float) v));
      case F32 -> s.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) v);
      case F64 -> s.setAtIndex(ValueLayout.JAVA_DOUBLE, i, v);
      case BOOL -> s.setAtIndex(ValueLayout.JAVA_BYTE, i, (byte) (v > 0 ? 1 : 0));
      case C64 -> {
        s.setAtIndex(ValueLayout.JAVA_FLOAT, 2 * i, (float) v);
        s.setAtIndex(ValueLayout.JAVA_FLOAT, 2 * i + 1, (float) im);
      }
      case C128 -> {
        s.setAtIndex(ValueLayout.JAVA_DOUBLE, 2 * i, v);
        s.setAtIndex(ValueLayout.JAVA_DOUBLE, 2 * i + 1, im);
      }
      default -> putLong(s, t, i, (long) v);
    }
  }

  /// Returns component `part` of element `i`; integers as signed 64 bits.
  static double get(MemorySegment s, DType t, long i, int part) {
    return switch (t) {
      case F16 -> Half.fromF16(s.getAtIndex(ValueLayout.JAVA_SHORT, i));
      case BF16 -> Half.fromBf16(s.getAtIndex(ValueLayout.JAVA_SHORT, i));
      case F32 -> s.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      case F64 -> s.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      case C64 -> s.getAtIndex(ValueLayout.JAVA_FLOAT, 2 * i + part);
      case C128 -> s.getAtIndex(ValueLayout.JAVA_DOUBLE, 2 * i + part);
      default -> getLong(s, t, i);
    };
  }

  static long getLong(MemorySegment s, DType t, long i) {
    return switch (t) {
      case BOOL, I8 -> s.getAtIndex(ValueLayout.JAVA_BYTE, i);
      case U8 -> s.getAtIndex(ValueLayout.JAVA_BYTE, i) & 0xff;
      case I16 -> s.getAtIndex(ValueLayout.JAVA_SHORT, i);
      case U16 -> s.getAtIndex(ValueLayout.JAVA_SHORT, i) & 0xffff;
      case I32 -> s.getAtIndex(ValueLayout.JAVA_INT, i);
      case U32 -> s.getAtIndex(ValueLayout.JAVA_INT, i) & 0xffffffffL;
      default -> s.getAtIndex(ValueLayout.JAVA_LONG, i);
    };
  }

  /// Returns what identifies element `i` bit for bit, all NaN being one.
  static String bits(MemorySegment s, DType t, long i) {
    if (t.isInteger() || t == DType.BOOL) {
      return Long.toHexString(getLong(s, t, i));
    }
    String re = Double.toHexString(get(s, t, i, 0));
    return t.isComplex() ? re + "," + Double.toHexString(get(s, t, i, 1)) : re;
  }

  static boolean isPower(Expr e) {
    return e.op() == ExprOp.POW;
  }
}
