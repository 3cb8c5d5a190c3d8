package dev.merapi.examples;

// region
import dev.merapi.autodiff.GradientTape;
import dev.merapi.tf;
import java.util.List;

// endregion

/// The lines that the README shows under "In Java".
final class Readme {
  // region
  void main() {
    var x = tf.constant(new float[] {0, 1, 2, 3});
    var y = tf.constant(new float[] {1, 3, 5, 7});
    var w = tf.variable(0f);
    var b = tf.variable(0f);
    for (int step = 0; step < 200; step++) {
      try (var tape = new GradientTape()) {
        var error = tf.subtract(tf.add(tf.multiply(w, x), b), y);
        var slopes = tape.gradient(tf.reduceMean(tf.square(error)), List.of(w, b));
        w.assignSub(tf.multiply(0.1, slopes.get(0)));
        b.assignSub(tf.multiply(0.1, slopes.get(1)));
      }
    }
    IO.println("y = %.2f x + %.2f".formatted(w.value().item(), b.value().item()));
  }
  // endregion
}
