/// Kernels of the CPU.
///
/// Who lives here: what families point at (`…Cpu`, reading a [dev.merapi.op.Call]), and beneath it
/// the loops over native memory: matrix products ([dev.merapi.kernel.cpu.Gemm]), convolution,
/// pooling, folds, the mover of elements, the compiler of element-wise loops
/// ([dev.merapi.kernel.cpu.Loops]), and fused kernels ([dev.merapi.kernel.cpu.FusedKernel]). The
/// float64 classes (`…F64`, under `src/generated`) are derived from their float32 twins by
/// replacing names of types; a test compares them.
///
/// Who does not: shape rules and gradients. Code that names `jdk.incubator.vector` lives in
/// `vector` and is loaded by [dev.merapi.kernel.cpu.Tier] alone.
///
/// Who may knock: the op families, and the graph compiler for fused kernels.
@NullMarked
package dev.merapi.kernel.cpu;

import org.jspecify.annotations.NullMarked;
