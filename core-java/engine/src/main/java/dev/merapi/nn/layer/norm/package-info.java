/// Layers that bring what passes to a common mean and size.
///
/// Who lives here: batch, layer, group, unit and RMS normalization. Who does not: the fused
/// operations (`op.family.NormOps`). Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.norm;

import org.jspecify.annotations.NullMarked;
