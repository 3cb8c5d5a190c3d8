package dev.merapi.suite;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Masks;
import dev.merapi.nn.layer.attention.AttentionArguments;
import dev.merapi.op.OpRef;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Recorded calls of Keras's layers, and what is asked of ours for each of them; the form of the
/// lines is described in `tests/golden/tensorflow-2.21/README.md`.
public final class LayerGoldens {
  private static final OpRef SUM = OpRef.to("AddN");

  private LayerGoldens() {}

  /// One recorded call.
  public record Case(String layer, String name, Map<String, Object> line) {
    @Override
    public String toString() {
      return layer + ": " + name;
    }
  }

  /// Returns all cases, file by file.
  public static List<Case> all() {
    List<Case> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Goldens.folder())) {
      for (Path p : files.filter(f -> f.toString().endsWith(".jsonl.gz")).sorted().toList()) {
        if (p.getFileName().toString().startsWith("layers")) {
          for (Map<String, Object> m : Goldens.lines(p)) {
            all.add(new Case((String) m.get("layer"), (String) m.get("case"), m));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /// Returns the classes that a case is about: of the layer, and of layers in it.
  public static Set<String> classes(Case c) {
    Set<String> names = new TreeSet<>(List.of(c.layer));
    classes(c.line.get("config"), names);
    return names;
  }

  private static void classes(@Nullable Object config, Set<String> names) {
    if (config instanceof Map<?, ?> m) {
      if (m.get("class_name") instanceof String name) {
        names.add(name);
      }
      m.values().forEach(v -> classes(v, names));
    } else if (config instanceof List<?> l) {
      l.forEach(v -> classes(v, names));
    }
  }

  /// Returns what our layer does otherwise than Keras's; empty if nothing.
  public static List<String> check(Case c) {
    List<String> wrong = new ArrayList<>();
    Layer layer = made(c);
    configuration(wrong, "", c.line.get("config"), layer.getConfig());
    List<@Nullable Array> inputs = arrays(c, "inputs");
    shapes(c, layer, wrong);
    Layer fresh = made(c);
    List<Tensor> xs = inputs.stream().map(a -> Objects.requireNonNull(a).tensor()).toList();
    options(c, fresh);
    fresh.buildFor(xs.stream().map(Tensor::shape).toArray(Shape[]::new));
    weights(c, fresh, wrong);
    if (wrong.isEmpty()) {
      compute(c, fresh, xs, wrong);
    }
    return wrong;
  }

  static Layer made(Case c) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    form.put("class_name", c.layer);
    form.put("config", c.line.get("config"));
    return Saved.read(form, Layer.class);
  }

  static void options(Case c, Layer layer) {
    map(c, "options")
        .forEach((name, value) -> {
          AttentionArguments<?> a = (AttentionArguments<?>) layer;
          switch (name) {
            case "return_attention_scores" -> a.returnAttentionScores((Boolean) value);
            case "use_causal_mask" -> a.useCausalMask((Boolean) value);
            default -> throw new IllegalStateException("no such option here: " + name);
          }
        });
  }

  /// Further inputs that Keras takes by name.
  static List<Tensor> arguments(Case c, List<Tensor> xs) {
    List<Tensor> all = new ArrayList<>(xs);
    if (map(c, "arguments").get("attention_mask") instanceof Map<?, ?> m) {
      if (all.size() == 2) {
        all.add(all.get(1));
      }
      all.add(Goldens.array(m).tensor());
    }
    return all;
  }

  private static void shapes(Case c, Layer layer, List<String> wrong) {
    options(c, layer);
    List<Tensor> given = new ArrayList<>();
    for (Tensor x : arguments(c, arrays(c, "inputs").stream().map(Array::tensor).toList())) {
      int[] dims = x.shape().dims();
      int[] sample = dims.length == 0 ? dims : Arrays.copyOfRange(dims, 1, dims.length);
      given.add(new InputLayer(Shape.of(sample), x.dtype(), null).output());
    }
    List<Tensor> out = layer.applyAll(given);
    List<?> expected = (List<?>) Objects.requireNonNull(c.line.get("static"));
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) == null) {
        continue;
      }
      String keras = shape((List<?>) expected.get(i)).toString();
      if (i >= out.size() || !keras.equals(out.get(i).shape().toString())) {
        wrong.add(
            "static shape "
                + i
                + " is "
                + (i < out.size() ? out.get(i).shape() : "missing")
                + ", in Keras "
                + keras);
      }
    }
  }

  private static Shape shape(List<?> dims) {
    return Shape.of(dims.stream().mapToInt(d -> d == null ? -1 : ((Long) d).intValue()).toArray());
  }

  private static void weights(Case c, Layer layer, List<String> wrong) {
    List<@Nullable Array> weights = arrays(c, "weights");
    List<?> names = (List<?>) Objects.requireNonNull(c.line.get("names"));
    List<?> trainable = (List<?>) Objects.requireNonNull(c.line.get("trainable"));
    List<Variable> ours = layer.weights();
    List<String> ourNames = ours.stream().map(v -> relative(layer, v)).toList();
    if (!names.equals(ourNames)) {
      wrong.add("weights are " + ourNames + ", in Keras " + names);
      return;
    }
    long count = weights.stream().mapToLong(a -> Objects.requireNonNull(a).size()).sum();
    if (layer.countParams() != count) {
      wrong.add(layer.countParams() + " parameters, in Keras " + count);
    }
    List<Variable> learning = layer.trainableVariables();
    List<Boolean> flags = ours.stream().map(learning::contains).toList();
    if (!trainable.equals(flags)) {
      wrong.add("trainable " + flags + ", in Keras " + trainable);
    }
    layer.setWeights(weights.stream().map(a -> Objects.requireNonNull(a).tensor()).toList());
  }

  private static String relative(Layer layer, Variable v) {
    String name = v.name().replaceAll(":0$", "");
    return name.startsWith(layer.name() + "/") ? name.substring(layer.name().length() + 1) : name;
  }

  private static void compute(Case c, Layer layer, List<Tensor> xs, List<String> wrong) {
    List<@Nullable Array> masks = new ArrayList<>(arrays(c, "masks"));
    if (map(c, "arguments").get("mask") instanceof Map<?, ?> m) {
      masks.add(Goldens.array(m));
    }
    for (int i = 0; i < masks.size(); i++) {
      Array m = masks.get(i);
      Masks.set(xs.get(i), m == null ? null : m.tensor());
    }
    Boolean training = (Boolean) c.line.get("training");
    List<Tensor> given = arguments(c, xs);
    List<Tensor> probes = arrays(c, "probes").stream().map(Array::tensor).toList();
    List<Tensor> ys;
    List<Variable> weights = layer.weights();
    List<Object> sources = new ArrayList<>(xs);
    sources.addAll(weights);
    List<@Nullable Tensor> gradients;
    List<Tensor> losses;
    try (GradientTape tape = new GradientTape(false)) {
      xs.stream().filter(x -> x.dtype().isFloating()).forEach(tape::watch);
      ys = layer.applyAll(given, training, null);
      losses = layer.losses();
      List<Object> targets = new ArrayList<>(ys);
      targets.addAll(losses);
      List<@Nullable Tensor> arriving = new ArrayList<>(probes);
      losses.forEach(l -> arriving.add(null));
      gradients = tape.gradients(targets, sources, arriving, false);
    }
    compare(wrong, "output", arrays(c, "outputs"), ys);
    compare(wrong, "input gradient", arrays(c, "input_gradients"), gradients.subList(0, xs.size()));
    // Keras was not asked about weights that do not learn.
    List<@Nullable Tensor> learned = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      boolean learns = layer.trainableVariables().contains(weights.get(i));
      learned.add(learns ? gradients.get(xs.size() + i) : null);
    }
    compare(wrong, "weight gradient", arrays(c, "weight_gradients"), learned);
    List<@Nullable Tensor> outMasks = new ArrayList<>();
    ys.forEach(y -> outMasks.add(Masks.of(y)));
    compare(wrong, "mask", arrays(c, "output_masks"), outMasks);
    List<@Nullable Array> after =
        c.line.get("weights_after") == null ? arrays(c, "weights") : arrays(c, "weights_after");
    compare(wrong, "weight after the call", after, layer.getWeights());
    double expected =
        ((List<?>) Objects.requireNonNull(c.line.get("losses")))
            .stream().mapToDouble(l -> ((Number) l).doubleValue()).sum();
    double loss = losses.isEmpty() ? 0 : SUM.of(losses.toArray(new Tensor[0])).toDoubleArray()[0];
    if (!(Math.abs(loss - expected) <= 1e-5 * Math.max(1, Math.abs(expected)))) {
      wrong.add("losses add up to " + loss + ", in Keras " + expected);
    }
  }

  private static void compare(
      List<String> wrong,
      String what,
      List<@Nullable Array> expected,
      List<? extends @Nullable Tensor> actual) {
    if (expected.size() != actual.size()) {
      wrong.add(actual.size() + " times " + what + ", in Keras " + expected.size());
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      Array e = expected.get(i);
      Tensor a = actual.get(i);
      if (e == null || a == null) {
        if (e != null || a != null) {
          wrong.add(
              what
                  + " "
                  + i
                  + " is "
                  + (a == null ? "null" : a)
                  + ", in Keras "
                  + (e == null ? "null" : e));
        }
        continue;
      }
      String off = Compare.difference(e, Array.of(a), tolerance(e));
      if (off != null) {
        wrong.add(what + " " + i + " " + off);
      }
    }
  }

  /// Sums round differently in another order: a part of the largest number, and of each.
  private static Compare.Tolerance tolerance(Array e) {
    double eps = Compare.epsilon(e.dtype());
    double most = 0;
    if (e.dtype().isFloating()) {
      for (double p : e.parts64()) {
        most = Math.max(most, Math.abs(p));
      }
    }
    double floor = 8 * eps * Math.max(most, 0.1);
    return (i, x) -> floor + 64 * eps * Math.abs(x);
  }

  /// Compares configurations key by key; whole numbers equal their fractions.
  static void configuration(
      List<String> wrong, String path, @Nullable Object keras, @Nullable Object ours) {
    if (keras instanceof Map<?, ?> k && ours instanceof Map<?, ?> o) {
      for (Object key : k.keySet()) {
        if (key.equals("quantization_config") && k.get(key) == null) {
          continue; // There is no quantization here.
        }
        if (!o.containsKey(key)) {
          wrong.add("config lacks " + path + key);
        } else {
          configuration(wrong, path + key + ".", k.get(key), o.get(key));
        }
      }
      for (Object key : o.keySet()) {
        // Keras leaves this one out where it is null, in some layers.
        boolean silent = key.equals("activity_regularizer") && o.get(key) == null;
        if (!k.containsKey(key) && !silent) {
          wrong.add("config has " + path + key + ", Keras's has not");
        }
      }
    } else if (keras instanceof List<?> k && ours instanceof List<?> o && k.size() == o.size()) {
      for (int i = 0; i < k.size(); i++) {
        configuration(wrong, path + i + ".", k.get(i), o.get(i));
      }
    } else {
      boolean same =
          keras instanceof Number k && ours instanceof Number o
              ? k.doubleValue() == o.doubleValue()
              : Objects.equals(keras, ours);
      if (!same) {
        wrong.add("config " + path + " is " + ours + ", in Keras " + keras);
      }
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Case c, String key) {
    return (Map<String, Object>) c.line.getOrDefault(key, Map.of());
  }

  static List<@Nullable Array> arrays(Case c, String key) {
    List<@Nullable Array> all = new ArrayList<>();
    for (Object o : (List<?>) c.line.getOrDefault(key, List.of())) {
      all.add(o == null ? null : Goldens.array(o));
    }
    return all;
  }

  /// Prints what is wrong: `LayerGoldens [regular expression of layers]`.
  public static void main(String[] args) {
    int bad = 0;
    List<Case> all = all();
    for (Case c : all) {
      if (args.length > 0 && !c.layer.matches(args[0])) {
        continue;
      }
      List<String> wrong;
      try {
        wrong = check(c);
      } catch (RuntimeException e) {
        StackTraceElement[] at = e.getStackTrace();
        wrong = List.of(e + (at.length > 0 ? " " + at[0] : ""));
        if (args.length > 1) {
          e.printStackTrace();
        }
      }
      if (!wrong.isEmpty()) {
        bad++;
        System.out.println(c);
        wrong.forEach(w -> System.out.println("    " + w));
      }
    }
    System.out.println(bad + " of " + all.size() + " cases differ");
  }
}
