package dev.merapi.nn;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.facade.FunctionApi;
import dev.merapi.function.Fn3;
import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Json;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.constrain.Constraint;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.layer.Masks;
import dev.merapi.nn.loss.Loss;
import dev.merapi.nn.metric.Mean;
import dev.merapi.nn.metric.Metric;
import dev.merapi.nn.metric.Sum;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.suite.Goldens;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// What Keras computed, as `keras_*.py` wrote it down, and the same computed by us.
public final class KerasCases {
  private static final OpRef IDENTITY = OpRef.to("Identity");

  /// What Keras takes but does not write, and we do: without it an object is not made again as it
  /// was.
  private static final Map<String, Set<String>> UNWRITTEN =
      Map.of(
          "Huber", Set.of("delta"),
          "CosineSimilarity", Set.of("axis"),
          "SparseCategoricalCrossentropy", Set.of("axis"),
          "Identity", Set.of("gain"));

  /// What rounding makes of a dozen operations in float32, and in float64.
  private static final double NARROW = 2e-6;

  private static final double WIDE = 1e-12;

  /// Keras takes log 2 in float32 even where all else is float64.
  private static final double FLOAT32_LOG_2 = 2e-9;

  /// Keras takes factors and bounds through float32 on their way to float64.
  private static final double FLOAT32_FACTOR = 1e-7;

  private KerasCases() {}

