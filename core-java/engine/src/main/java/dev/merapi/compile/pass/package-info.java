/// The optimiser's passes, one a file: each turns a graph into another that gives the same bits.
///
/// Who lives here: rewritings. Who does not: what runs graphs. Who may knock: `compile.Pipeline`.
@NullMarked
package dev.merapi.compile.pass;

import org.jspecify.annotations.NullMarked;
