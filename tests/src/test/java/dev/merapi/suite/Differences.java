package dev.merapi.suite;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.memory.Scope;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.say.ArgumentError;
import dev.merapi.say.GradientError;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Compares gradients along random directions with central differences in float64, of order 1 and
/// 2.
///
/// With `y` the results, `w` weights of them and `v` a direction of the inputs, order 1 compares `v
/// · dx(x, w)` with the slope of `w · y(x + tv)`; order 2 compares the tape's gradient of `v ·
/// dx(x, w)` along a direction of `x` and `w` with the slope of `v · dx`. All sums are made here,
/// so that no other operation takes part.
public final class Differences {
  /// Every random number comes from this and the name of the case; the system property
  /// `merapi.seed` replays.
  public static final long SEED = Long.getLong("merapi.seed", 20_260_101L);

  private static final double STEP = 0x1p-10;
  private static final double ALLOWED = 1e-6;

  /// Cases a test looks at for one operation; the first ones differ most from each other.
  private static final int CASES = 24;

  private static final int LARGEST = 400;

  /// What came out for one case.
  enum Verdict {
    GOOD,
    /// The differences of two step widths disagree: the point lies at a kink or a pole.
    KINK,
    WRONG
  }

  private record Outcome(Verdict verdict, String text) {}

  private final OpDef op;
  private final Attrs attrs;
  private final List<Array> in;
  private final int[] where;
  private final Random random;

  private Differences(OpDef op, Golden g, List<Array> in) {
    this.op = op;
    this.attrs = Goldens.attrs(op, g, true);
    this.in = in;
    this.where =
        java.util.stream.IntStream.range(0, in.size())
            .filter(i -> in.get(i).dtype().isDifferentiable())
            .toArray();
    this.random = new Random(SEED ^ g.toString().hashCode());
  }

  /// How many cases were compared and what was wrong.
  public record Found(int asked, List<String> failures) {}

  /// Tells whether there is a gradient and something in float64 to compare it on. What was not
  /// recorded and cannot be invented has tests of its own, which the spec looks for.
  public static boolean asks(OpDef op) {
    // Gradients that flow to handles of variables are asked by hand.
    if (op.gradient() == null || op.inputs().stream().anyMatch(a -> a.fixed() == DType.RESOURCE)) {
      return false;
    }
    List<Golden> recorded = Goldens.of(op.name());
    return recorded.isEmpty()
        ? !invented(op).isEmpty()
        : recorded.stream().anyMatch(g -> wide(op, g) != null);
  }

  /// Checks gradients of one order for one operation.
  public static Found check(OpDef op, int order) {
    List<String> failures = new ArrayList<>();
    int good = 0;
    int kinks = 0;
    List<Golden> cases = cases(op);
    for (Golden g : cases) {
      List<Array> in = wide(op, g);
      if (in == null) {
        continue;
      }
      try (Scope _ = Scope.open()) {
        Differences d = new Differences(op, g, in);
        if (!d.isWide()) {
          continue;
        }
        Outcome o = order == 1 ? d.first() : d.second();
        switch (o.verdict()) {
          case GOOD -> good++;
          case KINK -> kinks++;
          case WRONG -> {
            // Where functions are not holomorphic, or write one place twice, TensorFlow's
            // convention is the law.
            boolean law = order == 1 && g.dx() != null && GoldenCheck.gradient(op, g) == null;
            if (law) {
              good++;
            } else {
              failures.add(
                  g + ": " + o.text() + " (replay with -Dmerapi.seed=" + SEED + ") inputs " + in);
            }
          }
        }
      } catch (GradientError e) {
        // The gradient exists to refuse, as that of PreventGradient; recorded gradients must not be
        // there then.
        if (g.dx() == null) {
          good++;
        } else {
          failures.add(g + ": " + e.getMessage());
        }
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        failures.add(g + ": " + GoldenCheck.thrown(e));
      }
    }
    if (good + failures.size() == 0) {
      failures.add(
          op
              + ": nothing to compare with differences: "
              + cases.size()
              + " cases, "
              + kinks
              + " at kinks");
    }
    return new Found(good + failures.size(), failures);
  }

