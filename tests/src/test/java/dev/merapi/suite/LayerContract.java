package dev.merapi.suite;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.function.Function;
import dev.merapi.nn.config.Json;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Masks;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.suite.Golden.Array;
import dev.merapi.suite.LayerGoldens.Case;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What every layer promises whatever it computes, asked with the settings, weights and inputs of
/// its recorded calls.
public final class LayerContract {
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef SUB = OpRef.to("Sub");

  private LayerContract() {}

  /// One promise: its name, and what breaks it in a case (empty if nothing).
  public record Promise(String name, java.util.function.Function<Case, List<String>> broken) {
    @Override
    public String toString() {
      return name;
    }
  }

  public static List<Promise> promises() {
    return List.of(
        new Promise("is the same after a way through JSON text", LayerContract::json),
        new Promise("computes in float64 if told so", LayerContract::float64),
        new Promise("computes in bfloat16 and keeps float32 weights", LayerContract::mixed),
        new Promise("takes a step of training without a nan", LayerContract::step),
        new Promise("differs in training only if it says so", LayerContract::training),
        new Promise("treats samples one by one", LayerContract::samples),
        new Promise("computes the same bits in a graph", LayerContract::traced),
        new Promise("draws anew in a graph as it does without", LayerContract::draws));
  }

  /// A layer with the weights of a case, and the inputs to call it with.
  private record Ready(Layer layer, List<Tensor> inputs, List<@Nullable Tensor> masks) {
    List<Tensor> run(boolean training) {
      return layer.applyAll(masked(inputs, masks), training);
    }
  }

  private static List<Tensor> masked(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    for (int i = 0; i < masks.size(); i++) {
      Masks.set(inputs.get(i), masks.get(i));
    }
    return inputs;
  }

  private static Ready ready(Case c) {
    return ready(c, LayerGoldens.made(c), null);
  }

  private static Ready ready(Case c, Layer layer, @Nullable DType type) {
    LayerGoldens.options(c, layer);
    List<Tensor> given =
        LayerGoldens.arrays(c, "inputs").stream().map(a -> as(tensor(a), type)).toList();
    List<Tensor> inputs = LayerGoldens.arguments(c, given);
    List<@Nullable Tensor> masks = new ArrayList<>();
    LayerGoldens.arrays(c, "masks").forEach(a -> masks.add(a == null ? null : a.tensor()));
    if (LayerGoldens.map(c, "arguments").get("mask") instanceof Map<?, ?> m) {
      masks.add(Goldens.array(m).tensor());
    }
    layer.buildFor(inputs.stream().map(Tensor::shape).toArray(Shape[]::new));
    layer.setWeights(LayerGoldens.arrays(c, "weights").stream().map(a -> tensor(a)).toList());
    return new Ready(layer, inputs, masks);
  }

  private static Tensor tensor(@Nullable Array a) {
    return Objects.requireNonNull(a).tensor();
  }

  private static Tensor as(Tensor x, @Nullable DType type) {
    return type == null || !x.dtype().isFloating() ? x : CAST.with(CAST.attrs("DstT", type), x);
  }

