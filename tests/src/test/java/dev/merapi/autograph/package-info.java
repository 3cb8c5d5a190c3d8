/// Control flow on tensors: programs as users write them, run as they stand and as graphs.
///
/// Who lives here: two corpora of functions (in Java and in Kotlin), two of functions that must be
/// refused, and the tests over them. Who does not: tests of the graph's own control flow (`graph`).
/// Who may knock: tests.
package dev.merapi.autograph;
