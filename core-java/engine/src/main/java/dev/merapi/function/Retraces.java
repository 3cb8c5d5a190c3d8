package dev.merapi.function;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts traces, explains them, and warns when there are many, by TensorFlow's rule: five traces
/// within the last calls, told at most twice.
final class Retraces {
  private static final int MANY = 5;
  private static final int WINDOW = 10;
  private static final int MOST_WARNINGS = 2;

  /// For each trace, how many calls it has served.
  private final ArrayDeque<int[]> calls = new ArrayDeque<>();

  private int counted;
  private int warnings;
  private int traces;
  private final List<String> reasons = new ArrayList<>();

  int traces() {
    return traces;
  }

  synchronized void called() {
    if (calls.isEmpty()) {
      calls.add(new int[1]);
    }
    calls.getLast()[0]++;
    counted++;
  }

  synchronized void traced(String function, Signature now, @Nullable Signature nearest) {
    traces++;
    String why = nearest == null ? "first call, with " + now.describe() : now.changes(nearest);
    reasons.add("trace " + traces + ": " + why);
    calls.add(new int[] {1});
    counted++;
    while (!calls.isEmpty() && counted - calls.getFirst()[0] > WINDOW) {
      counted -= calls.removeFirst()[0];
    }
    if (calls.size() >= MANY && warnings < MOST_WARNINGS) {
      warnings++;
      System.getLogger("dev.merapi")
          .log(
              System.Logger.Level.WARNING,
              calls.size()
                  + " out of the last "
                  + counted
                  + " calls to "
                  + function
                  + " triggered tf.function retracing. Tracing is expensive and the excessive"
                  + " number of tracings could be due to (1) creating the function repeatedly in a"
                  + " loop, (2) passing tensors with different shapes, (3) passing host numbers"
                  + " instead of tensors. Here "
                  + why
                  + ". For (1), define the function outside of the loop. For (2), ask for"
                  + " reduceRetracing or give an input signature. For (3), pass tf.constant(…).");
    }
  }

  synchronized String explain() {
    return String.join("\n", reasons);
  }
}
