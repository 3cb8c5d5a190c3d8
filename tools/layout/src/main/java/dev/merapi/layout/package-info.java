/// The formatter as a step of the build.
///
/// **Who lives here:** what finds the repository's sources and hands them to google-java-format and
/// ktlint.
///
/// **Who does not:** rules of style; those are the two formatters' own, and `.editorconfig`'s.
///
/// **Who may knock:** the build.
@NullMarked
package dev.merapi.layout;

import org.jspecify.annotations.NullMarked;
