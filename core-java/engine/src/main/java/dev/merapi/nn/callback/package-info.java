/// Callbacks: what looks on while a model is trained, and may step in.
///
/// Who lives here: `Callback` and Keras's own ones. Who does not: the training itself (`nn.model`),
/// what files they write look like. Who may knock: users, `nn.model`.
@NullMarked
package dev.merapi.nn.callback;

import org.jspecify.annotations.NullMarked;