  /// Returns the cases of one file, each as it stands in its line.
  public static List<Map<String, Object>> of(String file) {
    List<Map<String, Object>> all = new ArrayList<>();
    try (BufferedReader r =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(Goldens.folder().resolve(file + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = r.readLine(); line != null; line = r.readLine()) {
        all.add(map(Json.read(line)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object o) {
    return (Map<String, Object>) java.util.Objects.requireNonNull(o);
  }

  static @Nullable Tensor tensor(@Nullable Object o) {
    if (o == null) {
      return null;
    }
    Map<String, Object> m = map(o);
    int[] dims =
        ((List<?>) m.get("shape")).stream().mapToInt(d -> ((Number) d).intValue()).toArray();
    DType dtype = null;
    for (DType d : DType.values()) {
      if (d.toString().equals(m.get("dtype"))) {
        dtype = d;
      }
    }
    return Values.bytes(dtype, Base64.getDecoder().decode((String) m.get("data")), dims);
  }

  static Tensor given(Map<String, Object> c, String key) {
    return java.util.Objects.requireNonNull(tensor(c.get(key)), key);
  }

  public static String name(Map<String, Object> c) {
    return c.get("class_name") + "/" + c.get("case");
  }

  /// Makes the object of a case: of Keras's own configuration, and of what Keras leaves out.
  static <T> T made(Map<String, Object> c, Class<T> type) {
    T made = Saved.read(Map.of("class_name", c.get("class_name"), "config", c.get("config")), type);
    map(c.get("args"))
        .forEach((k, v) -> {
          if (!map(c.get("config")).containsKey(k)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put(k, v);
            ((HasSettings) made).readConfig(one);
          }
        });
    return made;
  }

  private static Class<?> kind(Map<String, Object> c, Class<?> type) {
    return switch ((String) c.get("kind")) {
      case "initializer" -> Initializer.class;
      case "regularizer" -> Regularizer.class;
      case "constraint" -> Constraint.class;
      case null, default -> type;
    };
  }

  /// Returns how our configuration of a case's object differs from Keras's; empty for not at all.
  public static List<String> configs(String file, Class<?> type) {
    List<String> faults = new ArrayList<>();
    for (Map<String, Object> c : of(file)) {
      Map<String, Object> theirs = new TreeMap<>(map(c.get("config")));
      Map<String, Object> ours = new TreeMap<>(((HasSettings) made(c, kind(c, type))).getConfig());
      UNWRITTEN.getOrDefault(c.get("class_name"), Set.of()).stream()
          .filter(k -> !theirs.containsKey(k))
          .forEach(ours::remove);
      String a = numbers(Json.write(theirs));
      String b = numbers(Json.write(ours));
      if (!a.equals(b)) {
        faults.add(name(c) + ": " + b + " instead of " + a);
      }
    }
    return faults;
  }

  /// 1 and 1.0 are one number.
  private static String numbers(String json) {
    return json.replaceAll("([0-9])\\.0\\b", "$1");
  }

  /// How a case is computed: step by step, or as a graph for its shapes, or for any size of batch.
  public enum Way {
    EAGER,
    TRACED,
    OPEN
  }

  /// Returns which losses differ from Keras's, and by how much.
  public static List<String> losses(Way way) {
    List<String> faults = new ArrayList<>();
    for (Map<String, Object> c : of("keras_losses")) {
      // A mask whose size is not that of the batch cannot come from outside of an open graph.
      if (way == Way.OPEN && c.get("mask") != null) {
        continue;
      }
      try {
        Loss loss = made(c, Loss.class);
        Tensor mask = tensor(c.get("mask"));
        Tensor w = tensor(c.get("sample_weight"));
        Tensor p = given(c, "y_pred");
        List<Tensor> got =
            run(
                way,
                (t, q, u) -> {
                  try (GradientTape tape = new GradientTape()) {
                    tape.watch(q);
                    Tensor x = IDENTITY.of(q);
                    Masks.set(x, mask);
                    Tensor y = loss.apply(t, x, w == null ? null : u);
                    return List.of(y, java.util.Objects.requireNonNull(tape.gradient(y, q)));
                  }
                },
                given(c, "y_true"),
                p,
                w == null ? Values.scalar(0f) : w);
        double bound = p.dtype() == DType.F64 ? WIDE : NARROW;
        differ(
            faults,
            name(c) + " result",
            given(c, "result"),
            got.get(0),
            name(c).equals("LogCosh/float64") ? FLOAT32_LOG_2 : bound);
        differ(faults, name(c) + " gradient", given(c, "gradient"), got.get(1), bound);
      } catch (RuntimeException e) {
        faults.add(name(c) + ": " + e);
      }
    }
    return faults;
  }

  private static List<Tensor> run(
      Way way, Fn3<Tensor, Tensor, Tensor, List<Tensor>> f, Tensor a, Tensor b, Tensor c) {
    return switch (way) {
      case EAGER -> f.apply(a, b, c);
      case TRACED -> FunctionApi.function(f).apply(a, b, c);
      case OPEN ->
          FunctionApi.function(FunctionApi.inputSignature(open(a), open(b), open(c)), f)
              .apply(a, b, c);
    };
  }

  /// Returns the spec of a tensor whose first axis may have any size.
  private static Spec open(Tensor t) {
    int[] dims = t.shape().dims();
    if (dims.length > 0) {
      dims[0] = -1;
    }
    return Spec.of(t.dtype(), dims);
  }

  /// Returns which metrics differ from Keras's after an update, in result or state.
  public static List<String> metrics(Way way) {
    List<String> faults = new ArrayList<>();
    for (Map<String, Object> c : of("keras_metrics")) {
      try {
        Metric metric = made(c, Metric.class);
        int i = 0;
        for (Object step : (List<?>) c.get("steps")) {
          Map<String, Object> m = map(step);
          List<Tensor> values = new ArrayList<>();
          ((List<?>) m.get("values")).forEach(v -> values.add(IDENTITY.of(tensor(v))));
          Tensor mask = tensor(m.get("mask"));
          if (way == Way.OPEN && mask != null) {
            continue;
          }
          Tensor w = tensor(m.get("sample_weight"));
          run(
              way,
              (t, p, u) -> {
                Masks.set(p, mask);
                update(
                    metric, values.size() == 1 ? List.of(p) : List.of(t, p), w == null ? null : u);
                return List.of();
              },
              values.getFirst(),
              values.getLast(),
              w == null ? Values.scalar(0f) : w);
          Masks.set(values.getLast(), null);
          differ(faults, name(c) + " " + i++, given(m, "result"), metric.result(), NARROW);
        }
        if (way == Way.OPEN && c.get("case").equals("masked")) {
          continue;
        }
        List<?> states = (List<?>) c.get("variables");
        if (states.size() != metric.variables().size()) {
          faults.add(name(c) + ": " + metric.variables() + " instead of " + states);
        }
        for (int k = 0; k < Math.min(states.size(), metric.variables().size()); k++) {
          Map<String, Object> v = map(states.get(k));
          String at = metric.variables().get(k).name().replaceAll(".*/", "");
          if (!at.equals(v.get("name"))) {
            faults.add(name(c) + ": " + at + " instead of " + v.get("name"));
          }
          differ(
              faults,
              name(c) + " " + at,
              given(v, "value"),
              metric.variables().get(k).value(),
              NARROW);
        }
        metric.resetState();
        for (var v : metric.variables()) {
          for (double x : v.value().toDoubleArray()) {
            if (x != 0) {
              faults.add(name(c) + ": " + v.name() + " after a reset");
            }
          }
        }
      } catch (RuntimeException e) {
        faults.add(name(c) + ": " + e);
      }
    }
    return faults;
  }

  private static void update(Metric metric, List<Tensor> values, @Nullable Tensor weight) {
    switch (metric) {
      case Mean m -> m.updateState(values.getFirst(), weight);
      case Sum s -> s.updateState(values.getFirst(), weight);
      default -> metric.updateState(values.get(0), values.get(1), weight);
    }
  }

  /// Notes where two tensors differ by more than a share of the largest value, or of 0.01 where all
  /// are smaller.
  static void differ(
      List<String> faults, String what, Tensor expected, @Nullable Tensor got, double relative) {
    if (got == null || !got.spec().equals(expected.spec())) {
      faults.add(
          what + ": " + (got == null ? "null" : got.spec()) + " instead of " + expected.spec());
      return;
    }
    double[] a = expected.toDoubleArray();
    double[] b = got.toDoubleArray();
    double largest = 0;
    for (double x : a) {
      largest = Double.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
    }
    double bound = relative * Math.max(largest, 0.01);
    for (int i = 0; i < a.length; i++) {
      boolean same = a[i] == b[i] || Double.isNaN(a[i]) && Double.isNaN(b[i]);
      if (!same && !(Math.abs(a[i] - b[i]) <= bound)) {
        faults.add(what + "[" + i + "]: " + b[i] + " instead of " + a[i]);
        return;
      }
    }
  }

  /// Returns which initializers, regularizers and constraints differ from Keras's.
  public static List<String> weights() {
    List<String> faults = new ArrayList<>();
    for (Map<String, Object> c : of("keras_weights")) {
      try {
        Tensor expected = given(c, "result");
        switch ((String) c.get("kind")) {
          case "initializer" -> {
            Initializer i = made(c, Initializer.class);
            Tensor got = i.make(expected.shape(), expected.dtype());
            double bound =
                switch ((String) c.get("class_name")) {
                  // Depends on the way in which vectors are made orthogonal.
                  case "Orthogonal" -> 1e-5;
                  // Keras's angles have the rounding errors of float32.
                  case "STFT" -> expected.dtype() == DType.F64 ? WIDE : 1e-6;
                  // Normal numbers depend on the last bit of a logarithm.
                  default -> expected.dtype() == DType.F64 ? FLOAT32_FACTOR : 2e-7;
                };
            differ(faults, name(c), expected, got, bound);
          }
          case "regularizer" -> {
            Regularizer r = made(c, Regularizer.class);
            Tensor x = given(c, "x");
            Tensor y;
            Tensor dx;
            try (GradientTape tape = new GradientTape()) {
              tape.watch(x);
              y = r.apply(x);
              dx = tape.gradient(y, x);
            }
            double bound = x.dtype() == DType.F64 ? FLOAT32_FACTOR : NARROW;
            differ(faults, name(c), expected, y, bound);
            Tensor slope = tensor(c.get("gradient"));
            if (slope != null) {
              differ(faults, name(c) + " gradient", slope, dx, bound);
            }
          }
          default -> {
            Tensor x = given(c, "x");
            Tensor got = made(c, Constraint.class).apply(x);
            differ(faults, name(c), expected, got, x.dtype() == DType.F64 ? WIDE : NARROW);
          }
        }
      } catch (RuntimeException e) {
        faults.add(name(c) + ": " + e);
      }
    }
    return faults;
  }

  /// Returns the classes of our package that no case names.
  public static List<String> untested(String file, List<Class<?>> ours) {
    Set<Object> named = new java.util.HashSet<>();
    of(file).forEach(c -> named.add(c.get("class_name")));
    return ours.stream().map(Class::getSimpleName).filter(n -> !named.contains(n)).toList();
  }
}
