package dev.merapi.compile;

import dev.merapi.device.Workers;
import dev.merapi.eager.Variable;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Small graphs that show what runs together, and what does not.
///
/// `golden/schedule/schedule.txt` holds them as text, checked by hand.
public final class ScheduleCases {
  /// @param body what the graph was traced from
  /// @param graph as the optimiser left it
  /// @param handles of the variables that the graph reads
  public record Case(
      String name,
      Function<List<Tensor>, List<Tensor>> body,
      Graph graph,
      List<Tensor> inputs,
      List<Tensor> handles) {
    @Override
    public String toString() {
      return name;
    }

    public String text() {
      return "# " + name + "\n" + graph + "=>\n" + Schedule.text(graph);
    }

    /// Returns null when the plan gives the bits of eager calls, on one thread and on two, once and
    /// again, and inside other parallel work; else what differs.
    public String difference() {
      String want = bits(body.apply(inputs));
      Plan plan = new Plan(graph);
      int threads = Workers.threads();
      try {
        for (int n : new int[] {1, 2, 2}) {
          Workers.setThreads(n);
          String got = run(plan);
          if (!got.equals(want)) {
            return "on " + n + " threads";
          }
        }
        AtomicReference<String> inner = new AtomicReference<>(want);
        Workers.run(
            2,
            chunk -> {
              // Two runs of a graph that assigns a variable would see each other's values.
              String got = chunk == 0 || handles.isEmpty() ? run(plan) : want;
              if (!got.equals(want)) {
                inner.set(got);
              }
            });
        return inner.get().equals(want) ? null : "inside other work";
      } finally {
        Workers.setThreads(threads);
      }
    }

    private String run(Plan plan) {
      List<Tensor> in = new ArrayList<>(inputs);
      in.addAll(handles);
      return bits(List.of(plan.run(in.toArray(Tensor[]::new))));
    }

    private static String bits(List<Tensor> all) {
      return all.stream()
          .map(t -> t.spec() + " " + Arrays.hashCode(t.toByteArray()))
          .collect(Collectors.joining("\n"));
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private ScheduleCases() {}

  /// Returns all cases, in their order in the golden.
  public static List<Case> all() {
    ScheduleCases c = new ScheduleCases();
    c.chains();
    c.branches();
    return c.cases;
  }

  /// Prints the golden, or writes it to the given file.
  public static void main(String[] args) throws IOException {
    if (args.length > 0) {
      Files.writeString(Path.of(args[0]), text());
    } else {
      System.out.println(text());
    }
    for (Case c : all()) {
      String d = c.difference();
      if (d != null) {
        System.out.println(c + ": differs " + d);
      }
    }
  }

  /// Returns the golden's text.
  public static String text() {
    return all().stream().map(Case::text).collect(Collectors.joining("\n"));
  }

  private void add(String name, List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> body) {
    try (Tracer t = Tracer.openAlone("f")) {
      List<Tensor> in = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        in.add(t.input(String.valueOf((char) ('a' + i)), inputs.get(i).spec()));
      }
      Graph g = t.finish(body.apply(in));
      List<Tensor> handles = g.captures().stream().map(Graph.Capture::outer).toList();
      cases.add(new Case(name, body, Pipeline.finish(Pipeline.apply(g)), inputs, handles));
    }
  }

  /// Numbers from -1 to 1 that repeat at different distances in different tensors.
  private static Tensor numbers(int... dims) {
    int n = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      v[i] = (float) Math.sin(i * 0.7 + n);
    }
    return tf.constant(v, tf.float32, dims);
  }

  private static Tensor dense(Tensor x, Tensor w, Tensor b) {
    return tf.nn.biasAdd(tf.matmul(x, w), b);
  }

  private void chains() {
    Variable w = new Variable(numbers(20, 30), "w");
    Variable b = new Variable(numbers(30), "b");
    add(
        "products, activations and a softmax run by pieces of rows; reads come first",
        List.of(numbers(60, 28, 28), numbers(28, 20), numbers(20)),
        in -> {
          Tensor h = tf.reshape(in.get(0), 1680, 28);
          h = tf.tanh(dense(h, in.get(1), in.get(2)));
          h = tf.nn.softmax(dense(h, w.value(), b.value()));
          return List.of(tf.reshape(h, 60, 28, 30));
        });
    add(
        "element-wise work of more axes joins; the last piece may be shorter",
        List.of(numbers(37, 30, 40), numbers(40, 16), numbers(16), numbers(37, 30, 1)),
        in -> {
          Tensor h = tf.reshape(tf.exp(tf.negative(in.get(0))), 1110, 40);
          h = tf.reshape(tf.nn.relu(dense(h, in.get(1), in.get(2))), 37, 30, 16);
          return List.of(tf.nn.softmax(tf.multiply(tf.tanh(h), in.get(3))), h);
        });
    add(
        "a product with itself needs all rows, so a chain ends before it",
        List.of(numbers(128, 128), numbers(128, 128)),
        in -> {
          Tensor h = tf.nn.softmax(tf.matmul(in.get(0), in.get(1)));
          return List.of(tf.nn.softmax(tf.matmul(h, h)));
        });
    add(
        "what takes less than it costs to wake a thread stays as it is",
        List.of(numbers(50, 20), numbers(20, 10), numbers(10)),
        in -> List.of(tf.nn.softmax(dense(in.get(0), in.get(1), in.get(2)))));
    Variable v = new Variable(numbers(20, 30), "v");
    add(
        "no read of a variable moves across its assignment",
        List.of(numbers(1680, 20)),
        in -> {
          Tensor h = tf.nn.softmax(tf.matmul(in.get(0), v.value()));
          v.assign(tf.multiply(tf.sign(v.value()), 0.25f));
          Tensor k = tf.nn.softmax(tf.matmul(in.get(0), v.value()));
          v.assign(numbers(20, 30));
          return List.of(h, k);
        });
  }

  private void branches() {
    add(
        "two products that read different inputs run at once, then their sum",
        List.of(numbers(300, 100), numbers(300, 70), numbers(320, 100), numbers(320, 70)),
        in -> {
          Tensor p = tf.matmul(in.get(0), in.get(1), true, false);
          Tensor q = tf.matmul(in.get(2), in.get(3), true, false);
          return List.of(tf.add(p, q));
        });
    add(
        "what both need runs before, what needs one of them after; results count as ends",
        List.of(numbers(300, 100), numbers(300, 70)),
        in -> {
          Tensor x = tf.tanh(in.get(0));
          Tensor p = tf.matmul(x, in.get(1), true, false);
          Tensor q = tf.matmul(in.get(1), x, true, false);
          return List.of(tf.reduceSum(p, 0), tf.reduceMax(q, 1));
        });
    add(
        "a short branch gets no thread",
        List.of(numbers(300, 100), numbers(300, 70), numbers(30, 100), numbers(30, 70)),
        in -> {
          Tensor p = tf.matmul(in.get(0), in.get(1), true, false);
          Tensor q = tf.matmul(in.get(2), in.get(3), true, false);
          return List.of(tf.add(p, q));
        });
  }
}
