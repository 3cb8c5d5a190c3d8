package dev.merapi.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.kernel.cpu.Loops;
import dev.merapi.kernel.cpu.Tier;
import dev.merapi.programs.Fork;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopsTest {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final int N = 512;

  private static MemorySegment run(Loop loop, DType out, int n, long offset, MemorySegment... in) {
    MemorySegment result = Cases.segment(out, n);
    MemorySegment b = in[Math.min(1, in.length - 1)];
    MemorySegment c = in[in.length - 1];
    long bOff = offset * loop.stride(1);
    long cOff = offset * loop.stride(2);
    loop.run(in[0], offset * loop.stride(0), b, bOff, c, cOff, result, 0, n);
    return result;
  }

  @Test
  void vectorAndScalarLoopsGiveTheSameBitsForEveryOperationAndDtype() {
    int vectorLoops = 0;
    for (Expr e : Cases.all()) {
      for (DType t : DType.values()) {
        DType[] in = new DType[e.inputs()];
        Arrays.fill(in, t);
        if (t.bytes() == 0 || !Cases.takes(e, in)) {
          continue;
        }
        MemorySegment[] values = new MemorySegment[in.length];
        for (int i = 0; i < in.length; i++) {
          values[i] = Cases.values(t, N + 1, 7 + i, i == 1 && Cases.isPower(e));
        }
        DType out = e.dtype(in);
        for (int mask = 0; mask < 1 << in.length; mask++) {
          List<Loop> variants = Loops.variants(e, in, out, mask);
          MemorySegment expected = run(variants.getFirst(), out, N, 0, values);
          MemorySegment shifted = run(variants.getLast(), out, N - 64, 1, values);
          MemorySegment actual = run(variants.getLast(), out, N, 0, values);
          for (int i = 0; i < N; i++) {
            String place = e + " of " + t + ", mask " + mask + ", element " + i;
            String bits = Cases.bits(expected, out, i);
            assertEquals(bits, Cases.bits(actual, out, i), place);
            if (i > 0 && i <= N - 64 && mask == 0) {
              assertEquals(bits, Cases.bits(shifted, out, i - 1), place + ", read from 1 on");
            }
          }
          vectorLoops += variants.size() - 1;
        }
      }
    }
    if (Tier.current() == Tier.VECTOR) {
      assertTrue(vectorLoops > 300, "only " + vectorLoops + " vector loops");
    }
  }

  private static long[] whole(Expr e, DType t, DType out, long[] x, long... y) {
    MemorySegment a = Cases.segment(t, x.length);
    MemorySegment b = Cases.segment(t, x.length);
    for (int i = 0; i < x.length; i++) {
      Cases.putLong(a, t, i, x[i]);
      Cases.putLong(b, t, i, y.length > 0 ? y[i] : 0);
    }
    DType[] in = new DType[e.inputs()];
    Arrays.fill(in, t);
    MemorySegment r = run(Loops.of(e, in, out, 0), out, x.length, 0, a, b);
    long[] v = new long[x.length];
    Arrays.setAll(v, i -> Cases.getLong(r, out, i));
    return v;
  }

  private static long[] longs(long... v) {
    return v;
  }

  @Test
  void integersWrapAround() {
    DType i8 = DType.I8;
    DType u8 = DType.U8;
    assertEquals(-56, whole(X.add(Y), i8, i8, longs(100), 100)[0]);
    assertEquals(254, whole(X.sub(Y), u8, u8, longs(3), 5)[0]);
    assertEquals(-128, whole(X.abs(), i8, i8, longs(-128))[0]);
    assertEquals(-128, whole(X.div(Y), i8, i8, longs(-128), -1)[0]);
    assertEquals(0xfffffffeL, whole(X.mul(Y), DType.U32, DType.U32, longs(0xffffffffL), 2)[0]);
    // 200 + 100 wraps to 44 before the comparison.
    assertEquals(1, whole(X.add(Y).lt(X), u8, DType.BOOL, longs(200), 100)[0]);
  }

  /// Values printed by TensorFlow 2.21.0: floormod, TruncateMod, FloorDiv and TruncateDiv of int32.
  @Test
  void integersDivideAsTensorFlowDoes() {
    long[] x = {7, -7, 7, -7, -8, Integer.MIN_VALUE};
    long[] y = {3, 3, -3, -3, 4, 3};
    for (DType t : List.of(DType.I32, DType.I64)) {
      assertEquals("[1, 2, -2, -1, 0, 1]", Arrays.toString(whole(X.floorMod(Y), t, t, x, y)));
      assertEquals("[1, -1, 1, -1, 0, -2]", Arrays.toString(whole(X.truncMod(Y), t, t, x, y)));
      assertEquals(
          "[2, -3, -3, 2, -2, -715827883]", Arrays.toString(whole(X.floorDiv(Y), t, t, x, y)));
      assertEquals("[2, -2, -2, 2, -2, -715827882]", Arrays.toString(whole(X.div(Y), t, t, x, y)));
    }
  }

  @Test
  void unsignedSixtyFourBitIntegersAreNotNegative() {
    DType t = DType.U64;
    long big = -2; // 2^64 − 2
    assertEquals(Long.divideUnsigned(big, 3), whole(X.div(Y), t, t, longs(big), 3)[0]);
    assertEquals(big, whole(X.max(Y), t, t, longs(big), 3)[0]);
    assertEquals(3, whole(X.min(Y), t, t, longs(big), 3)[0]);
    assertEquals(0, whole(X.lt(Y), t, DType.BOOL, longs(big), 3)[0]);
    assertEquals(Long.MAX_VALUE, whole(X.shr(Y), t, t, longs(big), 1)[0]);
  }

  /// Values printed by TensorFlow 2.21.0: bitwise.left_shift and right_shift.
  @Test
  void shiftsAreClampedAsInTensorFlow() {
    DType t = DType.I8;
    assertEquals("[-128, -8, -2]", text(X.shl(Y), t, longs(1, -1, 127), 7, 3, 1));
    assertEquals("[-1, -1, 63]", text(X.shr(Y), t, longs(-128, -1, 127), 7, 3, 1));
    assertEquals("[1, 16]", text(X.shr(Y), DType.U8, longs(255, 128), 7, 3));
    assertEquals("[-2147483648, 1]", text(X.shl(Y), DType.I32, longs(1, 1), 40, -3));
    assertEquals("[-1, 64]", text(X.shr(Y), DType.I32, longs(-64, 64), 40, -3));
  }

  private static String text(Expr e, DType t, long[] x, long... y) {
    return Arrays.toString(whole(e, t, t, x, y));
  }

  @Test
  void integerPowersWrapAndRefuseNegativeExponents() {
    assertEquals("[-13, -128]", text(X.pow(Y), DType.I8, longs(3, -2), 5, 7));
    for (DType t : List.of(DType.I8, DType.I32, DType.I64)) {
      assertThrows(ArithmeticException.class, () -> text(X.pow(Y), t, longs(2), -1));
      assertThrows(ArithmeticException.class, () -> text(X.div(Y), t, longs(2), 0));
      assertThrows(ArithmeticException.class, () -> text(X.floorMod(Y), t, longs(2), 0));
    }
    assertThrows(ArithmeticException.class, () -> text(X.div(Y), DType.U64, longs(2), 0));
  }

  private static String floats(Expr e, DType in, DType out, double... x) {
    MemorySegment a = Cases.segment(in, x.length);
    for (int i = 0; i < x.length; i++) {
      Cases.put(a, in, i, x[i], 0);
    }
    MemorySegment r = run(Loops.of(e, List.of(in), out, 0), out, x.length, 0, a);
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      boolean real = out.isFloating();
      s.append(i == 0 ? "" : " ");
      s.append(real ? "" + (float) Cases.get(r, out, i, 0) : "" + Cases.getLong(r, out, i));
    }
    return s.toString();
  }

  /// Values printed by TensorFlow 2.21.0: tf.cast.
  @Test
  void floatsBecomeIntegersByDroppingTheFraction() {
    double[] x = {3.9, -1.5, -3.9, 200.7, 0, 0.3};
    assertEquals("3 -1 -3 -56 0 0", floats(X, DType.F32, DType.I8, x));
    assertEquals("3 255 253 200 0 0", floats(X, DType.F32, DType.U8, x));
    assertEquals("3 65535 65533 200 0 0", floats(X, DType.F32, DType.U16, x));
    assertEquals("3 4294967295 4294967293 200 0 0", floats(X, DType.F32, DType.U32, x));
    assertEquals("3 -1 -3 200 0 0", floats(X, DType.F32, DType.U64, x)); // as signed
    assertEquals("1 1 1 1 0 1", floats(X, DType.F32, DType.BOOL, x));
    assertEquals("0 2147483647", floats(X, DType.F32, DType.I32, Double.NaN, 1e20));
    assertEquals("0 1", floats(X, DType.C64, DType.BOOL, 0, 1));
  }

  /// Values printed by TensorFlow 2.21.0: casts to bfloat16 and float16 and back.
  @Test
  void sixteenBitFloatsRoundToEven() {
    double[] x = {1.00390625, 1.01171875};
    assertEquals("1.0 1.015625", floats(X.cast(DType.BF16), DType.F32, DType.F32, x));
    assertEquals("1.0 1.015625", floats(X, DType.F32, DType.BF16, x));
    double[] h = {65519, 65520, 2049, 2051, 6e-8};
    assertEquals("65504.0 Infinity 2048.0 2052.0 5.9604645E-8", floats(X, DType.F32, DType.F16, h));
  }

  @Test
  void signsZerosAndNanFollowTensorFlow() {
    double[] x = {Double.NaN, -0.0, 3, -2};
    assertEquals("NaN 0.0 1.0 -1.0", floats(X.sign(), DType.F32, DType.F32, x));
    assertEquals("NaN 2.0 3.0 2.0", floats(X.max(Expr.c(2)), DType.F32, DType.F32, x));
    assertEquals("NaN -0.0 2.0 -2.0", floats(X.min(Expr.c(2)), DType.F32, DType.F32, x));
    double[] halves = {0.5, 1.5, 2.5, -0.5, -1.5};
    assertEquals("0.0 2.0 2.0 -0.0 -2.0", floats(X.rint(), DType.F32, DType.F32, halves));
    assertEquals("1.0 2.0 3.0 -1.0 -2.0", floats(X.round(), DType.F64, DType.F64, halves));
    double[] odd = {-0.0, 1e-30};
    for (Expr e : List.of(X.tanh(), X.sin(), X.expm1(), X.log1p())) {
      assertEquals("-0.0 1.0E-30", floats(e, DType.F32, DType.F32, odd), e.toString());
    }
    // 2/√π · x, NIST DLMF 7.6.1.
    assertEquals("-0.0 1.1283791E-30", floats(X.erf(), DType.F32, DType.F32, odd));
    Expr one = Expr.c(1.0).cast(DType.F32);
    assertEquals("1.0 1.0", floats(one.pow(X), DType.F32, DType.F32, Double.NaN, 3));
  }

  @Test
  void moreThanThreeInputsAreFused() {
    Expr e = X.mul(Y).add(Expr.in(2).mul(Expr.in(3))).sub(Expr.in(4)).sin();
    DType[] in = new DType[5];
    Arrays.fill(in, DType.F32);
    MemorySegment[] values = new MemorySegment[5];
    for (int i = 0; i < 5; i++) {
      values[i] = Cases.values(DType.F32, N, 11 + i, false);
    }
    List<Loop> variants = Loops.variants(e, in, DType.F32, 4);
    MemorySegment expected = Cases.segment(DType.F32, N);
    MemorySegment actual = Cases.segment(DType.F32, N);
    variants.getFirst().run(values, new long[5], expected, 0, N);
    variants.getLast().run(values, new long[5], actual, 0, N);
    for (int i = 0; i < N; i++) {
      float x = (float) Cases.get(values[0], DType.F32, i, 0);
      float y = (float) Cases.get(values[1], DType.F32, i, 0);
      float z = (float) Cases.get(values[2], DType.F32, 0, 0);
      float w = (float) Cases.get(values[3], DType.F32, i, 0);
      float v = (float) Cases.get(values[4], DType.F32, i, 0);
      double sine = Math.sin(x * y + z * w - v);
      float got = (float) Cases.get(actual, DType.F32, i, 0);
      assertEquals(Double.isNaN(sine), Float.isNaN(got), "element " + i);
      assertTrue(!(Math.abs(sine - got) > 2 * Math.ulp((float) sine)), "element " + i);
      assertEquals(Cases.bits(expected, DType.F32, i), Cases.bits(actual, DType.F32, i));
    }
  }

  @Test
  void resultMayReplaceAnInput() {
    MemorySegment a = Cases.values(DType.F32, N, 3, false);
    Loop loop = Loops.of(X.mul(X).sin(), List.of(DType.F32), DType.F32, 0);
    MemorySegment expected = run(loop, DType.F32, N, 0, a);
    loop.run(a, 0, a, 0, a, 0, a, 0, N);
    for (int i = 0; i < N; i++) {
      assertEquals(Cases.bits(expected, DType.F32, i), Cases.bits(a, DType.F32, i));
    }
  }

  /// In a JVM of its own: what other tests have left in the profiles of the Vector API's methods
  /// may keep the compiler from doing without objects for masks.
  @Test
  void warmLoopsAllocateNothing() {
    Fork.Result r = Fork.run(List.of("--add-modules", "jdk.incubator.vector"), WarmLoops.class);
    assertEquals(0, r.status(), r.out() + r.err());
  }

  @Test
  void expressionsPrintAsFormulasAndCompareByStructure() {
    Expr e = X.mul(Expr.c(2)).add(Expr.c(1.5)).tanh().mul(Y.neg());
    assertEquals("tanh(x0 * 2 + 1.5) * -x1", e.toString());
    assertEquals("(x0 - (x1 - 3)) / x0", X.sub(Y.sub(Expr.c(3))).div(X).toString());
    assertEquals("x0 < 0 ? exp(x0) : x0", X.lt(Expr.c(0)).select(X.exp(), X).toString());
    assertEquals(X.tanh().mul(Y), X.tanh().mul(Y));
    assertEquals(X.tanh().mul(Y).hashCode(), X.tanh().mul(Y).hashCode());
    assertNotEquals(X.tanh().mul(Y), Y.tanh().mul(X));
    assertNotEquals(Expr.c(2), Expr.c(2.0));
    assertEquals(X.tanh().exp(), Y.exp().substitute(List.of(Y, X.tanh())));
  }

  @Test
  void wrongDtypesAreRefusedByName() {
    var mixed =
        assertThrows(IllegalArgumentException.class, () -> X.add(Y).dtype(DType.F32, DType.I32));
    assertTrue(mixed.getMessage().contains("float32 and int32"), mixed.getMessage());
    var whole = assertThrows(IllegalArgumentException.class, () -> X.tanh().dtype(DType.I32));
    assertTrue(whole.getMessage().startsWith("tanh does not take int32"), whole.getMessage());
  }
}
