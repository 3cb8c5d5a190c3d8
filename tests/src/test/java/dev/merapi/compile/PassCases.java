package dev.merapi.compile;

import dev.merapi.compile.pass.Algebra;
import dev.merapi.compile.pass.Common;
import dev.merapi.compile.pass.DeadCode;
import dev.merapi.compile.pass.Folding;
import dev.merapi.compile.pass.Fuse;
import dev.merapi.eager.Variable;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Memory;
import dev.merapi.op.Seeds;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Small graphs on which each pass of the optimiser shows what it does and what it must leave
/// alone.
///
/// `golden/passes/<pass>.txt` holds them before and after as text, checked by hand.
public final class PassCases {
  /// @param inputs values for the graph's declared inputs
  public record Case(Pass pass, String name, Graph graph, List<Tensor> inputs) {
    @Override
    public String toString() {
      return pass.name() + ": " + name;
    }

    /// Returns the graph before and after the pass, as the goldens show it.
    public String text() {
      return "# " + name + "\n" + graph + "=>\n" + pass.apply(graph);
    }

    /// Returns null when the pass keeps all bits, else what differs.
    public String difference() {
      List<String> before = run(graph);
      List<String> after = run(pass.apply(graph));
      return before.equals(after) ? null : before + " became " + after;
    }

    private List<String> run(Graph g) {
      Seeds.setSeed(5);
      List<Tensor> in = new ArrayList<>(inputs);
      List<Variable> variables = new ArrayList<>();
      for (Graph.Capture c : graph.captures()) {
        in.add(c.outer());
        variables.add((Variable) cell(c.outer()).owner());
      }
      List<Tensor> values = variables.stream().map(Variable::value).toList();
      List<String> bits = new ArrayList<>();
      for (Tensor t : new Plan(g).run(in.toArray(Tensor[]::new))) {
        bits.add(bits(t));
      }
      variables.forEach(v -> bits.add(bits(v.value())));
      for (int i = 0; i < values.size(); i++) {
        variables.get(i).assign(values.get(i));
      }
      return bits;
    }
  }

  private static dev.merapi.memory.Cell cell(Tensor handle) {
    return (dev.merapi.memory.Cell) handle.storage().handles()[0];
  }

  private static String bits(Tensor t) {
    return t.spec()
        + " "
        + (t.dtype() == DType.STRING
            ? Arrays.deepToString(t.strings())
            : Arrays.toString(t.toByteArray()));
  }

  private final List<Case> cases = new ArrayList<>();

  private PassCases() {}

  /// Returns all cases, in the order of the files.
  public static List<Case> all() {
    PassCases p = new PassCases();
    p.deadCode();
    p.folding();
    p.algebra();
    p.common();
    p.fuse();
    return p.cases;
  }

