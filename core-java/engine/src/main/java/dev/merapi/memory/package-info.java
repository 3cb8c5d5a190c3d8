/// Who owns the bytes of tensors: a caching pool of native memory, scopes, the byte budget, the
/// leak report.
///
/// Who lives here: `Pool` and its blocks, `Buffer` (a tensor's claim on a block), `Memory` (the
/// door), `Scope`, `Leaks`. Who does not: anything that computes. Who may knock: every room after
/// `tensor`.
@NullMarked
package dev.merapi.memory;

import org.jspecify.annotations.NullMarked;
