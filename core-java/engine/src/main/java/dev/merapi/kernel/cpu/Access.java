package dev.merapi.kernel.cpu;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.merapi.tensor.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Writes the reading and storing of one number of a memory segment. Complex dtypes stand for their
/// parts.
final class Access {
  private static final ClassDesc LAYOUTS = LoopFrame.desc(ValueLayout.class);
  private static final ClassDesc SEGMENT = LoopFrame.desc(MemorySegment.class);

  private Access() {}

  /// Expects segment, layout and offset on the stack; leaves the number extended to a word.
  static void get(CodeBuilder b, DType t) {
    b.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(stored(t), layoutType(t), CD_long));
    switch (t) {
      case U8 -> b.loadConstant(0xff).iand();
      case U16 -> b.loadConstant(0xffff).iand();
      case U32 -> b.i2l().loadConstant(0xffffffffL).land();
      default -> {}
    }
  }

  /// Expects segment, layout, offset and word on the stack; stores the low bits of the word.
  static void set(CodeBuilder b, DType t) {
    cut(b, t);
    b.invokeinterface(
        SEGMENT, "set", MethodTypeDesc.of(CD_void, layoutType(t), CD_long, stored(t)));
  }

  private static void cut(CodeBuilder b, DType t) {
    switch (t) {
      case I8, U8 -> b.i2b();
      case I16, U16, F16, BF16 -> b.i2s();
      case U32 -> b.l2i();
      default -> {}
    }
  }

  static void layout(CodeBuilder b, DType t) {
    b.getstatic(LAYOUTS, layoutName(t), layoutType(t));
  }

  private static String layoutName(DType t) {
    return switch (t) {
      case I8, U8, BOOL -> "JAVA_BYTE";
      case I16, U16, F16, BF16 -> "JAVA_SHORT_UNALIGNED";
      case I32, U32 -> "JAVA_INT_UNALIGNED";
      case I64, U64 -> "JAVA_LONG_UNALIGNED";
      case F32, C64 -> "JAVA_FLOAT_UNALIGNED";
      default -> "JAVA_DOUBLE_UNALIGNED";
    };
  }

  private static ClassDesc layoutType(DType t) {
    return LoopFrame.desc(
        switch (t) {
          case I8, U8, BOOL -> ValueLayout.OfByte.class;
          case I16, U16, F16, BF16 -> ValueLayout.OfShort.class;
          case I32, U32 -> ValueLayout.OfInt.class;
          case I64, U64 -> ValueLayout.OfLong.class;
          case F32, C64 -> ValueLayout.OfFloat.class;
          default -> ValueLayout.OfDouble.class;
        });
  }

  private static ClassDesc stored(DType t) {
    return switch (t) {
      case I8, U8, BOOL -> CD_byte;
      case I16, U16, F16, BF16 -> CD_short;
      case I32, U32 -> CD_int;
      case I64, U64 -> CD_long;
      case F32, C64 -> CD_float;
      default -> CD_double;
    };
  }
}
