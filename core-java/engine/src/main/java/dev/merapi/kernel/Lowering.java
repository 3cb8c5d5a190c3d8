package dev.merapi.kernel;

import dev.merapi.kernel.Program.Word;
import dev.merapi.tensor.DType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns an expression of given input dtypes into a [Program].
///
/// A value is the numbers of one or two steps (real and imaginary part). Values are held in words:
/// float16, bfloat16 and float32 in F32; integers up to 32 bits in I32, sign- or zero-extended;
/// uint32 zero-extended in I64; uint64 in I64 as it is; bool in BIT.
final class Lowering {
  private record Key(Expr e, DType type) {}

  private final DType[] inputs;

  /// The values of the inputs where they are no elements to be loaded.
  private final int @Nullable [][] given;

  private final Typing typing;
  private final Code k;
  private final RealMath real;
  private final WholeMath whole;
  private final ComplexMath complex;
  private final Halves halves;
  private final Map<Key, int[]> known = new HashMap<>();

  private Lowering(DType[] inputs, int @Nullable [][] given, Code k) {
    this.inputs = inputs;
    this.given = given;
    this.typing = new Typing(inputs);
    this.k = k;
    this.real = new RealMath(k);
    this.whole = new WholeMath(k);
    this.complex = new ComplexMath(k, real);
    this.halves = new Halves(k);
  }

  static Program lower(Expr e, DType[] inputs, DType out) {
    Program p = new Program(inputs, out);
    p.finish(0, new Lowering(inputs, null, new Code(p)).stored(e, out));
    return p;
  }

  static Program lower(DType[] inputs, List<Fusion.Node> nodes, int[] outputs) {
    int count = inputs.length + nodes.size();
    DType[] types = Arrays.copyOf(inputs, count);
    for (int i = 0; i < nodes.size(); i++) {
      types[inputs.length + i] = nodes.get(i).dtype();
    }
    DType[] outs = new DType[outputs.length];
    Arrays.setAll(outs, o -> types[outputs[o]]);
    Program p = new Program(inputs, outs);
    Code k = new Code(p);
    int[][] values = new int[count][];
    int[][] stored = new int[count][];
    Lowering loads = new Lowering(inputs, null, k);
    for (int i = 0; i < inputs.length; i++) {
      values[i] = loads.load(i, inputs[i]);
      stored[i] = is16(inputs[i]) ? new int[] {loads.pack(values[i][0], inputs[i])} : values[i];
    }
    for (int i = 0; i < nodes.size(); i++) {
      Fusion.Node n = nodes.get(i);
      DType[] argTypes = new DType[n.args().size()];
      int[][] args = new int[argTypes.length][];
      for (int a = 0; a < args.length; a++) {
        argTypes[a] = types[n.args().get(a)];
        args[a] = values[n.args().get(a)];
      }
      Lowering l = new Lowering(argTypes, args, k);
      int at = inputs.length + i;
      stored[at] = l.stored(n.meaning(), n.dtype());
      values[at] = is16(n.dtype()) ? new int[] {l.unpack(stored[at][0], n.dtype())} : stored[at];
    }
    for (int o = 0; o < outputs.length; o++) {
      p.finish(o, stored[outputs[o]]);
    }
    return p;
  }

  private static boolean is16(DType t) {
    return t == DType.F16 || t == DType.BF16;
  }

  /// Returns the value of an expression in dtype `out`, 16-bit floats as their bits.
  private int[] stored(Expr e, DType out) {
    DType type = typing.dtype(e).orElse(out);
    int[] v = value(e, type);
    return is16(out) ? new int[] {pack(cast(v, type, DType.F32)[0], out)} : cast(v, type, out);
  }

  /// Returns the value of `e`, which is of dtype `type` or made of constants alone.
  private int[] value(Expr e, DType type) {
    Key key = new Key(e, type);
    int[] v = known.get(key);
    if (v == null) {
      v = compute(e, type);
      known.put(key, v);
    }
    return v;
  }

  private int[] compute(Expr e, DType type) {
    return switch (e.op()) {
      case IN -> load(e.index(), inputs[e.index()]);
      case CONST -> constant(e, type);
      case CAST -> {
        DType from = typing.dtype(e.arg(0)).orElse(e.to());
        yield cast(value(e.arg(0), from), from, e.to());
      }
      case SELECT -> select(e, type);
      case COMPLEX -> {
        DType part = type.real();
        yield new int[] {value(e.arg(0), part)[0], value(e.arg(1), part)[0]};
      }
      default -> operate(e, type);
    };
  }

  private int[] select(Expr e, DType type) {
    int test = value(e.arg(0), DType.BOOL)[0];
    int[] a = value(e.arg(1), type);
    int[] b = value(e.arg(2), type);
    int[] v = new int[a.length];
    for (int i = 0; i < v.length; i++) {
      v[i] =
          type == DType.BOOL
              ? k.or(k.and(test, a[i]), k.and(k.not(test), b[i]))
              : k.select(test, a[i], b[i]);
    }
    return v;
  }

