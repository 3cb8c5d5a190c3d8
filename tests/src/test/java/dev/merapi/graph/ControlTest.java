package dev.merapi.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.eager.Variable;
import dev.merapi.function.Traced1;
import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.say.ShapeError;
import dev.merapi.say.SymbolError;
import dev.merapi.say.TypeError;
import dev.merapi.say.ValueError;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Branches and loops in graphs: what they return, what they change, what they refuse.
class ControlTest {
  private record Pair(Tensor first, List<Tensor> rest) {}

  private static Tensor s(float x) {
    return tf.constant(x);
  }

  private static Graph traced(String name, java.util.function.Supplier<Tensor> body) {
    try (Tracer t = Tracer.open(name)) {
      return t.finish(List.of(body.get()));
    }
  }

  @Test
  void runsOneBranchOnly() {
    AtomicInteger traces = new AtomicInteger();
    Variable v = new Variable(0f);
    Traced1<Tensor, Tensor> f =
        tf.function(x -> {
          traces.incrementAndGet();
          return tf.cond(
              tf.greater(x, 0f),
              () -> {
                v.assignAdd(1f);
                return tf.multiply(x, 2f);
              },
              () -> {
                v.assignAdd(10f);
                return tf.negative(x);
              });
        });
    assertEquals(6f, f.apply(s(3)).floatValue());
    assertEquals(3f, f.apply(s(-3)).floatValue());
    assertEquals(4f, f.apply(s(2)).floatValue());
    assertEquals(12f, v.value().floatValue());
    assertEquals(1, traces.get());
  }

  @Test
  void outsideOfAGraphTheBodyJustRuns() {
    AtomicInteger n = new AtomicInteger();
    Tensor y = tf.cond(tf.constant(true), () -> s(1), () -> s(n.incrementAndGet()));
    assertEquals(1f, y.floatValue());
    assertEquals(0, n.get());
    Tensor z = tf.whileLoop(x -> tf.less(x, 100f), x -> tf.multiply(x, 3f), s(1));
    assertEquals(243f, z.floatValue());
    assertEquals(5f, tf.cond(false, () -> s(1), () -> s(5)).floatValue());
    assertEquals(
        27f,
        tf.whileLoop(x -> tf.less(x, 100f), x -> tf.multiply(x, 3f), s(1), null, 3).floatValue());
  }

  @Test
  void structuresComeBackAsTheyWent() {
    Traced1<Tensor, Object> f =
        tf.function(x ->
            tf.cond(
                tf.greater(x, 0f),
                () -> new Pair(x, List.of(tf.square(x), tf.negative(x))),
                () -> new Pair(tf.negative(x), List.of(x, x))));
    Pair p = (Pair) f.apply(s(3));
    assertEquals(9f, p.rest().get(0).floatValue());
    Pair q = (Pair) f.apply(s(-3));
    assertEquals(3f, q.first().floatValue());
    assertEquals(-3f, q.rest().get(1).floatValue());
    Traced1<Tensor, Object> g =
        tf.function(x ->
            tf.whileLoop(
                m -> tf.less(m.get("i"), 4),
                m -> Map.of("i", tf.add(m.get("i"), 1), "x", tf.multiply(m.get("x"), x)),
                Map.of("i", tf.constant(0), "x", x)));
    assertEquals(32f, ((Tensor) ((Map<?, ?>) g.apply(s(2))).get("x")).floatValue());
  }

  @Test
  void aNumberBesideATensorTakesItsType() {
    Traced1<Tensor, Object> f =
        tf.function(x -> tf.<Object>cond(tf.greater(x, 0f), () -> x, () -> 7));
    assertEquals(7f, ((Tensor) f.apply(s(-1))).floatValue());
    assertEquals(DType.F32, ((Tensor) f.apply(s(-1))).dtype());
  }

