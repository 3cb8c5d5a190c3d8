package dev.merapi.function.intercept;

/// The switch behind `tf.config.runFunctionsEagerly`.
public final class EagerSwitch {
  // A volatile read of a field that is never written costs less than a nanosecond, so there is no
  // need for a SwitchPoint, which would throw away compiled code on every turn.
  private static volatile boolean on;

  private EagerSwitch() {}

  /// Returns whether functions run their bodies on every call.
  public static boolean on() {
    return on;
  }

  /// Sets it for all threads; calls under way are not affected.
  public static void set(boolean eagerly) {
    on = eagerly;
  }
}
