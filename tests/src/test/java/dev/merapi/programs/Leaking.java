package dev.merapi.programs;

import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;

/// Keeps tensors that it no longer needs, then prints where they were made and what the report
/// says.
final class Leaking {
  private static final List<Tensor> FORGOTTEN = new ArrayList<>();

  private Leaking() {}

  public static void main(String[] args) {
    int line = 0;
    for (int i = 0; i < 20; i++) {
      line = keep(tf.add(tf.zeros(1000), 1f));
    }
    System.out.println("line Leaking.java:" + line);
    tf.config
        .memoryReport()
        .forEach(
            s -> System.out.println("site " + s.tensors() + " " + s.bytes() + " " + s.place()));
    System.out.println("kept " + FORGOTTEN.size());
  }

  /// Returns the line of the caller.
  private static int keep(Tensor t) {
    FORGOTTEN.add(t);
    return StackWalker.getInstance().walk(s -> s.skip(1).findFirst().orElseThrow().getLineNumber());
  }
}
