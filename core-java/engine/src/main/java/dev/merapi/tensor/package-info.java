/// What a value is: element type, shape, and the handle to its bytes.
///
/// Who lives here: `Tensor`, `Shape`, `DType`, `Spec`, their printing, and `Storage`, the contract
/// of whoever owns bytes. Who does not: operations (those are `tf.*`), pools of memory, devices.
/// Who may knock: every room after `say`.
@NullMarked
package dev.merapi.tensor;

import org.jspecify.annotations.NullMarked;
