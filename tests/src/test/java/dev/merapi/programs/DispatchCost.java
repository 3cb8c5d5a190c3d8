package dev.merapi.programs;

import com.sun.management.ThreadMXBean;
import dev.merapi.autodiff.GradientTape;
import dev.merapi.memory.Memory;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.lang.management.ManagementFactory;

/// Prints what one addition of 8 elements costs, without and with a tape, in nanoseconds and in
/// bytes of the Java heap: the best of many rounds, because other programs on the machine and the
/// compiler at work only ever make a round dearer. Beside it, the bytes of such a tensor alone.
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
    double tensorBytes = Double.MAX_VALUE;
    double plainBytes = Double.MAX_VALUE;
    double unaryBytes = Double.MAX_VALUE;
    double tapedBytes = Double.MAX_VALUE;
    Tensor last = a;
    for (int r = 0; r < ROUNDS; r++) {
      long bytes = allocated();
      for (int i = 0; i < CALLS; i++) {
        last = Memory.empty(a.spec());
      }
      tensorBytes = Math.min(tensorBytes, (allocated() - bytes) / (double) CALLS);
      bytes = allocated();
      for (int i = 0; i < CALLS; i++) {
        last = tf.negative(a);
      }
      unaryBytes = Math.min(unaryBytes, (allocated() - bytes) / (double) CALLS);
      bytes = allocated();
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        last = tf.add(a, a);
      }
      plain = Math.min(plain, (System.nanoTime() - start) / (double) CALLS);
      plainBytes = Math.min(plainBytes, (allocated() - bytes) / (double) CALLS);
      bytes = allocated();
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
      tapedBytes = Math.min(tapedBytes, (allocated() - bytes) / (double) CALLS);
    }
    System.out.println("plain " + plain);
    System.out.println("taped " + taped);
    System.out.println("tensor-bytes " + tensorBytes);
    System.out.println("plain-bytes " + plainBytes);
    System.out.println("unary-bytes " + unaryBytes);
    System.out.println("taped-bytes " + tapedBytes);
    System.out.println("value " + last.format());
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
