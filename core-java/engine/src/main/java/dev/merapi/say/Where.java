package dev.merapi.say;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
          "dev.merapi.formats.",
          "dev.merapi.dsl.",
          "java.",
          "jdk.",
          "sun.",
          "kotlin.");

  /// Runs a user's code from its bytecode while it is traced; its frames stand for the user's.
  private static final String INTERPRETER = "dev.merapi.function.autograph.Activation";

  /// The line that is being interpreted on this thread.
  private static final ThreadLocal<@Nullable Supplier<StackTraceElement>> INTERPRETED =
      new ThreadLocal<>();

  private Where() {}

  /// Says how to find the line that is being interpreted on this thread; returns what was said
  /// before.
  public static @Nullable Supplier<StackTraceElement> interpreting(
      @Nullable Supplier<StackTraceElement> line) {
    Supplier<StackTraceElement> before = INTERPRETED.get();
    INTERPRETED.set(line);
    return before;
  }

  /// Tells whether a class is the engine's own, of the houses built on it, or of the libraries
  /// below it.
  public static boolean isOurs(String className) {
    return OURS.stream().anyMatch(className::startsWith);
  }

  /// Returns the innermost frame of this thread that is not the engine's own, if there is one.
  public static Optional<StackTraceElement> user() {
    return WALKER.walk(frames ->
        frames
            .filter(f -> f.getClassName().equals(INTERPRETER) || !isOurs(f.getClassName()))
            .findFirst()
            .map(Where::element));
  }

  private static StackTraceElement element(StackWalker.StackFrame f) {
    Supplier<StackTraceElement> line = INTERPRETED.get();
    return line != null && f.getClassName().equals(INTERPRETER)
        ? line.get()
        : f.toStackTraceElement();
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
