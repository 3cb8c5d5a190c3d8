package dev.merapi.say;

import java.util.ArrayList;
import java.util.List;

/// Knows which layers of a model a thread is in, for the last line of errors: `in encoder/dense_1
/// (Dense), called from Model.kt:41`.
public final class Inside {
  private static final ThreadLocal<List<String>> PATH = ThreadLocal.withInitial(ArrayList::new);

  private Inside() {}

  /// Enters a layer; [#leave] must follow in a `finally`.
  public static void enter(String label) {
    PATH.get().add(label);
  }

  public static void leave() {
    PATH.get().removeLast();
  }

  /// Returns the layers from the outermost in, joined by `/`; empty outside of all.
  static String path() {
    return String.join("/", PATH.get());
  }
}
