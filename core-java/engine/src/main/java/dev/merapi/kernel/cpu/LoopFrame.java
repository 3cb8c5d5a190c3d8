package dev.merapi.kernel.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import dev.merapi.kernel.Loop;
import dev.merapi.kernel.Program;
import dev.merapi.kernel.Program.Step;
import dev.merapi.tensor.DType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes the class around a loop: constructor, cost, arguments into local variables, counting.
/// What one turn of the loop does is written by subclasses, scalar or vector.
public abstract class LoopFrame {
  protected static final ClassDesc SEGMENT = desc(MemorySegment.class);
  private static final ClassDesc LOOP = desc(Loop.class);
  private static final MethodTypeDesc INIT =
      MethodTypeDesc.of(CD_void, CD_int.arrayType(), CD_int, LOOP);

  private static final int NOT_INLINED = 330;

  protected final Program program;
  protected final long scalars;
  protected final int[] segment;
  protected final int[] offset;
  protected final int[] outSegment;
  protected final int[] outOffset;
  protected int count;
  protected int index;
  private final boolean fused;
  private int free;

  /// Bit i of `scalars` says that input i is one element. If `fused`, there is any number of
  /// results, and the loop finds their segments and offsets behind those of the inputs.
  protected LoopFrame(Program program, long scalars, boolean fused) {
    this.program = program;
    this.scalars = scalars;
    this.fused = fused;
    this.segment = new int[program.inputs()];
    this.offset = new int[program.inputs()];
    this.outSegment = new int[program.outputs()];
    this.outOffset = new int[program.outputs()];
  }

  protected static ClassDesc desc(Class<?> c) {
    return c.describeConstable().orElseThrow();
  }

  /// Returns how many elements one turn of the loop handles.
  protected abstract int lanes();

  /// Returns the picoseconds of [Loop#cost].
  protected abstract long cost();

  /// Writes what is done once, before the loop.
  protected abstract void before(CodeBuilder b);

  /// Writes one turn, for the elements from local variable [#index] on. At `next` the turn ends.
  protected abstract void turn(CodeBuilder b, Label next);

  protected final int newLocal(int slots) {
    int slot = free;
    free += slots;
    return slot;
  }

  protected final boolean isScalar(int input) {
    return (scalars >>> input & 1) != 0;
  }

  /// Tells for each step whether it is the same for all elements.
  protected final boolean[] invariant() {
    boolean[] same = new boolean[program.size()];
    for (int i = 0; i < same.length; i++) {
      Step s = program.step(i);
      same[i] =
          switch (s.prim()) {
            case CONST -> true;
            case LOAD -> isScalar(s.a());
            case RESCUE -> false;
            default -> all(same, s.a()) && all(same, s.b()) && all(same, s.c());
          };
    }
    return same;
  }

  private static boolean all(boolean[] same, int operand) {
    return operand < 0 || same[operand];
  }

  /// Pushes the byte offset of the current element (component `part`) of a local segment.
  protected final void pushOffset(CodeBuilder b, int base, DType t, int part, boolean moving) {
    b.lload(base);
    if (moving) {
      b.iload(index).i2l().loadConstant(Integer.numberOfTrailingZeros(t.bytes()));
      b.lshl().ladd();
    }
    if (part > 0) {
      b.loadConstant((long) part * t.real().bytes()).ladd();
    }
  }

  /// Pushes the number that a LOAD step reads for the current element, extended to a word.
  protected final void pushElement(CodeBuilder b, Step s) {
    int input = s.a();
    DType t = program.input(input);
    b.aload(segment[input]);
    Access.layout(b, t);
    pushOffset(b, offset[input], t, (int) s.bits(), !isScalar(input));
    Access.get(b, t);
  }

