/// Turns the control flow of methods into graphs while they are traced: `if`, `while`, `for`,
/// `switch`, `&&`, early returns and assertions whose conditions are tensors.
///
/// A method with such conditions gets a prologue (`Rewriting`). In a trace the prologue hands the
/// call to an interpreter of the method's bytecode (`Activation`), which can do what the JVM
/// cannot: go both ways at a condition that has no value yet, and merge. Otherwise the prologue
/// costs one test and the method runs as it is written. See decision 008.
///
/// Who lives here: what the first line says. Who does not: the graph's own control flow
/// (`graph.Control`), the interception of annotated methods (`function.intercept`). Who may knock:
/// the transformer of `function.intercept`, the façade and the Kotlin DSL (`Conditions`, `Rows`).
@NullMarked
package dev.merapi.function.autograph;

import org.jspecify.annotations.NullMarked;
