package dev.merapi.say;

import java.util.List;
import java.util.Optional;

/// Finds the line of a user's program from which the engine was called.
public final class Where {
  private static final StackWalker WALKER = StackWalker.getInstance();

  /// Packages that no user's line lies in; tests and examples have other names.
  private static final List<String> OURS =
      List.of(
          "dev.merapi.say.",
          "dev.merapi.tensor.",
          "dev.merapi.memory.",
          "dev.merapi.kernel.",
          "dev.merapi.op.",
          "dev.merapi.eager.",
          "dev.merapi.autodiff.",
          "dev.merapi.graph.",
          "dev.merapi.compile.",
          "dev.merapi.function.",
          "dev.merapi.facade.",
          "dev.merapi.tf",
          "dev.merapi.nn.",
          "dev.merapi.data.",
          "dev.merapi.distribute.",
          "dev.merapi.dsl.",
          "java.",
          "jdk.",
          "sun.",
          "kotlin.");

  private Where() {}

  /// Returns the innermost frame of this thread that is not the engine's own, if there is one.
  public static Optional<StackTraceElement> user() {
    return WALKER.walk(
        frames ->
            frames
                .filter(f -> OURS.stream().noneMatch(f.getClassName()::startsWith))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement));
  }

  /// Returns a frame as `Model.kt:41`.
  public static String line(StackTraceElement e) {
    return (e.getFileName() == null ? e.getClassName() : e.getFileName())
        + (e.getLineNumber() > 0 ? ":" + e.getLineNumber() : "");
  }

  /// Returns the user's line as `Model.kt:41`, or `an unknown line`.
  public static String userLine() {
    return user().map(Where::line).orElse("an unknown line");
  }
}
