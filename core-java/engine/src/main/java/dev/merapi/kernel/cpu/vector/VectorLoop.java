package dev.merapi.kernel.cpu.vector;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.merapi.kernel.Loop;
import dev.merapi.kernel.Program;
import dev.merapi.kernel.Program.Prim;
import dev.merapi.kernel.Program.Step;
import dev.merapi.kernel.Program.Word;
import dev.merapi.kernel.cpu.LoopFrame;
import dev.merapi.tensor.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Writes a loop that handles one vector a turn, straight-line, with the Vector API.
///
/// Species are read from static final fields at each use, which is the form the C2 compiler folds.
/// Operators that call a vector mathematics library are not used: their bits depend on the compiler
/// that ran.
public final class VectorLoop extends LoopFrame {
  private static final ClassDesc VECTOR = desc(Vector.class);
  private static final ClassDesc MASK = desc(VectorMask.class);
  private static final ClassDesc SPECIES = desc(VectorSpecies.class);
  private static final ClassDesc ORDER = desc(ByteOrder.class);
  private static final ClassDesc OPERATORS = desc(VectorOperators.class);
  private static final ClassDesc BINARY = desc(VectorOperators.Binary.class);
  private static final ClassDesc COMPARISON = desc(VectorOperators.Comparison.class);
  private static final ClassDesc CONVERSION = desc(VectorOperators.Conversion.class);
  private static final String PREFERRED = "SPECIES_PREFERRED";

  private final boolean[] live;
  private final boolean[] same;
  private final int[] local;

  /// For masks, the word of the vectors they were made of.
  private final Word[] lane;

  /// The integer and float word of the width that all vectors here have.
  private final Word whole;

  private VectorLoop(Program program, long scalars, boolean fused, Word whole) {
    super(program, scalars, fused);
    this.whole = whole;
    live = program.live(false);
    same = invariant();
    local = new int[program.size()];
    lane = new Word[program.size()];
  }

  /// Compiles a vector loop, or returns null if the program has steps that vectors cannot do well.
  /// For `fused` see [LoopFrame].
  public static @Nullable Loop make(Program program, long scalars, boolean fused, Loop complete) {
    Word whole = width(program);
    if (whole == null || !isPossible(program, whole)) {
      return null;
    }
    return new VectorLoop(program, scalars, fused, whole).make(MethodHandles.lookup(), complete);
  }

  /// Tells whether [#make] gives a loop for this program.
  public static boolean isPossible(Program program) {
    Word whole = width(program);
    return whole != null && isPossible(program, whole);
  }

  /// Returns how many elements a turn of a vector loop of this program handles.
  public static int lanes(Program program) {
    return width(program) == Word.I64
        ? LongVector.SPECIES_PREFERRED.length()
        : IntVector.SPECIES_PREFERRED.length();
  }

  private static @Nullable Word width(Program p) {
    boolean[] live = p.live(false);
    boolean narrow = false;
    boolean wide = false;
    for (int i = 0; i < live.length; i++) {
      if (live[i]) {
        Word w = p.step(i).word();
        narrow |= w == Word.I32 || w == Word.F32;
        wide |= w == Word.I64 || w == Word.F64;
      }
    }
    return narrow == wide ? null : wide ? Word.I64 : Word.I32;
  }

  private static boolean isPossible(Program p, Word whole) {
    int lanes = lanes(p);
    boolean[] live = p.live(false);
    boolean varies = false;
    for (int i = 0; i < live.length; i++) {
      Step s = p.step(i);
      if (!live[i]) {
        continue;
      }
      switch (s.prim()) {
        case CALL -> {
          return false;
        }
        case REM -> {
          return false;
        }
        case DIV -> {
          if (s.word() == Word.I32 || s.word() == Word.I64) {
            return false;
          }
        }
        case CONVERT -> {
          // Conversions between 64-bit words are emulated on processors before AVX-512.
          if (whole == Word.I64) {
            return false;
          }
        }
        case LOAD -> {
          DType t = p.input(s.a());
          varies = true;
          if (t == DType.U32 || t.isComplex() || t.bytes() * lanes < 8) {
            return false;
          }
        }
        default -> {}
      }
    }
    for (int o = 0; o < p.outputs(); o++) {
      DType out = p.out(o);
      if (out == DType.U32 || out.isComplex() || out.bytes() * lanes < 8) {
        return false;
      }
    }
    return varies;
  }

