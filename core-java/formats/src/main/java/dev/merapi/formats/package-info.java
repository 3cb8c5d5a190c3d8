/// Other people's file formats.
///
/// **Who lives here:** one sub-package for each format, with the one library that format may lean
/// on.
///
/// **Who does not:** anything the engine needs in order to compute; it never imports this house.
///
/// **Who may knock:** users, `dev.merapi.cli` and `dev.merapi.dsl`.
@NullMarked
package dev.merapi.formats;

import org.jspecify.annotations.NullMarked;
