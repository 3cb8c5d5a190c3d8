package dev.merapi.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Products and convolutions that add their bias and apply a relu by themselves give the bits of
/// the separate operations.
class TailsTest {
  private static final int[][] PRODUCTS = {
    {1, 1, 1},
    {1, 7, 5},
    {5, 300, 1},
    {3, 4, 5},
    {17, 33, 65},
    {50, 784, 100},
    {1680, 28, 10},
    {41, 10, 20},
    {9, 20, 3},
    {120, 600, 257},
    {4, 2000, 300},
    {257, 1, 129},
    {60, 70_000, 3}
  };

  private static final int[][] FILTERS = {
    {1, 1, 8, 16}, {3, 3, 8, 5}, {5, 5, 1, 32}, {2, 3, 4, 70}
  };

  private static Tensor op(String name, Map<String, ?> attrs, Object... in) {
    return tf.rawOp(name, attrs, in).getFirst();
  }

  private static void same(String what, String fused, Tensor x, UnaryOperator<Tensor> f) {
    var graph = tf.function((Tensor t) -> f.apply(t));
    assertArrayEquals(f.apply(x).toByteArray(), graph.apply(x).toByteArray(), what);
    String text = graph.function().concreteFunctions().getFirst().optimised().toString();
    assertTrue(text.contains(fused), text);
  }

  @Test
  void productsOfAllShapes() {
    int cases = 0;
    for (int[] d : PRODUCTS) {
      for (int f = 0; f < 16; f++) {
        boolean ta = (f & 1) != 0;
        boolean tb = (f & 2) != 0;
        boolean relu = (f & 4) != 0;
        DType t = (f & 8) != 0 ? DType.F64 : DType.F32;
        int[] aDims = ta ? new int[] {d[1], d[0]} : new int[] {d[0], d[1]};
        int[] bDims = tb ? new int[] {d[2], d[1]} : new int[] {d[1], d[2]};
        Tensor a = tf.cast(tf.random.normal(aDims), t);
        Tensor b = tf.cast(tf.random.normal(bDims), t);
        Tensor bias = tf.cast(tf.random.normal(d[2]), t);
        Map<String, Boolean> turns = Map.of("transpose_a", ta, "transpose_b", tb);
        same(
            java.util.Arrays.toString(d) + f,
            "_MatMulBias",
            a,
            x -> {
              Tensor y = op("BiasAdd", Map.of(), op("MatMul", turns, x, b), bias);
              return relu ? tf.nn.relu(y) : y;
            });
        cases++;
      }
    }
    assertEquals(16 * PRODUCTS.length, cases);
  }

  @Test
  void convolutions() {
    for (int[] k : FILTERS) {
      for (int f = 0; f < 8; f++) {
        int stride = 1 + (f & 1);
        String padding = (f & 2) == 0 ? "SAME" : "VALID";
        DType t = (f & 4) == 0 ? DType.F32 : DType.F64;
        Tensor x = tf.cast(tf.random.normal(3, 13, 11, k[2]), t);
        Tensor w = tf.cast(tf.random.normal(k), t);
        Tensor bias = tf.cast(tf.random.normal(k[3]), t);
        Map<String, Object> attrs =
            Map.of("strides", new int[] {1, stride, stride, 1}, "padding", padding);
        same(
            java.util.Arrays.toString(k) + f,
            "_Conv2DBias",
            x,
            y -> tf.nn.relu(op("BiasAdd", Map.of(), op("Conv2D", attrs, y, w), bias)));
      }
    }
  }

  @Test
  void resultsThatOthersReadStayAsTheyAre() {
    Tensor b = tf.random.normal(4, 5);
    Tensor bias = tf.random.normal(5);
    var f =
        tf.function((Tensor x) -> {
          Tensor product = tf.matmul(x, b);
          return java.util.List.of(op("BiasAdd", Map.of(), product, bias), product);
        });
    Tensor x = tf.random.normal(3, 4);
    var got = f.apply(x);
    assertArrayEquals(tf.matmul(x, b).toByteArray(), got.get(1).toByteArray());
    assertArrayEquals(tf.add(tf.matmul(x, b), bias).toByteArray(), got.get(0).toByteArray());
  }
}