  @Override
  protected int lanes() {
    return lanes(program);
  }

  @Override
  protected long cost() {
    return program.cost(true);
  }

  @Override
  protected void before(CodeBuilder b) {
    Arrays.fill(local, -1);
    for (int i = 0; i < local.length; i++) {
      if (live[i] && same[i]) {
        step(b, i);
      }
    }
  }

  @Override
  protected void turn(CodeBuilder b, Label next) {
    int guard = -1;
    for (int i = 0; i < local.length; i++) {
      if (live[i] && !same[i]) {
        step(b, i);
        Step s = program.step(i);
        if (s.prim() == Prim.RESCUE) {
          guard = joinGuard(b, guard, s.a());
        }
      }
    }
    if (guard >= 0) {
      Label usual = b.newLabel();
      b.aload(guard).invokevirtual(MASK, "anyTrue", MethodTypeDesc.of(CD_boolean)).ifeq(usual);
      leave(b);
      b.goto_(next).labelBinding(usual);
    }
    for (int o = 0; o < program.outputs(); o++) {
      store(b, o);
    }
  }

  private int joinGuard(CodeBuilder b, int guard, int test) {
    int joined = guard;
    pushMask(b, test, floatWord());
    if (guard >= 0) {
      b.aload(guard).invokevirtual(MASK, "or", MethodTypeDesc.of(MASK, MASK));
    } else {
      joined = newLocal(1);
    }
    b.astore(joined);
    return joined;
  }

  private Word floatWord() {
    return whole == Word.I32 ? Word.F32 : Word.F64;
  }

  private void step(CodeBuilder b, int i) {
    Step s = program.step(i);
    if (s.prim() == Prim.RESCUE) {
      local[i] = local[s.b()];
      lane[i] = lane[s.b()];
      return;
    }
    if (s.word() == Word.BIT) {
      lane[i] = mask(b, s);
    } else {
      vector(b, s);
    }
    local[i] = newLocal(1);
    b.astore(local[i]);
  }

  private void push(CodeBuilder b, int i) {
    b.aload(local[i]);
  }

  /// Pushes a mask as one of vectors of the given word.
  private void pushMask(CodeBuilder b, int i, Word as) {
    push(b, i);
    if (lane[i] != as) {
      species(b, as);
      b.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
    }
  }

