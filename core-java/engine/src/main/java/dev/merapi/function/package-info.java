/// Functions that are traced once and run often as graphs: `tf.function` and `@GraphFunction`.
///
/// Who lives here: functions, their signatures and caches, their gradients. Who does not: graphs,
/// plans. Who may knock: the façade, models, users; `intercept` calls in from annotated methods.
@NullMarked
package dev.merapi.function;

import org.jspecify.annotations.NullMarked;