  @Test
  void effectsKeepTheirOrder() {
    Variable log = new Variable(0f);
    Traced1<Tensor, Tensor> f =
        tf.function(n -> {
          log.assign(tf.constant(1f));
          Tensor last =
              tf.whileLoop(
                  i -> tf.less(i, n),
                  i -> {
                    // Reads what the iteration before has written.
                    log.assign(tf.multiply(log.value(), 2f));
                    tf.cond(
                        tf.equal(tf.math.floormod(i, 2), 0),
                        () -> log.assignAdd(1f).value(),
                        () -> log.value());
                    return tf.add(i, 1);
                  },
                  tf.constant(0));
          log.assign(tf.add(log.value(), tf.cast(last, DType.F32)));
          return log.value();
        });
    for (int n : new int[] {0, 1, 2, 5}) {
      float want = 1;
      for (int i = 0; i < n; i++) {
        want = want * 2 + (i % 2 == 0 ? 1 : 0);
      }
      assertEquals(want + n, f.apply(tf.constant(n)).floatValue());
      assertEquals(want + n, log.value().floatValue());
    }
  }

  @Test
  void aSnapshotFromBeforeTheLoopDoesNotChange() {
    Variable v = new Variable(new float[] {1, 2});
    Traced1<Tensor, List<Tensor>> f =
        tf.function(n -> {
          Tensor before = v.value();
          Tensor i =
              tf.whileLoop(
                  k -> tf.less(k, n),
                  k -> {
                    v.assignAdd(new float[] {1, 1});
                    return tf.add(k, 1);
                  },
                  tf.constant(0));
          return List.of(before, v.value(), i);
        });
    List<Tensor> out = f.apply(tf.constant(3));
    assertArrayEquals(new float[] {1, 2}, out.get(0).toFloatArray());
    assertArrayEquals(new float[] {4, 5}, out.get(1).toFloatArray());
  }

  @Test
  void strings() {
    Traced1<Tensor, Object> f =
        tf.function(x -> {
          Tensor word =
              tf.cond(tf.greater(x, 0f), () -> tf.constant("up"), () -> tf.constant("down"));
          return tf.whileLoop(
                  v -> tf.less(v.get(0), 2),
                  v -> List.of(tf.add(v.get(0), 1), tf.strings.join(List.of(v.get(1), word), "")),
                  List.of(tf.constant(0), tf.constant("=")))
              .get(1);
        });
    assertArrayEquals(new String[] {"=upup"}, ((Tensor) f.apply(s(1))).toStringArray());
    assertArrayEquals(new String[] {"=downdown"}, ((Tensor) f.apply(s(-1))).toStringArray());
  }

  @Test
  void fibonacciAndSwaps() {
    Traced1<Tensor, List<Tensor>> f =
        tf.function(n ->
            tf.whileLoop(
                v -> tf.less(v.get(0), n),
                v -> List.of(tf.add(v.get(0), 1), v.get(2), tf.add(v.get(1), v.get(2))),
                List.of(tf.constant(0), tf.constant(0), tf.constant(1))));
    int[] fib = {0, 1, 1, 2, 3, 5, 8, 13, 21};
    for (int i = 0; i < fib.length; i++) {
      assertEquals(fib[i], f.apply(tf.constant(i)).get(1).intValue());
    }
  }

  @Test
  void primesBelowAHundred() {
    Traced1<Tensor, Tensor> f =
        tf.function(limit ->
            tf.whileLoop(
                    v -> tf.less(v.get(0), limit),
                    v -> {
                      Tensor n = v.get(0);
                      Tensor d =
                          tf.whileLoop(
                              k ->
                                  tf.logicalAnd(
                                      tf.less(tf.multiply(k, k), tf.add(n, 1)),
                                      tf.greater(tf.math.floormod(n, k), 0)),
                              k -> tf.add(k, 1),
                              tf.constant(2));
                      Tensor count =
                          tf.cond(
                              tf.greater(tf.multiply(d, d), n),
                              () -> tf.add(v.get(1), 1),
                              () -> v.get(1));
                      return List.of(tf.add(n, 1), count);
                    },
                    List.of(tf.constant(2), tf.constant(0)))
                .get(1));
    assertEquals(25, f.apply(tf.constant(100)).intValue());
  }

