/// Layers that only move, repeat, cut or pad numbers.
///
/// Who lives here: `Flatten`, `Reshape`, padding, cropping, up-sampling. Who does not: layers that
/// compute. Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.reshape;

import org.jspecify.annotations.NullMarked;
