package dev.merapi.nn.model;

import dev.merapi.nn.Untracked;
import dev.merapi.nn.config.Json;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.layer.Connection;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Mode;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Layers that are trained together.
///
/// Three styles: a [Sequential]; layers applied to inputs,
///
/// ```java
/// Tensor x = tf.keras.Input(784);
/// Model model = new Model(x, new Dense(10).apply(new Dense(100, "relu").apply(x)));
/// ```
///
/// or a class of the program's own that overrides `call`. Three ways to train: [#fit],
/// [#trainOnBatch], or a loop of the program's own with a `GradientTape`; from the same seed all
/// give the same weights.
public class Model extends Trainable {
  @Untracked private @Nullable Wiring wiring;

  /// The layers of a wired model, for the look through fields.
  private List<Layer> wired = List.of();

  /// For classes that compute in [#call].
  protected Model() {
    this(null);
  }

  protected Model(@Nullable String name) {
    super(name);
  }

  /// Makes a model of the calls that lead from inputs to outputs.
  ///
  /// @param inputs what `tf.keras.Input` gave: a tensor, or a list or map of them
  /// @param outputs a tensor, or a list or map of them
  public Model(Object inputs, Object outputs) {
    this(inputs, outputs, null);
  }

  @SuppressWarnings("this-escape") // Subclasses have no say in what is wired.
  public Model(Object inputs, Object outputs, @Nullable String name) {
    super(name);
    Wiring w = new Wiring(tensors(inputs), tensors(outputs));
    wiring = w;
    wired = w.layers();
    buildFor(w.inputs().stream().map(Tensor::shape).toArray(Shape[]::new));
  }

  private static List<Tensor> tensors(Object o) {
    return switch (o) {
      case Tensor t -> List.of(t);
      case Tensor[] many -> Arrays.asList(many);
      case List<?> many -> many.stream().map(Model::one).toList();
      case Map<?, ?> many -> many.values().stream().map(Model::one).toList();
      default -> List.of(one(o));
    };
  }

  private static Tensor one(@Nullable Object o) {
    if (o instanceof Tensor t) {
      return t;
    }
    throw Message.what("a model is made of tensors, not of " + o)
        .expected("what tf.keras.Input and layers give")
        .valueError();
  }

  @Override
  protected boolean isOnlyHolding() {
    return wiring != null;
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Wiring w = wiring;
    return w == null ? super.call(inputs, mode) : w.run(inputs, mode.training());
  }

  /// Makes the weights for an input of this shape, with the batch axis: `build(-1, 200)`.
  ///
  /// A class of the program's own is called once on symbols to find its layers' shapes.
  public final void build(int... inputShape) {
    Tracing.build(this, List.of(Shape.of(inputShape)));
  }

  /// Returns the layers, in Keras's order.
  public List<Layer> layers() {
    return wiring == null ? sublayers() : List.copyOf(wired);
  }

  /// Returns the layer of that name.
  ///
  /// Fails: `ValueError` listing the names there are.
  public final Layer getLayer(String name) {
    for (Layer l : layers()) {
      if (l.name().equals(name)) {
        return l;
      }
    }
    throw Message.what("No such layer: " + name)
        .expected("one of " + String.join(", ", layers().stream().map(Layer::name).toList()))
        .valueError();
  }

  /// Returns the layer at a place, from 0.
  public final Layer getLayer(int index) {
    List<Layer> all = layers();
    if (index < 0 || index >= all.size()) {
      throw Message.what(
              "Was asked to retrieve layer at index "
                  + index
                  + " but model only has "
                  + all.size()
                  + " layers.")
          .valueError();
    }
    return all.get(index);
  }

  /// Returns the inputs of a model that was put together; empty for others.
  public final List<Tensor> inputs() {
    return wiring == null ? List.of() : wiring.inputs();
  }

  public final List<Tensor> outputs() {
    return wiring == null ? List.of() : wiring.outputs();
  }

  @Override
  final List<String> inputNames() {
    return wiring == null ? List.of() : wiring.inputNames();
  }

  @Override
  public final List<String> outputNames() {
    return wiring == null ? List.of() : wiring.outputNames();
  }

  /// Returns the calls of the layers that are known before the model runs.
  List<Connection> calls() {
    return wiring == null ? List.of() : wiring.calls();
  }

  final @Nullable Wiring wiring() {
    return wiring;
  }

  /// Prints [#summaryText].
  public final void summary() {
    System.out.print(summaryText());
  }

  /// Returns layers, shapes and numbers of weights as a table, in Keras 2's form.
  ///
  /// Fails: `ValueError` when the shapes are not known yet.
  public final String summaryText() {
    return Summary.of(this);
  }

  @Override
  public Map<String, @Nullable Object> getConfig() {
    Wiring w = wiring;
    return w == null ? super.getConfig() : WiringConfig.write(this, w, super.getConfig());
  }

  @Override
  public String className() {
    return wiring == null || getClass() != Model.class ? super.className() : "Functional";
  }

  /// Returns the architecture, without weights, as Keras's JSON.
  public final String toJson() {
    return Json.write(Saved.write(this));
  }

  /// Makes a model, with fresh weights, from Keras's JSON.
  public static Model fromJson(String json) {
    return fromJson(json, Map.of());
  }

  /// @param custom the program's own classes by name
  public static Model fromJson(String json, Map<String, Class<?>> custom) {
    if (Json.read(json) instanceof Map<?, ?> form) {
      return Saved.read(form, Model.class, custom);
    }
    throw Message.what("this JSON describes no model")
        .expected("{\"class_name\": \"Sequential\" or \"Functional\", \"config\": …}")
        .valueError();
  }

  /// Makes a wired model from its configuration.
  public static Model fromConfig(Map<String, ?> config) {
    return WiringConfig.read(config);
  }

  /// Returns a model of the same architecture with fresh weights.
  public final Model cloneModel() {
    if (Saved.write(this) instanceof Map<?, ?> form) {
      return Saved.read(form, Model.class, Map.of(getClass().getSimpleName(), getClass()));
    }
    throw new IllegalStateException("This is a bug in Merapi: a model is written as a map");
  }
}
