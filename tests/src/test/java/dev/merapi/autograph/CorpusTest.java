package dev.merapi.autograph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.function.Function;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Functions that branch and loop on tensors give the same values and the same gradients as graphs,
/// traced once, as they do when they are run as they stand.
class CorpusTest {
  /// They take each branch of each function at least once.
  private static final float[] INPUTS = {7, -2, 1, 4, 0.5f, 3, -30};

  /// Functions in which nothing is left to decide when the graph runs.
  private static final Set<String> STRAIGHT = Set.of("assertion", "throwing", "required");

  @TestFactory
  List<DynamicTest> functionsInJava() throws ReflectiveOperationException {
    return tests("dev.merapi.autograph.JavaCorpus");
  }

  @TestFactory
  List<DynamicTest> functionsInKotlin() throws ReflectiveOperationException {
    return tests("dev.merapi.autograph.KotlinCorpus");
  }

  @Test
  void thereAreManyOfThem() throws ReflectiveOperationException {
    int java = Corpus.of("dev.merapi.autograph.JavaCorpus").functions().size();
    int kotlin = Corpus.of("dev.merapi.autograph.KotlinCorpus").functions().size();
    assertTrue(java >= 60 && kotlin >= 40, java + " in Java, " + kotlin + " in Kotlin");
  }

  private static List<DynamicTest> tests(String className) throws ReflectiveOperationException {
    Corpus c = Corpus.of(className);
    List<DynamicTest> all = new ArrayList<>();
    for (Method m : c.functions()) {
      all.add(DynamicTest.dynamicTest(m.getName(), () -> same(c, m)));
    }
    return all;
  }

  private static void same(Corpus c, Method m) throws Throwable {
    Function f = c.graph(m);
    for (float v : INPUTS) {
      Tensor x = tf.constant(v);
      double want = c.eager(m, x).item();
      double slope = slope(x, () -> c.eager(m, x));
      String at = m.getName() + "(" + v + ")";
      assertEquals(want, ((Tensor) f.call(x)).item(), 1e-6 * Math.abs(want), at);
      // The graph adds the parts of a gradient in another order: some ulp of float32.
      double got = slope(x, () -> (Tensor) f.call(x));
      assertEquals(slope, got, 1e-5 * Math.abs(slope), () -> "gradient of " + at);
    }
    assertEquals(1, f.traces(), "one graph serves all inputs");
    String graph = f.concreteFunctions().get(0).toString();
    boolean decides = graph.contains("If(") || graph.contains("While(");
    assertEquals(!STRAIGHT.contains(m.getName()), decides, graph);
  }

  private interface Computation {
    Tensor run() throws Throwable;
  }

  private static double slope(Tensor x, Computation f) throws Throwable {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = f.run();
      Tensor dy = tape.gradient(y, x);
      return dy == null ? 0 : dy.item();
    }
  }
}
