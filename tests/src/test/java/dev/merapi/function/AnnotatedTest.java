package dev.merapi.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.merapi.GraphFunction;
import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Annotated methods from the call to the graph and back: interception and functions together.
class AnnotatedTest {
  private static int bodies;

  @BeforeEach
  void count() {
    bodies = 0;
  }

  @GraphFunction
  private static Tensor squareOfSum(Tensor a, Tensor b) {
    bodies++;
    return tf.square(tf.add(a, b));
  }

  @GraphFunction
  private static Tensor product(Tensor a, Tensor b) {
    bodies++;
    return tf.multiply(a, b);
  }

  @Test
  void oneTraceForEachSignature() {
    assertEquals(6, product(tf.constant(2f), tf.constant(3f)).floatValue());
    assertEquals(20, product(tf.constant(4f), tf.constant(5f)).floatValue());
    assertEquals(1, bodies, "other values, the same graph");
    Tensor a = tf.constant(new float[] {1, 2});
    Tensor b = tf.constant(new float[] {3, 4});
    assertArrayEquals(new float[] {1, 4}, product(a, a).toFloatArray());
    assertEquals(2, bodies, "another shape, another graph");
    assertArrayEquals(new float[] {3, 8}, product(a, b).toFloatArray());
    assertEquals(2, bodies);
  }

  private static final class Counter {
    final Variable count = tf.variable(0f);
    final float by;

    Counter(float by) {
      this.by = by;
    }

    @GraphFunction
    void up(Tensor times) {
      bodies++;
      count.assignAdd(tf.multiply(times, by));
    }
  }

  @Test
  void eachReceiverHasItsTrace() {
    Counter one = new Counter(1);
    Counter ten = new Counter(10);
    for (int i = 1; i <= 3; i++) {
      one.up(tf.constant((float) i));
      ten.up(tf.constant((float) i));
    }
    assertEquals(6, one.count.value().floatValue());
    assertEquals(60, ten.count.value().floatValue());
    assertEquals(2, bodies);
  }

  @GraphFunction
  private static Map<String, Tensor> nested(Tensor x, float by, List<Tensor> more) {
    bodies++;
    return Map.of(
        "sum", tf.add(squareOfSum(x, more.get(0)), more.get(1)), "scaled", tf.multiply(x, by));
  }

  @Test
  void hostArgumentsNestsAndInnerFunctions() {
    for (int i = 0; i < 3; i++) {
      Map<String, Tensor> r =
          nested(tf.constant((float) i), 2, List.of(tf.constant(1f), tf.constant(10f)));
      assertEquals((i + 1) * (i + 1) + 10, r.get("sum").floatValue());
      assertEquals(2 * i, r.get("scaled").floatValue());
    }
    int once = bodies;
    assertEquals(
        3 * 5,
        nested(tf.constant(3f), 5, List.of(tf.constant(1f), tf.constant(1f)))
            .get("scaled")
            .floatValue());
    assertEquals(once + 1, bodies, "a host value is part of the signature");
  }

  @Test
  void gradientsGoThrough() {
    Tensor x = tf.constant(3f);
    squareOfSum(x, x);
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = squareOfSum(x, tf.constant(1f));
      assertEquals(2 * (3 + 1), tape.gradient(y, x).floatValue());
    }
  }

  @Test
  void theSwitchRunsTheBody() {
    Tensor x = tf.constant(1f);
    tf.config.runFunctionsEagerly(true);
    try {
      for (int i = 0; i < 3; i++) {
        assertEquals(4, squareOfSum(x, x).floatValue());
      }
      assertEquals(3, bodies);
    } finally {
      tf.config.runFunctionsEagerly(false);
    }
  }
}
