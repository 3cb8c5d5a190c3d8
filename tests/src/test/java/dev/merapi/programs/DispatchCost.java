package dev.merapi.programs;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;

/// Prints what one addition of 8 elements costs in nanoseconds, without and with a tape: the best
/// of many rounds, because other programs on the machine only ever make a round slower.
final class DispatchCost {
  private static final int ROUNDS = 60;
  private static final int CALLS = 20_000;

  /// A tape is thrown away after so many calls, as training does.
  private static final int CALLS_A_TAPE = 100;

  private DispatchCost() {}

  public static void main(String[] args) {
    Tensor a = tf.constant(new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    double plain = Double.MAX_VALUE;
    double taped = Double.MAX_VALUE;
    Tensor last = a;
    for (int r = 0; r < ROUNDS; r++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        last = tf.add(a, a);
      }
      plain = Math.min(plain, (System.nanoTime() - start) / (double) CALLS);
      start = System.nanoTime();
      for (int t = 0; t < CALLS / CALLS_A_TAPE; t++) {
        try (GradientTape tape = new GradientTape()) {
          tape.watch(a);
          for (int i = 0; i < CALLS_A_TAPE; i++) {
            last = tf.add(a, a);
          }
        }
      }
      taped = Math.min(taped, (System.nanoTime() - start) / (double) CALLS);
    }
    System.out.println("plain " + plain);
    System.out.println("taped " + taped);
    System.out.println("value " + last.format());
  }
}
