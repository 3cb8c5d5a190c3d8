// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.dtypes`, one method each.
public abstract class TfDtypesOps {
  protected TfDtypesOps() {}

  private static final OpRef COMPLEX = OpRef.to("Complex");

  /// Makes complex numbers from real and imaginary parts.
  ///
  /// Types T: float32 or float64.
  ///
  /// Types Tout: complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor complex(Object real, Object imag) {
    return Operands.call(COMPLEX, real, imag);
  }

  /// Makes complex numbers from real and imaginary parts.
  ///
  /// Types T: float32 or float64.
  ///
  /// Types Tout: complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor complex(Object real, Object imag, DType dtype) {
    return Operands.call(COMPLEX, COMPLEX.attrs("Tout", dtype), real, imag);
  }
}
