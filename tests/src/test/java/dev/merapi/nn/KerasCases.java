package dev.merapi.nn;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.nn.config.Configurable;
import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Json;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.layer.Masks;
import dev.merapi.nn.loss.Loss;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.suite.Goldens;
import dev.merapi.tensor.DType;
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
          "SparseCategoricalCrossentropy", Set.of("axis"));

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
  static <T extends HasSettings> T made(Map<String, Object> c, Class<T> type) {
    T made = Saved.read(Map.of("class_name", c.get("class_name"), "config", c.get("config")), type);
    map(c.get("args"))
        .forEach(
            (k, v) -> {
              if (!map(c.get("config")).containsKey(k)) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put(k, v);
                made.readConfig(one);
              }
            });
    return made;
  }

  /// Returns how our configuration of a case's object differs from Keras's; empty for not at all.
  public static List<String> configs(String file, Class<? extends HasSettings> type) {
    List<String> faults = new ArrayList<>();
    for (Map<String, Object> c : of(file)) {
      Map<String, Object> theirs = new TreeMap<>(map(c.get("config")));
      Map<String, Object> ours = new TreeMap<>(((Configurable) made(c, type)).getConfig());
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

  /// Returns which losses differ from Keras's, and by how much.
  public static List<String> losses() {
    List<String> faults = new ArrayList<>();
    for (Map<String, Object> c : of("keras_losses")) {
      try {
        Loss loss = made(c, Loss.class);
        Tensor p = given(c, "y_pred");
        Tensor y;
        Tensor dp;
        try (GradientTape tape = new GradientTape()) {
          tape.watch(p);
          Tensor q = IDENTITY.of(p);
          Masks.set(q, tensor(c.get("mask")));
          y = loss.apply(given(c, "y_true"), q, tensor(c.get("sample_weight")));
          dp = tape.gradient(y, p);
        }
        boolean wide = p.dtype() == DType.F64;
        differ(faults, name(c) + " result", given(c, "result"), y, wide);
        differ(faults, name(c) + " gradient", given(c, "gradient"), dp, wide);
      } catch (RuntimeException e) {
        faults.add(name(c) + ": " + e);
      }
    }
    return faults;
  }

  /// Notes where two tensors differ by more than rounding: 2e-6 of the larger value or of 1e-6, the
  /// size of what clipping at 1e-7 leaves; 1e-12 for float64.
  static void differ(
      List<String> faults, String what, Tensor expected, @Nullable Tensor got, boolean wide) {
    if (got == null || !got.spec().equals(expected.spec())) {
      faults.add(what + ": " + (got == null ? "null" : got.spec()) + " instead of " + expected.spec());
      return;
    }
    double[] a = expected.toDoubleArray();
    double[] b = got.toDoubleArray();
    double largest = 0;
    for (double x : a) {
      largest = Double.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
    }
    double bound = (wide ? 1e-12 : 2e-6) * Math.max(largest, 1e-6);
    for (int i = 0; i < a.length; i++) {
      boolean same = a[i] == b[i] || Double.isNaN(a[i]) && Double.isNaN(b[i]);
      if (!same && !(Math.abs(a[i] - b[i]) <= bound)) {
        faults.add(what + "[" + i + "]: " + b[i] + " instead of " + a[i]);
        return;
      }
    }
  }

  /// Returns the classes of our package that no case names.
  public static List<String> untested(String file, List<Class<?>> ours) {
    Set<Object> named = new java.util.HashSet<>();
    of(file).forEach(c -> named.add(c.get("class_name")));
    return ours.stream().map(Class::getSimpleName).filter(n -> !named.contains(n)).toList();
  }
}