  /// Lowers a node whose operands have one dtype, which may differ from that of the result.
  private int[] operate(Expr e, DType result) {
    DType fallback = e.op().isTest() || result.isComplex() ? DType.F32 : result;
    DType type = typing.operand(e).orElse(fallback);
    int[][] args = new int[e.arity()][];
    for (int i = 0; i < args.length; i++) {
      args[i] = value(e.arg(i), type);
    }
    switch (type.kind()) {
      case COMPLEX -> {
        return complex.apply(e.op(), type, args);
      }
      case FLOAT -> {
        return new int[] {real.apply(e.op(), firsts(args))};
      }
      case BOOL -> {
        return new int[] {bool(e, firsts(args))};
      }
      default -> {
        return new int[] {whole.apply(e.op(), type, firsts(args))};
      }
    }
  }

  private static int[] firsts(int[][] args) {
    int[] a = new int[args.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = args[i][0];
    }
    return a;
  }

  private int bool(Expr e, int[] a) {
    return switch (e.op()) {
      case AND, BIT_AND, MIN -> k.and(a[0], a[1]);
      case OR, BIT_OR, MAX -> k.or(a[0], a[1]);
      case XOR, BIT_XOR, NE -> k.xor(a[0], a[1]);
      case EQ -> k.not(k.xor(a[0], a[1]));
      case LT -> k.and(k.not(a[0]), a[1]);
      case GT -> k.and(a[0], k.not(a[1]));
      case LE -> k.or(k.not(a[0]), a[1]);
      case GE -> k.or(a[0], k.not(a[1]));
      case NOT, BIT_NOT -> k.not(a[0]);
      case IS_NAN, IS_INF, IMAG -> k.bit(false);
      case IS_FINITE -> k.bit(true);
      case REAL, CONJ -> a[0];
      default -> throw new IllegalArgumentException(e.op() + " does not take bool: in " + e);
    };
  }

  private int[] load(int input, DType t) {
    if (given != null) {
      return given[input];
    }
    return switch (t) {
      case F16, BF16 -> new int[] {unpack(k.load(input, 0, Word.I32), t)};
      case BOOL -> new int[] {k.ne(k.load(input, 0, Word.I32), k.i32(0))};
      case C64, C128 -> new int[] {k.load(input, 0, word(t)), k.load(input, 1, word(t))};
      default -> new int[] {k.load(input, 0, word(t))};
    };
  }

  /// Returns the 16 bits, in an I32, that hold a float32 rounded to a 16-bit float.
  private int pack(int v, DType t) {
    return t == DType.F16 ? halves.pack(v) : halves.packBrain(v);
  }

  /// Returns the float32 that the low 16 bits of an I32 hold as a 16-bit float.
  private int unpack(int bits, DType t) {
    return t == DType.F16 ? halves.unpack(bits) : halves.unpackBrain(bits);
  }

  private int[] constant(Expr e, DType t) {
    return switch (t.kind()) {
      case FLOAT -> new int[] {floating(e, t)};
      case COMPLEX -> new int[] {floating(e, t.real()), floating(c0(), t.real())};
      case BOOL -> new int[] {k.bit(e.value() != 0)};
      default ->
          new int[] {
            whole.wrap(word(t) == Word.I32 ? k.i32((int) e.whole()) : k.i64(e.whole()), t)
          };
    };
  }

  private static Expr c0() {
    return Expr.c(0.0);
  }

  private int floating(Expr e, DType t) {
    if (t == DType.F64) {
      return k.f64(e.value());
    }
    float f = e.integral() ? (float) e.whole() : (float) e.value();
    return k.f32(f);
  }

  static Word word(DType t) {
    return switch (t) {
      case F16, BF16, F32, C64 -> Word.F32;
      case F64, C128 -> Word.F64;
      case I8, I16, I32, U8, U16 -> Word.I32;
      case I64, U32, U64 -> Word.I64;
      case BOOL -> Word.BIT;
      case STRING, RESOURCE, VARIANT ->
          throw new IllegalArgumentException(t + " is no type of numbers");
    };
  }

  private int[] cast(int[] v, DType from, DType to) {
    if (from == to) {
      return from == DType.BF16 || from == DType.F16 ? new int[] {round16(v[0], to)} : v;
    }
    if (from.isComplex()) {
      if (to.isComplex()) {
        return new int[] {k.to(word(to), v[0]), k.to(word(to), v[1])};
      }
      return cast(new int[] {v[0]}, from.real(), to);
    }
    if (to.isComplex()) {
      int re = cast(v, from, to.real())[0];
      return new int[] {re, k.like(re, 0)};
    }
    return new int[] {castReal(v[0], from, to)};
  }

  private int castReal(int v, DType from, DType to) {
    if (to == DType.BOOL || from == DType.BOOL) {
      return k.to(word(to), v);
    }
    if (to.isInteger()) {
      if (from.isFloating() && to == DType.U64) {
        return k.call(Convert.class, "toU64", Word.I64, k.to(Word.F64, v));
      }
      return whole.wrap(k.to(word(to), v), to);
    }
    int f;
    if (from == DType.U64) {
      f =
          word(to) == Word.F32
              ? k.call(Convert.class, "floatOfU64", Word.F32, v)
              : k.call(Convert.class, "doubleOfU64", Word.F64, v);
    } else {
      f = k.to(word(to), v);
    }
    return to == DType.F16 || to == DType.BF16 ? round16(f, to) : f;
  }

  private int round16(int v, DType t) {
    return unpack(pack(v, t), t);
  }
}
