/// Programs as values: graphs of operations, and the executor that writes them.
///
/// Who lives here: graphs, nodes, symbols, tracing, structured control flow, printing. Who does
/// not: anything that makes a graph faster or runs it (`compile`), caches of traces (`function`).
/// Who may knock: `compile`, `function` and the rooms after them; the formats module.
@NullMarked
package dev.merapi.graph;

import org.jspecify.annotations.NullMarked;
