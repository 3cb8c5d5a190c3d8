/// Remembers what was computed and sends gradients back through it.
///
/// Who lives here: `GradientTape`, its entries, the walk back. Who does not: the gradients of
/// single operations (each stands in its declaration). Who may knock: `graph` and the rooms after
/// it.
@NullMarked
package dev.merapi.autodiff;

import org.jspecify.annotations.NullMarked;
