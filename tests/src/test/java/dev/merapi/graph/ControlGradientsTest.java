package dev.merapi.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.function.Function;
import dev.merapi.function.Traced1;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.say.GradientError;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Gradients through branches and loops in a graph: against the same code run at once, where the
/// tape sees every operation.
class ControlGradientsTest {
  private interface Code {
    Tensor run(List<Tensor> x);
  }

  static Tensor f(float... x) {
    return tf.constant(x);
  }

  static Tensor s(float x) {
    return tf.constant(x);
  }

  static Traced1<List<Tensor>, Object> traced(java.util.function.Function<List<Tensor>, Object> f) {
    return new Traced1<>(
        new Function("f", List.of("x"), a -> f.apply(list(a[0])), Function.Options.DEFAULT));
  }

  @SuppressWarnings("unchecked")
  static List<Tensor> list(Object o) {
    return (List<Tensor>) o;
  }

  /// Returns the value, its gradients, and the gradients of the sum of squares of each gradient.
  private static List<Tensor> derivatives(Code code, List<Tensor> x) {
    List<Tensor> all = new ArrayList<>();
    try (GradientTape outer = new GradientTape(true)) {
      x.forEach(outer::watch);
      List<Tensor> slopes = new ArrayList<>();
      try (GradientTape inner = new GradientTape()) {
        x.forEach(inner::watch);
        Tensor y = code.run(x);
        all.add(y);
        slopes.addAll(inner.gradients(List.of(y), x, null, true));
      }
      all.addAll(slopes);
      for (Tensor g : slopes) {
        all.addAll(outer.gradients(List.of(tf.reduceSum(tf.square(g))), x, null, true));
      }
    }
    return all;
  }

  private static void same(String about, List<Tensor> want, List<Tensor> got) {
    assertEquals(want.size(), got.size(), about);
    for (int i = 0; i < want.size(); i++) {
      float[] a = want.get(i).toFloatArray();
      float[] b = got.get(i).toFloatArray();
      float most = 0;
      for (float v : a) {
        most = Math.max(most, Math.abs(v));
      }
      // Sums in another order: a few units in the last place of the largest element.
      assertArrayEquals(a, b, 2e-5f * (most + 1e-3f), about + ", result " + i);
    }
  }

  /// Compares the code run at once with the code in a graph: tapes outside of the function, and
  /// tapes inside.
  private static void agrees(Code code, Tensor... inputs) {
    List<Tensor> x = List.of(inputs);
    List<Tensor> want = derivatives(code, x);
    Traced1<List<Tensor>, Object> f = traced(code::run);
    same("tapes outside", want, derivatives(v -> (Tensor) f.apply(v), x));
    same("tapes inside", want, list(traced(v -> derivatives(code, v)).apply(x)));
  }

  static Tensor loop(Tensor times, Tensor first, java.util.function.UnaryOperator<Tensor> step) {
    return tf.whileLoop(
            v -> tf.less(v.get(0), times),
            v -> List.of(tf.add(v.get(0), 1), step.apply(v.get(1))),
            List.of(tf.constant(0), first))
        .get(1);
  }

  static Tensor loop(int times, Tensor first, java.util.function.UnaryOperator<Tensor> step) {
    return loop(tf.constant(times), first, step);
  }

  @Test
  void eachBranchHasItsGradient() {
    Code code =
        x ->
            tf.cond(
                tf.greater(tf.reduceSum(x.get(0)), 0f),
                () -> tf.multiply(tf.exp(x.get(0)), x.get(1)),
                () -> tf.sin(tf.multiply(x.get(0), x.get(1))));
    agrees(code, f(.5f, .25f), f(2f, 3f));
    agrees(code, f(-.5f, .25f), f(2f, 3f));
  }

  @Test
  void aBranchGivesZerosForWhatOnlyTheOtherUses() {
    Code code =
        x ->
            tf.cond(
                tf.greater(tf.reduceSum(x.get(0)), 0f),
                () -> tf.multiply(tf.exp(x.get(0)), x.get(1)),
                () -> tf.sin(tf.square(x.get(1))));
    agrees(code, f(-.5f, .25f), f(2f, 3f));
  }

  @Test
  void loopsWithCapturedValues() {
    for (int n : new int[] {0, 1, 5}) {
      agrees(
          x -> loop(n, x.get(0), v -> tf.sin(tf.multiply(v, x.get(1)))),
          f(.3f, 1.7f),
          f(1.3f, .7f));
    }
  }

  @Test
  void theNumberOfIterationsMayDependOnTheValues() {
    agrees(
        x ->
            tf.whileLoop(
                v -> tf.less(tf.reduceSum(v), 100f),
                v -> tf.multiply(v, tf.add(x.get(0), 1f)),
                x.get(0)),
        f(.5f, 1.5f));
  }