  /// Writes a step whose result is a mask; returns the word of the mask's vectors.
  private Word mask(CodeBuilder b, Step s) {
    switch (s.prim()) {
      case CONST -> {
        species(b, whole);
        b.loadConstant(s.bits() != 0 ? 1 : 0);
        b.invokeinterface(SPECIES, "maskAll", MethodTypeDesc.of(MASK, CD_boolean));
        return whole;
      }
      case LT, LE, EQ, NE -> {
        Word w = program.step(s.a()).word();
        push(b, s.a());
        b.getstatic(OPERATORS, s.prim().name(), COMPARISON);
        push(b, s.b());
        b.invokevirtual(type(w), "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        return w;
      }
      case AND, OR, XOR -> {
        Word w = lane[s.a()];
        push(b, s.a());
        pushMask(b, s.b(), w);
        String name =
            switch (s.prim()) {
              case AND -> "and";
              case OR -> "or";
              default -> "xor";
            };
        b.invokevirtual(MASK, name, MethodTypeDesc.of(MASK, MASK));
        return w;
      }
      default -> throw new IllegalStateException("This is a bug in Merapi: mask " + s);
    }
  }

  private void vector(CodeBuilder b, Step s) {
    Word w = s.word();
    ClassDesc v = type(w);
    switch (s.prim()) {
      case LOAD -> load(b, s);
      case CONST -> {
        species(b, w);
        switch (w) {
          case F32 -> b.loadConstant(Float.intBitsToFloat((int) s.bits()));
          case F64 -> b.loadConstant(Double.longBitsToDouble(s.bits()));
          case I64 -> b.loadConstant(s.bits());
          default -> b.loadConstant((int) s.bits());
        }
        broadcast(b, w);
      }
      case SELECT -> {
        push(b, s.c());
        push(b, s.b());
        pushMask(b, s.a(), w);
        b.invokevirtual(v, "blend", MethodTypeDesc.of(v, VECTOR, MASK));
      }
      case CONVERT -> {
        push(b, s.a());
        b.getstatic(OPERATORS, w == Word.F32 ? "I2F" : "F2I", CONVERSION).iconst_0();
        Word from = program.step(s.a()).word();
        b.invokevirtual(type(from), "convert", MethodTypeDesc.of(VECTOR, CONVERSION, CD_int));
        b.checkcast(v);
      }
      case BITCAST -> {
        push(b, s.a());
        String name =
            switch (w) {
              case F32 -> "reinterpretAsFloats";
              case I32 -> "reinterpretAsInts";
              case F64 -> "reinterpretAsDoubles";
              default -> "reinterpretAsLongs";
            };
        b.invokevirtual(type(program.step(s.a()).word()), name, MethodTypeDesc.of(v));
      }
      case NEG, ABS, SQRT -> {
        push(b, s.a());
        b.invokevirtual(v, lower(s.prim()), MethodTypeDesc.of(v));
      }
      case ADD, SUB, MUL, DIV, MIN, MAX -> {
        push(b, s.a());
        push(b, s.b());
        b.invokevirtual(v, lower(s.prim()), MethodTypeDesc.of(v, VECTOR));
      }
      case FMA -> {
        push(b, s.a());
        push(b, s.b());
        push(b, s.c());
        b.invokevirtual(v, "fma", MethodTypeDesc.of(v, VECTOR, VECTOR));
      }
      case AND, OR, XOR, SHL, SHR, USHR -> bitwise(b, s, v);
      default -> throw new IllegalStateException("This is a bug in Merapi: vector " + s);
    }
  }

  private static String lower(Prim p) {
    return p.name().toLowerCase(Locale.ROOT);
  }

  private void bitwise(CodeBuilder b, Step s, ClassDesc v) {
    String operator =
        switch (s.prim()) {
          case SHL -> "LSHL";
          case SHR -> "ASHR";
          case USHR -> "LSHR";
          default -> s.prim().name();
        };
    push(b, s.a());
    b.getstatic(OPERATORS, operator, field(operator));
    Step other = program.step(s.b());
    boolean shift = s.prim() == Prim.SHL || s.prim() == Prim.SHR || s.prim() == Prim.USHR;
    if (shift && other.prim() == Prim.CONST) {
      if (s.word() == Word.I64) {
        b.loadConstant(other.bits());
        b.invokevirtual(v, "lanewise", MethodTypeDesc.of(v, BINARY, CD_long));
      } else {
        b.loadConstant((int) other.bits());
        b.invokevirtual(v, "lanewise", MethodTypeDesc.of(v, BINARY, CD_int));
      }
      return;
    }
    push(b, s.b());
    b.invokevirtual(v, "lanewise", MethodTypeDesc.of(v, BINARY, VECTOR));
  }

  /// Returns the type of a field of VectorOperators, which differs from operator to operator.
  private static ClassDesc field(String name) {
    try {
      return desc(VectorOperators.class.getField(name).getType());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("This is a bug in Merapi: no vector operator " + name, e);
    }
  }

  private void load(CodeBuilder b, Step s) {
    int input = s.a();
    DType t = program.input(input);
    Word w = s.word();
    if (isScalar(input)) {
      species(b, w);
      pushElement(b, s);
      broadcast(b, w);
      return;
    }
    ClassDesc stored = storedType(t, w);
    b.getstatic(stored, storedSpecies(t), SPECIES).aload(segment[input]);
    pushOffset(b, offset[input], t, 0, true);
    order(b);
    b.invokestatic(
        stored, "fromMemorySegment", MethodTypeDesc.of(stored, SPECIES, SEGMENT, CD_long, ORDER));
    if (t.bytes() < width()) {
      boolean unsigned = t == DType.U8 || t == DType.U16;
      String name = (t.bytes() == 1 ? "B2" : "S2") + (whole == Word.I32 ? "I" : "L");
      b.getstatic(OPERATORS, unsigned ? "ZERO_EXTEND_" + name : name, CONVERSION);
      species(b, w);
      convertShape(b, stored, type(w));
    }
  }

  private void store(CodeBuilder b, int o) {
    DType t = program.out(o);
    int result = program.result(o, 0);
    Word w = program.step(result).word();
    if (w == Word.BIT) {
      w = whole;
      number(b, w, 0);
      number(b, w, 1);
      pushMask(b, result, w);
      b.invokevirtual(type(w), "blend", MethodTypeDesc.of(type(w), VECTOR, MASK));
    } else {
      push(b, result);
    }
    ClassDesc stored = storedType(t, w);
    if (t.bytes() < width()) {
      String name = (whole == Word.I32 ? "I2" : "L2") + (t.bytes() == 1 ? "B" : "S");
      b.getstatic(OPERATORS, name, CONVERSION);
      b.getstatic(stored, storedSpecies(t), SPECIES);
      convertShape(b, type(w), stored);
    }
    b.aload(outSegment[o]);
    pushOffset(b, outOffset[o], t, 0, true);
    order(b);
    b.invokevirtual(
        stored, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER));
  }

