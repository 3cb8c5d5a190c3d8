package dev.merapi.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.kernel.cpu.Loops;
import dev.merapi.tensor.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Holds functions to their error bounds, in units of the last place. References: `StrictMath` in
/// float64 for float32, values by mpmath (golden/mpmath) for the rest.
class AccuracyTest {
  private static final Expr X = Expr.in(0);

  /// A float32 function with its float64 reference and the largest error allowed.
  enum Single {
    EXP(X.exp(), StrictMath::exp, 1),
    EXPM1(X.expm1(), StrictMath::expm1, 1.5),
    LOG(X.log(), StrictMath::log, 1),
    LOG1P(X.log1p(), StrictMath::log1p, 1),
    TANH(X.tanh(), StrictMath::tanh, 1.5),
    SIGMOID(X.sigmoid(), x -> 1 / (1 + StrictMath.exp(-x)), 2.5),
    SOFTPLUS(X.softplus(), x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))), 2),
    SIN(X.sin(), StrictMath::sin, 1.5),
    COS(X.cos(), StrictMath::cos, 1.5),
    TAN(X.tan(), StrictMath::tan, 0.51),
    RSQRT(X.rsqrt(), x -> 1 / Math.sqrt(x), 1.5),
    FLOOR(X.floor(), Math::floor, 0),
    CEIL(X.ceil(), Math::ceil, 0),
    RINT(X.rint(), Math::rint, 0),
    TRUNC(X.trunc(), x -> x < 0 ? Math.ceil(x) : Math.floor(x), 0);

    private final Expr e;
    private final DoubleUnaryOperator reference;
    private final double bound;

    Single(Expr e, DoubleUnaryOperator reference, double bound) {
      this.e = e;
      this.reference = reference;
      this.bound = bound;
    }
  }

  /// About 4 million floats spread over all bit patterns.
  @ParameterizedTest
  @EnumSource
  void float32FunctionsKeepTheirErrorBounds(Single f) {
    int n = 1 << 16;
    MemorySegment in = Cases.segment(DType.F32, n);
    MemorySegment out = Cases.segment(DType.F32, n);
    Loop loop = Loops.variants(f.e, new DType[] {DType.F32}, DType.F32, 0).getLast();
    for (long bits = Integer.MIN_VALUE; bits + n * 1021L <= Integer.MAX_VALUE; bits += n * 1021L) {
      for (int i = 0; i < n; i++) {
        in.setAtIndex(ValueLayout.JAVA_INT, i, (int) (bits + i * 1021L));
      }
      loop.run(in, 0, in, 0, in, 0, out, 0, n);
      for (int i = 0; i < n; i++) {
        float x = in.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        check(f, x, out.getAtIndex(ValueLayout.JAVA_FLOAT, i));
      }
    }
  }

  private static void check(Single f, float x, float y) {
    double exact = f.reference.applyAsDouble(x);
    float rounded = (float) exact;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded) || rounded == 0) {
      if (Float.compare(rounded, y) != 0) {
        assertEquals(rounded, y, f + " of " + x);
      }
      return;
    }
    double error = Math.abs(y - exact) / Math.ulp(rounded);
    if (!(error <= f.bound)) {
      assertTrue(false, f + " of " + x + " is " + y + ", wrong by " + error + " ulp");
    }
  }

  /// A float64 function computed by a polynomial, with Java's, itself good to 1 ulp.
  enum Wide {
    EXP(X.exp(), StrictMath::exp),
    EXPM1(X.expm1(), StrictMath::expm1),
    LOG(X.log(), StrictMath::log),
    LOG1P(X.log1p(), StrictMath::log1p),
    TANH(X.tanh(), StrictMath::tanh);

    private final Expr e;
    private final DoubleUnaryOperator reference;

    Wide(Expr e, DoubleUnaryOperator reference) {
      this.e = e;
      this.reference = reference;
    }
  }

  private static final double[] EDGES = {
    0,
    -0.0,
    1,
    -1,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e-310,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    709.782712893384,
    709.7827128933841,
    -745.1332191019411,
    -745.2,
    -708.5,
    -0.29,
    0.41,
    -0.9999999999999999,
    22,
    -22
  };

  /// At most 2 ulp away from Java's over all bit patterns, over the range of the exponential and
  /// around 0.
  @ParameterizedTest
  @EnumSource
  void float64FunctionsAreNearJavas(Wide f) {
    int n = 1 << 14;
    MemorySegment in = Cases.segment(DType.F64, n);
    MemorySegment out = Cases.segment(DType.F64, n);
    Random random = new Random(20_260_101);
    for (Loop loop : Loops.variants(f.e, new DType[] {DType.F64}, DType.F64, 0)) {
      for (int round = 0; round < 24; round++) {
        for (int i = 0; i < n; i++) {
          double x =
              switch (round % 3) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> (random.nextDouble() - 0.5) * 1500;
                default -> (random.nextDouble() - 0.5) * Math.scalb(1.0, 6 - random.nextInt(12));
              };
          in.setAtIndex(ValueLayout.JAVA_DOUBLE, i, i < EDGES.length ? EDGES[i] : x);
        }
        loop.run(in, 0, in, 0, in, 0, out, 0, n);
        for (int i = 0; i < n; i++) {
          double x = in.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
          double y = out.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
          double exact = f.reference.applyAsDouble(x);
          boolean near = exact != 0 && Math.abs(y - exact) <= 2 * Math.ulp(exact);
          if (!near && Double.compare(y, exact) != 0) {
            assertEquals(exact, y, f + " of " + x);
          }
        }
      }
    }
  }

  /// Bases of all bit patterns whose powers lie all over the range: there the error of the
  /// logarithm counts most.
  @Test
  void float32PowersKeepTheirErrorBound() {
    int n = 1 << 16;
    MemorySegment x = Cases.segment(DType.F32, n);
    MemorySegment y = Cases.segment(DType.F32, n);
    MemorySegment out = Cases.segment(DType.F32, n);
    Expr power = X.pow(Expr.in(1));
    Loop loop = Loops.variants(power, new DType[] {DType.F32, DType.F32}, DType.F32, 0).getLast();
    Random random = new Random(20_260_101);
    for (int round = 0; round < 16; round++) {
      for (int i = 0; i < n; i++) {
        boolean near1 = round % 2 == 0;
        float base =
            near1
                ? 1 + (random.nextFloat() - 0.4f) / (1 << random.nextInt(20))
                : Float.intBitsToFloat(random.nextInt() >>> 1);
        double exponent = (random.nextDouble() * 270 - 145) * Math.log(2) / Math.log(base);
        x.setAtIndex(ValueLayout.JAVA_FLOAT, i, base);
        y.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) exponent);
      }
      loop.run(x, 0, y, 0, x, 0, out, 0, n);
      for (int i = 0; i < n; i++) {
        float a = x.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        float b = y.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        double exact = StrictMath.pow(a, b);
        if (exact < Float.MIN_NORMAL || !(exact < Float.MAX_VALUE)) {
          continue;
        }
        double error =
            Math.abs(out.getAtIndex(ValueLayout.JAVA_FLOAT, i) - exact) / Math.ulp((float) exact);
        assertTrue(error <= 1.5, a + " to the power " + b + " is wrong by " + error + " ulp");
      }
    }
  }

  /// The rules of IEEE 754 for signs, zeros, infinities and NaN; Java's pow differs at 1 and −1
  /// only.
  @Test
  void float32PowersOfSpecialNumbersFollowIeee() {
    float inf = Float.POSITIVE_INFINITY;
    float[] some = {
      0,
      -0f,
      1,
      -1,
      2,
      -2,
      3,
      -3,
      0.5f,
      -0.5f,
      1.5f,
      -2.5f,
      1e-40f,
      -1e-40f,
      Float.MIN_VALUE,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      inf,
      -inf,
      Float.NaN,
      8388607,
      -8388607,
      8388608,
      8388609,
      16777215,
      -16777215,
      16777216,
      4194303.5f,
      Math.nextUp(1f),
      Math.nextDown(1f)
    };
    MemorySegment x = Cases.segment(DType.F32, 64);
    MemorySegment y = Cases.segment(DType.F32, 64);
    MemorySegment out = Cases.segment(DType.F32, 64);
    DType[] types = {DType.F32, DType.F32};
    for (Loop loop : Loops.variants(X.pow(Expr.in(1)), types, DType.F32, 0)) {
      for (float a : some) {
        for (int i = 0; i < some.length; i++) {
          x.setAtIndex(ValueLayout.JAVA_FLOAT, i, a);
          y.setAtIndex(ValueLayout.JAVA_FLOAT, i, some[i]);
        }
        loop.run(x, 0, y, 0, x, 0, out, 0, some.length);
        for (int i = 0; i < some.length; i++) {
          float b = some[i];
          boolean one = a == 1 || a == -1 && Float.isInfinite(b);
          float exact = one ? 1 : (float) StrictMath.pow(a, b);
          float got = out.getAtIndex(ValueLayout.JAVA_FLOAT, i);
          boolean near = Math.abs(got - exact) <= 1.5f * Math.ulp(exact) && exact != 0;
          String place = a + " to the power " + b + " is " + got + " instead of " + exact;
          assertTrue(near || Float.compare(got, exact) == 0, place);
        }
      }
    }
  }

  private static List<String[]> golden(String name) throws IOException {
    InputStream in = AccuracyTest.class.getResourceAsStream("/golden/mpmath/" + name);
    try (BufferedReader r = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return r.lines().filter(l -> !l.startsWith("#")).map(l -> l.split(" ")).toList();
    }
  }

  private static Expr named(String name, Expr... args) throws ReflectiveOperationException {
    for (var m : Expr.class.getMethods()) {
      if (m.getName().equals(name) && m.getParameterCount() == args.length - 1) {
        return (Expr) (args.length == 1 ? m.invoke(args[0]) : m.invoke(args[0], (Object) args[1]));
      }
    }
    throw new NoSuchMethodException(name);
  }

  /// Relative error at most 4e-15, or 2e-15 absolute where the function passes through 0.
  @Test
  void specialFunctionsAgreeWithMpmath() throws Exception {
    for (String[] row : golden("special.txt")) {
      double x = Double.parseDouble(row[1]);
      double exact = Double.parseDouble(row[2]);
      boolean crosses = row[0].equals("lgamma") && x < 0 || row[0].equals("digamma");
      for (DType t : List.of(DType.F64, DType.F32)) {
        if (t == DType.F32 && (x != (float) x || (float) exact == 0 || Math.abs(x) < 1e-30)) {
          continue;
        }
        MemorySegment in = Cases.segment(t, 1);
        MemorySegment out = Cases.segment(t, 1);
        Cases.put(in, t, 0, x, 0);
        Loops.of(named(row[0], X), List.of(t), t, 0).run(in, 0, in, 0, in, 0, out, 0, 1);
        double error = Math.abs(Cases.get(out, t, 0, 0) - exact);
        double allowed =
            t == DType.F64
                ? Math.max(4e-15 * Math.abs(exact), crosses ? 2e-15 : 0)
                : 1.2 * Math.ulp((float) exact);
        String place = String.format(Locale.ROOT, "%s(%s) of %s", row[0], x, t);
        assertTrue(error <= allowed, place + " is wrong by " + error + ", allowed " + allowed);
      }
    }
  }

  /// The error of a complex value is measured against its modulus.
  @Test
  void complexFunctionsAgreeWithMpmath() throws Exception {
    for (String[] row : golden("complex.txt")) {
      double[] v = new double[4];
      for (int i = 0; i < 4; i++) {
        v[i] = Double.parseDouble(row[i + 1]);
      }
      for (DType t : List.of(DType.C128, DType.C64)) {
        boolean two = List.of("pow", "div", "mul").contains(row[0]);
        Expr e = two ? named(row[0], X, Expr.in(1)) : named(row[0], X);
        MemorySegment in = Cases.segment(t, 1);
        MemorySegment other = Cases.segment(t, 1);
        MemorySegment out = Cases.segment(t, 1);
        Cases.put(in, t, 0, v[0], v[1]);
        Cases.put(other, t, 0, 0.7, -1.3);
        DType[] types = two ? new DType[] {t, t} : new DType[] {t};
        Loops.of(e, types, t, 0).run(in, 0, other, 0, in, 0, out, 0, 1);
        double re = Cases.get(out, t, 0, 0) - v[2];
        double im = Cases.get(out, t, 0, 1) - v[3];
        double error = Math.hypot(re, im) / Math.hypot(v[2], v[3]);
        // complex64 rounds its arguments first, which steep functions multiply by up to |x| = 25.
        double allowed = t == DType.C128 ? 3e-15 : 4e-6;
        String place = row[0] + "(" + v[0] + " + " + v[1] + "i) of " + t;
        assertTrue(error <= allowed, place + " is wrong by " + error + " of its size");
      }
    }
  }
}
