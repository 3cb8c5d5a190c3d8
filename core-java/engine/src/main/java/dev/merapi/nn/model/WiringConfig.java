package dev.merapi.nn.model;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.layer.Connection;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Configurations of wired models: layers, and for each of their calls the names of what it takes.
///
/// Written in Keras 3's form; read in that form or Keras 2's.
final class WiringConfig {
  private WiringConfig() {}

  static Map<String, @Nullable Object> write(
      Model model, Wiring w, Map<String, @Nullable Object> base) {
    Map<Layer, List<Connection>> byLayer = new IdentityHashMap<>();
    for (Connection c : w.calls()) {
      byLayer.computeIfAbsent(c.layer(), l -> new ArrayList<>()).add(c);
    }
    // Calls are numbered in the order in which they were made.
    byLayer.forEach(
        (layer, calls) -> calls.sort(Comparator.comparingInt(c -> layer.connections().indexOf(c))));
    List<@Nullable Object> layers = new ArrayList<>();
    for (Layer l : w.layers()) {
      Map<String, @Nullable Object> form = new LinkedHashMap<>();
      if (Saved.write(l) instanceof Map<?, ?> m) {
        m.forEach((k, v) -> form.put(String.valueOf(k), v));
      }
      form.put("name", l.name());
      List<@Nullable Object> nodes = new ArrayList<>();
      for (Connection c : calls(byLayer, l)) {
        if (!(l instanceof InputLayer)) {
          nodes.add(node(byLayer, c));
        }
      }
      form.put("inbound_nodes", nodes);
      layers.add(form);
    }
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("name", base.get("name"));
    config.put("trainable", base.get("trainable"));
    config.put("layers", layers);
    config.put("input_layers", ends(byLayer, w.inputs()));
    config.put("output_layers", ends(byLayer, w.outputs()));
    return config;
  }

  private static List<Connection> calls(Map<Layer, List<Connection>> byLayer, Layer l) {
    return byLayer.getOrDefault(l, List.of());
  }

  private static Object node(Map<Layer, List<Connection>> byLayer, Connection c) {
    List<@Nullable Object> tensors = new ArrayList<>();
    for (Tensor t : c.inputs()) {
      if (Connection.from(t) == null) {
        throw Message.what(
                "layer '"
                    + c.layer().name()
                    + "' is called on a tensor with a value, which no"
                    + " configuration holds")
            .given(t.spec().toString())
            .fix("make the value a weight of a layer")
            .valueError();
      }
      Map<String, @Nullable Object> config = new LinkedHashMap<>();
      config.put("shape", Kinds.SHAPE.write(t.shape()));
      config.put("dtype", t.dtype().toString());
      config.put("keras_history", history(byLayer, t));
      Map<String, @Nullable Object> form = new LinkedHashMap<>();
      form.put("class_name", "__keras_tensor__");
      form.put("config", config);
      tensors.add(form);
    }
    Map<String, @Nullable Object> node = new LinkedHashMap<>();
    node.put("args", tensors.size() == 1 ? tensors : List.of(tensors));
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    if (c.training() != null) {
      kwargs.put("training", c.training());
    }
    node.put("kwargs", kwargs);
    return node;
  }

  private static List<Object> history(Map<Layer, List<Connection>> byLayer, Tensor t) {
    Connection from = Connection.from(t);
    if (from == null) {
      throw new IllegalStateException("This is a bug in Merapi: a tensor of a model has no layer");
    }
    long call = calls(byLayer, from.layer()).indexOf(from);
    return List.of(from.layer().name(), call, (long) Connection.index(t));
  }

  private static Object ends(Map<Layer, List<Connection>> byLayer, List<Tensor> tensors) {
    List<List<Object>> all = tensors.stream().map(t -> history(byLayer, t)).toList();
    return all.size() == 1 ? all.getFirst() : all;
  }

  /// A call that is still to be made.
  private record Pending(Layer layer, List<List<?>> inputs, @Nullable Boolean training) {}

  static Model read(Map<String, ?> config) {
    Map<String, Layer> layers = new LinkedHashMap<>();
    List<Pending> pending = new ArrayList<>();
    Map<String, List<List<Tensor>>> outputs = new HashMap<>();
    for (Object o : list(config.get("layers"))) {
      if (!(o instanceof Map<?, ?> form)) {
        throw broken("a layer is no object", o);
      }
      Layer l = Saved.read(form, Layer.class);
      layers.put(l.name(), l);
      if (l instanceof InputLayer in) {
        outputs.put(l.name(), List.of(List.of(in.output())));
      }
      for (Object node : list(form.get("inbound_nodes"))) {
        pending.add(pending(l, node));
      }
    }
    make(pending, outputs);
    String name = config.get("name") instanceof String n ? n : null;
    Model m =
        new Model(
            ends(config.get("input_layers"), outputs),
            ends(config.get("output_layers"), outputs),
            name);
    if (config.get("trainable") instanceof Boolean on && !on) {
      m.setTrainable(false);
    }
    return m;
  }

