package dev.merapi.programs;

import dev.merapi.say.MemoryError;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;

/// Asks for more than its budget of 100 MB, prints the refusal, drops what it holds and asks again.
final class OverBudget {
  private OverBudget() {}

  public static void main(String[] args) {
    Tensor large = tf.ones(4000, 4000);
    Tensor small = tf.ones(1000, 1000);
    try {
      tf.zeros(8000, 1000);
      System.out.println("not refused");
    } catch (MemoryError e) {
      System.out.println(e.getMessage());
    }
    double sum = large.size() + small.size();
    large = small;
    Tensor again = tf.zeros(8000, 1000);
    System.out.println("freed " + again.size() * 4);
    System.out.println("sizes " + (sum + large.size() + small.size()));
  }
}
