/// How fast functions are: the same work eagerly and as a graph, and beside other systems.
///
/// Who lives here: workloads, their inputs, how time is taken, the page of results. Who does not:
/// checks of single operations. Who may knock: `./merapi bench`, and tests that compare speeds.
@NullMarked
package dev.merapi.bench;

import org.jspecify.annotations.NullMarked;
