/// Regularizers: what large weights or outputs add to the loss.
///
/// Who lives here: `Regularizer`, one class for each of Keras's, `Regularizers` which finds them by
/// name. Who does not: losses. Who may knock: layers, users.
@NullMarked
package dev.merapi.nn.regularize;

import org.jspecify.annotations.NullMarked;
