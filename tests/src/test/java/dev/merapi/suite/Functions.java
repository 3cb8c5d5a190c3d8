package dev.merapi.suite;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.memory.Scope;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares functions of several operations with recorded calls of TensorFlow's.
///
/// Both add and multiply in their own order, so numbers may differ by some roundings of the largest
/// result.
public final class Functions {
  private static final double VALUES = 32;
  private static final double GRADIENTS = 128;

  private Functions() {}

  /// Returns what is wrong with values and gradients; nothing when all agree.
  ///
  /// @param precision the type whose roundings are allowed; null for that of the results
  public static List<String> differences(
      Golden g, @Nullable DType precision, Function<Tensor[], Tensor[]> function) {
    List<String> wrong = new ArrayList<>();
    try (Scope _ = Scope.open();
        GradientTape tape = new GradientTape()) {
      Tensor[] in = GoldenCheck.tensors(g.inputs());
      List<Tensor> sources = new ArrayList<>();
      for (Tensor t : in) {
        if (t.dtype().isDifferentiable()) {
          sources.add(t);
        }
      }
      sources.forEach(tape::watch);
      Tensor[] out = function.apply(in);
      if (out.length != g.outputs().size()) {
        return List.of(g + ": " + out.length + " outputs, TensorFlow has " + g.outputs().size());
      }
      for (int i = 0; i < out.length; i++) {
        note(wrong, g + " output " + i, g.outputs().get(i), Array.of(out[i]), VALUES, precision);
      }
      List<@Nullable Array> dy = g.dy();
      List<@Nullable Array> dx = g.dx();
      if (dy == null || dx == null) {
        return wrong;
      }
      List<Tensor> targets = new ArrayList<>();
      List<@Nullable Tensor> arrives = new ArrayList<>();
      for (int i = 0; i < out.length; i++) {
        Array a = dy.get(i);
        if (a != null) {
          targets.add(out[i]);
          arrives.add(a.tensor());
        }
      }
      Gradients found = tape.gradients(targets, sources, arrives, false);
      for (int i = 0, k = 0; i < in.length; i++) {
        if (!in[i].dtype().isDifferentiable()) {
          continue;
        }
        Tensor mine = found.get(k++);
        Array theirs = dx.get(i);
        if (theirs == null ? mine != null : mine == null) {
          wrong.add(g + " gradient of input " + i + ": " + mine + ", TensorFlow " + theirs);
        } else if (theirs != null && mine != null) {
          note(wrong, g + " gradient of input " + i, theirs, Array.of(mine), GRADIENTS, precision);
        }
      }
    }
    return wrong;
  }

  /// Returns null when both agree up to `roundings` of the largest number, else what is wrong.
  public static @Nullable String difference(Array expected, Array actual, double roundings) {
    return difference(
        expected, actual, roundings * Compare.epsilon(expected.dtype()), largest(expected));
  }

  private static @Nullable String difference(
      Array expected, Array actual, double share, double of) {
    return Compare.difference(expected, actual, (k, e) -> share * of);
  }

  private static double largest(Array a) {
    return a.dtype().isDifferentiable()
        ? Arrays.stream(a.parts64()).map(Math::abs).filter(v -> v < 1 / 0.0).max().orElse(0)
        : 0;
  }

  /// Gradients may be differences of numbers around 1 and come out as nearly 0.
  private static void note(
      List<String> wrong,
      String what,
      Array expected,
      Array actual,
      double roundings,
      @Nullable DType precision) {
    double share = roundings * Compare.epsilon(precision == null ? expected.dtype() : precision);
    double of = roundings == GRADIENTS ? Math.max(1, largest(expected)) : largest(expected);
    String d = difference(expected, actual, share, of);
    if (d != null) {
      wrong.add(what + ": " + d);
    }
  }
}
