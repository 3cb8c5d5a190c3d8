/// Optimizers of TensorFlow 1, `tf.compat.v1.train`, with its defaults and its roundings.
///
/// Who lives here: one class for each rule. Who does not: Keras's optimizers. Who may knock:
/// programs written for TensorFlow 1.
@NullMarked
package dev.merapi.nn.optimizer.v1;

import org.jspecify.annotations.NullMarked;
