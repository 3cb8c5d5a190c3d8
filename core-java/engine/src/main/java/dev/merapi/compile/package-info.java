/// From graphs to what runs: optimiser passes, plans, the engine that runs them.
///
/// Who lives here: `Plan` and its parts; `pass` holds the optimiser. Who does not: kernels,
/// tracing. Who may knock: `function`; `graph` finds the engine by name.
@NullMarked
package dev.merapi.compile;

import org.jspecify.annotations.NullMarked;
