package dev.merapi.nn.model;

import dev.merapi.tensor.Tensor;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Loss and metrics by name, read from their tensors on first look.
final class Logs extends AbstractMap<String, Double> {
  private final List<String> names;
  private final List<Tensor> values;
  private @Nullable Map<String, Double> read;

  Logs(List<String> names, List<Tensor> values) {
    this.names = names;
    this.values = values;
  }

  private Map<String, Double> read() {
    Map<String, Double> m = read;
    if (m == null) {
      m = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        m.put(names.get(i), values.get(i).item());
      }
      read = m;
    }
    return m;
  }

  @Override
  public @Nullable Double get(Object key) {
    return read().get(key);
  }

  @Override
  public @Nullable Double put(String key, Double value) {
    return read().put(key, value);
  }

  @Override
  public Set<Entry<String, Double>> entrySet() {
    return read().entrySet();
  }
}
