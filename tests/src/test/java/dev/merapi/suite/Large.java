package dev.merapi.suite;

import dev.merapi.device.Workers;
import dev.merapi.memory.Scope;
import dev.merapi.op.OpDef;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Calls of a size at which kernels share their work among threads: the results must not depend on
/// how many there are.
public final class Large {
  /// One big call: attributes, and each input as a text `float32 300 70` or as whole numbers `int32
  /// = 0 1`.
  private record Shaped(String op, Map<String, Object> attrs, List<String> inputs) {}

  private static final List<Shaped> CALLS =
      List.of(
          shaped("Sum", "float32 700 1100", "int32 = 0"),
          shaped("Sum", "float32 1100 700", "int32 = 1"),
          shaped("Sum", "float32 1000003", "int32 = 0"),
          shaped("Mean", "float32 37 600 41", "int32 = 0 2"),
          shaped("Max", "float32 700 1100", "int32 = 1"),
          shaped("Prod", "float64 700 1100", "int32 = 0"),
          shaped("ArgMax", "float32 700 1100", "int32 scalar = 1"),
          shaped("Cumsum", "float32 700 1100", "int32 scalar = 0"),
          shaped("L2Loss", "float32 1000003"),
          shaped("MatMul", "float32 301 407", "float32 407 203"),
          shaped("BatchMatMulV2", "float32 17 61 70", "float32 17 70 53"),
          shaped("BiasAdd", "float32 5000 97", "float32 97"),
          shaped("BiasAddGrad", "float32 5000 97"),
          shaped("Softmax", "float32 5000 97"),
          shaped("LogSoftmax", "float32 5000 97"),
          shaped("SoftmaxCrossEntropyWithLogits", "float32 5000 97", "float32 5000 97"),
          shaped("Transpose", "float32 700 1100", "int32 = 1 0"),
          shaped("Tile", "float32 70 110", "int32 = 9 7"),
          shaped("ReverseV2", "float32 700 1100", "int32 = 1"),
          shaped("GatherV2", "float32 900 500", "int32 below 900 3000", "int32 scalar = 0"),
          shaped(
              "UnsortedSegmentSum",
              "float32 9000 50",
              "int32 below 100 9000",
              "int32 scalar = 100"),
          shaped("TopKV2", "float32 700 1100", "int32 scalar = 5"),
          shaped("BroadcastTo", "float32 1 1100", "int32 = 700 1100"),
          shaped("Cholesky", "float64 40 1 1"),
          attributed(
              "Conv2D",
              Map.of("strides", new int[] {1, 1, 1, 1}, "padding", "SAME"),
              "float32 4 30 30 32",
              "float32 3 3 32 40"),
          attributed(
              "DepthwiseConv2dNative",
              Map.of("strides", new int[] {1, 1, 1, 1}, "padding", "SAME"),
              "float32 4 50 50 32",
              "float32 3 3 32 1"),
          attributed(
              "Conv2DBackpropInput",
              Map.of("strides", new int[] {1, 1, 1, 1}, "padding", "SAME"),
              "int32 = 4 30 30 32",
              "float32 3 3 32 40",
              "float32 4 30 30 40"),
          attributed(
              "Conv2DBackpropFilter",
              Map.of("strides", new int[] {1, 1, 1, 1}, "padding", "SAME"),
              "float32 4 30 30 32",
              "int32 = 3 3 32 40",
              "float32 4 30 30 40"),
          attributed(
              "MaxPool",
              Map.of(
                  "ksize",
                  new int[] {1, 2, 2, 1},
                  "strides",
                  new int[] {1, 2, 2, 1},
                  "padding",
                  "VALID"),
              "float32 8 60 60 32"),
          attributed(
              "AvgPool",
              Map.of(
                  "ksize",
                  new int[] {1, 3, 3, 1},
                  "strides",
                  new int[] {1, 2, 2, 1},
                  "padding",
                  "SAME"),
              "float32 8 60 60 32"),
          shaped(
              "FusedBatchNormV3",
              "float32 16 30 30 32",
              "float32 32",
              "float32 32",
              "float32 0",
              "float32 0"));

