package dev.merapi.suite;

import dev.merapi.function.Function;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.preprocess.Discretization;
import dev.merapi.nn.layer.preprocess.IntegerLookup;
import dev.merapi.nn.layer.preprocess.Normalization;
import dev.merapi.nn.layer.preprocess.StringLookup;
import dev.merapi.nn.layer.preprocess.TextVectorization;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Recorded calls of Keras's preprocessing and image layers, and what is asked of ours for each of
/// them; the form of the lines is described in `keras_preprocessing.py`.
public final class PreprocessingGoldens {
  private PreprocessingGoldens() {}

  /// One recorded layer.
  public record Case(String layer, String name, Map<String, Object> line) {
    @Override
    public String toString() {
      return layer + ": " + name;
    }
  }

  public static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Map<String, Object> m : Goldens.objects("preprocessing.jsonl.gz")) {
      all.add(new Case((String) m.get("layer"), (String) m.get("case"), m));
    }
    return all;
  }

  /// Returns the calls of which every promise of [LayerContract] can be asked: of batches, by
  /// layers that need not learn a vocabulary before, with numbers as results, as many for one
  /// sample as for several.
  public static List<LayerGoldens.Case> promising() {
    List<LayerGoldens.Case> some = new ArrayList<>();
    for (Case c : all()) {
      boolean learns = c.line.get("learns") != null && !c.layer.equals("Normalization");
      boolean single = c.name.matches("single|scalar|empty|.* vector");
      boolean ragged = c.layer.equals("TextVectorization") && c.name.equals("given");
      boolean texts = c.layer.equals("StringLookup") && c.name.startsWith("inverted");
      if (!learns && !single && !ragged && !texts && c.line.get("error") == null) {
        some.add(new LayerGoldens.Case(c.layer, c.name, c.line));
      }
    }
    return some;
  }

  /// Returns what our layer does otherwise than Keras's; empty if nothing.
  public static List<String> check(Case c) {
    List<String> wrong = new ArrayList<>();
    Layer layer = made(c);
    LayerGoldens.configuration(wrong, "", c.line.get("config"), layer.getConfig());
    learn(c, layer);
    configurationAfter(c, layer, wrong);
    vocabulary(c, layer, wrong);
    List<Tensor> inputs = arrays(c, "inputs").stream().map(Array::tensor).toList();
    if (c.line.get("error") != null) {
      refused(c, layer, inputs, wrong);
      return wrong;
    }
    List<Array> expected = arrays(c, "outputs");
    List<Tensor> outputs = calls(c, layer, inputs, expected.size());
    for (int i = 0; i < expected.size(); i++) {
      String off = difference(expected.get(i), outputs.get(i));
      if (off != null) {
        wrong.add("output " + i + " " + off);
      }
    }
    weights(c, layer, wrong);
    if (wrong.isEmpty()) {
      shapes(c, inputs, outputs.getFirst(), wrong);
      traced(c, inputs, outputs, wrong);
    }
    return wrong;
  }

  private static Layer made(Case c) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    form.put("class_name", c.layer);
    form.put("config", c.line.get("config"));
    return Saved.read(form, Layer.class);
  }

  private static Layer learnt(Case c) {
    Layer layer = made(c);
    learn(c, layer);
    return layer;
  }

  private static void learn(Case c, Layer layer) {
    if (!(c.line.get("learns") instanceof Map<?, ?> learns)) {
      return;
    }
    boolean whole = learns.containsKey("whole");
    List<?> recorded = (List<?>) learns.get(whole ? "whole" : "batches");
    List<Tensor> batches = recorded.stream().map(o -> Goldens.array(o).tensor()).toList();
    Object data = whole ? batches.getFirst() : (Iterable<Tensor>) batches::iterator;
    switch (layer) {
      case Normalization l -> l.adapt(data);
      case Discretization l -> l.adapt(data);
      case StringLookup l -> l.adapt(data);
      case IntegerLookup l -> l.adapt(data);
      case TextVectorization l -> l.adapt(data);
      default -> throw new IllegalStateException(c.layer + " learns nothing");
    }
  }

  private static void configurationAfter(Case c, Layer layer, List<String> wrong) {
    Map<String, @Nullable Object> ours = new LinkedHashMap<>(layer.getConfig());
    Map<?, ?> keras = (Map<?, ?>) Objects.requireNonNull(c.line.get("config_after"));
    if (layer instanceof Discretization d
        && keras.get("bin_boundaries") instanceof List<?> bounds) {
      ours.put("bin_boundaries", bounds);
      double[] learnt = Objects.requireNonNull(d.binBoundaries());
      for (int i = 0; i < Math.max(bounds.size(), learnt.length); i++) {
        if (bounds.size() != learnt.length
            || ((Number) bounds.get(i)).floatValue() != (float) learnt[i]) {
          wrong.add("bounds are " + Arrays.toString(learnt) + ", in Keras " + bounds);
          break;
        }
      }
    }
    LayerGoldens.configuration(wrong, "after learning: ", keras, ours);
  }

  private static void vocabulary(Case c, Layer layer, List<String> wrong) {
    List<?> ours =
        switch (layer) {
          case StringLookup l -> l.getVocabulary();
          case IntegerLookup l -> l.getVocabulary();
          case TextVectorization l -> l.getVocabulary();
          default -> null;
        };
    if (!Objects.equals(ours, c.line.get("vocabulary"))) {
      wrong.add("vocabulary is " + ours + ", in Keras " + c.line.get("vocabulary"));
    }
  }

  private static void weights(Case c, Layer layer, List<String> wrong) {
    List<Array> expected = arrays(c, "weights");
    List<Tensor> ours = layer.getWeights();
    if (expected.size() != ours.size()) {
      wrong.add(ours.size() + " weights, in Keras " + expected.size());
      return;
    }
    for (int i = 0; i < ours.size(); i++) {
      String off = difference(expected.get(i), ours.get(i));
      if (off != null) {
        wrong.add("weight " + i + " " + off);
      }
    }
  }

  private static void refused(Case c, Layer layer, List<Tensor> inputs, List<String> wrong) {
    try {
      List<Tensor> ys = layer.applyAll(inputs);
      wrong.add("gives " + ys + ", in Keras " + c.line.get("error"));
    } catch (IllegalArgumentException | IllegalStateException e) {
      if (!String.valueOf(e.getMessage()).contains("expected")) {
        wrong.add("its message does not say what is expected: " + e.getMessage());
      }
    }
  }

  private static List<Tensor> calls(Case c, Layer layer, List<Tensor> inputs, int n) {
    Boolean training = (Boolean) c.line.get("training");
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      outputs.add(layer.applyAll(inputs, training, null).getFirst());
    }
    return outputs;
  }

  /// Floats are compared within a few units in the last place of the largest; positions of pixels
  /// are rounded differently, by as much of the way to the next pixel.
  private static @Nullable String difference(Array expected, Tensor y) {
    double most = 0;
    if (expected.dtype().isFloating()) {
      for (double p : expected.parts64()) {
        most = Math.max(most, Math.abs(p));
      }
    }
    double floor = 32 * Compare.epsilon(expected.dtype()) * Math.max(most, 1e-3);
    return Compare.difference(expected, Array.of(y), (i, x) -> floor);
  }

  /// Asks for the shape of what comes out of a model, which knows no batch size.
  private static void shapes(Case c, List<Tensor> inputs, Tensor y, List<String> wrong) {
    if (inputs.getFirst().rank() == 0) {
      return;
    }
    List<Tensor> given = new ArrayList<>();
    for (Tensor x : inputs) {
      int[] dims = x.shape().dims();
      given.add(
          new InputLayer(Shape.of(Arrays.copyOfRange(dims, 1, dims.length)), x.dtype(), null)
              .output());
    }
    if (c.layer.equals("RandomCrop") && inputs.getFirst().rank() == 3) {
      return; // The first axis is the height, which must be known.
    }
    Tensor told = learnt(c).applyAll(given, (Boolean) c.line.get("training"), null).getFirst();
    if (told.dtype() != y.dtype() || !told.shape().accepts(y.shape())) {
      wrong.add("a model says " + told.spec() + ", the layer gives " + y.spec());
    }
    int open = (int) Arrays.stream(told.shape().dims()).filter(d -> d < 0).count();
    boolean longest =
        c.layer.equals("TextVectorization") && !c.name.matches(".*(length|cut|characters).*");
    if (open > (longest ? 2 : 1)) {
      wrong.add("a model only knows " + told.shape() + " of " + y.shape());
    }
  }

  /// A graph that does not know the batch size gives the same bits, call after call.
  private static void traced(
      Case c, List<Tensor> inputs, List<Tensor> outputs, List<String> wrong) {
    Layer layer = learnt(c);
    Boolean training = (Boolean) c.line.get("training");
    List<Spec> specs = new ArrayList<>();
    for (Tensor x : inputs) {
      int[] dims = x.shape().dims();
      if (dims.length > 0 && !(c.layer.equals("RandomCrop") && dims.length == 3)) {
        dims[0] = -1;
      }
      specs.add(new Spec(x.dtype(), Shape.of(dims)));
    }
    var options = new Function.Options(specs, false);
    var one =
        tf.function(options, (Tensor x) -> layer.applyAll(List.of(x), training, null).getFirst());
    var two =
        tf.function(
            options,
            (Tensor x, Tensor w) -> layer.applyAll(List.of(x, w), training, null).getFirst());
    for (int i = 0; i < outputs.size(); i++) {
      Tensor y =
          inputs.size() == 1
              ? one.apply(inputs.getFirst())
              : two.apply(inputs.getFirst(), inputs.get(1));
      String off = Compare.difference(Array.of(outputs.get(i)), Array.of(y), null);
      if (off != null) {
        wrong.add("in a graph, output " + i + " " + off);
      }
    }
  }

  private static List<Array> arrays(Case c, String key) {
    return ((List<?>) c.line.getOrDefault(key, List.of())).stream().map(Goldens::array).toList();
  }

  /// Prints what is wrong: `PreprocessingGoldens [regular expression of cases]`.
  public static void main(String[] args) {
    int bad = 0;
    List<Case> all = all();
    for (Case c : all) {
      if (args.length > 0 && !c.toString().matches(args[0])) {
        continue;
      }
      List<String> wrong;
      try {
        wrong = check(c);
      } catch (RuntimeException e) {
        wrong =
            List.of(
                e
                    + " "
                    + Arrays.stream(e.getStackTrace()).limit(args.length > 1 ? 40 : 3).toList());
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
