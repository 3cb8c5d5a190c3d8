/// Layers that change pictures by chance, so that a model sees more of them than there are.
///
/// Who lives here: turns, moves, zooms, flips, contrast and brightness by chance. Who does not:
/// fixed sizes and scales (`layer.preprocess`), the sampling of pixels (operations). Who may knock:
/// models, pipelines, users.
@NullMarked
package dev.merapi.nn.layer.image;

import org.jspecify.annotations.NullMarked;