  /// Compiles the class next to `lookup`'s class and makes its instance, which leaves to `complete`
  /// what it cannot do.
  public final Loop make(MethodHandles.Lookup lookup, @Nullable Loop complete) {
    String name = lookup.lookupClass().getPackageName() + ".CompiledLoop";
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                cb -> {
                  cb.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withSuperclass(LOOP);
                  cb.withMethodBody(
                      INIT_NAME,
                      INIT,
                      0,
                      b ->
                          b.aload(0)
                              .aload(1)
                              .iload(2)
                              .aload(3)
                              .invokespecial(LOOP, INIT_NAME, INIT)
                              .return_());
                  cb.withMethodBody(
                      "cost",
                      MethodTypeDesc.of(CD_long),
                      ClassFile.ACC_PUBLIC,
                      b -> b.loadConstant(cost()).lreturn());
                  cb.withMethodBody("block", signature(), ClassFile.ACC_PROTECTED, this::body);
                });
    int[] strides = new int[program.inputs() + (fused ? program.outputs() : 0)];
    Arrays.setAll(strides, this::stride);
    try {
      MethodHandles.Lookup made = lookup.defineHiddenClass(bytes, true);
      return (Loop)
          made.findConstructor(
                  made.lookupClass(),
                  MethodType.methodType(void.class, int[].class, int.class, Loop.class))
              .invoke(strides, program.out(0).bytes(), complete);
    } catch (Throwable e) {
      throw new IllegalStateException("This is a bug in Merapi: no loop for\n" + program, e);
    }
  }

  private int stride(int i) {
    int inputs = program.inputs();
    if (i >= inputs) {
      return program.out(i - inputs).bytes();
    }
    return isScalar(i) ? 0 : program.input(i).bytes();
  }

  private boolean takesArrays() {
    return fused || program.inputs() > 3;
  }

  /// Writes the call that has the elements of this turn done by the complete loop.
  protected final void leave(CodeBuilder b) {
    b.aload(0);
    int slot = 1;
    for (ClassDesc c : signature().parameterList()) {
      TypeKind kind = TypeKind.from(c);
      if (slot != count) {
        b.loadLocal(kind, slot);
      }
      slot += kind.slotSize();
    }
    b.iload(index).loadConstant(lanes());
    MethodTypeDesc two = signature().insertParameterTypes(signature().parameterCount(), CD_int);
    b.invokevirtual(LOOP, "leave", two);
  }

  private MethodTypeDesc signature() {
    if (takesArrays()) {
      return MethodTypeDesc.of(
          CD_void, SEGMENT.arrayType(), CD_long.arrayType(), SEGMENT, CD_long, CD_int);
    }
    return MethodTypeDesc.of(
        CD_void, SEGMENT, CD_long, SEGMENT, CD_long, SEGMENT, CD_long, SEGMENT, CD_long, CD_int);
  }

  private void body(CodeBuilder b) {
    free = 1;
    if (takesArrays()) {
      int segments = newLocal(1);
      int offsets = newLocal(1);
      outputs();
      for (int i = 0; i < segment.length; i++) {
        segment[i] = newLocal(1);
        offset[i] = newLocal(2);
        take(b, segments, offsets, i, segment[i], offset[i]);
      }
      for (int o = 0; fused && o < outSegment.length; o++) {
        outSegment[o] = newLocal(1);
        outOffset[o] = newLocal(2);
        take(b, segments, offsets, segment.length + o, outSegment[o], outOffset[o]);
      }
    } else {
      for (int i = 0; i < 3; i++) {
        int s = newLocal(1);
        int o = newLocal(2);
        if (i < segment.length) {
          segment[i] = s;
          offset[i] = o;
        }
      }
      outputs();
    }
    before(b);
    index = newLocal(1);
    Label top = b.newLabel();
    Label next = b.newLabel();
    Label end = b.newLabel();
    b.iconst_0().istore(index).labelBinding(top);
    b.iload(index).iload(count).if_icmpge(end);
    turn(b, next);
    b.labelBinding(next).iinc(index, lanes()).goto_(top).labelBinding(end).return_();
    // Never reached. It makes the method too long to be inlined (FreqInlineSize is 325 bytes): a
    // loop that was only ever compiled as part of one caller would be interpreted for all others.
    for (int i = 0; i < NOT_INLINED; i++) {
      b.nop();
    }
    b.return_();
  }

  /// Writes element `i` of the arrays of segments and offsets to local variables.
  private static void take(
      CodeBuilder b, int segments, int offsets, int i, int toSegment, int toOffset) {
    b.aload(segments).loadConstant(i).aaload().astore(toSegment);
    b.aload(offsets).loadConstant(i).laload().lstore(toOffset);
  }

  private void outputs() {
    outSegment[0] = newLocal(1);
    outOffset[0] = newLocal(2);
    count = newLocal(1);
  }
}