  @Test
  void branchesInLoopsInBranches() {
    Code code =
        x ->
            tf.cond(
                tf.greater(x.get(0), 0f),
                () ->
                    loop(
                        4,
                        x.get(0),
                        v ->
                            tf.cond(
                                tf.greater(v, 1f),
                                () -> tf.divide(v, x.get(1)),
                                () -> tf.multiply(tf.exp(v), x.get(0)))),
                () -> tf.square(x.get(1)));
    agrees(code, s(.7f), s(1.7f));
    agrees(code, s(-.7f), s(1.7f));
  }

  @Test
  void loopsInLoops() {
    agrees(
        x ->
            tf.whileLoop(
                    v -> tf.less(v.get(0), 3),
                    v ->
                        List.of(
                            tf.add(v.get(0), 1),
                            loop(v.get(0), v.get(1), u -> tf.sin(tf.multiply(u, x.get(1))))),
                    List.of(tf.constant(0), x.get(0)))
                .get(1),
        f(.7f, -.2f),
        f(1.7f, .4f));
  }

  @Test
  void severalVariablesThatChangePlaces() {
    agrees(
        x -> {
          List<Tensor> out =
              tf.whileLoop(
                  v -> tf.less(v.get(0), 3),
                  v ->
                      List.of(
                          tf.add(v.get(0), 1), v.get(2), tf.multiply(v.get(1), tf.cos(v.get(2)))),
                  List.of(tf.constant(0), x.get(0), x.get(1)));
          return tf.add(out.get(1), tf.multiply(out.get(2), 3f));
        },
        f(.7f, -.2f),
        f(1.7f, .4f));
  }

  @Test
  void shapesThatGrow() {
    agrees(
        x ->
            tf.reduceSum(
                tf.square(
                    tf.whileLoop(
                            v -> tf.less(v.get(0), 3),
                            v ->
                                List.of(
                                    tf.add(v.get(0), 1),
                                    tf.concat(List.of(tf.sin(v.get(1)), x.get(0)), 0)),
                            List.of(tf.constant(0), x.get(0)),
                            List.of(Shape.SCALAR, Shape.of(-1)))
                        .get(1))),
        f(.3f, .7f));
  }

  @Test
  void branchesOfDifferentShapes() {
    agrees(
        x ->
            tf.reduceSum(
                tf.square(
                    tf.cond(
                        tf.greater(tf.reduceSum(x.get(0)), 0f),
                        () -> tf.concat(List.of(tf.exp(x.get(0)), x.get(0)), 0),
                        () -> tf.sin(x.get(0))))),
        f(.3f, .7f));
  }

  @Test
  void choicesByNumber() {
    Code code =
        x ->
            tf.switchCase(
                tf.cast(x.get(0), DType.I32),
                List.of(
                    () -> tf.square(x.get(1)),
                    () -> tf.exp(x.get(1)),
                    () -> tf.multiply(tf.math.log(x.get(1)), x.get(0))));
    for (float i : new float[] {0, 1, 2, 9}) {
      agrees(code, s(i), s(1.5f));
    }
  }

  static final Tensor ROWS = tf.constant(new float[][] {{.1f, .2f}, {.3f, .4f}, {.5f, -.6f}});

  @Test
  void rowsMappedScannedAndFolded() {
    agrees(
        x -> tf.square(tf.<Tensor, Tensor>mapFn(r -> tf.multiply(tf.sin(r), x.get(1)), x.get(0))),
        ROWS,
        s(1.3f));
    agrees(
        x -> tf.square(tf.scan((a, r) -> tf.tanh(tf.add(tf.multiply(a, x.get(1)), r)), x.get(0))),
        ROWS,
        s(1.3f));
    for (boolean reverse : new boolean[] {false, true}) {
      agrees(
          x ->
              tf.multiply(
                  tf.<Tensor, Tensor>scan(
                      (a, r) -> tf.tanh(tf.add(tf.multiply(a, x.get(1)), r)),
                      x.get(0),
                      x.get(2),
                      reverse),
                  x.get(0)),
          ROWS,
          s(1.3f),
          f(.5f, .7f));
    }
    agrees(x -> tf.foldl((a, r) -> tf.sin(tf.multiply(a, r)), x.get(0)), ROWS);
    agrees(x -> tf.foldr((a, r) -> tf.sin(tf.multiply(a, r)), x.get(0)), ROWS);
  }

