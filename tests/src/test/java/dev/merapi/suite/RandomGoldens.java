package dev.merapi.suite;

import dev.merapi.facade.RandomApi;
import dev.merapi.nn.init.GlorotNormal;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.init.HeNormal;
import dev.merapi.nn.init.HeUniform;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.LecunNormal;
import dev.merapi.nn.init.Orthogonal;
import dev.merapi.nn.init.RandomNormal;
import dev.merapi.nn.init.RandomUniform;
import dev.merapi.nn.init.TruncatedNormal;
import dev.merapi.op.Seeds;
import dev.merapi.op.Values;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares rows of random calls after `tf.random.set_seed`, and seeded initializers, with
/// TensorFlow's recorded ones.
public final class RandomGoldens {
  /// Sine, cosine and logarithm may differ in the last place, and are scaled afterwards.
  private static final double ULPS = 6;

  /// A QR factorisation in float32, as Keras computes it, is off by some roundings of 1; ours is
  /// done in float64.
  private static final double ORTHOGONAL = 64 * 0x1p-24;

  private static final Map<String, Function<Long, Initializer>> INITIALIZERS =
      Map.of(
          "GlorotUniform", GlorotUniform::new,
          "GlorotNormal", GlorotNormal::new,
          "HeNormal", HeNormal::new,
          "HeUniform", HeUniform::new,
          "LecunNormal", LecunNormal::new,
          "RandomNormal", seed -> new RandomNormal(0, 0.05, seed),
          "RandomUniform", seed -> new RandomUniform(-0.05, 0.05, seed),
          "TruncatedNormal", seed -> new TruncatedNormal(0, 0.05, seed),
          "Orthogonal", seed -> new Orthogonal(1, seed));

  private RandomGoldens() {}

  public static void main(String[] args) {
    List<String> wrong = new ArrayList<>(initializers());
    wrong.addAll(sequences());
    wrong.addAll(splits());
    wrong.forEach(System.out::println);
    System.out.println(wrong.size() + " differences");
  }

  /// Returns what differs among seeded initializers.
  public static List<String> initializers() {
    List<String> wrong = new ArrayList<>();
    INITIALIZERS.forEach((name, make) -> {
      List<Golden> cases = Goldens.of("tf.keras.initializers." + name);
      if (cases.isEmpty()) {
        wrong.add(name + ": no goldens");
      }
      for (Golden g : cases) {
        Array expected = g.outputs().get(0);
        Tensor y = make.apply(whole(g, "seed")).make(Shape.of(expected.dims()), expected.dtype());
        Compare.Tolerance t =
            name.equals("Orthogonal")
                ? (k, e) -> ORTHOGONAL
                : (k, e) -> ULPS * Compare.ulp(DType.F32, e);
        note(wrong, name + "/" + g.name(), Compare.difference(expected, Array.of(y), t));
      }
    });
    return wrong;
  }

  /// Returns what differs among rows of calls that follow `tf.random.set_seed`.
  public static List<String> sequences() {
    List<String> wrong = new ArrayList<>();
    List<Golden> rows = Goldens.of("global_seed");
    if (rows.isEmpty()) {
      wrong.add("global_seed: no goldens");
    }
    for (Golden g : rows) {
      RandomApi.setSeed(whole(g, "seed"));
      List<?> calls = (List<?>) value(g, "calls");
      for (int i = 0; i < calls.size(); i++) {
        Map<String, Object> call = Json.object((String) calls.get(i));
        Array expected = g.outputs().get(i);
        Array actual = Array.of(call(call, expected));
        note(
            wrong,
            g.name() + " call " + i + " " + call,
            Compare.difference(
                expected, actual, (k, e) -> ULPS * Compare.ulp(expected.dtype(), e)));
      }
    }
    Seeds.clearSeed();
    return wrong;
  }

  /// Returns what differs among seeds made from one, and orders that a seed decides.
  public static List<String> splits() {
    List<String> wrong = new ArrayList<>();
    for (Golden g : Goldens.of("tf.random.split")) {
      Tensor y = RandomApi.split(g.inputs().get(0).tensor(), (int) whole(g, "num"));
      note(wrong, "split/" + g.name(), Compare.difference(g.outputs().get(0), Array.of(y), null));
    }
    for (Golden g : Goldens.of("tf.random.experimental.stateless_shuffle")) {
      Tensor y = RandomApi.statelessShuffle(g.inputs().get(0).tensor(), g.inputs().get(1).tensor());
      note(wrong, "shuffle/" + g.name(), Compare.difference(g.outputs().get(0), Array.of(y), null));
    }
    for (Golden g : Goldens.of("tf.random.fold_in")) {
      Tensor y = RandomApi.foldIn(g.inputs().get(0).tensor(), (int) whole(g, "data"));
      note(wrong, "fold_in/" + g.name(), Compare.difference(g.outputs().get(0), Array.of(y), null));
    }
    return wrong;
  }

  private static void note(List<String> wrong, String what, @Nullable String difference) {
    if (difference != null) {
      wrong.add(what + ": " + difference);
    }
  }

  private static Object value(Golden g, String attr) {
    Golden.Attr a = g.attrs().get(attr);
    if (a == null || a.value() == null) {
      throw new IllegalStateException(g.name() + " has no " + attr);
    }
    return a.value();
  }

  private static long whole(Golden g, String attr) {
    return ((Number) value(g, attr)).longValue();
  }

  @SuppressWarnings("unchecked")
  private static Tensor call(Map<String, Object> call, Array expected) {
    Map<String, Object> a = (Map<String, Object>) call.get("kwargs");
    Long seed = a.get("seed") == null ? null : ((Number) a.get("seed")).longValue();
    int[] shape = expected.dims();
    DType d = expected.dtype();
    return switch ((String) call.get("function")) {
      case "tf.random.uniform" ->
          RandomApi.uniform(shape, number(a, "minval", 0), number(a, "maxval", 1), d, seed);
      case "tf.random.normal" ->
          RandomApi.normal(shape, number(a, "mean", 0), number(a, "stddev", 1), d, seed);
      case "tf.random.truncated_normal" -> RandomApi.truncatedNormal(shape, 0, 1, d, seed);
      case "tf.random.shuffle" -> RandomApi.shuffle(floats((List<Number>) a.get("value")), seed);
      case "tf.random.categorical" -> {
        List<Number> row = ((List<List<Number>>) a.get("logits")).get(0);
        Tensor logits = Values.floats(floats(row).toFloatArray(), 1, row.size());
        yield RandomApi.categorical(logits, (int) number(a, "num_samples", 0), d, seed);
      }
      case "tf.random.set_seed" -> {
        RandomApi.setSeed((long) number(a, "seed", 0));
        yield Values.scalar(0);
      }
      case "tf.compat.v1.get_seed" -> {
        Object given = a.get("op_seed");
        Seeds.Pair p = Seeds.next(given == null ? null : ((Number) given).longValue());
        Tensor t = Values.filled(expected.spec(), 0);
        t.segment().setAtIndex(java.lang.foreign.ValueLayout.JAVA_LONG, 0, p.seed());
        t.segment().setAtIndex(java.lang.foreign.ValueLayout.JAVA_LONG, 1, p.seed2());
        yield t;
      }
      default -> throw new IllegalStateException("no such call here: " + call);
    };
  }

  private static double number(Map<String, Object> a, String name, double otherwise) {
    return a.get(name) instanceof Number n ? n.doubleValue() : otherwise;
  }

  private static Tensor floats(List<Number> x) {
    float[] y = new float[x.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = x.get(i).floatValue();
    }
    return Values.floats(y, y.length);
  }
}
