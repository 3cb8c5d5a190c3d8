/// Losses, as functions from labels and predictions to numbers.
///
/// Who lives here: what the first line says. Who does not: kernels and gradients (those are
/// operations). Who may knock: models, training loops, users.
@NullMarked
package dev.merapi.nn.loss;

import org.jspecify.annotations.NullMarked;
