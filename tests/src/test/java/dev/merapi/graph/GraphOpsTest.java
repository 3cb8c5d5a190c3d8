package dev.merapi.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.function.ConcreteFunction;
import dev.merapi.function.Function;
import dev.merapi.say.ValueError;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Operations that only graphs hold: which ones a trace or the optimiser writes, and what they do.
class GraphOpsTest {
  private static ConcreteFunction trace(Function f) {
    return f.concreteFunctions().getFirst();
  }

  private static boolean holds(ConcreteFunction c, String op) {
    return c.operations().stream().anyMatch(n -> n.is(op));
  }

  private static Tensor op(String name, Object... in) {
    return tf.rawOp(name, Map.of(), in).getFirst();
  }

  @Test
  void choicesWithoutEffectsAreStateless() {
    var f =
        tf.function((Tensor i, Tensor x) ->
            tf.<Tensor>switchCase(
                i, List.of(() -> tf.add(x, 1f), () -> tf.multiply(x, 2f), () -> tf.negative(x))));
    float[] want = {6, 10, -5, -5};
    for (int i = 0; i < want.length; i++) {
      assertEquals(want[i], f.apply(tf.constant(i), tf.constant(5f)).floatValue());
    }
    assertTrue(holds(trace(f.function()), "StatelessCase"));
  }

  @Test
  void choicesThatAssignAreNot() {
    Variable v = new Variable(1f);
    var f =
        tf.function((Tensor i) ->
            tf.<Tensor>switchCase(
                i, List.of(() -> v.assignAdd(10f).value(), () -> v.assignSub(1f).value())));
    assertEquals(11f, f.apply(tf.constant(0)).floatValue());
    assertEquals(10f, f.apply(tf.constant(1)).floatValue());
    assertEquals(10f, v.value().floatValue());
    assertTrue(holds(trace(f.function()), "Case"));
  }

  @Test
  void whatConstantsRefuseIsRefusedOnlyWhenItRuns() {
    // The rule of Reshape asks for the shape while the branch is traced, and finds a division by 0.
    var f =
        tf.function((Tensor x) ->
            tf.<Tensor>cond(
                tf.greater(tf.reduceSum(x), 0),
                () -> x,
                () -> op("Reshape", x, tf.math.floordiv(tf.constant(new int[] {6}), 0))));
    Tensor x = tf.constant(new int[] {1, 2, 3});
    assertEquals("[1 2 3]", f.apply(x).format());
    assertThrows(ValueError.class, () -> f.apply(tf.negative(x)));
    assertEquals("[1 2 3]", f.apply(x).format());
  }

  @Test
  void nothingToDoIsNotDone() {
    var f =
        tf.function((Tensor x) -> {
          tf.rawOp("NoOp", Map.of());
          return tf.square(x);
        });
    assertEquals(9f, f.apply(tf.constant(3f)).floatValue());
    assertTrue(holds(trace(f.function()), "NoOp"));
    assertFalse(trace(f.function()).optimised().toString().contains("NoOp"));
  }

  @Test
  void elementwiseOperationsRunAsOne() {
    var f = tf.function((Tensor x) -> tf.tanh(tf.add(tf.multiply(x, x), 1f)));
    Tensor x = tf.random.normal(7, 33);
    assertEquals(
        List.of(tf.tanh(tf.add(tf.multiply(x, x), 1f)).format()), List.of(f.apply(x).format()));
    String text = trace(f.function()).optimised().toString();
    assertTrue(text.contains(" = _Fused("), text);
    assertFalse(text.contains(" = Tanh("), text);
  }

  @Test
  void gradientsOfOnesOwnAreKeptInTheGraph() {
    var f =
        tf.function((Tensor x) ->
            tf.customGradient(
                in ->
                    new TfApi.WithGradient(
                        new Tensor[] {tf.square(in[0])}, dy -> new Tensor[] {dy[0]}),
                x));
    assertEquals(9f, f.apply(tf.constant(3f)).floatValue());
    assertTrue(holds(trace(f.function()), "_WithGradient"));
  }
}
