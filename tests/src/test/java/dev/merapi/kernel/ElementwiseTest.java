package dev.merapi.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.merapi.kernel.cpu.Elementwise;
import dev.merapi.kernel.cpu.LoopTable;
import dev.merapi.kernel.cpu.Loops;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr Z = Expr.in(2);
  private static final LoopTable MIX = LoopTable.of(X.mul(Expr.c(3)).add(Y).sub(Z));

  private static int size(int[] dims) {
    long n = Arrays.stream(dims).asLongStream().reduce(1, (a, b) -> a * b);
    return (int) Math.min(n, Integer.MAX_VALUE);
  }

  /// Returns where in an input of shape `dims` the value for element `e` of the result lies.
  private static int source(int[] dims, int[] outDims, int e) {
    int at = 0;
    int stride = 1;
    int rest = e;
    for (int axis = 1; axis <= outDims.length; axis++) {
      int extent = outDims[outDims.length - axis];
      int position = rest % extent;
      rest /= extent;
      int length = axis <= dims.length ? dims[dims.length - axis] : 1;
      at += length > 1 ? position * stride : 0;
      stride *= length;
    }
    return at;
  }

  private static void compare(DType t, int[] outDims, int[][] dims, long seed) {
    Random random = new Random(seed);
    MemorySegment[] in = new MemorySegment[3];
    int[][] values = new int[3][];
    for (int i = 0; i < 3; i++) {
      values[i] = random.ints(size(dims[i]), 0, 20).toArray();
      in[i] = Cases.segment(t, values[i].length);
      for (int k = 0; k < values[i].length; k++) {
        Cases.put(in[i], t, k, values[i][k], 0);
      }
    }
    int n = size(outDims);
    MemorySegment out = Cases.segment(t, n);
    Elementwise.run(MIX, t, in[0], dims[0], in[1], dims[1], in[2], dims[2], out, outDims);
    for (int e = 0; e < n; e++) {
      int x = values[0][source(dims[0], outDims, e)];
      int y = values[1][source(dims[1], outDims, e)];
      int z = values[2][source(dims[2], outDims, e)];
      if (Cases.get(out, t, e, 0) != 3 * x + y - z) {
        String place = t + " " + Arrays.toString(outDims) + Arrays.deepToString(dims);
        assertEquals(3 * x + y - z, Cases.get(out, t, e, 0), place + " element " + e);
      }
    }
  }

  @Test
  void broadcastingAgreesWithIndexingOneByOne() {
    Random random = new Random(1);
    DType[] types = {DType.F32, DType.I8, DType.I16, DType.F64, DType.C128, DType.I32, DType.BF16};
    for (int round = 0; round < 600; round++) {
      int[] out = new int[random.nextInt(6)];
      for (int i = 0; i < out.length; i++) {
        int roll = random.nextInt(8);
        out[i] = roll == 0 ? 1 : roll == 1 ? 300 : 1 + random.nextInt(6);
      }
      if (size(out) > 200_000) {
        continue;
      }
      int[][] dims = new int[3][];
      for (int k = 0; k < 3; k++) {
        int rank = random.nextInt(3) == 0 ? random.nextInt(out.length + 1) : out.length;
        dims[k] = Arrays.copyOfRange(out, out.length - rank, out.length);
        for (int i = 0; i < rank; i++) {
          dims[k][i] = random.nextInt(3) == 0 ? 1 : dims[k][i];
        }
      }
      compare(types[round % types.length], out, dims, round);
    }
  }

  @Test
  void eightAxesAndLargeTensorsWork() {
    int[] eight = {2, 1, 3, 2, 1, 3, 2, 5};
    compare(DType.F32, eight, new int[][] {eight, {3, 1, 1}, {2, 1, 1, 2, 1, 1, 2, 1}}, 5);
    int[] large = {1100, 1030};
    compare(DType.F32, large, new int[][] {large, {1030}, {1100, 1}}, 6);
    int[] thin = {120_000, 10};
    compare(DType.F32, thin, new int[][] {thin, {10}, {120_000, 1}}, 7);
    compare(DType.I64, new int[] {1 << 21}, new int[][] {{1 << 21}, {1}, {1 << 21}}, 8);
  }

  @Test
  void emptyTensorsAreLeftAlone() {
    MemorySegment s = Cases.segment(DType.F32, 1);
    Elementwise.run(
        MIX,
        DType.F32,
        s,
        new int[] {0, 3},
        s,
        new int[] {3},
        s,
        new int[] {},
        s,
        new int[] {0, 3});
    assertEquals(0, Cases.get(s, DType.F32, 0, 0));
  }

  @Test
  void broadcastCopiesBytesOfAnyDtype() {
    for (DType t : DType.values()) {
      if (t.bytes() == 0) {
        continue;
      }
      int[] small = {3, 1};
      int[] big = {2, 3, 4};
      MemorySegment in = Cases.values(t, 3, 9, false);
      MemorySegment out = Cases.segment(t, 24);
      Elementwise.broadcast(t, in, small, out, big);
      for (int e = 0; e < 24; e++) {
        int from = source(small, big, e) * t.bytes();
        byte[] expected = in.asSlice(from, t.bytes()).toArray(ValueLayout.JAVA_BYTE);
        byte[] actual = out.asSlice((long) e * t.bytes(), t.bytes()).toArray(ValueLayout.JAVA_BYTE);
        assertArrayEquals(expected, actual, t + " element " + e);
      }
    }
  }

  @Test
  void selectTakesABoolAndTwoOfAnotherDtype() {
    LoopTable table = LoopTable.select(X.select(Y, Z));
    for (DType t : List.of(DType.F32, DType.F64, DType.I8, DType.U32, DType.C64)) {
      MemorySegment test = Cases.segment(DType.BOOL, 2);
      Cases.put(test, DType.BOOL, 1, 1, 0);
      MemorySegment yes = Cases.segment(t, 4);
      MemorySegment no = Cases.segment(t, 1);
      for (int i = 0; i < 4; i++) {
        Cases.put(yes, t, i, i + 1, 0);
      }
      Cases.put(no, t, 0, 9, 0);
      MemorySegment out = Cases.segment(t, 4);
      int[] two = {2, 2};
      Elementwise.run(table, t, test, new int[] {2}, yes, two, no, new int[] {}, out, two);
      double[] got = new double[4];
      Arrays.setAll(got, i -> Cases.get(out, t, i, 0));
      assertArrayEquals(new double[] {9, 2, 9, 4}, got, t.toString());
    }
  }

  @Test
  void anyNumberOfInputsCanBroadcast() {
    Expr e = X.add(Y).add(Z).add(Expr.in(3));
    DType[] types = {DType.F64, DType.F64, DType.F64, DType.F64};
    MemorySegment[] in = new MemorySegment[4];
    int[][] dims = {{2, 3}, {3}, {2, 1}, {}};
    int[] bytes = {8, 8, 8, 8};
    for (int i = 0; i < 4; i++) {
      in[i] = Cases.segment(DType.F64, 6);
      for (int k = 0; k < 6; k++) {
        Cases.put(in[i], DType.F64, k, Math.pow(10, i) * (k + 1), 0);
      }
    }
    MemorySegment out = Cases.segment(DType.F64, 6);
    Elementwise.run(
        mask -> Loops.of(e, types, DType.F64, mask), in, dims, bytes, out, new int[] {2, 3});
    double[] got = new double[6];
    Arrays.setAll(got, i -> Cases.get(out, DType.F64, i, 0));
    assertArrayEquals(new double[] {1111, 1122, 1133, 1214, 1225, 1236}, got);
  }

  @Test
  void divisionByZeroReachesTheCaller() {
    LoopTable table = LoopTable.of(X.div(Y));
    MemorySegment s = Cases.segment(DType.I32, 4);
    int[] four = {4};
    assertThrows(
        ArithmeticException.class,
        () -> Elementwise.run(table, DType.I32, s, four, s, four, s, four));
  }
}
