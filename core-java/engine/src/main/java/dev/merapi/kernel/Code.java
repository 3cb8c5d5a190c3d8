package dev.merapi.kernel;

import dev.merapi.kernel.Program.Callee;
import dev.merapi.kernel.Program.Prim;
import dev.merapi.kernel.Program.Word;

/// Appends steps to a program: a thin vocabulary in which the rest of the lowering is written.
///
/// All methods take and give numbers of steps; the word of a result follows from its operands.
final class Code {
  private final Program p;

  Code(Program p) {
    this.p = p;
  }

  Word word(int a) {
    return p.step(a).word();
  }

  int f32(float v) {
    return p.constant(Word.F32, Float.floatToIntBits(v) & 0xffffffffL);
  }

  int f64(double v) {
    return p.constant(Word.F64, Double.doubleToLongBits(v));
  }

  int i32(int v) {
    return p.constant(Word.I32, v);
  }

  int i64(long v) {
    return p.constant(Word.I64, v);
  }

  int bit(boolean v) {
    return p.constant(Word.BIT, v ? 1 : 0);
  }

  /// Returns the constant `v` in the word of step `like`.
  int like(int like, double v) {
    return switch (word(like)) {
      case F32 -> f32((float) v);
      case F64 -> f64(v);
      case I32 -> i32((int) v);
      case I64 -> i64((long) v);
      case BIT -> bit(v != 0);
    };
  }

  int load(int input, int component, Word w) {
    return p.load(input, component, w);
  }

  int add(int a, int b) {
    return p.word(Prim.ADD, word(a), a, b, -1);
  }

  int sub(int a, int b) {
    return p.word(Prim.SUB, word(a), a, b, -1);
  }

  int mul(int a, int b) {
    return p.word(Prim.MUL, word(a), a, b, -1);
  }

  int div(int a, int b) {
    return p.word(Prim.DIV, word(a), a, b, -1);
  }

  int rem(int a, int b) {
    return p.word(Prim.REM, word(a), a, b, -1);
  }

  int neg(int a) {
    return p.word(Prim.NEG, word(a), a, -1, -1);
  }

  int abs(int a) {
    return p.word(Prim.ABS, word(a), a, -1, -1);
  }

  int sqrt(int a) {
    return p.word(Prim.SQRT, word(a), a, -1, -1);
  }

  int fma(int a, int b, int c) {
    return p.word(Prim.FMA, word(a), a, b, c);
  }

  int min(int a, int b) {
    return p.word(Prim.MIN, word(a), a, b, -1);
  }

  int max(int a, int b) {
    return p.word(Prim.MAX, word(a), a, b, -1);
  }

  int and(int a, int b) {
    return p.word(Prim.AND, word(a), a, b, -1);
  }

  int or(int a, int b) {
    return p.word(Prim.OR, word(a), a, b, -1);
  }

  int xor(int a, int b) {
    return p.word(Prim.XOR, word(a), a, b, -1);
  }

  /// Inverts a BIT or all bits of an integer.
  int not(int a) {
    return xor(a, word(a) == Word.BIT ? bit(true) : like(a, -1));
  }

  int shl(int a, int b) {
    return p.word(Prim.SHL, word(a), a, b, -1);
  }

  int shr(int a, int b) {
    return p.word(Prim.SHR, word(a), a, b, -1);
  }

  int ushr(int a, int b) {
    return p.word(Prim.USHR, word(a), a, b, -1);
  }

  int lt(int a, int b) {
    return p.word(Prim.LT, Word.BIT, a, b, -1);
  }

  int le(int a, int b) {
    return p.word(Prim.LE, Word.BIT, a, b, -1);
  }

  int eq(int a, int b) {
    return p.word(Prim.EQ, Word.BIT, a, b, -1);
  }

  int ne(int a, int b) {
    return p.word(Prim.NE, Word.BIT, a, b, -1);
  }

  int select(int test, int a, int b) {
    return p.word(Prim.SELECT, word(a), test, a, b);
  }

  /// Gives `call` where `test` (rarely) holds, else `usual`.
  int rescue(int test, int usual, int call) {
    return p.word(Prim.RESCUE, word(usual), test, usual, call);
  }

  /// Converts as a Java cast; a BIT gives 0 or 1.
  int to(Word w, int a) {
    if (word(a) == w) {
      return a;
    }
    if (word(a) == Word.BIT) {
      int one =
          switch (w) {
            case F32 -> f32(1);
            case F64 -> f64(1);
            case I32 -> i32(1);
            default -> i64(1);
          };
      return select(a, one, like(one, 0));
    }
    if (w == Word.BIT) {
      return ne(a, like(a, 0));
    }
    return p.word(Prim.CONVERT, w, a, -1, -1);
  }

  /// Reinterprets a float as the integer of its width, and back.
  int bits(int a) {
    Word w =
        switch (word(a)) {
          case F32 -> Word.I32;
          case I32 -> Word.F32;
          case F64 -> Word.I64;
          default -> Word.F64;
        };
    return p.word(Prim.BITCAST, w, a, -1, -1);
  }

  int call(Class<?> owner, String method, Word result, int a) {
    return p.call(result, new Callee(owner, method), a, -1, -1);
  }

  int call(Class<?> owner, String method, Word result, int a, int b) {
    return p.call(result, new Callee(owner, method), a, b, -1);
  }

  /// Calls a method of doubles; a float32 is widened for it and the result rounded back.
  int real(Class<?> owner, String method, int... args) {
    Word w = word(args[0]);
    int a = to(Word.F64, args[0]);
    int b = args.length > 1 ? to(Word.F64, args[1]) : -1;
    return to(w, p.call(Word.F64, new Callee(owner, method), a, b, -1));
  }
}
