package dev.merapi.suite;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.memory.Scope;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.Seeds;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Repeats TensorFlow's recorded calls and compares types, shapes, values and gradients.
public final class GoldenCheck {
  /// TensorFlow's own results lie a few ulp off the exact ones that [OpDef.Accuracy] speaks about.
  private static final double SLACK = 4;

  /// Gradients are compositions of a few operations, ours in another order than TensorFlow's.
  private static final double GRADIENT = 256;

  private GoldenCheck() {}

  /// Returns null when the case holds, else what is wrong.
  public static @Nullable String values(OpDef op, Golden g) {
    if (g.name().endsWith("_call1")) {
      // The generator recorded these calls, one after the other, on a context that had run none
      // before.
      Seeds.clearSeed();
    }
    try (Scope _ = Scope.open()) {
      if (g.fails() != null) {
        return Refusals.expect(
            op + " refuses what TensorFlow refuses (" + g.fails() + ")", "", () -> run(op, g));
      }
      Tensor[] out = run(op, g);
      if (out.length != g.outputs().size()) {
        return out.length + " outputs, TensorFlow has " + g.outputs().size();
      }
      for (int i = 0; i < out.length; i++) {
        if (g.outputs().get(i) == null) {
          continue;
        }
        String wrong = output(op, g, i, Array.of(out[i]));
        if (wrong != null) {
          return (out.length == 1 ? "" : "output " + i + " ") + wrong;
        }
      }
      return null;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return thrown(e);
    }
  }

  static String thrown(Throwable e) {
    StackTraceElement[] t = e.getStackTrace();
    StringBuilder s = new StringBuilder(e.getClass().getSimpleName() + ": " + e.getMessage());
    for (int i = 0, shown = 0; i < t.length && shown < 4; i++) {
      if (t[i].getClassName().startsWith("dev.merapi")
          && !t[i].getClassName().startsWith("dev.merapi.say")) {
        s.append("\n      at ").append(t[i]);
        shown++;
      }
    }
    return s.toString();
  }

  static Tensor[] run(OpDef op, Golden g) {
    return Places.call(op, Goldens.attrs(op, g), tensors(g.inputs()));
  }

  static Tensor[] tensors(List<Array> arrays) {
    return arrays.stream().map(Array::tensor).toArray(Tensor[]::new);
  }

  private static @Nullable String output(OpDef op, Golden g, int i, Array actual) {
    String wrong = compared(op, g, i, actual);
    return wrong != null && i == 0 && Exact.confirms(op, g, actual) ? null : wrong;
  }

  private static @Nullable String compared(OpDef op, Golden g, int i, Array actual) {
    Array expected = flushed(g) ? asZeros(g.outputs().get(i)) : g.outputs().get(i);
    String exact = Compare.difference(expected, flushed(g) ? asZeros(actual) : actual, null);
    if (exact == null || !expected.dtype().isDifferentiable()) {
      return exact;
    }
    DType d = expected.dtype();
    double ulps = d.real() == DType.F64 ? op.accuracy().float64Ulps() : op.accuracy().float32Ulps();
    Compare.Tolerance tolerance;
    if (ulps < 0) {
      // Some results are differences of numbers as large as the largest result, as the gradient of
      // a cross entropy.
      double[] sums = magnitudes(op, g, i);
      double least = largest(expected);
      tolerance =
          (k, e) ->
              (SLACK - ulps) * Compare.epsilon(d) * Math.max(least, sums == null ? 0 : sums[k]);
    } else if (ulps == 0 && (op.scalar() == null || !d.isComplex())) {
      return d == DType.F16 || d == DType.BF16 ? half(op, g, i, actual, exact) : exact;
    } else {
      tolerance = (k, e) -> (ulps + SLACK) * Compare.ulp(d, e);
    }
    if (d == DType.F16 || d == DType.BF16) {
      Compare.Tolerance wide = tolerance;
      tolerance = ulps < 0 ? wide : (k, e) -> Compare.ulp(d, e);
    }
    String wrong = Compare.difference(expected, actual, tolerance);
    return wrong != null && (d == DType.F16 || d == DType.BF16)
        ? half(op, g, i, actual, wrong)
        : wrong;
  }

