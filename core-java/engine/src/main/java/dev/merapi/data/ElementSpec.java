package dev.merapi.data;

import dev.merapi.graph.Nest;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the elements of a dataset are built.
///
/// @param text TensorFlow's form: `(TensorSpec(shape=(784,), …), TensorSpec(…))`
/// @param specs types and shapes of the tensors, from left to right; -1 marks unknown axes
/// @param paths where each of them stands: `[0].image`
public record ElementSpec(String text, List<Spec> specs, List<String> paths) {
  static ElementSpec of(Structure s) {
    return new ElementSpec(s.toString(), List.of(s.specs()), List.copyOf(s.paths()));
  }

  /// Returns type and shape of the only tensor, or of the first.
  public Spec spec() {
    return specs.getFirst();
  }

  @Override
  public String toString() {
    return text;
  }

  /// Returns an element with arrays and numbers in place of tensors.
  static Object host(Object o) {
    return switch (o) {
      case Tensor t -> t.numpy();
      case Dataset<?> d -> d;
      case Pair<?, ?>(Object x, Object y) -> Pair.of(host(x), host(y));
      case Triple<?, ?, ?>(Object x, Object y, Object z) -> Triple.of(host(x), host(y), host(z));
      case List<?> l -> {
        List<Object> all = new ArrayList<>();
        l.forEach(x -> all.add(host(x)));
        yield all;
      }
      case Map<?, ?> m -> {
        Map<Object, Object> all = new LinkedHashMap<>();
        m.forEach((k, v) -> all.put(k, host(v)));
        yield all;
      }
      default -> {
        // A record's fields are typed: arrays do not fit where tensors were.
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        Nest.map(
            o,
            (leaf, path) -> {
              all.put(
                  path.startsWith(".") ? path.substring(1) : path,
                  leaf == null ? null : host(leaf));
              return leaf;
            });
        yield all;
      }
    };
  }
}