  @Test
  void exceptionsLeaveThePlanUsable() {
    Variable v = new Variable(0f);
    Traced1<Tensor, Tensor> f =
        tf.function(x ->
            tf.whileLoop(
                i -> tf.less(i, 5),
                i -> {
                  v.assignAdd(1f);
                  // Out of range once i is past the end.
                  Tensor row = tf.gather(x, i);
                  return tf.add(i, tf.cast(tf.add(row, 1f), DType.I32));
                },
                tf.constant(0)));
    Tensor shorter = tf.zeros(3);
    for (int k = 0; k < 3; k++) {
      v.assign(0f);
      assertThrows(RuntimeException.class, () -> f.apply(shorter));
      assertEquals(4f, v.value().floatValue());
    }
    assertEquals(5, f.apply(tf.zeros(8)).intValue());
  }

  @Test
  void branchesWithoutEffectsAreStateless() {
    Graph g;
    Variable v = new Variable(1f);
    try (Tracer t = Tracer.open("f")) {
      Tensor x = t.input("x", Spec.of(DType.F32));
      Tensor p = tf.greater(x, 0f);
      Tensor a = tf.cond(p, () -> tf.square(x), () -> x);
      Tensor b = tf.cond(p, () -> v.assignAdd(1f).value(), () -> x);
      Tensor c = tf.whileLoop(i -> tf.less(i, x), i -> tf.add(i, 1f), s(0));
      g = t.finish(List.of(a, b, c));
    }
    List<String> ops = g.nodes().stream().map(n -> n.op().name()).toList();
    assertTrue(ops.contains("StatelessIf") && ops.contains("If") && ops.contains("StatelessWhile"));
    assertFalse(ops.contains("While"));
    assertTrue(g.hasEffect());
  }

  @Test
  void capturesAreInputsInOneOrder() {
    try (Tracer t = Tracer.open("f")) {
      Tensor x = t.input("x", Spec.of(DType.F32));
      Tensor y = t.input("y", Spec.of(DType.F32));
      Tensor z = t.input("z", Spec.of(DType.F32));
      Graph then = traced("then", () -> tf.subtract(y, x));
      Graph otherwise = traced("otherwise", () -> tf.subtract(z, y));
      Tensor r = Control.emitIf(tf.greater(x, 0f), then, otherwise)[0];
      assertEquals(List.of(y, x, z), List.of(Symbol.node(r).inputs()).subList(1, 4));
      assertEquals(3, then.inputs().size());
      assertEquals(3, otherwise.inputs().size());
      Graph g = t.finish(List.of(r));
      assertEquals(-1f, g.run(s(2), s(1), s(9))[0].floatValue());
      assertEquals(8f, g.run(s(-2), s(1), s(9))[0].floatValue());
    }
  }

  @Test
  void refusesBranchesThatDoNotPair() {
    Traced1<Tensor, Object> types =
        tf.function(x -> tf.cond(tf.greater(x, 0f), () -> x, () -> tf.constant(1)));
    TypeError e = assertThrows(TypeError.class, () -> types.apply(s(1)));
    assertTrue(
        e.getMessage()
            .contains("output 0 is float32 in branch 'cond_true' but int32 in branch 'cond_false'"),
        e.getMessage());
    Traced1<Tensor, Object> structures =
        tf.function(x -> tf.<Object>cond(tf.greater(x, 0f), () -> List.of(x, x), () -> List.of(x)));
    ValueError v = assertThrows(ValueError.class, () -> structures.apply(s(1)));
    assertTrue(v.getMessage().contains("must have the same nested structure"), v.getMessage());
    Traced1<Tensor, Object> pred = tf.function(x -> tf.cond(x, () -> x, () -> x));
    assertThrows(TypeError.class, () -> pred.apply(s(1)));
  }