  @Test
  void variablesReadInside() {
    Variable v = new Variable(new float[] {1.5f, .5f});
    java.util.function.Function<List<Tensor>, Object> code =
        x -> {
          try (GradientTape tape = new GradientTape()) {
            Tensor y =
                loop(
                    3,
                    x.get(0),
                    a ->
                        tf.cond(
                            tf.greater(tf.reduceSum(a), 1f),
                            () -> tf.sin(tf.multiply(a, v)),
                            () -> tf.add(a, x.get(0))));
            return List.of(y, tape.gradient(y, v));
          }
        };
    List<Tensor> x = List.of(f(.4f, .9f));
    List<Tensor> want = list(code.apply(x));
    same("tape inside", want, list(traced(code).apply(x)));
    Traced1<List<Tensor>, Object> f =
        traced(w ->
            loop(
                3,
                w.get(0),
                a ->
                    tf.cond(
                        tf.greater(tf.reduceSum(a), 1f),
                        () -> tf.sin(tf.multiply(a, v)),
                        () -> tf.add(a, w.get(0)))));
    try (GradientTape tape = new GradientTape()) {
      Tensor y = (Tensor) f.apply(x);
      same("tape outside", want, List.of(y, tape.gradient(y, v)));
    }
  }

  @Test
  void axesThatAreNotKnownAhead() {
    Code code =
        x ->
            loop(
                3,
                x.get(0),
                v ->
                    tf.cond(
                        tf.greater(tf.reduceSum(v), 1f),
                        () -> tf.sin(tf.multiply(v, x.get(1))),
                        () -> tf.add(tf.square(v), x.get(0))));
    Function f =
        new Function(
            "f",
            List.of("x", "y"),
            a -> derivatives(code, List.of((Tensor) a[0], (Tensor) a[1])),
            new Function.Options(
                List.of(
                    new dev.merapi.tensor.Spec(DType.F32, Shape.of(-1)),
                    new dev.merapi.tensor.Spec(DType.F32, Shape.of(-1))),
                false));
    for (int n : new int[] {1, 2, 5}) {
      Tensor x = tf.multiply(tf.cast(tf.range(n), DType.F32), .3f);
      Tensor y = tf.add(x, .5f);
      same(n + " elements", derivatives(code, List.of(x, y)), list(f.call(x, y)));
    }
    assertEquals(1, f.traces());
  }

  @Test
  void aValueFromOutsideThatATapeWatches() {
    Tensor x = s(3);
    Function f =
        new Function(
            "f",
            List.of("go"),
            a -> {
              try (GradientTape tape = new GradientTape()) {
                tape.watch(x);
                Tensor y = tf.cond(a[0], () -> tf.multiply(x, x), () -> x);
                return tape.gradient(y, x);
              }
            },
            Function.Options.DEFAULT);
    assertEquals(6f, ((Tensor) f.call(tf.constant(true))).floatValue());
    assertEquals(1f, ((Tensor) f.call(tf.constant(false))).floatValue());
  }

  @Test
  void gradientsWithoutATape() {
    Function f =
        new Function(
            "f",
            List.of("x"),
            a -> {
              Tensor x = (Tensor) a[0];
              Tensor y = loop(3, x, v -> tf.multiply(v, x));
              Tensor g = tf.gradients(y, x).get(0);
              return List.of(g, tf.gradients(g, x).get(0));
            },
            Function.Options.DEFAULT);
    List<Tensor> out = list(f.call(s(2)));
    // y = x⁴
    assertEquals(32f, out.get(0).floatValue());
    assertEquals(48f, out.get(1).floatValue());
  }

  @Test
  void aTapeMayBeAskedManyTimes() {
    Function f =
        new Function(
            "f",
            List.of("x"),
            a -> {
              Tensor x = (Tensor) a[0];
              try (GradientTape tape = new GradientTape(true)) {
                tape.watch(x);
                Tensor y = loop(2, x, v -> tf.multiply(v, v));
                return List.of(tape.jacobian(y, x), tape.gradient(y, x));
              }
            },
            Function.Options.DEFAULT);
    List<Tensor> out = list(f.call(f(1, 2)));
    // y = x⁴ for each element.
    assertArrayEquals(new float[] {4, 0, 0, 32}, out.get(0).toFloatArray());
    assertArrayEquals(new float[] {4, 32}, out.get(1).toFloatArray());
  }

  @Test
  void thirdOrder() {
    Function f =
        new Function(
            "f",
            List.of("x"),
            a -> {
              Tensor x = (Tensor) a[0];
              try (GradientTape t3 = new GradientTape()) {
                t3.watch(x);
                Tensor d2;
                try (GradientTape t2 = new GradientTape()) {
                  t2.watch(x);
                  Tensor d1;
                  try (GradientTape t1 = new GradientTape()) {
                    t1.watch(x);
                    d1 = t1.gradient(loop(3, x, v -> tf.multiply(v, x)), x);
                  }
                  d2 = t2.gradient(d1, x);
                }
                return t3.gradient(d2, x);
              }
            },
            Function.Options.DEFAULT);
    // x⁴, three times: 24 x
    assertEquals(48f, ((Tensor) f.call(s(2))).floatValue(), 1e-4f);
  }

