/// What one element of an element-wise op means, and how that becomes machine steps.
///
/// Here live the expression language ([dev.merapi.kernel.Expr]), its lowering to primitive steps
/// ([dev.merapi.kernel.Program]) and the functions that steps call. Who writes code from the steps
/// (bytecode, PTX) does not live here but with its device. Op declarations, the executor and the
/// fuser may knock.
@NullMarked
package dev.merapi.kernel;

import org.jspecify.annotations.NullMarked;