  @Test
  void refusesAShapeThatChanges() {
    Traced1<Tensor, Object> f =
        tf.function(x ->
            tf.whileLoop(
                v -> tf.less(v.get(0), 2),
                v -> List.of(tf.add(v.get(0), 1), tf.concat(List.of(v.get(1), x), 0)),
                List.of(tf.constant(0), x)));
    ShapeError e = assertThrows(ShapeError.class, () -> f.apply(tf.constant(new float[] {1})));
    assertTrue(
        e.getMessage()
            .contains(
                "'loop_var_1' enters the loop with shape (1,), but has shape (2,) after one"
                    + " iteration. To allow the shape to vary across iterations, use the"
                    + " `shapeInvariants` argument"),
        e.getMessage());
    Traced1<Tensor, Object> g =
        tf.function(x -> tf.whileLoop(v -> tf.less(v, 3f), v -> tf.cast(v, DType.I32), x));
    assertThrows(TypeError.class, () -> g.apply(s(1)));
  }

  @Test
  void shapesMayChangeWhereTheInvariantSaysSo() {
    Traced1<Tensor, Tensor> f =
        tf.function(x ->
            tf.whileLoop(
                    v -> tf.less(v.get(0), 3),
                    v -> List.of(tf.add(v.get(0), 1), tf.concat(List.of(v.get(1), x), 0)),
                    List.of(tf.constant(0), x),
                    List.of(Shape.SCALAR, Shape.of(-1)))
                .get(1));
    assertArrayEquals(
        new float[] {1, 2, 1, 2, 1, 2, 1, 2},
        f.apply(tf.constant(new float[] {1, 2})).toFloatArray());
  }

  @Test
  void aTensorOfABranchDoesNotLeaveIt() {
    Tensor[] leaked = new Tensor[1];
    Traced1<Tensor, Object> f =
        tf.function(x -> {
          tf.cond(
              tf.greater(x, 0f),
              () -> {
                leaked[0] = tf.square(x);
                return leaked[0];
              },
              () -> x);
          return tf.add(leaked[0], 1f);
        });
    SymbolError e = assertThrows(SymbolError.class, () -> f.apply(s(1)));
    assertTrue(e.getMessage().contains("'cond_true'"), e.getMessage());
  }