  private Large() {}

  private static Shaped shaped(String op, String... inputs) {
    return new Shaped(op, Map.of(), List.of(inputs));
  }

  private static Shaped attributed(String op, Map<String, Object> attrs, String... inputs) {
    return new Shaped(op, attrs, List.of(inputs));
  }

  /// Tells whether there are big calls of the operation.
  public static boolean asks(OpDef op) {
    return Widths.asks(op) || CALLS.stream().anyMatch(c -> c.op().equals(op.name()));
  }

  /// Returns what differs between one thread and two.
  public static List<String> check(OpDef op) {
    List<String> wrong = new ArrayList<>();
    for (Shaped c : CALLS) {
      if (c.op().equals(op.name())) {
        List<Array> in = c.inputs().stream().map(Large::array).toList();
        compare(op, c.attrs(), in, c.inputs().toString(), wrong);
      }
    }
    if (Widths.asks(op)) {
      DType t = Widths.types(op).contains(DType.F32) ? DType.F32 : Widths.types(op).get(0);
      compare(op, Map.of(), Widths.draw(op, t, 200_003), "200003 elements", wrong);
    }
    return wrong;
  }

  private static void compare(
      OpDef op, Map<String, Object> attrs, List<Array> in, String what, List<String> wrong) {
    int before = Workers.threads();
    try (Scope _ = Scope.open()) {
      Tensor[] x = GoldenCheck.tensors(in);
      Workers.setThreads(1);
      Tensor[] one = op.all(op.attrs(attrs), x);
      for (int threads = 2; threads <= 3; threads++) {
        Workers.setThreads(threads);
        Tensor[] more = op.all(op.attrs(attrs), x);
        for (int i = 0; i < one.length; i++) {
          String w = different(Array.of(one[i]), Array.of(more[i]));
          if (w != null) {
            wrong.add(
                op + " of " + what + ", output " + i + ", 1 and " + threads + " threads: " + w);
          }
        }
      }
    } catch (RuntimeException | AssertionError e) {
      wrong.add(op + " of " + what + ": " + GoldenCheck.thrown(e));
    } finally {
      Workers.setThreads(before);
    }
  }

  private static @Nullable String different(Array a, Array b) {
    // All NaN count as one: which of them comes out is the processor's choice.
    if (Arrays.equals(Widths.bits(a), Widths.bits(b))) {
      return null;
    }
    String where = Compare.difference(a, b, null);
    return where == null ? "zeros of different sign" : where;
  }

  private static Array array(String text) {
    String[] words = text.split(" ");
    DType d = DType.of(words[0]);
    int equal = List.of(words).indexOf("=");
    Random random = new Random(text.hashCode());
    if (equal > 0) {
      int[] v = numbers(words, equal + 1);
      return whole(words[1].equals("scalar") ? new int[0] : new int[] {v.length}, v);
    }
    if (words[1].equals("below")) {
      int[] dims = numbers(words, 3);
      return whole(dims, random.ints(size(dims), 0, Integer.parseInt(words[2])).toArray());
    }
    int[] dims = numbers(words, 1);
    return Array.of(d, dims, random.doubles(size(dims), 0.5, 1.5).toArray());
  }

  private static int[] numbers(String[] words, int from) {
    return Arrays.stream(words).skip(from).mapToInt(Integer::parseInt).toArray();
  }

  private static int size(int[] dims) {
    return Arrays.stream(dims).reduce(1, (x, y) -> x * y);
  }

  private static Array whole(int[] dims, int[] v) {
    java.nio.ByteBuffer b =
        java.nio.ByteBuffer.allocate(4 * v.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    b.asIntBuffer().put(v);
    return new Array(DType.I32, dims, b.array(), null);
  }
}
