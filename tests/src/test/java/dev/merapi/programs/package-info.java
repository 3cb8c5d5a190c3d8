/// Small programs as users write them, run by tests in a JVM of their own.
///
/// Who lives here: the programs, and `Fork`, which runs them. Who does not: checks; a program
/// prints, the test judges. Who may knock: tests.
@NullMarked
package dev.merapi.programs;

import org.jspecify.annotations.NullMarked;
