/// Constraints: what a weight must hold to after each step of training.
///
/// Who lives here: `Constraint`, one class for each of Keras's, `Constraints` which finds them by
/// name. Who does not: optimizers, which apply them. Who may knock: layers, optimizers, users.
@NullMarked
package dev.merapi.nn.constrain;

import org.jspecify.annotations.NullMarked;
