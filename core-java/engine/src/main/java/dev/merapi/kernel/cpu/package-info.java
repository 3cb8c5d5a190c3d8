/// CPU kernels of structural operations: matrix products, convolution, pooling.
///
<<<<<<< HEAD
/// Who lives here: one façade a family ([dev.merapi.kernel.cpu.Gemm],
/// [dev.merapi.kernel.cpu.Conv], [dev.merapi.kernel.cpu.Pooling]) over native memory, with
/// offsets and strides in elements; the loops behind them on heap panels. The float64 classes
/// (`…F64`) are derived from their float32 twins by replacing names of types; a test compares
/// them.
///
/// Who does not: element-wise loops, shape rules, dtype dispatch, anything that knows a tensor.
/// Code that names `jdk.incubator.vector` lives in `vector` and is loaded by
/// [dev.merapi.kernel.cpu.Tier] alone.
=======
/// Who lives here: one façade a family ([dev.merapi.kernel.cpu.Gemm], [dev.merapi.kernel.cpu.Conv],
/// [dev.merapi.kernel.cpu.Pooling]) over native memory, with offsets and strides in elements; the loops behind
/// them on heap panels. The float64 classes (`…F64`) are derived from their float32 twins by replacing names
/// of types; a test compares them. Kernels of a whole family (`…Cpu`) read a [dev.merapi.op.Call]; all that only
/// moves elements goes through [dev.merapi.kernel.cpu.Mover].
///
/// Who does not: shape rules and gradients. Code that names
/// `jdk.incubator.vector` lives in `vector` and is loaded by [dev.merapi.kernel.cpu.Tier] alone.
>>>>>>> h/array
///
/// Who may knock: the op families.
@NullMarked
package dev.merapi.kernel.cpu;

import org.jspecify.annotations.NullMarked;
