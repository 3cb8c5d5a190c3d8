/// Other people's file formats.
///
/// **Who lives here:** one sub-package for each format, with the one library that format may lean
/// on; in this package what all of them share: [FileError], the report of a bad file, and
/// [AtomicFiles], the way every file is written.
///
/// **Who does not:** anything the engine needs in order to compute; it never imports this house.
///
/// **Who may knock:** users, `dev.merapi.cli` and `dev.merapi.dsl`.
@NullMarked
package dev.merapi.formats;

import org.jspecify.annotations.NullMarked;
