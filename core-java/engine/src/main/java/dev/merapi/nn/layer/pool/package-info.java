/// Layers that take the largest or the mean of windows, or of all steps.
///
/// Who lives here: pooling and global pooling. Who does not: windows with weights (`layer.conv`).
/// Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.pool;

import org.jspecify.annotations.NullMarked;
