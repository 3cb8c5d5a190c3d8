package dev.merapi.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.memory.Memory;
import dev.merapi.memory.TensorList;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.say.ShapeError;
import dev.merapi.say.TypeError;
import dev.merapi.say.ValueError;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Lists of tensors, as values and through their operations.
class TensorListTest {
  private static Tensor[] run(String op, List<Object> attrs, Tensor... in) {
    OpDef d = Registry.find(op);
    return d.all(d.attrs(attrs.toArray()), in);
  }

  private static Tensor one(String op, Tensor... in) {
    return run(op, List.of(), in)[0];
  }

  private static final List<Object> F32 = List.of("element_dtype", DType.F32);

  private static Tensor any() {
    return tf.constant(-1);
  }

  private static Tensor i(int x) {
    return tf.constant(x);
  }

  private static Tensor f(float... x) {
    return tf.constant(x);
  }

  private static Tensor of(float[]... rows) {
    Tensor l = run("EmptyTensorList", F32, any(), any())[0];
    for (float[] r : rows) {
      l = one("TensorListPushBack", l, tf.constant(r));
    }
    return l;
  }

  private static float[] get(Tensor l, int at) {
    return run("TensorListGetItem", F32, l, i(at), any())[0].toFloatArray();
  }

  private static int length(Tensor l) {
    return one("TensorListLength", l).intValue();
  }

  @Test
  void eachStepLeavesTheListBeforeAsItWas() {
    Random random = new Random(20261120);
    List<TensorList> lists = new ArrayList<>();
    List<List<Tensor>> models = new ArrayList<>();
    lists.add(TensorList.missing(DType.F32, Shape.UNKNOWN, 37));
    models.add(new ArrayList<>(java.util.Collections.nCopies(37, null)));
    for (int k = 0; k < 3000; k++) {
      int at = random.nextInt(lists.size());
      TensorList l = lists.get(at);
      List<Tensor> m = new ArrayList<>(models.get(at));
      Tensor t = tf.constant((float) k);
      int what = random.nextInt(10);
      if (what < 5 || m.isEmpty()) {
        l = l.push(t);
        m.add(t);
      } else if (what < 8) {
        l = l.pop();
        m.remove(m.size() - 1);
      } else {
        int place = random.nextInt(m.size());
        l = l.set(place, t);
        m.set(place, t);
      }
      if (lists.size() < 40) {
        lists.add(l);
        models.add(m);
      } else {
        int out = random.nextInt(40);
        lists.get(out).release();
        lists.set(out, l);
        models.set(out, m);
      }
    }
    for (int k = 0; k < lists.size(); k++) {
      TensorList l = lists.get(k);
      List<Tensor> m = models.get(k);
      assertEquals(m.size(), l.length());
      Tensor[] all = l.elements();
      for (int at = 0; at < all.length; at++) {
        assertSame(m.get(at), all[at]);
        assertSame(m.get(at), l.get(at));
        if (all[at] != null) {
          // Still claimed: the memory is there.
          all[at].segment();
        }
      }
    }
  }

  @Test
  void anElementGoesWithTheLastListThatHoldsIt() {
    Tensor t = Memory.unscoped(Spec.of(DType.F32, 1000));
    TensorList empty = TensorList.missing(DType.F32, Shape.UNKNOWN, 0);
    TensorList a = empty.push(t);
    TensorList pushed = a.push(tf.constant(1f));
    TensorList b = pushed.set(1, null);
    pushed.release();
    empty.release();
    t.storage().release();
    a.release();
    assertEquals(4000, b.get(0).segment().byteSize());
    TensorList c = b.pop();
    b.release();
    assertEquals(4000, c.get(0).segment().byteSize());
    TensorList d = c.pop();
    c.release();
    assertEquals(0, d.length());
    assertThrows(RuntimeException.class, t::segment);
  }

  @Test
  void pushedAndPopped() {
    Tensor l = of(new float[] {1, 2}, new float[] {3});
    assertEquals(2, length(l));
    Tensor[] popped = run("TensorListPopBack", F32, l, any());
    assertArrayEquals(new float[] {3}, popped[1].toFloatArray());
    assertEquals(1, length(popped[0]));
    assertEquals(2, length(l));
    assertThrows(ValueError.class, () -> run("TensorListPopBack", F32, of(), any()), "empty");
    assertThrows(
        TypeError.class,
        () -> run("TensorListPopBack", List.of("element_dtype", DType.I32), l, any()));
  }

