package dev.merapi.function;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts traces, explains them, and warns when there are many, by TensorFlow's rule: five traces
/// within the last calls, told at most twice.
final class Retraces {
  private static final int MANY = 5;
  private static final int WINDOW = 10;
  private static final int MOST_WARNINGS = 2;

  /// For each trace, how many calls it has served.
  private final ArrayDeque<long[]> calls = new ArrayDeque<>();

  /// Calls since the last trace.
  private final LongAdder served = new LongAdder();

  private long counted;
  private int warnings;
  private int traces;
  private final List<String> reasons = new ArrayList<>();

  int traces() {
    return traces;
  }

  /// Counts a call that needed no trace; any number of threads may do so at once.
  void called() {
    served.increment();
  }

  /// Files the calls since the last trace under it.
  private void file() {
    long n = served.sumThenReset();
    if (n > 0 && calls.isEmpty()) {
      calls.add(new long[1]);
    }
    if (n > 0) {
      calls.getLast()[0] += n;
      counted += n;
    }
  }

  synchronized void traced(String function, Signature now, @Nullable Signature nearest) {
    file();
    traces++;
    String why = nearest == null ? "first call, with " + now.describe() : now.changes(nearest);
    reasons.add("trace " + traces + ": " + why);
    calls.add(new long[] {1});
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
