package dev.merapi.intercept;

import dev.merapi.GraphFunction;
import dev.merapi.function.intercept.Interception;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;

/// A program with annotated methods in a class that is loaded before the first tensor, this one,
/// and in one that is loaded after it. Prints how interception came about, what it cost, and how
/// often each of the two bodies was run by two calls.
public final class Attaching {
  private static int bodies;

  private Attaching() {}

  public static void main(String[] args) {
    Toys.install();
    long start = System.nanoTime();
    Tensor x = tf.constant(2f);
    System.out.println("millis " + (System.nanoTime() - start) / 1e6);
    System.out.println("way " + Interception.way());
    Tensor sum = tf.add(early(x), early(x));
    System.out.println("early " + bodies);
    sum = tf.add(sum, tf.add(Late.late(x), Late.late(x)));
    System.out.println("late " + Late.bodies);
    System.out.println("sum " + sum.floatValue());
  }

  @GraphFunction
  private static Tensor early(Tensor x) {
    bodies++;
    return tf.add(x, 1f);
  }

  private static final class Late {
    static int bodies;

    @GraphFunction
    static Tensor late(Tensor x) {
      bodies++;
      return tf.add(x, 1f);
    }
  }
}
