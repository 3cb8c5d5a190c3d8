// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.linalg`, one method each.
public abstract class TfLinalgOps {
  protected TfLinalgOps() {}

  private static final OpRef CHOLESKY = OpRef.to("Cholesky");

  /// Decomposes positive definite matrices into a lower triangle and its adjoint.
  ///
  /// Formula: x = y·yᴴ
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: Golub and Van Loan, §4.2; gradient: Murray, arXiv:1602.07527
  ///
  /// Gradient: yes.
  public static Tensor cholesky(Object input) {
    return Operands.call(CHOLESKY, input);
  }

  private static final OpRef CROSS = OpRef.to("Cross");

  /// Takes the cross products of vectors of three along the last axis.
  ///
  /// Formula: p = (a₁b₂ − a₂b₁, a₂b₀ − a₀b₂, a₀b₁ − a₁b₀)
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor cross(Object a, Object b) {
    return Operands.call(CROSS, a, b);
  }

  private static final OpRef DIAG = OpRef.to("Diag");

  /// Makes a tensor of twice the rank with the input on its diagonal.
  ///
  /// Formula: y[i…, i…] = x[i…]
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor tensorDiag(Object diagonal) {
    return Operands.call(DIAG, diagonal);
  }

  private static final OpRef DIAG_PART = OpRef.to("DiagPart");

  /// Reads the diagonal of a tensor whose second half of axes equals the first.
  ///
  /// Formula: y[i…] = x[i…, i…]
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor tensorDiagPart(Object input) {
    return Operands.call(DIAG_PART, input);
  }

  private static final OpRef LOG_MATRIX_DETERMINANT = OpRef.to("LogMatrixDeterminant");

