package dev.merapi.graph;

import static dev.merapi.graph.ControlGradientsTest.ROWS;
import static dev.merapi.graph.ControlGradientsTest.f;
import static dev.merapi.graph.ControlGradientsTest.list;
import static dev.merapi.graph.ControlGradientsTest.loop;
import static dev.merapi.graph.ControlGradientsTest.s;
import static dev.merapi.graph.ControlGradientsTest.traced;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.function.Traced1;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Gradients through loops in a graph, against values that TensorFlow 2.21 (CPU, float32) computed
/// from the same programs.
class RecordedLoopsTest {
  @Test
  void tensorFlowsLoop() {
    float[][] y = {
      {0.30000001192092896f, 1.7000000476837158f},
      {0.08987855166196823f, 0.2489466816186905f},
      {0.002426398452371359f, 0.8879138827323914f}
    };
    float[][] dx = {
      {1, 1},
      {0.5975716710090637f, -3.2929584980010986f},
      {0.04038962721824646f, -4.425023555755615f}
    };
    int[] times = {0, 1, 4};
    Traced1<List<Tensor>, Object> f =
        traced(a -> {
          Tensor x = a.get(0);
          try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            Tensor z = loop(a.get(1), x, v -> tf.sin(tf.multiply(v, x)));
            return List.of(z, tape.gradient(z, x));
          }
        });
    for (int i = 0; i < times.length; i++) {
      List<Tensor> out = list(f.apply(List.of(f(.3f, 1.7f), tf.constant(times[i]))));
      assertArrayEquals(y[i], out.get(0).toFloatArray(), 2e-6f);
      assertArrayEquals(dx[i], out.get(1).toFloatArray(), 2e-6f * 5);
    }
  }

  @Test
  void tensorFlowsScan() {
    Traced1<List<Tensor>, Object> f =
        traced(a -> {
          try (GradientTape tape = new GradientTape(true)) {
            a.forEach(tape::watch);
            Tensor z = tf.scan((v, r) -> tf.tanh(tf.add(tf.multiply(v, a.get(1)), r)), a.get(0));
            List<Tensor> out = new ArrayList<>(List.of(z));
            out.addAll(tape.gradient(z, a));
            return out;
          }
        });
    List<Tensor> out = list(f.apply(List.of(ROWS, s(1.3f))));
    assertArrayEquals(
        new float[] {
          0.10000000149011612f, 0.20000000298023224f, 0.40532130002975464f,
          0.5783634185791016f, 0.7726691961288452f, 0.1507154107093811f
        },
        out.get(0).toFloatArray(),
        1e-6f);
    assertArrayEquals(
        new float[] {
          2.6555838584899902f, 2.964284658432007f, 1.2735261917114258f,
          1.5109882354736328f, 0.40298229455947876f, 0.977284848690033f
        },
        out.get(1).toFloatArray(),
        4e-6f);
    assertEquals(1.1581133604049683f, out.get(2).floatValue(), 2e-6f);
  }

  @Test
  void tensorFlowsGrowingLoop() {
    Traced1<List<Tensor>, Object> f =
        traced(a -> {
          Tensor x = a.get(0);
          try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            Tensor z =
                tf.whileLoop(
                        v -> tf.less(v.get(0), 2),
                        v ->
                            List.of(
                                tf.add(v.get(0), 1), tf.concat(List.of(tf.square(v.get(1)), x), 0)),
                        List.of(tf.constant(0), x),
                        List.of(Shape.SCALAR, Shape.of(-1)))
                    .get(1);
            return List.of(z, tape.gradient(z, x));
          }
        });
    List<Tensor> out = list(f.apply(List.of(f(2, 3))));
    assertArrayEquals(new float[] {16, 81, 4, 9, 2, 3}, out.get(0).toFloatArray());
    assertArrayEquals(new float[] {37, 115}, out.get(1).toFloatArray());
  }

  @Test
  void tensorFlowsVariableInALoop() {
    Variable v = new Variable(2f);
    Traced1<List<Tensor>, Object> f =
        traced(a -> {
          try (GradientTape tape = new GradientTape()) {
            Tensor z =
                loop(
                    a.get(0),
                    s(1),
                    x ->
                        tf.add(
                            tf.multiply(x, v),
                            tf.cond(tf.greater(x, 5f), () -> tf.square(v), () -> x)));
            return List.of(z, tape.gradient(z, v));
          }
        });
    List<Tensor> out = list(f.apply(List.of(tf.constant(3))));
    assertEquals(22f, out.get(0).floatValue());
    assertEquals(25f, out.get(1).floatValue());
  }
}
