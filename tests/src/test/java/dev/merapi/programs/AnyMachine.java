package dev.merapi.programs;

import dev.merapi.tensor.Tensor;
import dev.merapi.tf;

/// Runs on every machine, with and without a graphics card.
final class AnyMachine {
  private AnyMachine() {}

  public static void main(String[] args) {
    var gpus = tf.config.listPhysicalDevices("GPU");
    System.out.println("gpus " + gpus.size());
    if (!gpus.isEmpty()) {
      System.out.println("first " + gpus.getFirst().name());
    }
    Tensor x = tf.constant(new float[][] {{1, 2}, {3, 4}});
    System.out.println(tf.matmul(x, x));
  }
}
