package dev.merapi.nn.model;

import dev.merapi.eager.Variable;
import dev.merapi.nn.layer.Connection;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The table of a model's layers, in the text of Keras 2.
final class Summary {
  private static final int NARROW = 65;
  private static final int WIDE = 98;

  private final Model model;
  private final boolean chain;
  private final int width;
  private final int[] ends;
  private final StringBuilder text = new StringBuilder();

  private Summary(Model model) {
    this.model = model;
    Wiring w = model.wiring();
    chain = w == null || w.isChain();
    width = chain ? NARROW : WIDE;
    double[] shares = chain ? new double[] {.45, .85, 1} : new double[] {.33, .55, .67, 1};
    ends = new int[shares.length];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = (int) (width * shares[i]);
    }
  }

  static String of(Model model) {
    if (!model.isBuilt()) {
      throw Message.what(
              "This model has not yet been built. Build the model first by calling `build()` or"
                  + " calling `fit()` with some data, or specify an `input_shape` argument in the"
                  + " first layer(s) for automatic build.")
          .given("model '" + model.name() + "'")
          .fix("model.build(-1, …) with the shape of a batch, -1 for its size")
          .valueError();
    }
    return new Summary(model).write();
  }

  private String write() {
    line("Model: \"" + model.name() + "\"");
    rule('_');
    row(
        chain
            ? new String[] {"Layer (type)", "Output Shape", "Param #"}
            : new String[] {"Layer (type)", "Output Shape", "Param #", "Connected to"});
    rule('=');
    List<Layer> layers = model.layers();
    for (int i = 0; i < layers.size(); i++) {
      layer(layers.get(i));
      rule(i == layers.size() - 1 ? '=' : '_');
    }
    long learned = count(model.trainableVariables());
    long fixed = count(model.nonTrainableVariables());
    line(String.format(Locale.ROOT, "Total params: %,d", learned + fixed));
    line(String.format(Locale.ROOT, "Trainable params: %,d", learned));
    line(String.format(Locale.ROOT, "Non-trainable params: %,d", fixed));
    rule('_');
    return text.toString();
  }

  private static long count(List<Variable> variables) {
    return variables.stream().mapToLong(v -> v.shape().size()).sum();
  }

  private void layer(Layer l) {
    String what = l.name() + " (" + l.className() + ")";
    String params = l.isBuilt() ? "" + l.countParams() : "0 (unused)";
    List<Connection> calls = model.calls().stream().filter(c -> c.layer() == l).toList();
    if (chain) {
      row(what, shape(l, calls), params);
      return;
    }
    List<String> from = new ArrayList<>();
    for (Connection c : calls) {
      c.inputs()
          .forEach(t -> {
            Connection before = Connection.from(t);
            if (before != null) {
              int call = before.layer().connections().indexOf(before);
              from.add(before.layer().name() + "[" + call + "][" + Connection.index(t) + "]");
            }
          });
    }
    row(what, shape(l, calls), params, from.isEmpty() ? "" : from.getFirst());
    for (int i = 1; i < from.size(); i++) {
      row("", "", "", from.get(i));
    }
  }

  private static String shape(Layer l, List<Connection> calls) {
    Set<String> shapes = new LinkedHashSet<>();
    for (Connection c : calls) {
      List<String> each = c.outputs().stream().map(t -> text(t.shape())).toList();
      shapes.add(
          each.size() > 1 || l instanceof InputLayer
              ? "[" + String.join(", ", each) + "]"
              : each.getFirst());
    }
    return shapes.size() == 1 ? shapes.iterator().next() : "multiple";
  }

  /// Python's tuple: `(None, 28, 28)`, `(None,)`.
  private static String text(Shape s) {
    StringBuilder t = new StringBuilder("(");
    for (int i = 0; i < s.rank(); i++) {
      t.append(i == 0 ? "" : ", ").append(s.dim(i) < 0 ? "None" : "" + s.dim(i));
    }
    return t.append(s.rank() == 1 ? ",)" : ")").toString();
  }

  private void row(@Nullable String... fields) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < fields.length; i++) {
      if (i > 0) {
        line.setCharAt(line.length() - 1, ' ');
      }
      line.append(fields[i]);
      line.setLength(Math.min(line.length(), ends[i]));
      line.append(" ".repeat(ends[i] - line.length()));
    }
    line(line.toString());
  }

  private void rule(char c) {
    line(String.valueOf(c).repeat(width));
  }

  private void line(String s) {
    text.append(s).append('\n');
  }
}
