/// The declarations of all operations, one family a file.
///
/// Who lives here: families (`ArrayOps`, `ReduceOps`, …), what their gradients share (`Grads`), and
/// `Catalog`, which names every family once. Who does not: loops and kernels (those are in
/// `kernel.cpu`; a declaration points at them). Who may knock: `eager` and the rooms after it,
/// through `Registry` and the façades.
@NullMarked
package dev.merapi.op.family;

import org.jspecify.annotations.NullMarked;