  private void number(CodeBuilder b, Word w, int value) {
    species(b, w);
    if (w == Word.I64) {
      b.loadConstant((long) value);
    } else {
      b.loadConstant(value);
    }
    broadcast(b, w);
  }

  private static void convertShape(CodeBuilder b, ClassDesc from, ClassDesc to) {
    b.iconst_0();
    b.invokevirtual(from, "convertShape", MethodTypeDesc.of(VECTOR, CONVERSION, SPECIES, CD_int));
    b.checkcast(to);
  }

  private int width() {
    return whole == Word.I32 ? 4 : 8;
  }

  private static void order(CodeBuilder b) {
    b.invokestatic(ORDER, "nativeOrder", MethodTypeDesc.of(ORDER));
  }

  private static void species(CodeBuilder b, Word w) {
    b.getstatic(type(w), PREFERRED, SPECIES);
  }

  private static void broadcast(CodeBuilder b, Word w) {
    ClassDesc element =
        switch (w) {
          case F32 -> CD_float;
          case F64 -> CD_double;
          case I64 -> CD_long;
          default -> CD_int;
        };
    b.invokestatic(type(w), "broadcast", MethodTypeDesc.of(type(w), SPECIES, element));
  }

  /// Returns the vector class in which elements lie in memory.
  private ClassDesc storedType(DType t, Word w) {
    return t.bytes() == width()
        ? type(w)
        : desc(t.bytes() == 1 ? ByteVector.class : ShortVector.class);
  }

  /// Returns the field that holds the species of as many elements as a turn handles.
  private String storedSpecies(DType t) {
    return t.bytes() == width() ? PREFERRED : "SPECIES_" + t.bytes() * 8 * lanes();
  }

  private static ClassDesc type(Word w) {
    return desc(
        switch (w) {
          case I32 -> IntVector.class;
          case I64 -> LongVector.class;
          case F32 -> FloatVector.class;
          case F64 -> DoubleVector.class;
          case BIT -> VectorMask.class;
        });
  }
}
