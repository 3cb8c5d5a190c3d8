package dev.merapi.kernel;

import dev.merapi.kernel.Program.Word;
import dev.merapi.tensor.DType;

/// Lowers operations on integers. Every result is wrapped to its dtype, so words are always
/// canonical.
final class WholeMath {
  private final Code k;

  WholeMath(Code k) {
    this.k = k;
  }

  /// Cuts a word to the width of `t` and extends it again.
  int wrap(int v, DType t) {
    return switch (t) {
      case I8 -> extend(v, 24);
      case I16 -> extend(v, 16);
      case U8 -> k.and(v, k.i32(0xff));
      case U16 -> k.and(v, k.i32(0xffff));
      case U32 -> k.and(v, k.i64(0xffffffffL));
      default -> v;
    };
  }

  private int extend(int v, int bits) {
    return k.shr(k.shl(v, k.i32(bits)), k.i32(bits));
  }

  int apply(ExprOp op, DType t, int[] a) {
    int x = a[0];
    int y = a.length > 1 ? a[1] : x;
    boolean signed = t.kind() == DType.Kind.INT;
    return switch (op) {
      case ADD -> wrap(k.add(x, y), t);
      case SUB -> wrap(k.sub(x, y), t);
      case MUL -> wrap(k.mul(x, y), t);
      case SQUARE -> wrap(k.mul(x, x), t);
      case FMA -> wrap(k.add(k.mul(x, y), a[2]), t);
      case NEG -> wrap(k.neg(x), t);
      case ABS -> signed ? wrap(k.abs(x), t) : x;
      case SIGN -> sign(x, signed);
      case MIN -> t == DType.U64 ? k.select(less(x, y, t), x, y) : k.min(x, y);
      case MAX -> t == DType.U64 ? k.select(less(x, y, t), y, x) : k.max(x, y);
      case DIV -> wrap(divide(x, y, t), t);
      case RECIPROCAL -> wrap(divide(k.like(x, 1), x, t), t);
      case TRUNC_MOD -> remainder(x, y, t);
      case FLOOR_MOD -> signed ? floorMod(x, y) : remainder(x, y, t);
      case FLOOR_DIV -> signed ? wrap(floorDiv(x, y), t) : divide(x, y, t);
      case POW -> wrap(pow(x, y, signed), t);
      case FLOOR, CEIL, RINT, ROUND, TRUNC, REAL, CONJ -> x;
      case IMAG -> k.like(x, 0);
      case LT -> less(x, y, t);
      case GT -> less(y, x, t);
      case LE -> k.not(less(y, x, t));
      case GE -> k.not(less(x, y, t));
      case EQ -> k.eq(x, y);
      case NE -> k.ne(x, y);
      case BIT_AND -> k.and(x, y);
      case BIT_OR -> k.or(x, y);
      case BIT_XOR -> k.xor(x, y);
      case BIT_NOT -> wrap(k.not(x), t);
      case SHL -> wrap(k.shl(x, amount(y, t)), t);
      case SHR -> signed ? k.shr(x, amount(y, t)) : k.ushr(x, amount(y, t));
      case IS_NAN, IS_INF -> k.bit(false);
      case IS_FINITE -> k.bit(true);
      default -> throw new IllegalArgumentException(op + " does not take " + t);
    };
  }

  private int sign(int x, boolean signed) {
    int zero = k.like(x, 0);
    int one = k.like(x, 1);
    return signed
        ? k.select(k.lt(zero, x), one, k.select(k.lt(x, zero), k.like(x, -1), zero))
        : k.select(k.ne(x, zero), one, zero);
  }

  private int less(int x, int y, DType t) {
    if (t != DType.U64) {
      return k.lt(x, y);
    }
    int flip = k.i64(Long.MIN_VALUE);
    return k.lt(k.xor(x, flip), k.xor(y, flip));
  }

  private int divide(int x, int y, DType t) {
    return t == DType.U64 ? k.call(Long.class, "divideUnsigned", Word.I64, x, y) : k.div(x, y);
  }

  private int remainder(int x, int y, DType t) {
    return t == DType.U64 ? k.call(Long.class, "remainderUnsigned", Word.I64, x, y) : k.rem(x, y);
  }

  /// Tells whether a remainder r of a division by y has the other sign than y.
  private int crossed(int r, int y) {
    int zero = k.like(r, 0);
    return k.and(k.ne(r, zero), k.lt(k.xor(r, y), zero));
  }

  private int floorMod(int x, int y) {
    int r = k.rem(x, y);
    return k.select(crossed(r, y), k.add(r, y), r);
  }

  private int floorDiv(int x, int y) {
    int q = k.div(x, y);
    return k.select(crossed(k.rem(x, y), y), k.sub(q, k.like(q, 1)), q);
  }

  private int pow(int x, int y, boolean signed) {
    String method = signed ? "pow" : "powUnsigned";
    int v = k.call(Convert.class, method, Word.I64, k.to(Word.I64, x), k.to(Word.I64, y));
    return k.to(k.word(x), v);
  }

  /// Brings a shift into 0 … width − 1.
  private int amount(int y, DType t) {
    int most = k.like(y, t.bytes() * 8.0 - 1);
    int zero = k.like(y, 0);
    if (t == DType.U64) {
      return k.select(k.lt(y, zero), most, k.min(y, most));
    }
    return k.max(zero, k.min(y, most));
  }
}