  @Test
  void aGradientAfterTheTraceIsRefused() {
    GradientTape[] kept = new GradientTape[1];
    Tensor[] both = new Tensor[2];
    Function f =
        new Function(
            "f",
            List.of("x"),
            a -> {
              kept[0] = new GradientTape();
              both[0] = (Tensor) a[0];
              kept[0].watch(both[0]);
              both[1] = loop(2, both[0], v -> tf.multiply(v, v));
              kept[0].close();
              return both[1];
            },
            Function.Options.DEFAULT);
    f.call(s(2));
    GradientError e = assertThrows(GradientError.class, () -> kept[0].gradient(both[1], both[0]));
    assertTrue(e.getMessage().contains("after its trace has ended"), e.getMessage());
  }

  @Test
  void anOrderMoreThanThereAreTapesIsRefusedWithState() {
    Variable v = new Variable(2f);
    Function f =
        new Function(
            "f", List.of("x"), a -> tf.multiply(tf.square(a[0]), v), Function.Options.DEFAULT);
    Function pure =
        new Function("g", List.of("x"), a -> tf.pow(a[0], 5f), Function.Options.DEFAULT);
    Tensor x = s(3);
    try (GradientTape tape = new GradientTape(true)) {
      tape.watch(x);
      Tensor d1 = tape.gradient(f.call(x), x);
      Tensor d2 = tape.gradient(d1, x);
      assertEquals(12f, d1.floatValue());
      assertEquals(4f, d2.floatValue());
      Tensor y = (Tensor) pure.call(x);
      for (int i = 0; i < 4; i++) {
        y = tape.gradient(y, x);
        assertNotNull(y);
      }
      // 5·4·3·2 x
      assertEquals(360f, y.floatValue(), 1e-3f);
    }
  }

  @Test
  void calledGraphs() {
    for (String op : List.of("PartitionedCall", "StatefulPartitionedCall")) {
      agrees(
          x -> {
            if (!x.get(0).isSymbolic()) {
              return tf.multiply(tf.sin(x.get(0)), x.get(1));
            }
            Graph g;
            try (Tracer t = Tracer.openAlone("called")) {
              Tensor a = t.input("a", x.get(0).spec());
              Tensor b = t.input("b", x.get(1).spec());
              g = t.finish(List.of(tf.multiply(tf.sin(a), b)));
            }
            OpDef call = Registry.find(op);
            return call.with(call.attrs("f", g), x.get(0), x.get(1));
          },
          f(.5f, .25f),
          f(2f, 3f));
    }
  }

  private static Tensor hundredfold(Tensor x) {
    return tf.customGradient(
        v ->
            new TfApi.WithGradient(
                new Tensor[] {tf.square(v[0])},
                dy -> new Tensor[] {tf.multiply(tf.multiply(dy[0], 100f), v[0])}),
        x);
  }

  @Test
  void gradientsThatTheProgramGives() {
    // Holds in functions, branches and loops: not 2x but 100x, whose gradient is 100.
    agrees(x -> hundredfold(x.get(0)), f(3f, 4f));
    agrees(
        x ->
            tf.cond(
                tf.greater(tf.reduceSum(x.get(0)), 0f),
                () -> hundredfold(x.get(0)),
                () -> x.get(0)),
        f(3f, 4f));
    agrees(x -> loop(2, x.get(0), v -> tf.multiply(hundredfold(v), .01f)), f(3f, 4f));
    Function f =
        new Function("f", List.of("x"), a -> hundredfold((Tensor) a[0]), Function.Options.DEFAULT);
    Tensor x = s(3);
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      assertEquals(300f, tape.gradient(f.call(x), x).floatValue());
    }
  }

  @Test
  void aLoopInWhichVariablesChangePlacesHasNoGradient() {
    Variable v = new Variable(2f);
    Variable w = new Variable(3f);
    Function f =
        new Function(
            "f",
            List.of("x"),
            a -> {
              try (GradientTape tape = new GradientTape()) {
                Tensor y =
                    tf.whileLoop(
                            u -> tf.less(u.get(0), 3f),
                            u ->
                                List.of(
                                    tf.add(u.get(0), 1f),
                                    u.get(2),
                                    u.get(1),
                                    tf.multiply(u.get(3), read(u.get(1)))),
                            List.of(s(0), v.handle(), w.handle(), (Tensor) a[0]))
                        .get(3);
                return tape.gradient(y, v);
              }
            },
            Function.Options.DEFAULT);
    GradientError e = assertThrows(GradientError.class, () -> f.call(s(1)));
    assertTrue(e.getMessage().contains("takes another one's place"), e.getMessage());
  }

  private static Tensor read(Tensor handle) {
    OpDef read = Registry.find("ReadVariableOp");
    return tf.reshape(read.with(read.attrs("dtype", DType.F32), handle), new int[0]);
  }
}
