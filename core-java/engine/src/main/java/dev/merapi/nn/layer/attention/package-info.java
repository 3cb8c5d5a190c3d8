/// Layers that let each step choose among all steps.
///
/// Who lives here: `Attention`, `AdditiveAttention`, `MultiHeadAttention`, `GroupedQueryAttention`.
/// Who does not: recurrent layers. Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.attention;

import org.jspecify.annotations.NullMarked;
