package dev.merapi.suite;

import dev.merapi.graph.Tracer;
import dev.merapi.memory.Scope;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Traces recorded calls with inputs of which less and less is known: what is inferred must leave
/// room for what TensorFlow computed.
public final class Unknowns {
  private static final int CASES = 60;

  /// How much is known of the inputs.
  private enum Known {
    SHAPES,
    ALL_BUT_THE_FIRST_AXIS,
    RANKS,
    NOTHING
  }

  private Unknowns() {}

  /// How many calls were traced and what was wrong.
  public record Found(int asked, List<String> failures) {}

  /// Tells whether calls were recorded; those of variables need handles and have tests of their
  /// own.
  public static boolean asks(OpDef op) {
    return Goldens.of(op.name()).stream().anyMatch(g -> g.fails() == null)
        && op.inputs().stream().noneMatch(a -> a.fixed() == DType.RESOURCE);
  }

  public static Found check(OpDef op) {
    List<String> wrong = new ArrayList<>();
    List<Golden> all = Goldens.of(op.name()).stream().filter(g -> g.fails() == null).toList();
    int asked = 0;
    for (int i = 0; i < Math.min(CASES, all.size()); i++) {
      Golden g = all.get((int) ((long) i * all.size() / Math.min(CASES, all.size())));
      if (refused(op, g)) {
        continue;
      }
      for (Known known : Known.values()) {
        asked++;
        String what = traced(op, g, known);
        if (what != null) {
          wrong.add(g + " with known " + known + ": " + what);
        }
      }
    }
    return new Found(asked, wrong);
  }

  /// Tells whether the call is one that Merapi refuses on purpose, which other checks look at.
  private static boolean refused(OpDef op, Golden g) {
    return op.deviations().stream().anyMatch(d -> !d.gradientOnly() && g.name().matches(d.cases()));
  }

  private static @Nullable String traced(OpDef op, Golden g, Known known) {
    try (Scope _ = Scope.open();
        Tracer tracer = Tracer.open("unknowns")) {
      Attrs attrs = Goldens.attrs(op, g);
      List<Array> given = g.inputs();
      Tensor[] in = new Tensor[given.size()];
      for (int i = 0; i < in.length; i++) {
        in[i] = tracer.input("x" + i, spec(given.get(i), known));
      }
      Tensor[] out = op.all(attrs, in);
      if (out.length != g.outputs().size()) {
        return out.length + " outputs, TensorFlow has " + g.outputs().size();
      }
      for (int i = 0; i < out.length; i++) {
        Array theirs = g.outputs().get(i);
        if (theirs != null
            && (out[i].dtype() != theirs.dtype()
                || !out[i].shape().accepts(Shape.of(theirs.dims())))) {
          return "output " + i + " inferred as " + out[i].spec() + ", TensorFlow " + theirs.spec();
        }
      }
      return null;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return GoldenCheck.thrown(e);
    }
  }

  private static Spec spec(Array a, Known known) {
    int[] d = a.dims().clone();
    switch (known) {
      case SHAPES -> {}
      case ALL_BUT_THE_FIRST_AXIS -> Arrays.fill(d, 0, Math.min(1, d.length), Shape.UNKNOWN_SIZE);
      case RANKS -> Arrays.fill(d, Shape.UNKNOWN_SIZE);
      case NOTHING -> {
        return new Spec(a.dtype(), Shape.UNKNOWN);
      }
    }
    return new Spec(a.dtype(), Shape.of(d));
  }
}
