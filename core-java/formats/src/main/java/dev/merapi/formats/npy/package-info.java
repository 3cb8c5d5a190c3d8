/// NumPy's files: one array (`.npy`) or several by name (`.npz`).
///
/// **Who lives here:** [Npy], the reader and writer of one array; [Npz], of an archive of them;
/// [NpyArray], what they carry; [NpyError].
///
/// **Who does not:** tensors; whoever has one makes an [NpyArray] of it. Pickled objects: reading
/// one runs the code inside it, so they are refused.
///
/// **Who may knock:** users, `dev.merapi.cli` and `dev.merapi.dsl`.
///
/// Source of the format: NumPy Enhancement Proposal 1, and `numpy.lib.format` in NumPy's manual.
@NullMarked
package dev.merapi.formats.npy;

import org.jspecify.annotations.NullMarked;
