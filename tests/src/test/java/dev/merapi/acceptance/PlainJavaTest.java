package dev.merapi.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.nn.optimizer.SGD;
import dev.merapi.say.ClosedError;
import dev.merapi.say.ShapeError;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Each group of acceptance rows from plain Java.
final class PlainJavaTest {
  @Test
  @DisplayName("CRD-01, TEN-03 and TEN-24 tensors print and are cut in plain Java")
  void tensors() {
    Tensor x = tf.constant(new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
    assertEquals(
        "tf.Tensor(\n[[1 2 3]\n [4 5 6]], shape=(2, 3), dtype=int32)",
        tf.index(x, ":2").toString());
    assertEquals("[[6]\n [9]]", tf.index(x, "1:, 2:").format());
    assertEquals(2, x.rank());
    assertEquals(Shape.of(3, 3), x.shape());
  }

  @Test
  @DisplayName("CRD-01, OPS-01 and OPS-34 operations in plain Java")
  void operations() {
    Tensor a = tf.constant(new int[][] {{1, 2}, {3, 4}});
    assertEquals("[[3 5]\n [7 9]]", tf.add(a, new int[][] {{2, 3}, {4, 5}}).format());
    assertArrayEquals(
        new float[] {0.5f, 0.5f}, tf.nn.softmax(new float[] {1000, 1000}).toFloatArray());
    ShapeError e = assertThrows(ShapeError.class, () -> tf.add(tf.ones(2), tf.ones(3)));
    assertTrue(e.getMessage().contains("Incompatible shapes: [2] vs. [3]"), e.getMessage());
  }

  @Test
  @DisplayName("CRD-01, VAR-01 and VAR-09 variables in plain Java")
  void variables() {
    Variable x = new Variable(6.0);
    x.assign(1.0);
    assertEquals("<tf.Variable 'Variable:0' shape=() dtype=float32, numpy=1.0>", x.toString());
    assertEquals(3f, x.assignAdd(2).numpy());
  }

  @Test
  @DisplayName("CRD-01, GRD-02, GRD-04 and GRD-05 gradients in plain Java")
  void gradients() {
    Variable x = new Variable(new float[] {2});
    try (GradientTape tape = new GradientTape(true)) {
      Tensor f = tf.pow(x, 2);
      Tensor h = tf.pow(x, 3);
      assertEquals(
          "tf.Tensor([4.], shape=(1,), dtype=float32)", String.valueOf(tape.gradient(f, x)));
      assertEquals(
          "tf.Tensor([12.], shape=(1,), dtype=float32)", String.valueOf(tape.gradient(h, x)));
    }
    try (GradientTape tape = new GradientTape()) {
      Tensor f = tf.pow(x, 2);
      assertNull(tape.gradient(f, tf.constant(2f)));
      assertThrows(ClosedError.class, () -> tape.gradient(f, x));
    }
  }

  @Test
  @DisplayName("CRD-01, E2E-01 and E2E-02 linear regression in plain Java")
  void regression() {
    double[] x = {0, 0.25, 0.5, 0.75, 1};
    double[] y = {0, 2000 / 5500.0, 3000 / 5500.0, 4500 / 5500.0, 1};
    double p = 0;
    double q = 0;
    Variable a = new Variable(0, tf.float32, Shape.SCALAR, null, true);
    Variable b = new Variable(0, tf.float32, Shape.SCALAR, null, true);
    SGD optimizer = new SGD(1e-3);
    for (int e = 0; e < 10000; e++) {
      double dp = 0;
      double dq = 0;
      for (int i = 0; i < x.length; i++) {
        double error = p * x[i] + q - y[i];
        dp += error * x[i];
        dq += error;
      }
      p -= 1e-3 * dp;
      q -= 1e-3 * dq;
      try (GradientTape tape = new GradientTape()) {
        Tensor predicted = tf.add(tf.multiply(a, x), b);
        Tensor loss = tf.multiply(.5, tf.reduceSum(tf.square(tf.subtract(predicted, y))));
        optimizer.applyGradients(tape.gradient(loss, List.of(a, b)), List.of(a, b));
      }
    }
    assertEquals("0.9763702087567374 0.05756498076575413", p + " " + q);
    assertEquals("0.97637 0.057565063", a.format() + " " + b.format());
  }

  @Test
  @DisplayName("CRD-01, DEV-07 devices in plain Java")
  void devices() {
    assertEquals(
        tf.config.listPhysicalDevices("GPU"), tf.config.experimental.listPhysicalDevices("GPU"));
    assertEquals(1, tf.config.listPhysicalDevices("CPU").size());
  }
}