  /// Prints all cases, or writes them into the given folder.
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, String> e : texts().entrySet()) {
      if (args.length > 0) {
        Files.writeString(Path.of(args[0], e.getKey()), e.getValue());
      } else {
        System.out.println("## " + e.getKey() + "\n" + e.getValue());
      }
    }
    for (Case c : all()) {
      String d = c.difference();
      if (d != null) {
        System.out.println(c + ": " + d);
      }
    }
  }

  /// Returns the goldens' texts by file.
  public static Map<String, String> texts() {
    Map<String, String> files = new TreeMap<>();
    for (Case c : all()) {
      files.merge(c.pass().name().replace(' ', '-') + ".txt", c.text(), (a, b) -> a + "\n" + b);
    }
    return files;
  }

  private void add(
      Pass pass, String name, List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> body) {
    try (Tracer t = Tracer.openAlone("f")) {
      List<Tensor> in = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        in.add(t.input(i == 0 ? "x" : "y", inputs.get(i).spec()));
      }
      cases.add(new Case(pass, name, t.finish(body.apply(in)), inputs));
    }
  }

  private void one(Pass pass, String name, Tensor x, Function<Tensor, Tensor> body) {
    add(pass, name, List.of(x), in -> List.of(body.apply(in.get(0))));
  }

  private static Tensor x() {
    return tf.constant(new float[] {-0f, 1.5f, Float.NaN, -2, 1 / 0f, 100}, tf.float32, 2, 3);
  }

  private static Tensor matrix(int rows, int columns) {
    float[] v = new float[rows * columns];
    for (int i = 0; i < v.length; i++) {
      v[i] = i * 0.25f - 1;
    }
    return tf.constant(v, tf.float32, rows, columns);
  }

  private static Tensor random(int n) {
    return random(tf.constant(new int[] {n}));
  }

  private static Tensor random(Tensor shape) {
    return tf.rawOp("RandomUniform", Map.of("dtype", tf.float32, "seed", 3, "seed2", 4), shape)
        .getFirst();
  }

  private void deadCode() {
    Pass p = new DeadCode();
    one(
        p,
        "what nobody reads goes",
        x(),
        x -> {
          tf.exp(tf.abs(x));
          return tf.negative(x);
        });
    Variable v = new Variable(matrix(2, 3), "v");
    one(
        p,
        "changes of variables stay, reads that nobody uses go",
        x(),
        x -> {
          v.value();
          v.assignAdd(tf.square(x));
          return tf.negative(x);
        });
    one(
        p,
        "inputs stay though nobody reads them",
        x(),
        x -> {
          return tf.constant(1f);
        });
  }

  private void folding() {
    Pass p = new Folding();
    one(
        p,
        "what follows from constants is computed",
        x(),
        x -> tf.multiply(x, tf.sqrt(tf.add(tf.constant(3f), tf.constant(1f)))));
    one(p, "known shapes are constants", x(), x -> tf.shape(x));
    one(p, "random numbers are drawn each time", x(), x -> random(2));
    one(
        p,
        "large results of small constants stay computations",
        x(),
        x -> tf.rawOp("Fill", Map.of(), tf.constant(new int[] {200, 200}), 1.5f).getFirst());
  }

  private void algebra() {
    Pass p = new Algebra();
    one(
        p,
        "factors of 1 and subtrahends of 0 go",
        x(),
        x -> tf.subtract(tf.divide(tf.multiply(x, 1f), 1f), 0f));
    one(p, "adding 0 stays: it turns -0 into 0", x(), x -> tf.add(x, 0f));
    one(p, "subtracting -0 stays: it turns -0 into 0", x(), x -> tf.subtract(x, -0f));
    one(p, "multiplying by 0 stays: of nan and infinity it is nan", x(), x -> tf.multiply(x, 0f));
    one(p, "log(1 + exp x) stays: it is infinite at 100", x(), x -> tf.log(tf.add(tf.exp(x), 1f)));
    one(p, "two negations are none", x(), x -> tf.negative(tf.negative(x)));
    one(p, "a factor of 1 that stretches stays", tf.constant(2f), x -> tf.multiply(x, tf.ones(2)));
    one(p, "of reshapes the last counts", x(), x -> tf.reshape(tf.reshape(x, 6, 1), 3, 2));
    one(p, "transpositions join", matrix(2, 3), x -> tf.transpose(tf.transpose(x, 1, 0), 1, 0));
    add(
        p,
        "products read transposed matrices as they lie",
        List.of(matrix(4, 2), matrix(4, 3)),
        in -> List.of(tf.matmul(tf.transpose(in.get(0)), in.get(1))));
  }

  private void common() {
    Pass p = new Common();
    one(p, "equal computations are done once", x(), x -> tf.add(tf.exp(x), tf.exp(x)));
    one(
        p,
        "other attributes are other computations",
        matrix(2, 2),
        x -> tf.add(tf.matmul(x, x), tf.matmul(x, x, true, false)));
    one(p, "random numbers are drawn twice", x(), x -> tf.subtract(random(3), random(3)));
    Variable v = new Variable(matrix(2, 3), "v");
    add(
        p,
        "reads before an assignment are one, those after it another",
        List.of(x()),
        in -> {
          Tensor before = v.value();
          Tensor again = v.value();
          v.assign(in.get(0));
          return List.of(before, again, v.value());
        });
    add(
        p,
        "constants are equal by their bits: 0 and -0 are two, as are strings",
        List.of(),
        in ->
            List.of(
                tf.multiply(tf.constant(new float[] {0, 1}), 2f),
                tf.multiply(tf.constant(new float[] {-0f, 1}), 2f),
                text((byte) 0xff),
                text((byte) 0xfe)));
  }

  private static Tensor text(byte b) {
    return tf.rawOp("Identity", Map.of(), Memory.texts(Spec.of(DType.STRING), new byte[][] {{b}}))
        .getFirst();
  }

  private void fuse() {
    Pass p = new Fuse();
    add(
        p,
        "connected element-wise operations run as one",
        List.of(x(), matrix(2, 3)),
        in -> List.of(tf.add(tf.multiply(tf.exp(in.get(0)), in.get(1)), 1f)));
    one(p, "sums join what computes their terms", x(), x -> tf.reduceSum(tf.square(x), 1));
    one(
        p,
        "what reads a sum waits until it is complete",
        x(),
        x -> {
          Tensor e = tf.exp(x);
          return tf.divide(e, tf.reduceSum(e, new int[] {1}, true));
        });
    add(
        p,
        "draws from one sequence keep their order, though the first waits for a group",
        List.of(matrix(2, 2)),
        in -> {
          Tensor e = tf.exp(in.get(0));
          Tensor three = tf.minimum(tf.maximum(tf.reduceSum(e, 0, 1), 3f), 3f);
          Tensor first = random(tf.expandDims(tf.cast(three, tf.int32), 0));
          return List.of(first, random(2), tf.negative(e));
        });
    one(
        p,
        "a product parts what is before it from what is behind",
        matrix(2, 2),
        x -> {
          Tensor y = tf.square(tf.negative(x));
          return tf.exp(tf.negative(tf.matmul(y, y)));
        });
  }
}
