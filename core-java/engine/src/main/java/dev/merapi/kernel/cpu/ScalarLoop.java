package dev.merapi.kernel.cpu;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.merapi.kernel.Program;
import dev.merapi.kernel.Program.Prim;
import dev.merapi.kernel.Program.Step;
import dev.merapi.kernel.Program.Word;
import dev.merapi.tensor.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;

/// Writes a loop that handles one element a turn; it can express every program.
public final class ScalarLoop extends LoopFrame {
  private static final ClassDesc MATH = desc(Math.class);

  private final int[] local;
  private final boolean[] usual;
  private final boolean[] same;

  public ScalarLoop(Program program, long scalars, boolean fused) {
    super(program, scalars, fused);
    local = new int[program.size()];
    usual = program.live(false);
    same = invariant();
  }

  @Override
  protected int lanes() {
    return 1;
  }

  @Override
  protected long cost() {
    return program.cost(false);
  }

  @Override
  protected void before(CodeBuilder b) {
    Arrays.fill(local, -1);
    for (int i = 0; i < local.length; i++) {
      if (usual[i] && same[i]) {
        step(b, i);
      }
    }
  }

  @Override
  protected void turn(CodeBuilder b, Label next) {
    for (int i = 0; i < local.length; i++) {
      if (usual[i] && !same[i]) {
        step(b, i);
      }
    }
    for (int o = 0; o < program.outputs(); o++) {
      DType out = program.out(o);
      for (int part = 0; part < program.components(o); part++) {
        b.aload(outSegment[o]);
        Access.layout(b, out);
        pushOffset(b, outOffset[o], out, part, true);
        push(b, program.result(o, part));
        Access.set(b, out);
      }
    }
  }

  private void step(CodeBuilder b, int i) {
    Step s = program.step(i);
    if (s.prim() == Prim.CONST) {
      return;
    }
    if (s.prim() == Prim.RESCUE) {
      rescue(b, s);
    } else {
      compute(b, s);
    }
    TypeKind kind = kind(s.word());
    if (local[i] < 0) {
      local[i] = newLocal(kind.slotSize());
    }
    b.storeLocal(kind, local[i]);
  }

