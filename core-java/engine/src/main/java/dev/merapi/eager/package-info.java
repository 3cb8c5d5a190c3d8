/// Runs one operation now.
///
/// Who lives here: [dev.merapi.eager.Eager], the executor of every thread that is not tracing. Who
/// does not: gradients, graphs. Who may knock: `autodiff` and the rooms after it; `op` finds it by
/// name at start-up.
@NullMarked
package dev.merapi.eager;

import org.jspecify.annotations.NullMarked;
