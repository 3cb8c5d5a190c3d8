/// The derived test suite: checks every declared operation against TensorFlow's goldens and against
/// itself.
///
/// Who lives here: the reader of goldens, comparisons, one class a kind of check, and `RunGoldens`,
/// which runs them from the command line without a build. The specs in Kotlin make one test per
/// operation from them. Who does not: tests that know one operation by name (those are
/// `<Family>OddSpec`). Who may knock: specs, and people at a terminal.
@NullMarked
package dev.merapi.suite;

import org.jspecify.annotations.NullMarked;
