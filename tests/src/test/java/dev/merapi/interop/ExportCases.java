package dev.merapi.interop;

import dev.merapi.eager.Variable;
import dev.merapi.formats.graphdef.GraphDefWriter;
import dev.merapi.formats.graphdef.GraphDefs;
import dev.merapi.formats.graphdef.TensorProtos;
import dev.merapi.formats.proto.AttrValue;
import dev.merapi.formats.proto.GraphDef;
import dev.merapi.formats.proto.NodeDef;
import dev.merapi.graph.Control;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Graphs traced here for TensorFlow to run: what it computed from their messages is recorded.
public final class ExportCases {
  /// @param inputs values by name of the placeholder
  /// @param variables values of what the graph captures, by name, before it runs
  public record Case(
      String name, Graph graph, Map<String, Tensor> inputs, Map<String, Tensor> variables) {}

  private ExportCases() {}

  /// Writes the messages for TensorFlow to run.
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]));
  }

  static void write(Path folder) throws IOException {
    for (Case c : all()) {
      GraphDefWriter.Written w = GraphDefWriter.write(c.graph());
      GraphDefs.write(folder.resolve(c.name() + ".pbtxt"), w.def());
      GraphDef.Builder values = GraphDef.newBuilder();
      c.inputs().forEach((k, t) -> values.addNode(node("in/0/" + k, t)));
      c.variables().forEach((k, t) -> values.addNode(node("var/0/" + k, t)));
      w.outputs().forEach(o -> values.addNode(NodeDef.newBuilder().setName("out/0/" + o)));
      GraphDefs.write(folder.resolve(c.name() + ".inputs.pbtxt"), values.build());
    }
  }

  private static NodeDef node(String name, Tensor t) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("value", AttrValue.newBuilder().setTensor(TensorProtos.write(t)).build())
        .build();
  }

  /// Traces all cases; the same graphs each time.
  public static List<Case> all() {
    List<Case> all = new ArrayList<>();
    all.add(dense());
    all.add(pictures());
    all.add(lists());
    all.add(branch());
    all.add(loop());
    all.add(assigned());
    all.add(constants());
    return all;
  }

  /// Traces `body`; inputs are called x0, x1, ….
  private static Case trace(
      String name,
      List<Tensor> inputs,
      List<Variable> variables,
      Function<List<Tensor>, List<Tensor>> body) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    Map<String, Tensor> before = new LinkedHashMap<>();
    variables.forEach(v -> before.put(v.name(), v.value()));
    try (Tracer t = Tracer.openAlone(name)) {
      List<Tensor> in = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        in.add(t.input("x" + i, inputs.get(i).spec()));
        values.put("x" + i, inputs.get(i));
      }
      return new Case(name, t.finish(body.apply(in)), values, before);
    }
  }

  private static Tensor numbers(int seed, int... dims) {
    int n = 1;
    for (int d : dims) {
      n *= d;
    }
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = ((i * 37 + seed * 11) % 29 - 14) / 8f;
    }
    return tf.constant(x, tf.float32, dims);
  }

  private static Case dense() {
    Variable w = new Variable(numbers(1, 3, 4), "dense/kernel");
    Variable b = new Variable(numbers(2, 4), "dense/bias");
    return trace(
        "dense",
        List.of(numbers(3, 2, 3)),
        List.of(w, b),
        in -> {
          Tensor y = tf.nn.relu(tf.add(tf.matmul(in.get(0), w), b));
          return List.of(tf.nn.softmax(y), tf.reduceMean(y, new int[] {1}, true), tf.shape(y));
        });
  }

  private static Case pictures() {
    return trace(
        "pictures",
        List.of(numbers(4, 1, 6, 6, 2), numbers(5, 3, 3, 2, 4)),
        List.of(),
        in -> {
          Tensor y = tf.nn.conv2d(in.get(0), in.get(1), 1, "SAME");
          Tensor p = tf.nn.maxPool(y, new int[] {1, 2, 2, 1}, new int[] {1, 2, 2, 1}, "VALID");
          return List.of(tf.reshape(p, -1, 4), tf.nn.sigmoid(y));
        });
  }

  private static Case lists() {
    return trace(
        "lists",
        List.of(numbers(6, 4, 6)),
        List.of(),
        in -> {
          Tensor x = in.get(0);
          List<Tensor> parts = tf.split(x, 3, 1);
          List<Tensor> uneven = tf.split(x, new int[] {1, 3}, 0);
          Tensor[] top = tf.math.topK(x, 2);
          Tensor joined = tf.concat(List.of(parts.get(2), parts.get(0)), 1);
          return List.of(
              joined,
              tf.stack(tf.unstack(uneven.get(1), 0), 1),
              tf.einsum("ij,kj->ik", x, x),
              top[0],
              top[1],
              tf.oneHot(top[1], 6),
              tf.cast(tf.gather(x, tf.constant(new int[] {3, 0})), DType.I32));
        });
  }

  private static Case branch() {
    return trace(
        "branch",
        List.of(numbers(7, 2, 3), tf.constant(true)),
        List.of(),
        in -> {
          Tensor x = in.get(0);
          Graph yes = graph("yes", List.of(), t -> List.of(tf.multiply(x, 2f), tf.reduceSum(x)));
          Graph no = graph("no", List.of(), t -> List.of(tf.negative(x), tf.reduceMax(x)));
          return List.of(Control.emitIf(in.get(1), yes, no));
        });
  }

  private static Graph graph(
      String name, List<Spec> specs, Function<List<Tensor>, List<Tensor>> body) {
    try (Tracer t = Tracer.open(name)) {
      List<Tensor> in = new ArrayList<>();
      for (int i = 0; i < specs.size(); i++) {
        in.add(t.input("v" + i, specs.get(i)));
      }
      return t.finish(body.apply(in));
    }
  }

  private static Case loop() {
    return trace(
        "loop",
        List.of(numbers(8, 3), tf.constant(5)),
        List.of(),
        in -> {
          Tensor step = in.get(0);
          Tensor n = in.get(1);
          List<Spec> specs = List.of(Spec.of(DType.I32), Spec.of(DType.F32, 3));
          Graph test = graph("test", specs, v -> List.of(tf.less(v.get(0), n)));
          Graph body =
              graph(
                  "body",
                  specs,
                  v -> {
                    Tensor y = v.get(1);
                    Tensor large = tf.greater(tf.reduceSum(y), 2f);
                    Graph half = graph("half", List.of(), w -> List.of(tf.multiply(y, 0.5f)));
                    Graph more = graph("more", List.of(), w -> List.of(tf.add(y, step)));
                    Tensor next = Control.emitIf(large, half, more)[0];
                    return List.of(tf.add(v.get(0), 1), next);
                  });
          Tensor[] init = {tf.constant(0), tf.constant(new float[] {1, 2, 3})};
          return List.of(Control.emitWhile(test, body, init));
        });
  }

  private static Case assigned() {
    Variable v = new Variable(numbers(9, 2, 2), "state");
    return trace(
        "assigned",
        List.of(numbers(10, 2, 2)),
        List.of(v),
        in -> {
          Tensor before = tf.multiply(v, 1f);
          v.assignAdd(in.get(0));
          Tensor between = tf.multiply(v, 10f);
          v.assign(tf.matmul(v, in.get(0)));
          return List.of(before, between, tf.multiply(v, 100f));
        });
  }

  private static Case constants() {
    List<Tensor> all = new ArrayList<>();
    for (DType d :
        List.of(
            DType.F16,
            DType.BF16,
            DType.F32,
            DType.F64,
            DType.I8,
            DType.U8,
            DType.I16,
            DType.U16,
            DType.I32,
            DType.U32,
            DType.I64,
            DType.U64,
            DType.C64,
            DType.C128,
            DType.BOOL)) {
      all.add(tf.cast(new float[] {1, 0, 100}, d));
      all.add(tf.cast(3f, d));
    }
    all.add(tf.constant(new String[] {"ä", "", "merapi"}));
    return trace("constants", List.of(), List.of(), in -> all.stream().map(tf::identity).toList());
  }
}
