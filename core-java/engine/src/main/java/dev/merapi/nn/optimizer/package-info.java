/// Optimizers: `Optimizer` and one class for each rule.
///
/// Who lives here: what the first line says. Who does not: kernels and gradients (those are
/// operations). Who may knock: models, training loops, users.
@NullMarked
package dev.merapi.nn.optimizer;

import org.jspecify.annotations.NullMarked;
