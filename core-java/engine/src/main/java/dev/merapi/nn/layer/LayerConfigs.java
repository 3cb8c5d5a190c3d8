package dev.merapi.nn.layer;

import dev.merapi.nn.Module;
import dev.merapi.nn.config.Kinds;
import dev.merapi.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads configurations of layers, in Keras 3's spelling or Keras 2's.
final class LayerConfigs {
  private LayerConfigs() {}

  static void read(Layer layer, Map<String, ?> config) {
    Map<String, @Nullable Object> known = new LinkedHashMap<>(config);
    if (known.get("name") == null) {
      known.remove("name");
    } else {
      LayerNames.giveBack(layer.name(), Module.snakeCase(layer.getClass().getSimpleName()));
    }
    // Keras 2 said here what the first layer is given.
    Object batchShape = known.remove("batch_input_shape");
    if (batchShape != null) {
      Shape s = Kinds.SHAPE.read(batchShape);
      layer.setInputShape(Shape.of(Arrays.copyOfRange(s.dims(), 1, s.rank())));
    }
    // What others of Keras's backends need.
    for (String foreign :
        new String[] {"autocast", "build_config", "batch_shape", "sparse", "quantization_config"}) {
      if (!layer.settings().all().containsKey(foreign)) {
        known.remove(foreign);
      }
    }
    layer.settings().read(known);
  }
}
