package dev.merapi.nn.model;

import dev.merapi.nn.config.Saved;
import dev.merapi.nn.layer.Connection;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Mode;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Layers one after the other.
///
/// ```java
/// var model = new Sequential(new Flatten(), new Dense(100, "relu"), new Dense(10));
/// ```
///
/// Weights are made when the shape of the input is known: from the first layer's `inputShape`, by
/// `build`, or by the first call.
public final class Sequential extends Model {
  private final List<Layer> layers = new ArrayList<>();

  /// The calls of the layers, once the input's shape is known.
  private List<Connection> calls = List.of();

  public Sequential(Layer... layers) {
    this(null, Arrays.asList(layers));
  }

  public Sequential(List<? extends Layer> layers) {
    this(null, layers);
  }

  public Sequential(@Nullable String name, List<? extends Layer> layers) {
    super(name);
    this.layers.addAll(layers);
    connect();
  }

  /// Adds a layer at the end.
  public Sequential add(Layer layer) {
    for (Layer l : layers) {
      if (l != layer && l.name().equals(layer.name())) {
        throw Message.what("All layers added to a Sequential model should have unique names")
            .given("a second layer called '" + layer.name() + "'")
            .fix("name it: layer.name(\"…\")")
            .valueError();
      }
    }
    layers.add(layer);
    notBuilt();
    connect();
    return this;
  }

  /// Takes the last layer away and returns it.
  ///
  /// Fails: `ValueError` when there is none.
  public Layer pop() {
    if (layers.isEmpty()) {
      throw Message.what("There are no layers in the model").valueError();
    }
    Layer last = layers.removeLast();
    notBuilt();
    connect();
    return last;
  }

  /// Builds at once where the first layer says what it is given.
  private void connect() {
    calls = List.of();
    if (layers.isEmpty()) {
      return;
    }
    Layer first = layers.getFirst();
    Shape shape = first.inputShape();
    if (first instanceof InputLayer in) {
      wire(in.output());
    } else if (shape != null) {
      int[] dims = new int[shape.rank() + 1];
      dims[0] = -1;
      System.arraycopy(shape.dims(), 0, dims, 1, shape.rank());
      buildFor(Shape.of(dims));
    }
  }

  @Override
  public DType inputType() {
    return layers.isEmpty() ? super.inputType() : layers.getFirst().inputType();
  }

  @Override
  protected void build(Shape input) {
    if (calls.isEmpty() && !layers.isEmpty()) {
      wire(InputLayer.ofBatches(input, inputType(), name() + "_input").output());
    }
  }

  private void wire(Tensor input) {
    List<Connection> made = new ArrayList<>();
    Tensor t = input;
    for (Layer l : layers) {
      if (l instanceof InputLayer) {
        continue;
      }
      t = l.apply(t);
      made.add(l.connections().getLast());
    }
    calls = made;
    if (!isBuilt()) {
      buildFor(input.shape());
    }
  }

  @Override
  protected boolean isOnlyHolding() {
    return true;
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    List<Tensor> x = inputs;
    for (Layer l : layers) {
      if (!(l instanceof InputLayer)) {
        x = l.applyAll(x, mode.training(), null);
      }
    }
    return x;
  }

  @Override
  public List<Layer> layers() {
    return layers.stream().filter(l -> !(l instanceof InputLayer)).toList();
  }

  @Override
  List<Connection> calls() {
    return calls;
  }

  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> c = super.getConfig();
    List<@Nullable Object> all = new ArrayList<>();
    if (!calls.isEmpty() && !(layers.getFirst() instanceof InputLayer)) {
      all.add(Saved.write(from(calls.getFirst())));
    }
    layers.forEach(l -> all.add(Saved.write(l)));
    c.put("layers", all);
    c.put("build_input_shape", builtFor().isEmpty() ? null : shape(builtFor().getFirst()));
    return c;
  }

  private static @Nullable Layer from(Connection first) {
    Connection c = Connection.from(first.inputs().getFirst());
    return c == null ? null : c.layer();
  }

  private static List<@Nullable Object> shape(Shape s) {
    List<@Nullable Object> dims = new ArrayList<>();
    for (int d : s.dims()) {
      dims.add(d < 0 ? null : (Object) (long) d);
    }
    return dims;
  }

  /// Makes a model from [#getConfig]; Keras 3's form or Keras 2's.
  public static Sequential fromConfig(Map<String, ?> config) {
    List<Layer> layers = new ArrayList<>();
    if (config.get("layers") instanceof List<?> forms) {
      for (Object form : forms) {
        if (form instanceof Map<?, ?> m) {
          layers.add(Saved.read(m, Layer.class));
        }
      }
    }
    Sequential s = new Sequential(config.get("name") instanceof String n ? n : null, layers);
    Map<String, Object> rest = new LinkedHashMap<>();
    if (config.get("trainable") instanceof Boolean b && !b) {
      rest.put("trainable", false);
    }
    if (config.get("dtype") != null) {
      rest.put("dtype", config.get("dtype"));
    }
    s.readConfig(rest);
    return s;
  }
}
