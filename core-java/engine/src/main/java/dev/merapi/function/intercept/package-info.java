/// How a call of a `@GraphFunction` method becomes a call of a function.
///
/// A method so annotated gets a prologue, which hands its arguments to an `Entry` and returns what
/// that answers, unless the answer is `Entry.PASS`: then the body runs as it was written.
///
/// Who lives here: the changed bytecode (`Transformer`, its `Stage`s, `Prologue`), what it calls at
/// run time (`CallSites`, `Gate`, `EagerSwitch`), and the ways to change classes of a running
/// program (`Interception`, `Agent`, `SelfAttach`, `Survey`). Who does not: what a function is, how
/// it is traced or cached, how control flow is converted. Who may knock: `function`, `facade`, the
/// bytecode of annotated methods, and the JVM, which starts `Agent`.
@NullMarked
package dev.merapi.function.intercept;

import org.jspecify.annotations.NullMarked;
