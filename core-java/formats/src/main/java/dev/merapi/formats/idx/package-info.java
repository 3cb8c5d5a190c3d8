/// The IDX format, in which MNIST and its relatives are given away.
///
/// - **Who lives here:** [Idx], the reader of one file; [MnistFiles], the four files that make a
///   data set; [IdxError].
/// - **Who does not:** anything that knows what the pictures are for.
/// - **Who may knock:** programs and tests.
///
/// Source of the format: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten
/// digits", section "the IDX file format".
@NullMarked
package dev.merapi.formats.idx;

import org.jspecify.annotations.NullMarked;
