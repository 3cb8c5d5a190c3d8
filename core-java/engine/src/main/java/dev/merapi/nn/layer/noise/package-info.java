/// Layers that disturb what passes while training, and layers that only add to the loss.
///
/// Who lives here: dropouts, noises, `SeedGenerator`, `ActivityRegularization`. Who does not:
/// random operations (`facade.RandomApi`). Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.noise;

import org.jspecify.annotations.NullMarked;
