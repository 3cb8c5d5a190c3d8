/// Activation functions, by Keras's names.
///
/// Who lives here: `Activations`, which finds them, `ActivationFunction`, which is one. Who does
/// not: the layers that apply one (`nn.layer.activate`). Who may knock: layers, users.
@NullMarked
package dev.merapi.nn.activation;

import org.jspecify.annotations.NullMarked;