  private void rescue(CodeBuilder b, Step s) {
    Label rare = b.newLabel();
    Label end = b.newLabel();
    push(b, s.a());
    b.ifne(rare);
    push(b, s.b());
    b.goto_(end).labelBinding(rare);
    boolean[] needed = new boolean[s.c() + 1];
    need(needed, s.c());
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        step(b, i);
      }
    }
    push(b, s.c());
    b.labelBinding(end);
  }

  private void need(boolean[] needed, int i) {
    if (i < 0 || usual[i]) {
      return;
    }
    needed[i] = true;
    Step s = program.step(i);
    need(needed, s.a());
    need(needed, s.b());
    need(needed, s.c());
  }

  private void push(CodeBuilder b, int i) {
    Step s = program.step(i);
    if (s.prim() != Prim.CONST) {
      b.loadLocal(kind(s.word()), local[i]);
      return;
    }
    switch (s.word()) {
      case F32 -> b.loadConstant(Float.intBitsToFloat((int) s.bits()));
      case F64 -> b.loadConstant(Double.longBitsToDouble(s.bits()));
      case I64 -> b.loadConstant(s.bits());
      default -> b.loadConstant((int) s.bits());
    }
  }

  private void compute(CodeBuilder b, Step s) {
    Word w = s.word();
    switch (s.prim()) {
      case LOAD -> pushElement(b, s);
      case SELECT -> select(b, s);
      case CALL -> call(b, s);
      case CONVERT -> convert(b, s);
      case LT, LE, EQ, NE -> compare(b, s);
      case SHL, SHR, USHR -> {
        push(b, s.a());
        push(b, s.b());
        if (w == Word.I64) {
          b.l2i();
        }
        shift(b, s.prim(), w);
      }
      default -> {
        push(b, s.a());
        if (s.b() >= 0) {
          push(b, s.b());
        }
        if (s.c() >= 0) {
          push(b, s.c());
        }
        arithmetic(b, s.prim(), w);
      }
    }
  }

  private static void arithmetic(CodeBuilder b, Prim prim, Word w) {
    switch (prim) {
      case ADD -> pick(w, b::iadd, b::ladd, b::fadd, b::dadd);
      case SUB -> pick(w, b::isub, b::lsub, b::fsub, b::dsub);
      case MUL -> pick(w, b::imul, b::lmul, b::fmul, b::dmul);
      case DIV -> pick(w, b::idiv, b::ldiv, b::fdiv, b::ddiv);
      case REM -> pick(w, b::irem, b::lrem, b::frem, b::drem);
      case NEG -> pick(w, b::ineg, b::lneg, b::fneg, b::dneg);
      case AND -> pick(w, b::iand, b::land, b::iand, b::land);
      case OR -> pick(w, b::ior, b::lor, b::ior, b::lor);
      case XOR -> pick(w, b::ixor, b::lxor, b::ixor, b::lxor);
      case ABS -> math(b, "abs", w, 1);
      case FMA -> math(b, "fma", w, 3);
      case MIN -> math(b, "min", w, 2);
      case MAX -> math(b, "max", w, 2);
      case SQRT -> {
        if (w == Word.F32) {
          // The root of a widened float32 rounds to the correctly rounded float32 root.
          b.f2d();
        }
        math(b, "sqrt", Word.F64, 1);
        if (w == Word.F32) {
          b.d2f();
        }
      }
      case BITCAST -> {
        switch (w) {
          case F32 -> bitcast(b, Float.class, "intBitsToFloat", CD_float, CD_int);
          case I32 -> bitcast(b, Float.class, "floatToRawIntBits", CD_int, CD_float);
          case F64 -> bitcast(b, Double.class, "longBitsToDouble", CD_double, CD_long);
          default -> bitcast(b, Double.class, "doubleToRawLongBits", CD_long, CD_double);
        }
      }
      default -> throw new IllegalStateException("This is a bug in Merapi: step " + prim);
    }
  }

  private static void pick(Word w, Runnable i, Runnable l, Runnable f, Runnable d) {
    switch (w) {
      case I32, BIT -> i.run();
      case I64 -> l.run();
      case F32 -> f.run();
      case F64 -> d.run();
    }
  }

  private static void math(CodeBuilder b, String name, Word w, int arity) {
    ClassDesc[] parameters = new ClassDesc[arity];
    Arrays.fill(parameters, type(w));
    b.invokestatic(MATH, name, MethodTypeDesc.of(type(w), parameters));
  }

  private static void bitcast(
      CodeBuilder b, Class<?> owner, String name, ClassDesc to, ClassDesc from) {
    b.invokestatic(desc(owner), name, MethodTypeDesc.of(to, from));
  }

  private static void shift(CodeBuilder b, Prim prim, Word w) {
    switch (prim) {
      case SHL -> pick(w, b::ishl, b::lshl, b::ishl, b::lshl);
      case SHR -> pick(w, b::ishr, b::lshr, b::ishr, b::lshr);
      default -> pick(w, b::iushr, b::lushr, b::iushr, b::lushr);
    }
  }

  private void select(CodeBuilder b, Step s) {
    Label no = b.newLabel();
    Label end = b.newLabel();
    push(b, s.a());
    b.ifeq(no);
    push(b, s.b());
    b.goto_(end).labelBinding(no);
    push(b, s.c());
    b.labelBinding(end);
  }

  private void compare(CodeBuilder b, Step s) {
    Word w = program.step(s.a()).word();
    Label yes = b.newLabel();
    Label end = b.newLabel();
    push(b, s.a());
    push(b, s.b());
    // NaN must come out as "greater", so that < and <= fail.
    switch (w) {
      case F32 -> b.fcmpg();
      case F64 -> b.dcmpg();
      case I64 -> b.lcmp();
      default -> {}
    }
    boolean ints = w == Word.I32 || w == Word.BIT;
    switch (s.prim()) {
      case LT -> branch(ints, () -> b.if_icmplt(yes), () -> b.iflt(yes));
      case LE -> branch(ints, () -> b.if_icmple(yes), () -> b.ifle(yes));
      case EQ -> branch(ints, () -> b.if_icmpeq(yes), () -> b.ifeq(yes));
      default -> branch(ints, () -> b.if_icmpne(yes), () -> b.ifne(yes));
    }
    b.iconst_0().goto_(end).labelBinding(yes).iconst_1().labelBinding(end);
  }

  private static void branch(boolean ints, Runnable direct, Runnable compared) {
    (ints ? direct : compared).run();
  }

  private void call(CodeBuilder b, Step s) {
    int arity = s.c() >= 0 ? 3 : s.b() >= 0 ? 2 : 1;
    ClassDesc[] parameters = new ClassDesc[arity];
    int[] operands = {s.a(), s.b(), s.c()};
    for (int i = 0; i < arity; i++) {
      push(b, operands[i]);
      parameters[i] = type(program.step(operands[i]).word());
    }
    b.invokestatic(
        desc(s.callee().owner()),
        s.callee().method(),
        MethodTypeDesc.of(type(s.word()), parameters));
  }

  private void convert(CodeBuilder b, Step s) {
    push(b, s.a());
    b.conversion(kind(program.step(s.a()).word()), kind(s.word()));
  }

  private static ClassDesc type(Word w) {
    return switch (w) {
      case I32 -> CD_int;
      case I64 -> CD_long;
      case F32 -> CD_float;
      case F64 -> CD_double;
      case BIT -> CD_boolean;
    };
  }

  private static TypeKind kind(Word w) {
    return switch (w) {
      case I32, BIT -> TypeKind.INT;
      case I64 -> TypeKind.LONG;
      case F32 -> TypeKind.FLOAT;
      case F64 -> TypeKind.DOUBLE;
    };
  }
}
