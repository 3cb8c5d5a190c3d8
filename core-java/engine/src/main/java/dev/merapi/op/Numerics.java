package dev.merapi.op;

import dev.merapi.say.Message;
import dev.merapi.say.Where;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Looks for the operation that first made a NaN or an infinity, when asked to.
public final class Numerics {
  // Plain on purpose: read at every call, switched by hand before the calls that matter.
  private static boolean on;

  private Numerics() {}

  public static boolean isOn() {
    return on;
  }

  /// Switches the search on or off, for all threads.
  public static void set(boolean search) {
    on = search;
  }

  /// Looks at the outputs of a finished call.
  ///
  /// Fails: `ValueError` naming the operation, its inputs and the line it was called from, when an
  /// output holds a NaN or an infinity.
  ///
  /// @param where the line that put the operation into its graph; null looks for the caller
  public static void look(Call call, Tensor[] out, @Nullable StackTraceElement where) {
    for (int i = 0; i < out.length; i++) {
      Tensor t = out[i];
      DType d = t.dtype();
      if (!d.isFloating() || t.isSymbolic() || t.size() == 0) {
        continue;
      }
      int nan = 0;
      int up = 0;
      int down = 0;
      for (double x : t.toDoubleArray()) {
        nan += Double.isNaN(x) ? 1 : 0;
        up += x == Double.POSITIVE_INFINITY ? 1 : 0;
        down += x == Double.NEGATIVE_INFINITY ? 1 : 0;
      }
      if (nan + up + down > 0) {
        throw found(call, i, t, new int[] {nan, up, down}, where);
      }
    }
  }

  private static RuntimeException found(
      Call call, int output, Tensor t, int[] counts, @Nullable StackTraceElement where) {
    StringBuilder inputs = new StringBuilder();
    for (int i = 0; i < call.ins(); i++) {
      inputs.append(i == 0 ? "" : " · ").append(call.in(i).spec());
    }
    return Message.what(
            "Detected Infinity or NaN in output " + output + " of op \"" + call.op.name() + "\"")
        .given(
            "output "
                + t.spec()
                + " with "
                + counts[0]
                + " NaN, "
                + counts[1]
                + " Inf, "
                + counts[2]
                + " -Inf · inputs "
                + inputs
                + " · called at "
                + (where == null ? Where.userLine() : Where.line(where)))
        .expected("finite numbers, as tf.debugging.enableCheckNumerics asks")
        .fix("keep the inputs where the operation is defined, or lower the learning rate")
        .valueError();
  }
}
