/// The command line behind the launcher `merapi`.
///
/// **Who lives here:** one class for each command: what it is called, what it accepts, what it
/// prints.
///
/// **Who does not:** whatever a program without a terminal could want too; that belongs to the
/// engine.
///
/// **Who may knock:** the launcher, and specs that read what a command prints.
@NullMarked
package dev.merapi.cli;

import org.jspecify.annotations.NullMarked;