  /// Takes signs and logarithms of the sizes of determinants; neither overflows.
  ///
  /// Formula: det x = sign · exp(log_abs_determinant)
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor[] slogdet(Object input) {
    return LOG_MATRIX_DETERMINANT.all(LOG_MATRIX_DETERMINANT.get().defaults(), Operands.of(LOG_MATRIX_DETERMINANT.get(), input));
  }

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
    return Operands.call(MAT_MUL, a, b);
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
    return Operands.call(MAT_MUL, MAT_MUL.attrs("transpose_a", transposeA, "transpose_b", transposeB, "grad_a", gradA, "grad_b", gradB), a, b);
  }

  private static final OpRef MATRIX_BAND_PART = OpRef.to("MatrixBandPart");

  /// Keeps num_lower diagonals below and num_upper above the main one (negative: all); the rest is zero.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// Types Tindex: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor bandPart(Object input, Object numLower, Object numUpper) {
    return MATRIX_BAND_PART.of(Operands.of(MATRIX_BAND_PART.get(), input, numLower, numUpper));
  }

  private static final OpRef MATRIX_DETERMINANT = OpRef.to("MatrixDeterminant");

  /// Takes the determinants of square matrices.
  ///
  /// Formula: y = det x
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor det(Object input) {
    return Operands.call(MATRIX_DETERMINANT, input);
  }

  private static final OpRef MATRIX_DIAG_PART_V3 = OpRef.to("MatrixDiagPartV3");

  /// Reads diagonals k of matrices; shorter ones are filled up with padding_value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor diagPart(Object input, Object k, Object paddingValue) {
    return MATRIX_DIAG_PART_V3.of(Operands.of(MATRIX_DIAG_PART_V3.get(), input, k, paddingValue));
  }

  /// Reads diagonals k of matrices; shorter ones are filled up with padding_value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// `align` is RIGHT_LEFT if not given.
  ///
  /// Gradient: yes.
  public static Tensor diagPart(Object input, Object k, Object paddingValue, String align) {
    return MATRIX_DIAG_PART_V3.with(MATRIX_DIAG_PART_V3.attrs("align", align), Operands.of(MATRIX_DIAG_PART_V3.get(), input, k, paddingValue));
  }

  private static final OpRef MATRIX_DIAG_V3 = OpRef.to("MatrixDiagV3");

  /// Makes matrices whose diagonals k are given and whose other elements are padding_value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor diag(Object diagonal, Object k, Object numRows, Object numCols, Object paddingValue) {
    return MATRIX_DIAG_V3.of(Operands.of(MATRIX_DIAG_V3.get(), diagonal, k, numRows, numCols, paddingValue));
  }

  /// Makes matrices whose diagonals k are given and whose other elements are padding_value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// `align` is RIGHT_LEFT if not given.
  ///
  /// Gradient: yes.
  public static Tensor diag(Object diagonal, Object k, Object numRows, Object numCols, Object paddingValue, String align) {
    return MATRIX_DIAG_V3.with(MATRIX_DIAG_V3.attrs("align", align), Operands.of(MATRIX_DIAG_V3.get(), diagonal, k, numRows, numCols, paddingValue));
  }

  private static final OpRef MATRIX_INVERSE = OpRef.to("MatrixInverse");

  /// Inverts square matrices, or their adjoints.
  ///
  /// Formula: x·y = 1
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: Golub and Van Loan, Matrix Computations, §3.4
  ///
  /// Gradient: yes.
  public static Tensor inv(Object input) {
    return Operands.call(MATRIX_INVERSE, input);
  }

  /// Inverts square matrices, or their adjoints.
  ///
  /// Formula: x·y = 1
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// `adjoint` is false if not given.
  ///
  /// Source: Golub and Van Loan, Matrix Computations, §3.4
  ///
  /// Gradient: yes.
  public static Tensor inv(Object input, boolean adjoint) {
    return Operands.call(MATRIX_INVERSE, MATRIX_INVERSE.attrs("adjoint", adjoint), input);
  }

  private static final OpRef MATRIX_SET_DIAG_V3 = OpRef.to("MatrixSetDiagV3");

  /// Returns matrices with their diagonals k replaced.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor setDiag(Object input, Object diagonal, Object k) {
    return MATRIX_SET_DIAG_V3.of(Operands.of(MATRIX_SET_DIAG_V3.get(), input, diagonal, k));
  }

  /// Returns matrices with their diagonals k replaced.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// `align` is RIGHT_LEFT if not given.
  ///
  /// Gradient: yes.
  public static Tensor setDiag(Object input, Object diagonal, Object k, String align) {
    return MATRIX_SET_DIAG_V3.with(MATRIX_SET_DIAG_V3.attrs("align", align), Operands.of(MATRIX_SET_DIAG_V3.get(), input, diagonal, k));
  }

  private static final OpRef MATRIX_SOLVE = OpRef.to("MatrixSolve");

  /// Solves systems of linear equations.
  ///
  /// Formula: matrix·y = rhs
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: Golub and Van Loan, §3.4
  ///
  /// Gradient: yes.
  public static Tensor solve(Object matrix, Object rhs) {
    return Operands.call(MATRIX_SOLVE, matrix, rhs);
  }

  /// Solves systems of linear equations.
  ///
  /// Formula: matrix·y = rhs
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// `adjoint` is false if not given.
  ///
  /// Source: Golub and Van Loan, §3.4
  ///
  /// Gradient: yes.
  public static Tensor solve(Object matrix, Object rhs, boolean adjoint) {
    return Operands.call(MATRIX_SOLVE, MATRIX_SOLVE.attrs("adjoint", adjoint), matrix, rhs);
  }

  private static final OpRef MATRIX_TRIANGULAR_SOLVE = OpRef.to("MatrixTriangularSolve");

  /// Solves systems of equations whose matrix is a triangle; the other half is not read.
  ///
  /// Formula: matrix·y = rhs
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: Golub and Van Loan, §3.1
  ///
  /// Gradient: yes.
  public static Tensor triangularSolve(Object matrix, Object rhs) {
    return Operands.call(MATRIX_TRIANGULAR_SOLVE, matrix, rhs);
  }

  /// Solves systems of equations whose matrix is a triangle; the other half is not read.
  ///
  /// Formula: matrix·y = rhs
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// `lower` is true if not given.
  ///
  /// `adjoint` is false if not given.
  ///
  /// Source: Golub and Van Loan, §3.1
  ///
  /// Gradient: yes.
  public static Tensor triangularSolve(Object matrix, Object rhs, boolean lower, boolean adjoint) {
    return Operands.call(MATRIX_TRIANGULAR_SOLVE, MATRIX_TRIANGULAR_SOLVE.attrs("lower", lower, "adjoint", adjoint), matrix, rhs);
  }

  private static final OpRef QR = OpRef.to("Qr");

  /// Decomposes matrices into orthonormal columns times an upper triangle.
  ///
  /// Formula: x = q·r
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: Golub and Van Loan, §5.2; gradient: Walter and Lehmann, arXiv:1009.6112
  ///
  /// Gradient: yes.
  public static Tensor[] qr(Object input) {
    return QR.all(QR.get().defaults(), Operands.of(QR.get(), input));
  }

  /// Decomposes matrices into orthonormal columns times an upper triangle.
  ///
  /// Formula: x = q·r
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// `fullMatrices` is false if not given.
  ///
  /// Source: Golub and Van Loan, §5.2; gradient: Walter and Lehmann, arXiv:1009.6112
  ///
  /// Gradient: yes.
  public static Tensor[] qr(Object input, boolean fullMatrices) {
    return QR.all(QR.attrs("full_matrices", fullMatrices), Operands.of(QR.get(), input));
  }

  private static final OpRef SELF_ADJOINT_EIG_V2 = OpRef.to("SelfAdjointEigV2");

  /// Finds eigenvalues, in ascending order, and eigenvectors of symmetric (Hermitian) matrices, of which the lower triangle is read.
  ///
  /// Formula: x·v = v·diag(e)
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: Golub and Van Loan, §8.5; gradient: Giles 2008
  ///
  /// Gradient: yes.
  public static Tensor[] eigh(Object input) {
    return SELF_ADJOINT_EIG_V2.all(SELF_ADJOINT_EIG_V2.get().defaults(), Operands.of(SELF_ADJOINT_EIG_V2.get(), input));
  }

  /// Finds eigenvalues, in ascending order, and eigenvectors of symmetric (Hermitian) matrices, of which the lower triangle is read.
  ///
  /// Formula: x·v = v·diag(e)
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// `computeV` is true if not given.
  ///
  /// Source: Golub and Van Loan, §8.5; gradient: Giles 2008
  ///
  /// Gradient: yes.
  public static Tensor[] eigh(Object input, boolean computeV) {
    return SELF_ADJOINT_EIG_V2.all(SELF_ADJOINT_EIG_V2.attrs("compute_v", computeV), Operands.of(SELF_ADJOINT_EIG_V2.get(), input));
  }

  private static final OpRef SVD = OpRef.to("Svd");

  /// Finds singular values, in descending order, and singular vectors.
  ///
  /// Formula: x = u·diag(s)·vᴴ
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: Golub and Van Loan, §8.6.3; gradient: Townsend 2016
  ///
  /// Gradient: yes.
  public static Tensor[] svd(Object input) {
    return SVD.all(SVD.get().defaults(), Operands.of(SVD.get(), input));
  }

  /// Finds singular values, in descending order, and singular vectors.
  ///
  /// Formula: x = u·diag(s)·vᴴ
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// `computeUv` is true if not given.
  ///
  /// `fullMatrices` is false if not given.
  ///
  /// Source: Golub and Van Loan, §8.6.3; gradient: Townsend 2016
  ///
  /// Gradient: yes.
  public static Tensor[] svd(Object input, boolean computeUv, boolean fullMatrices) {
    return SVD.all(SVD.attrs("compute_uv", computeUv, "full_matrices", fullMatrices), Operands.of(SVD.get(), input));
  }
}