  @Test
  void rowsOfStructures() {
    Tensor a = tf.constant(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    Tensor b = tf.constant(new float[] {10, 20, 30});
    java.util.function.Function<Tensor, List<Tensor>> code =
        x ->
            tf.mapFn(
                (List<Tensor> r) ->
                    List.of(tf.multiply(r.get(0), r.get(1)), tf.reduceSum(r.get(0))),
                List.of(x, b));
    for (List<Tensor> out : List.of(code.apply(a), tf.function(code).apply(a))) {
      assertArrayEquals(new float[] {10, 20, 60, 80, 150, 180}, out.get(0).toFloatArray());
      assertEquals(Shape.of(3, 2), out.get(0).shape());
      assertArrayEquals(new float[] {3, 7, 11}, out.get(1).toFloatArray());
    }
  }

  @Test
  void theCodeOfARowRunsOnceForAGraph() {
    AtomicInteger n = new AtomicInteger();
    Variable calls = new Variable(0f);
    Traced1<Tensor, Tensor> f =
        tf.function(x ->
            tf.<Tensor, Tensor>mapFn(
                r -> {
                  n.incrementAndGet();
                  calls.assignAdd(1f);
                  return tf.multiply(r, calls.value());
                },
                x));
    Tensor x = tf.constant(new float[] {1, 1, 1});
    assertArrayEquals(new float[] {1, 2, 3}, f.apply(x).toFloatArray());
    assertArrayEquals(new float[] {4, 5, 6}, f.apply(x).toFloatArray());
    assertEquals(1, n.get());
  }

  @Test
  void noRowsAtAll() {
    java.util.function.Function<Tensor, Tensor> code =
        x -> tf.<Tensor, Tensor>mapFn(r -> tf.concat(List.of(r, r), 0), x);
    Tensor none = tf.zeros(0, 2);
    assertEquals(Shape.of(0, 4), code.apply(none).shape());
    assertEquals(Shape.of(0, 4), tf.function(code).apply(none).shape());
    assertThrows(ValueError.class, () -> tf.foldl((x, r) -> tf.add(x, r), none));
  }

  @Test
  void statesScannedFromBothEnds() {
    Tensor x = tf.constant(new float[] {1, 2, 3, 4});
    java.util.function.Function<Tensor, List<Tensor>> code =
        v ->
            List.of(
                tf.scan((a, r) -> tf.add(a, r), v),
                tf.<Tensor, Tensor>scan((a, r) -> tf.add(tf.multiply(a, 2f), r), v, s(1)),
                tf.<Tensor, Tensor>scan((a, r) -> tf.add(tf.multiply(a, 2f), r), v, s(1), true),
                tf.foldl((a, r) -> tf.subtract(a, r), v),
                tf.foldr((a, r) -> tf.subtract(a, r), v));
    for (List<Tensor> out : List.of(code.apply(x), tf.function(code).apply(x))) {
      assertArrayEquals(new float[] {1, 3, 6, 10}, out.get(0).toFloatArray());
      assertArrayEquals(new float[] {3, 8, 19, 42}, out.get(1).toFloatArray());
      assertArrayEquals(new float[] {65, 32, 15, 6}, out.get(2).toFloatArray());
      assertEquals(-8f, out.get(3).floatValue());
      assertEquals(-2f, out.get(4).floatValue());
    }
  }

  @Test
  void theFirstConditionThatHolds() {
    Traced1<Tensor, Tensor> f =
        tf.function(x ->
            tf.<Tensor>caseOf(
                List.of(
                    Map.entry(tf.less(x, 0f), () -> tf.negative(x)),
                    Map.entry(tf.less(x, 10f), () -> tf.square(x))),
                () -> s(100)));
    assertEquals(2f, f.apply(s(-2)).floatValue());
    assertEquals(9f, f.apply(s(3)).floatValue());
    assertEquals(100f, f.apply(s(30)).floatValue());
  }

  @Test
  void aLoopHoldsTwoGenerationsAtMost() {
    int n = 1 << 16;
    Traced1<Tensor, Tensor> f =
        tf.function(x ->
            tf.whileLoop(
                    v -> tf.less(v.get(0), 2000),
                    v -> List.of(tf.add(v.get(0), 1), tf.add(v.get(1), x)),
                    List.of(tf.constant(0), x))
                .get(1));
    Tensor x = tf.ones(n);
    f.apply(x);
    try (Scope _ = Scope.open()) {
      Memory.resetPeak();
      long before = Memory.info().current();
      Tensor y = f.apply(x);
      long peak = Memory.info().peak() - before;
      assertEquals(2001f, y.getFloat(n - 1));
      // 2,000 iterations of 256 KiB each would be 512 MiB; small tensors on pages come on top.
      assertTrue(peak < 8L * 4 * n, "peak " + peak);
    }
  }

  @Test
  void gradientsOfALoopGiveTheirMemoryBack() {
    int n = 1 << 14;
    Traced1<Tensor, Tensor> f =
        tf.function(x -> {
          try (var tape = new dev.merapi.autodiff.GradientTape()) {
            tape.watch(x);
            Tensor y =
                tf.whileLoop(
                        v -> tf.less(v.get(0), 50),
                        v -> List.of(tf.add(v.get(0), 1), tf.sin(v.get(1))),
                        List.of(tf.constant(0), x))
                    .get(1);
            return tape.gradient(y, x);
          }
        });
    Tensor x = tf.ones(n);
    try (Scope _ = Scope.open()) {
      f.apply(x);
    }
    System.gc();
    long before = Memory.info().current();
    for (int k = 0; k < 20; k++) {
      try (Scope _ = Scope.open()) {
        f.apply(x);
      }
    }
    long grown = Memory.info().current() - before;
    // Each run puts 50 tensors of 64 KiB on a list: 3 MiB, 64 MiB in all.
    assertTrue(grown < 3L << 20, "grown by " + grown);
  }
}
