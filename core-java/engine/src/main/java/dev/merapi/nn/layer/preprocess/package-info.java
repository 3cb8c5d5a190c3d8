/// Layers that bring raw data into the form that models learn from.
///
/// Who lives here: scaling, categories, vocabularies, texts, sizes of pictures. Who does not:
/// changes by chance (`layer.image`). Who may knock: models, pipelines, users.
@NullMarked
package dev.merapi.nn.layer.preprocess;

import org.jspecify.annotations.NullMarked;
