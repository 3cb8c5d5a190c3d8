package dev.merapi.suite;

import dev.merapi.memory.Scope;
import dev.merapi.op.OpDef;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values with 60 digits of the inputs that TensorFlow was recorded with: they measure the declared
/// accuracy, and decide where TensorFlow and Merapi differ.
public final class Exact {
  /// What a function of recorded inputs really is, as the sum of two float64; see
  /// `tests/golden/exact/make_exact.py`.
  private record Value(double[] hi, double[] lo) {
    boolean isKnown(int i) {
      return lo[i] < 1 / 0.0;
    }
  }

  private static @Nullable Map<String, Value> all;

  private Exact() {}

  private static synchronized Map<String, Value> all() {
    Map<String, Value> found = all;
    if (found == null) {
      found = new HashMap<>();
      Path file = Goldens.folder().resolveSibling("exact").resolve("exact.jsonl.gz");
      for (Map<String, Object> m : Goldens.lines(file)) {
        found.put(
            m.get("op") + "/" + m.get("case"),
            new Value(doubles(m.get("hi")), doubles(m.get("lo"))));
      }
      all = found;
    }
    return found;
  }

  private static double[] doubles(Object base64) {
    ByteBuffer b =
        ByteBuffer.wrap(Base64.getDecoder().decode((String) base64)).order(ByteOrder.LITTLE_ENDIAN);
    double[] d = new double[b.remaining() / 8];
    b.asDoubleBuffer().get(d);
    return d;
  }

  /// Tells whether exact values of the operation are there.
  public static boolean asks(OpDef op) {
    return Goldens.of(op.name()).stream().anyMatch(g -> all().containsKey(g.toString()));
  }

  static List<Golden> cases(OpDef op) {
    return Goldens.of(op.name()).stream().filter(g -> all().containsKey(g.toString())).toList();
  }

  /// Returns null when our result is as near to the exact one as declared, else what is wrong.
  static @Nullable String check(OpDef op, Golden g) {
    try (Scope _ = Scope.open()) {
      return verdict(op, g, Array.of(GoldenCheck.run(op, g)[0]));
    } catch (RuntimeException | AssertionError e) {
      return GoldenCheck.thrown(e);
    }
  }

  /// Tells whether exact values show that a result which differs from TensorFlow's is the right
  /// one.
  static boolean confirms(OpDef op, Golden g, Array actual) {
    return all().containsKey(g.toString()) && verdict(op, g, actual) == null;
  }

  private static @Nullable String verdict(OpDef op, Golden g, Array actual) {
    Value exact = all().get(g.toString());
    DType d = actual.dtype();
    if (exact == null || exact.hi().length != actual.size()) {
      return "no exact value";
    }
    double declared =
        switch (d) {
          case F64 -> op.accuracy().float64Ulps();
          case F32 -> op.accuracy().float32Ulps();
          // Computed in float32 and rounded: half an ulp, or a little more where that lies near the
          // middle.
          default -> 0.51;
        };
    double allowed = Math.max(0.5, Math.abs(declared));
    List<String> wrong = new ArrayList<>();
    double most = 0;
    for (int i = 0; i < actual.size(); i++) {
      double off = exact.isKnown(i) ? distance(d, actual.part(i), exact.hi()[i], exact.lo()[i]) : 0;
      if (!(off <= allowed)) {
        if (!(off <= most)) {
          most = off;
          wrong.add(
              0, "of " + describe(g, i) + ": " + actual.text(i) + ", exactly " + exact.hi()[i]);
        } else {
          wrong.add("");
        }
      }
    }
    return wrong.isEmpty()
        ? null
        : String.format(
            "%s: %.4g ulp, declared %.4g; %d of %d wrong",
            wrong.get(0), most, allowed, wrong.size(), actual.size());
  }

  private static String describe(Golden g, int i) {
    List<String> in = new ArrayList<>();
    for (Array a : g.inputs()) {
      in.add(a.size() == 1 ? a.text(0) : i < a.size() ? a.text(i) : "…");
    }
    return String.join(", ", in);
  }

  /// Returns how many ulp of type `d` lie between a result and the exact value.
  private static double distance(DType d, double actual, double hi, double lo) {
    if (hi != hi || actual != actual) {
      return hi != hi && actual != actual ? 0 : Double.NaN;
    }
    if (actual == hi && (lo == 0 || Double.isInfinite(hi))) {
      return 0;
    }
    double largest =
        switch (d) {
          case F16 -> 65504;
          case BF16 -> 0x1.FEp127;
          case F32 -> Float.MAX_VALUE;
          default -> Double.MAX_VALUE;
        };
    if (Math.abs(hi) > largest
        && Math.abs(actual) >= largest
        && Math.signum(hi) == Math.signum(actual)) {
      return 0;
    }
    double size = Math.min(Math.abs(hi), largest);
    if (Double.isInfinite(actual)) {
      // Infinity stands for the number after the largest.
      double end = largest / 2 + Compare.ulp(d, largest) / 2;
      return (end - size / 2) / Compare.ulp(d, largest) * 2;
    }
    return Math.abs(actual - hi - lo) / Compare.ulp(d, size);
  }
}
