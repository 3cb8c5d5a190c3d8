// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.linalg` as extensions.

/** Decomposes positive definite matrices into a lower triangle and its adjoint. See `tf.linalg.cholesky`. */
public fun TensorLike.cholesky(): Tensor = tf.linalg.cholesky(this)

/** Takes the cross products of vectors of three along the last axis. See `tf.linalg.cross`. */
public fun TensorLike.cross(b: Any): Tensor = tf.linalg.cross(this, b)

/** Makes a tensor of twice the rank with the input on its diagonal. See `tf.linalg.tensorDiag`. */
public fun TensorLike.tensorDiag(): Tensor = tf.linalg.tensorDiag(this)

/** Reads the diagonal of a tensor whose second half of axes equals the first. See `tf.linalg.tensorDiagPart`. */
public fun TensorLike.tensorDiagPart(): Tensor = tf.linalg.tensorDiagPart(this)

/** Takes signs and logarithms of the sizes of determinants; neither overflows. See `tf.linalg.slogdet`. */
public fun TensorLike.slogdet(): Array<Tensor> = tf.linalg.slogdet(this)

/** Keeps num_lower diagonals below and num_upper above the main one (negative: all); the rest is zero. See `tf.linalg.bandPart`. */
public fun TensorLike.bandPart(numLower: Any, numUpper: Any): Tensor = tf.linalg.bandPart(this, numLower, numUpper)

/** Takes the determinants of square matrices. See `tf.linalg.det`. */
public fun TensorLike.det(): Tensor = tf.linalg.det(this)

/** Reads diagonals k of matrices; shorter ones are filled up with padding_value. See `tf.linalg.diagPart`. */
public fun TensorLike.diagPart(k: Any, paddingValue: Any, align: String = "RIGHT_LEFT"): Tensor = tf.linalg.diagPart(this, k, paddingValue, align)

/** Makes matrices whose diagonals k are given and whose other elements are padding_value. See `tf.linalg.diag`. */
public fun TensorLike.diag(k: Any, numRows: Any, numCols: Any, paddingValue: Any, align: String = "RIGHT_LEFT"): Tensor = tf.linalg.diag(this, k, numRows, numCols, paddingValue, align)

/** Inverts square matrices, or their adjoints. See `tf.linalg.inv`. */
public fun TensorLike.inv(adjoint: Boolean = false): Tensor = tf.linalg.inv(this, adjoint)

/** Returns matrices with their diagonals k replaced. See `tf.linalg.setDiag`. */
public fun TensorLike.setDiag(diagonal: Any, k: Any, align: String = "RIGHT_LEFT"): Tensor = tf.linalg.setDiag(this, diagonal, k, align)

/** Solves systems of linear equations. See `tf.linalg.solve`. */
public fun TensorLike.solve(rhs: Any, adjoint: Boolean = false): Tensor = tf.linalg.solve(this, rhs, adjoint)

/** Solves systems of equations whose matrix is a triangle; the other half is not read. See `tf.linalg.triangularSolve`. */
public fun TensorLike.triangularSolve(rhs: Any, lower: Boolean = true, adjoint: Boolean = false): Tensor = tf.linalg.triangularSolve(this, rhs, lower, adjoint)

/** Decomposes matrices into orthonormal columns times an upper triangle. See `tf.linalg.qr`. */
public fun TensorLike.qr(fullMatrices: Boolean = false): Array<Tensor> = tf.linalg.qr(this, fullMatrices)

/** Finds eigenvalues, in ascending order, and eigenvectors of symmetric (Hermitian) matrices, of which the lower triangle is read. See `tf.linalg.eigh`. */
public fun TensorLike.eigh(computeV: Boolean = true): Array<Tensor> = tf.linalg.eigh(this, computeV)

/** Finds singular values, in descending order, and singular vectors. See `tf.linalg.svd`. */
public fun TensorLike.svd(computeUv: Boolean = true, fullMatrices: Boolean = false): Array<Tensor> = tf.linalg.svd(this, computeUv, fullMatrices)
