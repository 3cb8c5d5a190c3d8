package dev.merapi.nn.keras;

import dev.merapi.nn.layer.DTypePolicy;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.model.Model;
import dev.merapi.nn.model.Sequential;
import dev.merapi.op.Seeds;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `tf.keras`: models and what they start from.
public abstract class KerasApi {
  protected KerasApi() {}

  /// Says what a model will be given: float32 samples of this shape, in batches of any size.
  ///
  /// @param shape of one sample; -1 for an open axis
  public static Tensor Input(int... shape) {
    return Input(Shape.of(shape), DType.F32, null);
  }

  /// @param name of the input, null for one that is made up
  public static Tensor Input(Shape shape, DType dtype, @Nullable String name) {
    return new InputLayer(shape, dtype, name).output();
  }

  /// Makes a model of layers one after the other.
  public static Sequential Sequential(Layer... layers) {
    return new Sequential(layers);
  }

  public static Sequential Sequential(List<? extends Layer> layers) {
    return new Sequential(layers);
  }

  /// Makes a model of the calls that lead from inputs to outputs.
  public static Model Model(Object inputs, Object outputs) {
    return new Model(inputs, outputs);
  }

  public static Model Model(Object inputs, Object outputs, @Nullable String name) {
    return new Model(inputs, outputs, name);
  }

  /// `tf.keras.models`.
  public abstract static class Models extends KerasApi {
    protected Models() {}

    /// Makes a model with fresh weights from the JSON of [Model#toJson] or of Keras.
    public static Model modelFromJson(String json) {
      return Model.fromJson(json);
    }

    /// @param customObjects the program's own classes by name
    public static Model modelFromJson(String json, Map<String, Class<?>> customObjects) {
      return Model.fromJson(json, customObjects);
    }

    /// Returns a model of the same architecture with fresh weights.
    public static Model cloneModel(Model model) {
      return model.cloneModel();
    }
  }

  /// `tf.keras.backend`.
  public abstract static class Backend {
    protected Backend() {}

    /// Starts the names of layers anew: `dense`, `dense_1`, …
    public static void clearSession() {
      Layer.resetNames();
    }
  }

  /// `tf.keras.utils`.
  public abstract static class Utils {
    protected Utils() {}

    /// Makes all random numbers from here on repeatable.
    public static void setRandomSeed(long seed) {
      Seeds.setSeed(seed);
    }
  }

  /// `tf.keras.mixed_precision`.
  public abstract static class MixedPrecision {
    protected MixedPrecision() {}

    /// Sets the types of layers that are made from now on: `mixed_bfloat16` computes in bfloat16
    /// and keeps weights in float32.
    public static void setGlobalPolicy(String name) {
      DTypePolicy.setGlobal(DTypePolicy.of(name));
    }

    public static DTypePolicy globalPolicy() {
      return DTypePolicy.global();
    }
  }
}
