package dev.merapi.nn.model;

import dev.merapi.nn.layer.Connection;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the layers of a model hang together: calls in an order in which each finds its inputs.
///
/// Layers are listed as Keras lists them: by their greatest distance from the outputs, and among
/// equals in the order in which a walk from the outputs meets them.
final class Wiring {
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final List<Connection> calls = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();

  /// Place in the table of values, for each tensor that is not there yet.
  private final Map<Tensor, Integer> places = new IdentityHashMap<>();

  /// How many calls stand at each distance from the outputs.
  private final Map<Integer, List<Connection>> byDepth = new HashMap<>();

  Wiring(List<Tensor> inputs, List<Tensor> outputs) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    for (Tensor t : inputs) {
      Connection c = Connection.from(t);
      if (c == null || !(c.layer() instanceof InputLayer)) {
        throw Message.what("a model starts at what tf.keras.Input gives")
            .given(
                "input "
                    + t.spec()
                    + (c == null ? " with a value" : " of layer " + c.layer().name()))
            .fix("make the input with tf.keras.Input(shape)")
            .valueError();
      }
    }
    order();
    for (Connection c : calls) {
      for (Tensor t : c.outputs()) {
        places.put(t, places.size());
      }
    }
    check();
  }

  /// One walk from the outputs back.
  private final class Walk {
    private final Map<Layer, Integer> met = new IdentityHashMap<>();
    private final Set<Connection> done = identitySet();
    private final List<Connection> order = new ArrayList<>();

    void visit(Tensor t) {
      Connection c = Connection.from(t);
      if (c == null || !done.add(c)) {
        return;
      }
      met.putIfAbsent(c.layer(), met.size());
      c.inputs().forEach(this::visit);
      order.add(c);
    }
  }

  private static Set<Connection> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void order() {
    Walk walk = new Walk();
    outputs.forEach(walk::visit);
    Map<Connection, Integer> depths = new IdentityHashMap<>();
    Map<Layer, Integer> layerDepths = new IdentityHashMap<>();
    for (Connection c : walk.order.reversed()) {
      int depth = Math.max(depths.getOrDefault(c, 0), layerDepths.getOrDefault(c.layer(), 0));
      depths.put(c, depth);
      layerDepths.put(c.layer(), depth);
      for (Tensor t : c.inputs()) {
        Connection before = Connection.from(t);
        if (before != null) {
          depths.merge(before, depth + 1, Math::max);
        }
      }
    }
    for (Tensor t : inputs) {
      Connection c = of(t);
      if (!layerDepths.containsKey(c.layer())) {
        layerDepths.put(c.layer(), 0);
        walk.met.put(c.layer(), -1);
        depths.put(c, 0);
        walk.order.add(c);
      }
    }
    calls.addAll(walk.order);
    calls.sort(Comparator.comparingInt((Connection c) -> -get(depths, c)));
    layers.addAll(layerDepths.keySet());
    layers.sort(
        Comparator.comparingInt((Layer l) -> -get(layerDepths, l))
            .thenComparingInt(l -> get(walk.met, l)));
    for (Connection c : calls) {
      byDepth.computeIfAbsent(get(depths, c), d -> new ArrayList<>()).add(c);
    }
  }

  private static <K> int get(Map<K, Integer> map, K key) {
    Integer n = map.get(key);
    return n == null ? 0 : n;
  }

  private static Connection of(Tensor t) {
    Connection c = Connection.from(t);
    if (c == null) {
      throw Message.what("a tensor with a value is no part of a model")
          .given(t.spec().toString())
          .expected("the output of a layer applied to tf.keras.Input")
          .valueError();
    }
    return c;
  }

  /// Sees that every input of every call comes from the model's inputs, and that names differ.
  private void check() {
    Set<Tensor> given = Collections.newSetFromMap(new IdentityHashMap<>());
    given.addAll(inputs);
    outputs.forEach(Wiring::of);
    for (Connection c : calls) {
      if (c.layer() instanceof InputLayer && !given.contains(c.outputs().getFirst())) {
        throw Message.what(
                "Graph disconnected: cannot obtain value for tensor of layer \""
                    + c.layer().name()
                    + "\"")
            .given("inputs " + inputs.stream().map(t -> of(t).layer().name()).toList())
            .fix("pass this input to the model too")
            .valueError();
      }
    }
    Map<String, Layer> names = new LinkedHashMap<>();
    for (Layer l : layers) {
      if (names.putIfAbsent(l.name(), l) != null) {
        throw Message.what(
                "The name \""
                    + l.name()
                    + "\" is used twice in the model. All layer names should"
                    + " be unique.")
            .fix("give one of the layers another name")
            .valueError();
      }
    }
  }

  List<Tensor> inputs() {
    return inputs;
  }

  List<Tensor> outputs() {
    return outputs;
  }

  List<Layer> layers() {
    return layers;
  }

  List<Connection> calls() {
    return calls;
  }

  /// Returns the names of the layers that the inputs come from.
  List<String> inputNames() {
    return inputs.stream().map(t -> of(t).layer().name()).toList();
  }

  /// Returns the names of the layers that give the outputs.
  List<String> outputNames() {
    return outputs.stream().map(t -> of(t).layer().name()).toList();
  }

  /// Tells whether the layers form one chain.
  boolean isChain() {
    Set<Layer> seen = new HashSet<>();
    for (List<Connection> at : byDepth.values()) {
      for (Connection c : at) {
        if (at.size() > 1 || c.inputs().size() > 1 || !seen.add(c.layer())) {
          return false;
        }
      }
    }
    return true;
  }

  /// Computes the outputs.
  List<Tensor> run(List<Tensor> given, boolean training) {
    if (given.size() != inputs.size()) {
      throw Message.what(
              "the model expects " + inputs.size() + " input(s), but it received " + given.size())
          .expected("inputs " + inputNames())
          .shapeError();
    }
    @Nullable Tensor[] values = new @Nullable Tensor[places.size()];
    for (int i = 0; i < given.size(); i++) {
      values[place(inputs.get(i))] = fitting(given.get(i), inputs.get(i));
    }
    for (Connection c : calls) {
      if (c.layer() instanceof InputLayer) {
        continue;
      }
      List<Tensor> xs = new ArrayList<>(c.inputs().size());
      for (Tensor t : c.inputs()) {
        xs.add(value(values, t));
      }
      Boolean how = c.training() != null ? c.training() : (Boolean) training;
      List<Tensor> ys = c.layer().applyAll(xs, how, null);
      for (int i = 0; i < ys.size(); i++) {
        values[place(c.outputs().get(i))] = ys.get(i);
      }
    }
    List<Tensor> result = new ArrayList<>();
    for (Tensor t : outputs) {
      result.add(value(values, t));
    }
    return result;
  }

  private int place(Tensor t) {
    Integer p = places.get(t);
    if (p == null) {
      throw new IllegalStateException("This is a bug in Merapi: a call is missing in its model");
    }
    return p;
  }

  private Tensor value(@Nullable Tensor[] values, Tensor t) {
    if (Connection.from(t) == null) {
      return t;
    }
    Tensor v = values[place(t)];
    if (v == null) {
      throw new IllegalStateException("This is a bug in Merapi: calls stand in a wrong order");
    }
    return v;
  }

  /// Checks an input against its declaration.
  private Tensor fitting(Tensor x, Tensor declared) {
    boolean ranks = !x.shape().isRankKnown() || x.rank() == declared.rank();
    if (ranks && declared.shape().accepts(x.shape())) {
      return x;
    }
    throw Message.what(
            "Input \""
                + of(declared).layer().name()
                + "\" is incompatible with the model: expected shape "
                + declared.shape()
                + ", found shape "
                + x.shape())
        .given(x.spec().toString())
        .expected(declared.spec().toString())
        .shapeError();
  }
}
