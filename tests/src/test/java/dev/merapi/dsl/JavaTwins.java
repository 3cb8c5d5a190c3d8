package dev.merapi.dsl;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.op.Index;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.List;

/// What the sentences of the Kotlin specs say, said in Java.
final class JavaTwins {
  private JavaTwins() {}

  /// `2f * x * x - x / 3f + (v pow 2) % 5f`.
  static Tensor arithmetic(Tensor x, Variable v) {
    Tensor left = tf.subtract(tf.multiply(tf.multiply(2f, x), x), tf.truediv(x, 3f));
    return tf.add(left, tf.floormod(tf.pow(v, 2), 5f));
  }

  /// `((x matmul w) + b).tanh()`.
  static Tensor layer(Tensor x, Variable w, Variable b) {
    return tf.tanh(tf.add(tf.matmul(x, w), b));
  }

  /// `x[1..end, all step 2, newAxis, -1]`.
  static Tensor part(Tensor x) {
    return tf.index(x, Index.from(1), Index.range(null, null, 2), Index.newAxis(), Index.at(-1));
  }

  /// `gradient { layer(x, w, b).reduceMean() } withRespectTo listOf(w, b)`.
  static List<Tensor> gradients(Tensor x, Variable w, Variable b) {
    try (var tape = new GradientTape()) {
      return tape.gradient(tf.reduceMean(layer(x, w, b)), List.of(w, b));
    }
  }
}
