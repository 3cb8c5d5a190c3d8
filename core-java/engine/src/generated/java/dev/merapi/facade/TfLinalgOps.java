// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.linalg`, one method each.
@SuppressWarnings("unused")
public abstract class TfLinalgOps {
  protected TfLinalgOps() {}

  private static final OpRef MAT_MUL = OpRef.to("MatMul");

  /// Multiplies two matrices.
  ///
  /// Formula: y = a·b, each side transposed first if asked
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Source: BLAS level 3, gemm
  ///
  /// Gradient: yes.
  public static Tensor matmul(Object a, Object b) {
    return MAT_MUL.of(Operands.of(MAT_MUL.get(), a, b));
  }

  /// Multiplies two matrices.
  ///
  /// Formula: y = a·b, each side transposed first if asked
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// `transposeA` is false if not given.
  ///
  /// `transposeB` is false if not given.
  ///
  /// `gradA` is false if not given.
  ///
  /// `gradB` is false if not given.
  ///
  /// Source: BLAS level 3, gemm
  ///
  /// Gradient: yes.
  public static Tensor matmul(Object a, Object b, boolean transposeA, boolean transposeB, boolean gradA, boolean gradB) {
    return MAT_MUL.with(MAT_MUL.attrs("transpose_a", transposeA, "transpose_b", transposeB, "grad_a", gradA, "grad_b", gradB), Operands.of(MAT_MUL.get(), a, b));
  }
}
