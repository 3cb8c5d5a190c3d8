package dev.merapi.autograph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.GraphFunction;
import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.function.intercept.Interception;
import dev.merapi.say.SymbolError;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Annotated methods, and the methods that they call, branch and loop on tensors in graphs without
/// anybody asking for it.
class AnnotatedTest {
  private static int bodies;

  @BeforeAll
  static void install() {
    tf.constant(1f);
    assertTrue(Interception.installed(), "the first tensor installs");
  }

  private static boolean converged(Tensor step) {
    return tf.less(tf.abs(step), 1e-5f).booleanValue();
  }

  @GraphFunction
  static Tensor root(Tensor x) {
    bodies++;
    Tensor r = x;
    Tensor step = x;
    while (!converged(step)) {
      step = tf.divide(tf.subtract(tf.square(r), x), tf.multiply(r, 2f));
      r = tf.subtract(r, step);
    }
    return r;
  }

  @Test
  void loopsWithHelpers() {
    assertEquals(Math.sqrt(2), root(tf.constant(2f)).item(), 1e-6);
    assertEquals(Math.sqrt(900), root(tf.constant(900f)).item(), 1e-4);
    assertEquals(1, bodies, "one graph, whatever the number of turns");
  }

  private static final class Cell {
    final Variable best = new Variable(tf.constant(0f), "best");

    @GraphFunction
    Tensor offer(Tensor x) {
      if (tf.greater(x, best).booleanValue()) {
        best.assign(x);
        return tf.constant(true);
      }
      return tf.constant(false);
    }

    @GraphFunction
    void offerAll(Tensor all) {
      for (Tensor x : tf.iterate(all)) {
        offer(x);
      }
    }
  }

  @Test
  void methodsThatChangeVariables() {
    Cell c = new Cell();
    assertTrue(c.offer(tf.constant(3f)).booleanValue());
    assertEquals(false, c.offer(tf.constant(2f)).booleanValue());
    assertEquals(3, c.best.asTensor().item());
    c.offerAll(tf.constant(new float[] {1, 9, 4}));
    assertEquals(9, c.best.asTensor().item());
  }

  @GraphFunction(autograph = false)
  static Tensor left(Tensor x) {
    return tf.greater(x, 0f).booleanValue() ? x : tf.negative(x);
  }

  @Test
  void methodsThatAreLeftAlone() {
    SymbolError e = assertThrows(SymbolError.class, () -> left(tf.constant(1f)));
    assertTrue(e.getMessage().contains("is not allowed"), e.getMessage());
  }

  @Test
  void lambdas() {
    var f =
        tf.function(
            (Tensor x) -> {
              Tensor n = x;
              while (tf.greater(n, 1f).booleanValue()) {
                n = tf.multiply(n, 0.5f);
              }
              return n;
            });
    assertEquals(0.75, f.apply(tf.constant(6f)).item());
    assertEquals(1, f.apply(tf.constant(64f)).item());
    assertEquals(1, f.function().traces());
  }

  @GraphFunction
  static Tensor step(Variable w, Tensor x) {
    try (GradientTape tape = new GradientTape()) {
      Tensor y = tf.multiply(w, x);
      Tensor loss = tf.greater(y, 1f).booleanValue() ? tf.square(y) : tf.abs(y);
      w.assignSub(tf.multiply(tape.gradient(loss, w), 0.1f));
      return loss;
    }
  }

  @Test
  void trainingSteps() {
    Variable w = new Variable(tf.constant(2f), "w");
    assertEquals(4, step(w, tf.constant(1f)).item());
    assertEquals(1.6, w.asTensor().item(), 1e-6);
    assertEquals(0.8, step(w, tf.constant(-0.5f)).item(), 1e-6);
    assertEquals(1.55, w.asTensor().item(), 1e-6);
  }

  @GraphFunction
  static Tensor checked(Tensor x) {
    if (tf.less(x, 0f).booleanValue()) {
      throw new IllegalArgumentException("x is negative");
    }
    return tf.sqrt(x);
  }

  @Test
  void assertions() {
    assertEquals(3, checked(tf.constant(9f)).item());
    RuntimeException e = assertThrows(RuntimeException.class, () -> checked(tf.constant(-1f)));
    assertTrue(e.getMessage().contains("x is negative"), e.getMessage());
  }
}
