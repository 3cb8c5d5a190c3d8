// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.bitwise`, one method each.
public abstract class TfBitwiseOps {
  protected TfBitwiseOps() {}

  private static final OpRef BITWISE_AND = OpRef.to("BitwiseAnd");

  /// Keeps the bits that both have.
  ///
  /// Types T: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; whole numbers have no derivative.
  public static Tensor bitwiseAnd(Object x, Object y) {
    return Operands.call(BITWISE_AND, x, y);
  }

  private static final OpRef BITWISE_OR = OpRef.to("BitwiseOr");

  /// Sets the bits that either has.
  ///
  /// Types T: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; whole numbers have no derivative.
  public static Tensor bitwiseOr(Object x, Object y) {
    return Operands.call(BITWISE_OR, x, y);
  }

  private static final OpRef BITWISE_XOR = OpRef.to("BitwiseXor");

  /// Sets the bits that just one has.
  ///
  /// Types T: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; whole numbers have no derivative.
  public static Tensor bitwiseXor(Object x, Object y) {
    return Operands.call(BITWISE_XOR, x, y);
  }

  private static final OpRef INVERT = OpRef.to("Invert");

  /// Turns every bit around.
  ///
  /// Types T: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; whole numbers have no derivative.
  public static Tensor invert(Object x) {
    return Operands.call(INVERT, x);
  }

  private static final OpRef LEFT_SHIFT = OpRef.to("LeftShift");

  /// Shifts bits to the left; shifts are limited to the width.
  ///
  /// Types T: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; whole numbers have no derivative.
  public static Tensor leftShift(Object x, Object y) {
    return Operands.call(LEFT_SHIFT, x, y);
  }

  private static final OpRef RIGHT_SHIFT = OpRef.to("RightShift");

  /// Shifts bits to the right, keeping the sign of signed types.
  ///
  /// Types T: int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; whole numbers have no derivative.
  public static Tensor rightShift(Object x, Object y) {
    return Operands.call(RIGHT_SHIFT, x, y);
  }
}
