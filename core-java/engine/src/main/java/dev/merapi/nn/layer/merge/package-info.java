/// Layers of several inputs that make one tensor of them.
///
/// Who lives here: sums, products, extremes, `Concatenate`, `Dot`. Who does not: attention
/// (`layer.attention`). Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.merge;

import org.jspecify.annotations.NullMarked;