  @Test
  void missingElementsReadAsZeros() {
    Tensor l = run("TensorListReserve", F32, tf.constant(new int[] {2}), i(5))[0];
    assertEquals(5, length(l));
    Tensor m = one("TensorListSetItem", l, i(3), f(7, 8));
    assertArrayEquals(new float[] {0, 0}, get(m, 0));
    assertArrayEquals(new float[] {7, 8}, get(m, 3));
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 0, 0, 7, 8, 0, 0},
        run("TensorListStack", F32, m, any())[0].toFloatArray());
    assertThrows(ShapeError.class, () -> one("TensorListSetItem", l, i(3), f(1, 2, 3)));
    ValueError e = assertThrows(ValueError.class, () -> get(m, 5));
    assertTrue(e.getMessage().contains("Tried to access element 5 in a list with 5 elements."));
    Tensor open = run("TensorListReserve", F32, any(), i(2))[0];
    assertThrows(ValueError.class, () -> get(open, 0));
    Tensor longer =
        run("TensorListSetItem", List.of("resize_if_index_out_of_bounds", true), l, i(6), f(1, 2))[
            0];
    assertEquals(7, length(longer));
  }

  @Test
  void stackedGatheredAndTakenApart() {
    Tensor x = tf.constant(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    Tensor l = one("TensorListFromTensor", x, any());
    assertEquals(3, length(l));
    assertArrayEquals(new float[] {3, 4}, get(l, 1));
    assertArrayEquals(x.toFloatArray(), run("TensorListStack", F32, l, any())[0].toFloatArray());
    assertArrayEquals(
        new float[] {5, 6, 1, 2},
        run("TensorListGather", F32, l, tf.constant(new int[] {2, 0}), any())[0].toFloatArray());
    assertThrows(
        ShapeError.class, () -> run("TensorListStack", F32, of(new float[2], new float[3]), any()));
    assertThrows(ValueError.class, () -> run("TensorListStack", F32, of(), any()));
    assertEquals(
        Shape.of(0, 4), run("TensorListStack", F32, of(), tf.constant(new int[] {4}))[0].shape());
  }

  @Test
  void joinedAndSplit() {
    Tensor l = of(new float[] {1, 2}, new float[] {3}, new float[] {4, 5, 6});
    Tensor none = tf.constant(new long[0]);
    Tensor[] joined = run("TensorListConcatV2", F32, l, any(), none);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, joined[0].toFloatArray());
    assertArrayEquals(new int[] {2, 1, 3}, joined[1].toIntArray());
    Tensor back = one("TensorListSplit", joined[0], any(), joined[1]);
    assertArrayEquals(new float[] {4, 5, 6}, get(back, 2));
    assertThrows(
        ValueError.class,
        () -> one("TensorListSplit", joined[0], any(), tf.constant(new long[] {1, 1})));
    assertEquals(6, length(one("TensorListConcatLists", l, back)));
    assertEquals(5, length(one("TensorListResize", l, i(5))));
    assertEquals(1, length(one("TensorListResize", l, i(1))));
  }

  @Test
  void sumsOfListsCountMissingElementsAsZeros() {
    Tensor l = of(new float[] {1, 2}, new float[] {3, 4});
    Tensor none = one("TensorListNone", l);
    assertEquals(2, length(none));
    Tensor some = one("TensorListSetItem", none, i(1), f(10, 20));
    Tensor sum = one("TensorListAdd", l, some);
    assertArrayEquals(new float[] {1, 2}, get(sum, 0));
    assertArrayEquals(new float[] {13, 24}, get(sum, 1));
    Tensor rows = tf.constant(new float[][] {{1, 1}, {2, 2}, {4, 4}});
    Tensor added = one("TensorListScatterAdd", l, tf.constant(new int[] {1, 0, 1}), rows);
    assertArrayEquals(new float[] {2, 2}, get(added, 0));
    assertArrayEquals(new float[] {5, 5}, get(added, 1));
  }

  @Test
  void gradientsGoThroughLists() {
    Tensor x = tf.constant(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    Tensor y = f(7, 8);
    Tensor w = tf.constant(new float[][] {{1, 10}, {2, 20}, {3, 30}, {4, 40}});
    try (GradientTape tape = new GradientTape(true)) {
      tape.watch(x);
      tape.watch(y);
      Tensor l = one("TensorListFromTensor", x, any());
      Tensor set = one("TensorListSetItem", l, i(1), y);
      Tensor pushed = one("TensorListPushBack", set, y);
      Tensor all = run("TensorListStack", F32, pushed, any())[0];
      Tensor z = tf.reduceSum(tf.multiply(all, w));
      // Row 1 of x was replaced by y, which is row 3 too.
      assertArrayEquals(new float[] {1, 10, 0, 0, 3, 30}, tape.gradient(z, x).toFloatArray());
      assertArrayEquals(new float[] {6, 60}, tape.gradient(z, y).toFloatArray());
      Tensor[] popped = run("TensorListPopBack", F32, pushed, any());
      Tensor item = run("TensorListGetItem", F32, popped[0], i(2), any())[0];
      Tensor some = run("TensorListGather", F32, l, tf.constant(new int[] {0, 2, 0}), any())[0];
      Tensor v = tf.add(tf.reduceSum(tf.square(item)), tf.reduceSum(tf.square(popped[1])));
      assertArrayEquals(new float[] {0, 0, 0, 0, 10, 12}, tape.gradient(v, x).toFloatArray());
      assertArrayEquals(new float[] {14, 16}, tape.gradient(v, y).toFloatArray());
      assertArrayEquals(new float[] {2, 2, 0, 0, 1, 1}, tape.gradient(some, x).toFloatArray());
      Tensor joined = run("TensorListConcatV2", F32, pushed, any(), tf.constant(new long[0]))[0];
      assertArrayEquals(
          new float[] {2, 4, 0, 0, 10, 12},
          tape.gradient(tf.reduceSum(tf.square(joined)), x).toFloatArray());
      assertNull(tape.gradient(tf.reduceSum(w), x));
    }
  }

  @Test
  void listsInAGraph() {
    var f =
        tf.function((Tensor n) -> {
          List<Tensor> out =
              tf.whileLoop(
                  v -> tf.less(v.get(0), n),
                  v ->
                      List.of(
                          tf.add(v.get(0), 1),
                          one("TensorListPushBack", v.get(1), tf.cast(v.get(0), DType.F32))),
                  List.of(i(0), run("EmptyTensorList", F32, tf.constant(new int[0]), any())[0]));
          return run("TensorListStack", F32, out.get(1), tf.constant(new int[0]))[0];
        });
    assertArrayEquals(new float[] {0, 1, 2, 3}, f.apply(i(4)).toFloatArray());
    assertEquals(0, f.apply(i(0)).size());
  }
}