  /// Makes the layer of a case with another policy of types.
  private static Layer withPolicy(Case c, String policy) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    form.put("class_name", c.layer());
    form.put("config", told(LayerGoldens.map(c, "config"), policy));
    return Saved.read(form, Layer.class);
  }

  /// Writes a policy into a configuration and those of layers in it.
  private static @Nullable Object told(@Nullable Object config, String policy) {
    if (config instanceof List<?> several) {
      List<@Nullable Object> all = new ArrayList<>();
      several.forEach(one -> all.add(told(one, policy)));
      return all;
    }
    if (!(config instanceof Map<?, ?> m)) {
      return config;
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    m.forEach((k, v) -> all.put((String) k, k.equals("dtype") ? policy : told(v, policy)));
    return all;
  }

  private static List<String> json(Case c) {
    Ready a = ready(c);
    String text = Json.write(Saved.write(a.layer));
    Layer again = Saved.read((Map<?, ?>) Objects.requireNonNull(Json.read(text)), Layer.class);
    Ready b = ready(c, again, null);
    again.setWeights(a.layer.getWeights());
    List<String> wrong = new ArrayList<>();
    if (!again.getConfig().equals(a.layer.getConfig())) {
      wrong.add("configuration " + again.getConfig() + " was " + a.layer.getConfig());
    }
    same(wrong, "output", a.run(false), b.run(false));
    return wrong;
  }

  private static List<String> float64(Case c) {
    List<Tensor> plain = ready(c).run(false);
    if (!isFloating(plain)) {
      return List.of();
    }
    Ready wide = ready(c, withPolicy(c, "float64"), DType.F64);
    List<String> wrong = new ArrayList<>();
    close(wrong, plain, wide.run(false), 2e-5, DType.F64);
    wide.layer.weights().stream()
        .filter(v -> v.dtype().isFloating() && v.dtype() != DType.F64)
        .forEach(v -> wrong.add(v.name() + " is " + v.dtype()));
    return wrong;
  }

  /// Whole numbers and texts stay what they are, whatever a layer computes in.
  private static boolean isFloating(List<Tensor> ys) {
    return ys.stream().allMatch(y -> y.dtype().isFloating());
  }

  /// A bfloat16 has 8 bits, and layers add up dozens of numbers.
  private static List<String> mixed(Case c) {
    List<Tensor> plain = ready(c).run(false);
    if (!isFloating(plain)) {
      return List.of();
    }
    Ready half = ready(c, withPolicy(c, "mixed_bfloat16"), null);
    List<String> wrong = new ArrayList<>();
    close(wrong, plain, half.run(false), 0.06, DType.BF16);
    half.layer.weights().stream()
        .filter(v -> v.dtype().isFloating() && v.dtype() != DType.F32)
        .forEach(v -> wrong.add(v.name() + " is " + v.dtype()));
    return wrong;
  }

  private static void close(
      List<String> wrong, List<Tensor> plain, List<Tensor> other, double part, DType type) {
    for (int i = 0; i < plain.size(); i++) {
      Tensor y = other.get(i);
      if (y.dtype() != type) {
        wrong.add("output " + i + " is " + y.dtype() + ", not " + type);
        continue;
      }
      double[] a = as(plain.get(i), DType.F64).toDoubleArray();
      double[] b = as(y, DType.F64).toDoubleArray();
      double most = Arrays.stream(a).map(Math::abs).max().orElse(0);
      for (int k = 0; k < a.length; k++) {
        if (!(Math.abs(a[k] - b[k]) <= part * Math.max(1, most))) {
          wrong.add("output " + i + " at " + k + " is " + b[k] + ", in float32 " + a[k]);
          break;
        }
      }
    }
  }

  private static List<String> step(Case c) {
    Ready r = ready(c);
    List<Variable> learning = r.layer.trainableVariables();
    List<String> wrong = new ArrayList<>();
    List<@Nullable Tensor> gradients;
    try (GradientTape tape = new GradientTape()) {
      List<Object> targets = new ArrayList<>(r.run(true));
      targets.addAll(r.layer.losses());
      gradients = tape.gradients(targets, learning, null, false);
    }
    for (int i = 0; i < learning.size(); i++) {
      Variable v = learning.get(i);
      Tensor g = gradients.get(i);
      if (g == null) {
        wrong.add(v.name() + " gets no gradient");
      } else {
        v.assign(SUB.of(v.value(), MUL.of(g, as(Values.scalar(0.01f), g.dtype()))));
      }
    }
    List<Tensor> all = new ArrayList<>(r.run(false));
    all.addAll(r.layer.getWeights());
    for (Tensor t : all) {
      if (t.dtype().isFloating()
          && !Arrays.stream(as(t, DType.F64).toDoubleArray()).allMatch(Double::isFinite)) {
        wrong.add("not finite: " + t);
      }
    }
    return wrong;
  }

  /// Tells from the settings whether a layer, or one in it, does something else in training.
  private static boolean saysDiffers(Case c) {
    return saysDiffers(c.layer(), LayerGoldens.map(c, "config"));
  }

  private static boolean saysDiffers(@Nullable Object layer, Map<?, ?> config) {
    boolean draws =
        List.of("rate", "stddev", "dropout", "recurrent_dropout").stream()
            .anyMatch(k -> config.get(k) instanceof Number n && n.doubleValue() > 0);
    boolean counts =
        "BatchNormalization".equals(layer) && Boolean.TRUE.equals(config.get("trainable"));
    return draws
        || counts
        // Not initializers, which are called RandomNormal and RandomUniform.
        || layer instanceof String name
            && name.startsWith("Random")
            && config.containsKey("data_format")
        || config.values().stream()
            .flatMap(v -> v instanceof List<?> several ? several.stream() : Stream.ofNullable(v))
            .anyMatch(v ->
                v instanceof Map<?, ?> form
                    && "keras.layers".equals(form.get("module"))
                    && form.get("config") instanceof Map<?, ?> inner
                    && saysDiffers(form.get("class_name"), inner));
  }

  private static List<String> training(Case c) {
    List<String> wrong = new ArrayList<>();
    same(wrong, "output", ready(c).run(false), ready(c).run(true));
    boolean differs = !wrong.isEmpty();
    if (differs == saysDiffers(c)) {
      return List.of();
    }
    return differs ? wrong : List.of("training makes no difference");
  }

  private static List<String> samples(Case c) {
    if (Boolean.TRUE.equals(LayerGoldens.map(c, "config").get("stateful"))) {
      return List.of(); // It keeps a state for each sample of a batch of one size.
    }
    Ready all = ready(c);
    List<Tensor> whole = all.run(false);
    List<Tensor> firsts = all.inputs.stream().map(LayerContract::first).toList();
    List<@Nullable Tensor> masks = new ArrayList<>();
    all.masks.forEach(m -> masks.add(m == null ? null : first(m)));
    List<Tensor> one = ready(c).layer.applyAll(masked(firsts, masks), false);
    List<String> wrong = new ArrayList<>();
    List<Tensor> expected = whole.stream().map(LayerContract::first).toList();
    close(wrong, expected, one, 1e-5, whole.getFirst().dtype());
    return wrong;
  }

  private static Tensor first(Tensor x) {
    int[] begin = new int[x.rank()];
    int[] size = x.shape().dims();
    size[0] = 1;
    return OpRef.to("Slice").of(x, Values.ints(begin), Values.ints(size));
  }

  /// Calls a layer inside a function, for inputs of known shape or of any number of samples.
  private static Function function(Ready r, boolean open, boolean training) {
    int n = r.inputs.size();
    List<Tensor> in = arguments(r);
    List<String> names = new ArrayList<>();
    List<Spec> specs = new ArrayList<>();
    for (Tensor t : in) {
      names.add("x" + names.size());
      int[] dims = t.shape().dims();
      if (dims.length > 0) {
        dims[0] = -1;
      }
      specs.add(new Spec(t.dtype(), Shape.of(dims)));
    }
    return new Function(
        r.layer.name(),
        names,
        args -> {
          List<Tensor> xs = new ArrayList<>();
          for (int i = 0; i < n; i++) {
            xs.add((Tensor) Objects.requireNonNull(args[i]));
          }
          int at = n;
          for (int i = 0; i < r.masks.size(); i++) {
            Masks.set(xs.get(i), r.masks.get(i) == null ? null : (Tensor) args[at++]);
          }
          return r.layer.applyAll(xs, training);
        },
        open ? new Function.Options(specs, false) : Function.Options.DEFAULT);
  }

  private static List<Tensor> arguments(Ready r) {
    List<Tensor> in = new ArrayList<>(r.inputs);
    r.masks.stream().filter(Objects::nonNull).forEach(in::add);
    return in;
  }

  private static List<Tensor> called(Function f, Ready r) {
    Object result = f.call(arguments(r).toArray());
    List<Tensor> ys = new ArrayList<>();
    ((List<?>) Objects.requireNonNull(result)).forEach(y -> ys.add((Tensor) y));
    return ys;
  }

  private static List<String> traced(Case c) {
    List<String> wrong = new ArrayList<>();
    List<Tensor> eager = ready(c).run(false);
    Ready a = ready(c);
    same(wrong, "output", eager, called(function(a, false, false), a));
    Ready b = ready(c);
    same(wrong, "output for any batch", eager, called(function(b, true, false), b));
    return wrong;
  }

  /// Four calls in training: they draw other numbers, with a seed the same ones on both ways. Two
  /// in a row may agree by chance where there are few numbers to draw.
  private static List<String> draws(Case c) {
    if (!saysDiffers(c) || !LayerGoldens.map(c, "config").containsKey("seed")) {
      return List.of();
    }
    Map<String, @Nullable Object> seeded = new LinkedHashMap<>();
    LayerGoldens.map(c, "config").forEach(seeded::put);
    seeded.put("seed", 11L);
    Case d = new Case(c.layer(), c.name(), new TreeMap<>(c.line()));
    d.line().put("config", seeded);
    Ready eager = ready(d);
    Ready graph = ready(d);
    Function f = function(graph, false, true);
    List<String> wrong = new ArrayList<>();
    List<Tensor> before = List.of();
    boolean changes = false;
    for (int i = 0; i < 4; i++) {
      List<Tensor> now = eager.run(true);
      same(wrong, "draw " + i, now, called(f, graph));
      List<String> repeated = new ArrayList<>();
      same(repeated, "draw", before, now);
      changes |= i > 0 && !repeated.isEmpty();
      before = now;
    }
    if (!changes) {
      wrong.add("every call draws the same");
    }
    return wrong;
  }

  private static void same(List<String> wrong, String what, List<Tensor> a, List<Tensor> b) {
    if (a.size() != b.size()) {
      wrong.add(what + ": " + b.size() + " tensors instead of " + a.size());
      return;
    }
    for (int i = 0; i < a.size(); i++) {
      String off = Compare.difference(Array.of(a.get(i)), Array.of(b.get(i)), null);
      if (off != null) {
        wrong.add(what + " " + i + " " + off.replace("TensorFlow", "before"));
      }
    }
  }

  /// Returns the calls that all promises are asked of.
  public static List<Case> cases() {
    List<Case> all = new ArrayList<>(LayerGoldens.all());
    all.addAll(PreprocessingGoldens.promising());
    return all;
  }

  /// Prints what is broken: `LayerContract [regular expression of layers]`.
  public static void main(String[] args) {
    int bad = 0;
    for (Promise p : promises()) {
      for (Case c : cases()) {
        if (args.length > 0 && !c.layer().matches(args[0])) {
          continue;
        }
        List<String> wrong;
        try {
          wrong = p.broken.apply(c);
        } catch (RuntimeException e) {
          wrong = List.of(e.toString());
          if (args.length > 1) {
            e.printStackTrace();
          }
        }
        if (!wrong.isEmpty()) {
          bad++;
          System.out.println(p + " — " + c);
          wrong.forEach(w -> System.out.println("    " + w));
        }
      }
    }
    System.out.println(bad + " promises broken");
  }
}