  /// Tells whether an input holds numbers that TensorFlow's kernels take for zero and ours do not:
  /// subnormal ones. Of such cases only types and shapes are compared.
  private static boolean flushed(Golden g) {
    for (Array a : g.inputs()) {
      if (a.dtype() == DType.F32 || a.dtype() == DType.F64) {
        for (double p : a.parts64()) {
          if (p != 0 && Math.abs(p) < Compare.smallest(a.dtype())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static Array asZeros(Array a) {
    return new Array(a.dtype(), a.dims(), new byte[a.data().length], a.strings());
  }

  /// TensorFlow rounds to 16 bits between the steps of some kernels. Ours then may be the rounding
  /// of the float32 result instead, as long as TensorFlow's own is not far off.
  private static @Nullable String half(OpDef op, Golden g, int i, Array actual, String wrong) {
    Array expected = g.outputs().get(i);
    DType d = expected.dtype();
    double largest = Math.max(1, largest(expected));
    Compare.Tolerance near =
        (k, e) -> Math.max(64 * Compare.ulp(d, e), 4 * Compare.epsilon(d) * largest);
    if (Compare.difference(expected, actual, near) != null) {
      return wrong;
    }
    try {
      Tensor[] in = tensors(g.inputs().stream().map(a -> widened(a, DType.F32, false)).toList());
      Tensor[] wide = Places.call(op, Goldens.attrs(op, g), in);
      if (wide[i].dtype() != DType.F32) {
        return wrong;
      }
      Array rounded = Array.of(d, expected.dims(), Array.of(wide[i]).parts64());
      String again = Compare.difference(rounded, actual, (k, e) -> Compare.ulp(d, e));
      return again == null ? null : wrong;
    } catch (IllegalArgumentException e) {
      return wrong;
    }
  }

  private static double largest(Array a) {
    return Arrays.stream(a.parts64()).map(Math::abs).filter(v -> v < 1 / 0.0).max().orElse(0);
  }

  /// Returns the result of the same call on absolute values in float64: what a sum's rounding is
  /// measured against.
  private static double @Nullable [] magnitudes(OpDef op, Golden g, int i) {
    try {
      Tensor[] in = tensors(g.inputs().stream().map(a -> widened(a, DType.F64, true)).toList());
      Tensor[] sums = Places.call(op, Goldens.attrs(op, g), in);
      double[] m = Array.of(sums[i]).parts64();
      Array expected = g.outputs().get(i);
      if (expected.dtype().isComplex() && m.length == expected.size()) {
        double[] both = new double[2 * m.length];
        Arrays.setAll(both, k -> m[k / 2]);
        return both;
      }
      return m.length == expected.parts() ? m : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Returns floats as another float type; complex numbers become their magnitudes where absolute
  /// values are asked for.
  private static Array widened(Array a, DType to, boolean absolute) {
    if (!a.dtype().isDifferentiable()) {
      return a;
    }
    if (a.dtype().isComplex()) {
      double[] p = new double[a.size()];
      Arrays.setAll(p, k -> Math.hypot(a.part(2 * k), a.part(2 * k + 1)));
      return Array.of(to, a.dims(), p);
    }
    double[] p = a.parts64();
    if (absolute) {
      Arrays.setAll(p, k -> Math.abs(p[k]));
    }
    return Array.of(to, a.dims(), p);
  }

  /// Returns null when the recorded gradient is met, else what is wrong. Cases without a gradient
  /// hold.
  public static @Nullable String gradient(OpDef op, Golden g) {
    List<@Nullable Array> dy = g.dy();
    List<@Nullable Array> dx = g.dx();
    if (dy == null || dx == null) {
      return null;
    }
    if (op.gradient() == null) {
      return dx.stream().allMatch(GoldenCheck::isZero)
          ? null
          : "TensorFlow has a gradient, here there is none: " + op.noGradient();
    }
    try (Scope _ = Scope.open()) {
      Attrs attrs = Goldens.attrs(op, g);
      Tensor[] in = tensors(g.inputs());
      List<Tensor> sources = new ArrayList<>();
      for (Tensor t : in) {
        if (t.dtype().isDifferentiable()) {
          sources.add(t);
        }
      }
      Gradients found;
      try (GradientTape tape = new GradientTape()) {
        sources.forEach(tape::watch);
        Tensor[] out = op.all(attrs, in);
        List<Tensor> targets = new ArrayList<>();
        List<@Nullable Tensor> arrives = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
          Array a = dy.get(i);
          if (a != null) {
            targets.add(out[i]);
            arrives.add(a.tensor());
          }
        }
        found = tape.gradients(targets, sources, arrives, false);
      }
      return compare(in, sources, found, dy, dx);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return "gradient: " + thrown(e);
    }
  }

  private static @Nullable String compare(
      Tensor[] in,
      List<Tensor> sources,
      Gradients found,
      List<@Nullable Array> dy,
      List<@Nullable Array> dx) {
    // Where a function is flat, as tanh far out, its gradient is a small difference of numbers as
    // large as dy.
    double arriving = 0;
    for (Array a : dy) {
      arriving =
          Math.max(
              arriving, a == null ? 0 : Arrays.stream(a.parts64()).map(Math::abs).max().orElse(0));
    }
    for (int i = 0, p = 0; i < in.length; i++) {
      if (p >= sources.size() || in[i] != sources.get(p)) {
        continue;
      }
      Tensor ours = found.get(p++);
      Array theirs = dx.get(i);
      String where = "gradient of input " + i + ": ";
      if (ours == null || theirs == null) {
        Array given = ours == null ? theirs : Array.of(ours);
        if (!isZero(given)) {
          return where + (ours == null ? "null, TensorFlow " : "TensorFlow null, here ") + given;
        }
        continue;
      }
      Array ourArray = atPoles(theirs, Array.of(ours));
      double scale = GRADIENT / 8 * median(theirs) + GRADIENT / 32 * arriving;
      DType d = theirs.dtype();
      String wrong =
          Compare.difference(
              theirs, ourArray, (k, e) -> Compare.epsilon(d) * (GRADIENT * Math.abs(e) + scale));
      if (wrong != null) {
        return where + wrong;
      }
    }
    return null;
  }

  /// At a pole there is no derivative: where TensorFlow says NaN, an infinity of ours counts as
  /// NaN.
  private static Array atPoles(Array theirs, Array ours) {
    if (ours.dtype() != theirs.dtype() || ours.parts() != theirs.parts()) {
      return ours;
    }
    double[] p = ours.parts64();
    for (int i = 0; i < p.length; i++) {
      p[i] = theirs.part(i) != theirs.part(i) && Double.isInfinite(p[i]) ? Double.NaN : p[i];
    }
    return Array.of(ours.dtype(), ours.dims(), p);
  }

  private static boolean isZero(@Nullable Array a) {
    if (a != null) {
      for (int i = 0; i < a.parts(); i++) {
        if (a.part(i) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// Returns the middle of the magnitudes: a scale that huge special values do not spoil.
  private static double median(Array a) {
    double[] m =
        Arrays.stream(a.parts64()).map(Math::abs).filter(v -> v < 1 / 0.0).sorted().toArray();
    return m.length == 0 ? 0 : m[m.length / 2];
  }
}
