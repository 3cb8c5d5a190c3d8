/// What one element of an element-wise op means, and how that becomes machine steps.
///
/// Who lives here: the expression language ([dev.merapi.kernel.Expr]), the description of several
/// operations that run as one ([dev.merapi.kernel.Fusion]), their lowering to primitive steps
/// ([dev.merapi.kernel.Program]), the functions that steps call, and the generator of random bits
/// ([dev.merapi.kernel.Philox]). Who does not: whoever writes code from the steps (bytecode, PTX);
/// that lives with its device. Who may knock: op declarations, the executor, the fuser.
@NullMarked
package dev.merapi.kernel;

import org.jspecify.annotations.NullMarked;
