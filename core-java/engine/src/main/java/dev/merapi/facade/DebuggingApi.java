package dev.merapi.facade;

import dev.merapi.op.Numerics;

/// Checks of values: operations, and a search for the operation that first makes a NaN.
public abstract class DebuggingApi extends TfDebuggingOps {
  protected DebuggingApi() {}

  /// Lets the first operation that makes a NaN or an infinity fail, eagerly and in graphs.
  ///
  /// Slow: every output is looked at. Graphs planned from now on run operation by operation, so
  /// that the error names the very one.
  public static void enableCheckNumerics() {
    Numerics.set(true);
  }

  public static void disableCheckNumerics() {
    Numerics.set(false);
  }
}
