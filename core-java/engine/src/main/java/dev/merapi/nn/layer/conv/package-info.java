/// Layers that slide learned windows over sequences, pictures and volumes.
///
/// Who lives here: convolutions, transposed, by channel and separable. Who does not: windows
/// without weights (`layer.pool`). Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.conv;

import org.jspecify.annotations.NullMarked;
