package dev.merapi.function.intercept;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/// Where the JVM hands over the right to change classes.
///
/// With `-javaagent:merapi-core.jar` or `Launcher-Agent-Class` it is started before the program.
/// When Merapi attaches to its own process, this class goes in alone, in a jar made for the
/// purpose, and only keeps what it is given: the whole library on the system's class path could be
/// there twice.
public final class Agent {
  /// The agent's option that says: only keep it.
  static final String KEEP = "keep";

  private static volatile @Nullable Instrumentation instrumentation;

  private Agent() {}

  /// Called by the JVM before `main`.
  public static void premain(@Nullable String option, Instrumentation given) {
    agentmain(option, given);
  }

  /// Called by the JVM in a running program.
  public static void agentmain(@Nullable String option, Instrumentation given) {
    instrumentation = given;
    if (KEEP.equals(option)) {
      return;
    }
    try {
      Interception.install();
    } catch (NoClassDefFoundError e) {
      // This class is alone in its jar. The program's own copy of Merapi will ask for what was
      // given.
    }
  }

  /// Returns what the JVM gave, or null; by reflection also to another copy of Merapi in this JVM.
  public static @Nullable Instrumentation instrumentation() {
    return instrumentation;
  }
}
