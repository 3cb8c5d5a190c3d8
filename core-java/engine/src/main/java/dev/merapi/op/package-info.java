/// How an operation is declared, and how a call of it finds its way.
///
/// Who lives here: `OpDef` (the declaration), `Attrs`, `Call` (one call: inputs, attributes,
/// outputs), `Grad` (what a gradient sees), `Rules` (shape rules many operations share), `Context`
/// (what holds on this thread), `Registry`. Who does not: any single operation (those are in
/// `op.family`) and any kernel. Who may knock: every room after `kernel`.
@NullMarked
package dev.merapi.op;

import org.jspecify.annotations.NullMarked;
