/// Recurrent layers: cells, which take one step, and layers, which take all steps of a sequence.
///
/// Who lives here: cells, `RNN` and its kinds, `Bidirectional`, `TimeDistributed`. Who does not:
/// whole-sequence operations (`op.family.SequenceOps`). Who may knock: models, users.
@NullMarked
package dev.merapi.nn.layer.recurrent;

import org.jspecify.annotations.NullMarked;
