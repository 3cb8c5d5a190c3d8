/// What stands under `tf.keras`, one class for each of its names.
///
/// Who lives here: `KerasApi`, and generated classes of one-line methods. Who does not: anything
/// that decides. Who may knock: `tf`.
@NullMarked
package dev.merapi.nn.keras;

import org.jspecify.annotations.NullMarked;