  /// Picks tame cases, as different from each other as their order and length allow.
  private static List<Golden> cases(OpDef op) {
    List<Golden> all =
        Goldens.of(op.name()).stream()
            .filter(g ->
                g.fails() == null
                    && g.isTame()
                    && g.inputs().stream().mapToInt(Array::size).sum() <= LARGEST)
            .filter(g ->
                g.inputs().stream().anyMatch(a -> a.dtype().isDifferentiable() && a.size() > 0))
            .filter(g -> wide(op, g) != null)
            .filter(g -> offered(op, g))
            .toList();
    if (Goldens.of(op.name()).isEmpty()) {
      return invented(op);
    }
    if (all.size() <= CASES) {
      return all;
    }
    List<Golden> some = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      some.add(all.get((int) ((long) i * all.size() / CASES)));
    }
    return some;
  }

  /// Tells whether the operation takes the types of a case: what it refuses on purpose has no slope
  /// to ask for.
  private static boolean offered(OpDef op, Golden g) {
    if (op.inputs().stream().anyMatch(dev.merapi.op.ArgDef::list)) {
      return true;
    }
    for (int i = 0; i < op.inputs().size(); i++) {
      if (!op.accepts(i, g.inputs().get(i).dtype())) {
        return false;
      }
    }
    return true;
  }

  /// Makes a case for an operation that was not recorded: small matrices, and zeros where indices
  /// belong.
  private static List<Golden> invented(OpDef op) {
    Random random = new Random(SEED ^ op.name().hashCode());
    List<Array> in = new ArrayList<>();
    for (dev.merapi.op.ArgDef a : op.inputs()) {
      for (int k = 0; k < (a.list() ? 2 : 1); k++) {
        DType fixed = a.fixed();
        double low = op.domain().low();
        double wide = op.domain().high() - low;
        in.add(
            fixed != null && !fixed.isDifferentiable()
                ? new Array(fixed, new int[0], new byte[fixed.bytes()], null)
                : Array.of(
                    DType.F64,
                    new int[] {2, 3},
                    random.doubles(6).map(r -> low + wide * r).toArray()));
      }
    }
    Golden g =
        new Golden(
            op.name(),
            "invented",
            java.util.Map.of(),
            in,
            List.of(),
            null,
            null,
            new int[0],
            null,
            null);
    try {
      op.all(Goldens.attrs(op, g), GoldenCheck.tensors(in));
      return List.of(g);
    } catch (ArgumentError e) {
      return List.of();
    }
  }

  /// Returns the inputs in float64 or complex128, or null where the operation does not take them
  /// so.
  private static @Nullable List<Array> wide(OpDef op, Golden g) {
    boolean half =
        g.inputs().stream().anyMatch(a -> a.dtype() == DType.F16 || a.dtype() == DType.BF16);
    boolean any = g.inputs().stream().anyMatch(a -> a.dtype().isDifferentiable());
    if (half
        || !any
        || op.inputs().size() != g.inputs().size()
            && op.inputs().stream().noneMatch(a -> a.list())) {
      return null;
    }
    for (dev.merapi.op.ArgDef a : op.inputs()) {
      if (a.fixed() == DType.F32) {
        return null;
      }
    }
    if (op.outputs().stream().anyMatch(a -> a.fixed() == DType.F32)) {
      return null;
    }
    for (dev.merapi.op.TypeVar t : op.types()) {
      if (t.types().has(DType.F32) && !t.types().has(DType.F64)) {
        return null;
      }
    }
    List<Array> w = new ArrayList<>();
    for (Array a : g.inputs()) {
      DType d =
          a.dtype() == DType.F32 ? DType.F64 : a.dtype() == DType.C64 ? DType.C128 : a.dtype();
      w.add(d == a.dtype() ? a : Array.of(d, a.dims(), a.parts64()));
    }
    return w;
  }

  /// Tells whether results have 53 bits: differences of fewer bits show nothing.
  private boolean isWide() {
    for (Tensor t : op.all(attrs, moved(0, randomLike(points())))) {
      if (t.dtype().isDifferentiable() && t.dtype().real() != DType.F64) {
        return false;
      }
    }
    return true;
  }

  /// Draws a direction of the inputs; symmetric matrices stay symmetric, because operations on such
  /// read only one half.
  private double[][] direction() {
    double[][] v = randomLike(points());
    for (int k = 0; k < where.length; k++) {
      Array a = in.get(where[k]);
      int[] dims = a.dims();
      int n = dims.length < 2 ? 0 : dims[dims.length - 1];
      if (n > 1 && dims[dims.length - 2] == n && isSymmetric(a, n)) {
        int parts = a.dtype().isComplex() ? 2 : 1;
        for (int m = 0; m < v[k].length; m += n * n * parts) {
          mirror(v[k], m, n, parts);
        }
      }
    }
    return v;
  }

  private static boolean isSymmetric(Array a, int n) {
    double[] p = a.parts64();
    double[] q = p.clone();
    int parts = a.dtype().isComplex() ? 2 : 1;
    for (int m = 0; m < q.length; m += n * n * parts) {
      mirror(q, m, n, parts);
    }
    for (int i = 0; i < p.length; i++) {
      if (Math.abs(p[i] - q[i]) > 1e-5) {
        return false;
      }
    }
    return true;
  }

  /// Copies the lower half of a matrix into the upper, conjugated where numbers are complex.
  private static void mirror(double[] p, int from, int n, int parts) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        int low = from + (i * n + j) * parts;
        int high = from + (j * n + i) * parts;
        p[high] = p[low];
        if (parts == 2) {
          p[high + 1] = i == j ? 0 : -p[low + 1];
        }
      }
    }
  }

  private double[][] randomLike(List<double[]> like) {
    double[][] r = new double[like.size()][];
    for (int i = 0; i < r.length; i++) {
      r[i] = random.doubles(like.get(i).length, -1, 1).toArray();
    }
    return r;
  }

  /// Returns the differentiable inputs moved by `t` along `v`.
  private Tensor[] moved(double t, double[][] v) {
    Tensor[] x = new Tensor[in.size()];
    int k = 0;
    for (int i = 0; i < x.length; i++) {
      Array a = in.get(i);
      if (a.dtype().isDifferentiable()) {
        double[] p = a.parts64();
        for (int j = 0; j < p.length; j++) {
          p[j] += t * v[k][j];
        }
        x[i] = Array.of(a.dtype(), a.dims(), p).tensor();
        k++;
      } else {
        x[i] = a.tensor();
      }
    }
    return x;
  }

  private List<double[]> points() {
    List<double[]> p = new ArrayList<>();
    for (int i : where) {
      p.add(in.get(i).parts64());
    }
    return p;
  }

  private static List<Tensor> differentiable(Tensor[] t) {
    return java.util.Arrays.stream(t).filter(x -> x.dtype().isDifferentiable()).toList();
  }

  private static double dot(double[] a, double[] b) {
    double s = 0;
    for (int i = 0; i < a.length; i++) {
      s += a[i] * b[i];
    }
    return s;
  }

  private static double dots(List<? extends @Nullable Tensor> t, double[][] w) {
    double s = 0;
    for (int i = 0; i < w.length; i++) {
      Tensor x = t.get(i);
      s += x == null ? 0 : dot(Array.of(x).parts64(), w[i]);
    }
    return s;
  }

  /// Weights of the results as tensors moved by `t` along `u`.
  private static List<Tensor> weights(
      List<Tensor> like, double[][] w, double t, double @Nullable [][] u) {
    List<Tensor> r = new ArrayList<>();
    for (int i = 0; i < w.length; i++) {
      double[] p = w[i].clone();
      for (int j = 0; u != null && j < p.length; j++) {
        p[j] += t * u[i][j];
      }
      r.add(Array.of(like.get(i).dtype(), like.get(i).shape().dims(), p).tensor());
    }
    return r;
  }

  private Gradients gradient(Tensor[] x, double[][] w, double t, double @Nullable [][] u) {
    try (GradientTape tape = new GradientTape()) {
      List<Tensor> sources = differentiable(x);
      sources.forEach(tape::watch);
      List<Tensor> y = differentiable(op.all(attrs, x));
      return tape.gradients(y, sources, weights(y, w, t, u), false);
    }
  }

  /// Draws weights of the results; 0 for those through which no gradient flows, as the statistics
  /// that FusedBatchNorm gives beside its result. Whether TensorFlow lets it flow there is for
  /// recorded gradients to say.
  private double[][] weights(List<Tensor> y) {
    double[][] w = randomLike(y.stream().map(t -> Array.of(t).parts64()).toList());
    if (w.length == 1) {
      return w;
    }
    Tensor[] x = moved(0, randomLike(points()));
    boolean[] silent = new boolean[w.length];
    for (int i = 0; i < w.length; i++) {
      double[][] alone = new double[w.length][];
      for (int k = 0; k < w.length; k++) {
        alone[k] = k == i ? w[i] : new double[w[k].length];
      }
      silent[i] =
          gradient(x, alone, 0, null).stream()
              .allMatch(d -> d == null || isZero(Array.of(d).parts64()));
    }
    for (int i = 0; i < w.length; i++) {
      if (silent[i]) {
        w[i] = new double[w[i].length];
      }
    }
    return w;
  }

  private static boolean isZero(double[] a) {
    for (double v : a) {
      if (v != 0) {
        return false;
      }
    }
    return true;
  }

  private Outcome first() {
    List<Tensor> y = differentiable(op.all(attrs, moved(0, randomLike(points()))));
    double[][] w = weights(y);
    double[][] v = direction();
    double slope = dots(gradient(moved(0, v), w, 0, null), v);
    return compare("order 1", slope, t -> dots(differentiable(op.all(attrs, moved(t, v))), w));
  }

  private Outcome second() {
    double[][] v = direction();
    Tensor[] x = moved(0, v);
    List<Tensor> sources = differentiable(x);
    double slope;
    double[][] ux = direction();
    double[][] w = weights(differentiable(op.all(attrs, x)));
    double[][] uw = randomLike(List.of(w));
    for (int i = 0; i < w.length; i++) {
      if (isZero(w[i])) {
        uw[i] = w[i];
      }
    }
    try (GradientTape outer = new GradientTape()) {
      sources.forEach(outer::watch);
      List<@Nullable Tensor> dx;
      List<Tensor> dy;
      try (GradientTape inner = new GradientTape()) {
        sources.forEach(inner::watch);
        List<Tensor> y = differentiable(op.all(attrs, x));
        dy = weights(y, w, 0, null);
        dy.forEach(outer::watch);
        dx = inner.gradients(y, sources, dy, false);
      }
      List<Tensor> targets = new ArrayList<>();
      List<@Nullable Tensor> arrives = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        Tensor d = dx.get(i);
        if (d != null) {
          targets.add(d);
          arrives.add(Array.of(d.dtype(), d.shape().dims(), v[i]).tensor());
        } else {
          // An input without a gradient, which order 1 looks at, has no slope here either: it stays
          // where it is.
          ux[i] = new double[ux[i].length];
        }
      }
      List<Tensor> both = new ArrayList<>(sources);
      both.addAll(dy);
      double[][] u = new double[both.size()][];
      System.arraycopy(ux, 0, u, 0, ux.length);
      System.arraycopy(uw, 0, u, ux.length, uw.length);
      slope = targets.isEmpty() ? 0 : dots(outer.gradients(targets, both, arrives, false), u);
    }
    return compare("order 2", slope, t -> dots(gradient(moved(t, ux), w, t, uw), v));
  }

  /// Differences of fourth order with two step widths: where they disagree there is a kink.
  private static Outcome compare(
      String what, double slope, java.util.function.DoubleUnaryOperator f) {
    double wide = slope(f, STEP);
    double narrow = slope(f, STEP / 4);
    double size = Math.max(1e-3, Math.max(Math.abs(narrow), Math.abs(f.applyAsDouble(0)) * 1e-3));
    if (Math.abs(slope - narrow) <= ALLOWED * size || Math.abs(slope - wide) <= ALLOWED * size) {
      return new Outcome(Verdict.GOOD, "");
    }
    if (bends(f)) {
      return new Outcome(Verdict.KINK, "");
    }
    // A strongly curved function still tells right from wrong, more roughly.
    double unsure = Math.abs(wide - narrow);
    if (!(unsure <= ALLOWED * size)) {
      double finer = slope(f, STEP / 64);
      if (Math.abs(slope - finer) <= 100 * ALLOWED * size) {
        return new Outcome(Verdict.GOOD, "");
      }
      if (!(Math.abs(finer - narrow) <= 100 * ALLOWED * size)) {
        return new Outcome(Verdict.KINK, "");
      }
    }
    return new Outcome(
        Verdict.WRONG, what + ": gradient along a direction " + slope + ", differences " + narrow);
  }

  /// Tells whether the slopes on both sides of the point differ however near they are taken.
  private static boolean bends(java.util.function.DoubleUnaryOperator f) {
    double wide = jump(f, STEP);
    double narrow = jump(f, STEP / 16);
    return narrow > wide / 4 && narrow > 1e-6;
  }

  private static double jump(java.util.function.DoubleUnaryOperator f, double h) {
    double here = f.applyAsDouble(0);
    return Math.abs((f.applyAsDouble(h) - here) / h - (here - f.applyAsDouble(-h)) / h);
  }

  private static double slope(java.util.function.DoubleUnaryOperator f, double h) {
    double near = f.applyAsDouble(h) - f.applyAsDouble(-h);
    double far = f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h);
    return (8 * near - far) / (12 * h);
  }
}
