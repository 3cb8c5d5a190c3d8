/// Activation functions as layers of their own.
///
/// Who lives here: one class for each of Keras's. Who does not: the functions (`nn.activation`).
/// Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.activate;

import org.jspecify.annotations.NullMarked;