  /// Makes the calls whose inputs are there, until none is left.
  private static void make(List<Pending> pending, Map<String, List<List<Tensor>>> outputs) {
    List<Pending> left = new ArrayList<>(pending);
    while (!left.isEmpty()) {
      List<Pending> later = new ArrayList<>();
      Set<Layer> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Pending p : left) {
        // Calls of one layer are numbered: a later one waits for an earlier one.
        if (waiting.contains(p.layer)
            || !p.inputs.stream().allMatch(h -> find(h, outputs) != null)) {
          later.add(p);
          waiting.add(p.layer);
          continue;
        }
        List<Tensor> xs = p.inputs.stream().map(h -> found(h, outputs)).toList();
        List<Tensor> ys = p.layer.applyAll(xs, p.training, null);
        outputs.computeIfAbsent(p.layer.name(), n -> new ArrayList<>()).add(ys);
      }
      if (later.size() == left.size()) {
        throw broken("layers take what no layer gives", later.getFirst().layer.name());
      }
      left = later;
    }
  }

  private static Pending pending(Layer l, @Nullable Object node) {
    List<List<?>> inputs = new ArrayList<>();
    Boolean training = null;
    if (node instanceof Map<?, ?> m) {
      histories(m.get("args"), inputs, 0);
      if (m.get("kwargs") instanceof Map<?, ?> kwargs) {
        training = kwargs.get("training") instanceof Boolean b ? b : null;
        kwargs.forEach((k, v) -> histories(v, inputs, 0));
      }
    } else {
      for (Object o : list(node)) {
        List<?> h = list(o);
        inputs.add(h);
        if (h.size() > 3 && h.get(3) instanceof Map<?, ?> kwargs) {
          training = kwargs.get("training") instanceof Boolean b ? b : training;
        }
      }
    }
    return new Pending(l, inputs, training);
  }

  /// Finds the names of tensors in the arguments of a call, in their order.
  private static void histories(@Nullable Object o, List<List<?>> found, int depth) {
    if (depth > 20) {
      throw broken("the arguments of a call are too deep", "more than 20 lists in each other");
    }
    if (o instanceof Map<?, ?> m) {
      if ("__keras_tensor__".equals(m.get("class_name"))
          && m.get("config") instanceof Map<?, ?> c) {
        found.add(list(c.get("keras_history")));
      } else {
        m.values().forEach(v -> histories(v, found, depth + 1));
      }
    } else if (o instanceof List<?> l) {
      l.forEach(v -> histories(v, found, depth + 1));
    }
  }

  private static @Nullable Tensor find(List<?> history, Map<String, List<List<Tensor>>> outputs) {
    if (history.size() < 3
        || !(history.get(1) instanceof Number call)
        || !(history.get(2) instanceof Number index)) {
      throw broken("a tensor is named by layer, call and output", history);
    }
    List<List<Tensor>> calls = outputs.get(String.valueOf(history.get(0)));
    if (calls == null || call.intValue() < 0 || call.intValue() >= calls.size()) {
      return null;
    }
    List<Tensor> ys = calls.get(call.intValue());
    if (index.intValue() < 0 || index.intValue() >= ys.size()) {
      throw broken("layer '" + history.get(0) + "' has " + ys.size() + " outputs", history);
    }
    return ys.get(index.intValue());
  }

  private static Tensor found(List<?> history, Map<String, List<List<Tensor>>> outputs) {
    Tensor t = find(history, outputs);
    if (t == null) {
      throw broken("there is no such call", history);
    }
    return t;
  }

  private static List<Tensor> ends(@Nullable Object o, Map<String, List<List<Tensor>>> outputs) {
    if (o instanceof Map<?, ?> m) {
      return m.values().stream().map(v -> found(list(v), outputs)).toList();
    }
    List<?> l = list(o);
    if (!l.isEmpty() && l.getFirst() instanceof String) {
      return List.of(found(l, outputs));
    }
    return l.stream().map(h -> found(list(h), outputs)).toList();
  }

  private static List<?> list(@Nullable Object o) {
    if (o instanceof List<?> l) {
      return l;
    }
    throw broken("a list is missing", o);
  }

  private static RuntimeException broken(String what, @Nullable Object given) {
    return Message.what("the configuration of a model is broken: " + what)
        .given(String.valueOf(given))
        .valueError();
  }
}
