/// Other people's file formats, one package a format.
///
/// - **Who lives here:** what all formats share: [FileError], the report of a bad file, and
///   [AtomicFiles], the way every file is written.
/// - **Who does not:** the formats themselves (`idx`, `npy`, …), and anything that computes.
/// - **Who may knock:** the packages below this one, and programs that write files.
@NullMarked
package dev.merapi.formats;

import org.jspecify.annotations.NullMarked;
