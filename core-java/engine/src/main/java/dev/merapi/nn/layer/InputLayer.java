package dev.merapi.nn.layer;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says what a model will be given; the place where putting it together starts.
///
/// ```java
/// Tensor x = tf.keras.Input(28, 28);
/// Tensor y = new Dense(10).apply(new Flatten().apply(x));
/// Model model = new Model(x, y);
/// ```
public final class InputLayer extends Layer implements LayerArguments<InputLayer> {
  private static final String BATCH_SHAPE = "batch_shape";

  private final Setting<Shape> batchShape = required(BATCH_SHAPE, Kinds.SHAPE);
  private final Setting<DType> type = setting("input_dtype", Kinds.DTYPE, DType.F32);
  private @Nullable Tensor output;

  private InputLayer() {
    super();
  }

  /// @param shape of one sample; -1 for an open axis
  /// @param name null for `input_layer`, numbered
  public InputLayer(Shape shape, DType dtype, @Nullable String name) {
    super(name);
    batchShape.set(withBatch(shape, -1));
    type.set(dtype);
  }

  /// Says the size of batches too.
  public static InputLayer ofBatches(Shape batchShape, DType dtype, @Nullable String name) {
    InputLayer l = name == null ? new InputLayer() : new InputLayer(Shape.SCALAR, dtype, name);
    l.batchShape.set(batchShape);
    l.type.set(dtype);
    return l;
  }

  private static Shape withBatch(Shape shape, int batch) {
    int[] dims = new int[shape.rank() + 1];
    dims[0] = batch;
    System.arraycopy(shape.dims(), 0, dims, 1, shape.rank());
    return Shape.of(dims);
  }

  /// Returns the shape with the batch axis.
  public Shape batchShape() {
    return batchShape.get();
  }

  public DType type() {
    return type.get();
  }

  /// Returns the tensor that layers are applied to; always the same one.
  public Tensor output() {
    Tensor t = output;
    if (t == null) {
      buildFor(batchShape.get());
      Connection c = place(List.of(new Spec(type.get(), batchShape.get())));
      t = c.outputs().getFirst();
      output = t;
    }
    return t;
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return x;
  }

  @Override
  protected boolean isAutocast() {
    return false;
  }

  /// Keras spells the type of the input as the layer's own, and has no other.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> c = super.getConfig();
    c.put("dtype", c.remove("input_dtype"));
    c.remove("trainable");
    return c;
  }

  @Override
  public void readConfig(Map<String, ?> config) {
    Map<String, @Nullable Object> c = new LinkedHashMap<>(config);
    Object dtype = c.remove("dtype");
    if (dtype != null) {
      c.put("input_dtype", dtype instanceof Map<?, ?> ? "float32" : dtype);
    }
    Object old = c.remove("batch_input_shape");
    if (old != null) {
      c.put(BATCH_SHAPE, old);
    }
    c.keySet().removeAll(Arrays.asList("sparse", "ragged", "optional"));
    settings().read(c);
  }
}
