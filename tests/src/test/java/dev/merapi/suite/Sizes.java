package dev.merapi.suite;

import dev.merapi.memory.Scope;
import dev.merapi.op.OpDef;
import dev.merapi.say.ArgumentError;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Shrinks axes of recorded calls to sizes 0 and 1: the result must be what was inferred, or a
/// typed error; never another exception.
public final class Sizes {
  private static final int CASES = 40;

  private Sizes() {}

  /// How many calls were made and what was wrong.
  public record Found(int asked, List<String> failures) {}

  /// Tells whether some recorded input has an axis to shrink.
  public static boolean asks(OpDef op) {
    return Goldens.of(op.name()).stream()
        .anyMatch(g ->
            g.fails() == null
                && g.inputs().stream().anyMatch(a -> a.size() > 0 && a.dims().length > 0));
  }

  public static Found check(OpDef op) {
    List<String> wrong = new ArrayList<>();
    List<Golden> all = Goldens.of(op.name()).stream().filter(g -> g.fails() == null).toList();
    int asked = 0;
    for (int i = 0; i < Math.min(CASES, all.size()); i++) {
      Golden g = all.get((int) ((long) i * all.size() / Math.min(CASES, all.size())));
      TreeSet<Integer> sizes = new TreeSet<>();
      g.inputs().forEach(a -> Arrays.stream(a.dims()).filter(d -> d > 0).forEach(sizes::add));
      for (int from : sizes) {
        for (int to = 0; to <= 1; to++) {
          asked++;
          int size = to;
          call(op, g, g.inputs().stream().map(a -> shrunk(a, from, size)).toList(), wrong);
        }
      }
    }
    return new Found(asked, wrong);
  }

  private static void call(OpDef op, Golden g, List<Array> in, List<String> wrong) {
    try (Scope _ = Scope.open()) {
      Tensor[] out = Places.call(op, Goldens.attrs(op, g), GoldenCheck.tensors(in));
      for (Tensor t : out) {
        if (!t.shape().isKnown()) {
          wrong.add(g + " shrunk to " + in + ": a result without a known shape: " + t.spec());
        }
      }
    } catch (ArgumentError e) {
      // A call that does not fit may be refused, as long as it is said so.
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      wrong.add(g + " shrunk to " + in + ": " + GoldenCheck.thrown(e));
    }
  }

  /// Returns the array with every axis of size `from` cut to `to`.
  private static Array shrunk(Array a, int from, int to) {
    int[] dims = Arrays.stream(a.dims()).map(d -> d == from ? to : d).toArray();
    int n = Arrays.stream(dims).reduce(1, (x, y) -> x * y);
    byte[][] texts = a.strings();
    return new Array(
        a.dtype(),
        dims,
        Arrays.copyOf(a.data(), n * a.dtype().bytes()),
        a.dtype() == DType.STRING && texts != null ? Arrays.copyOf(texts, n) : null);
  }
}
