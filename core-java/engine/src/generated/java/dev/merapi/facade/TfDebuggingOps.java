// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.debugging`, one method each.
public abstract class TfDebuggingOps {
  protected TfDebuggingOps() {}

  private static final OpRef CHECK_NUMERICS = OpRef.to("CheckNumerics");

  /// Gives its input back, and fails if a number is NaN or infinite.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor checkNumerics(Object tensor, String message) {
    return Operands.call(CHECK_NUMERICS, CHECK_NUMERICS.attrs("message", message), tensor);
  }
}
