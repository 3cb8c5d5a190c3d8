package dev.merapi.compile;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Scope;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Draws small programs and runs each with its gradients in eager mode, as a graph as it was
/// traced, as an optimised graph, and as a graph that does not know sizes: all must come to the
/// same bits.
public final class RandomPrograms {
  private static final int FEWEST_STEPS = 10;
  private static final int MOST_STEPS = 40;
  private static final int MOST_ELEMENTS = 400;

  /// One operation of a program: what it does to the values so far, and its words.
  private record Step(String words, Function<List<Tensor>, Tensor> run) {}

  private final SplittableRandom random;
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> values = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private RandomPrograms(long seed) {
    random = new SplittableRandom(seed);
  }

  /// Runs programs of the given seeds, from … to, and prints what differs.
  public static void main(String[] args) {
    long from = Long.parseLong(args[0]);
    long to = Long.parseLong(args[1]);
    int wrong = 0;
    for (long seed = from; seed < to; seed++) {
      String d = difference(seed);
      if (d != null) {
        wrong++;
        System.out.println(d);
      }
    }
    System.out.println(to - from + " programs, " + wrong + " differ");
  }

  /// Returns null when the program of a seed gives the same bits in all ways, else what differs and
  /// the program.
  public static @Nullable String difference(long seed) {
    RandomPrograms p = new RandomPrograms(seed);
    try (Scope _ = Scope.open()) {
      p.draw();
      List<String> eager = bits(p.run(p.inputs));
      Graph known = p.graph(false);
      Graph open = p.graph(true);
      Tensor[] in = p.inputs.toArray(Tensor[]::new);
      String wrong = differs("as traced", eager, new Plan(known).run(in));
      wrong = wrong != null ? wrong : differs("optimised", eager, known.run(in));
      wrong = wrong != null ? wrong : differs("optimised, again", eager, known.run(in));
      wrong = wrong != null ? wrong : differs("of unknown sizes", eager, open.run(in));
      return wrong == null ? null : "seed " + seed + " " + wrong + p.words();
    } catch (RuntimeException e) {
      return "seed "
          + seed
          + " "
          + e
          + " at "
          + Arrays.toString(
              Arrays.copyOf(e.getStackTrace(), Math.min(24, e.getStackTrace().length)))
          + p.words();
    }
  }

  private String words() {
    StringBuilder s = new StringBuilder();
    inputs.forEach(t -> s.append("\n  input ").append(t.spec()));
    for (int i = 0; i < steps.size(); i++) {
      s.append("\n  ").append(inputs.size() + i).append(" = ").append(steps.get(i).words);
    }
    return s.toString();
  }

  private static @Nullable String differs(String way, List<String> eager, Tensor[] out) {
    List<String> got = bits(Arrays.asList(out));
    for (int i = 0; i < eager.size(); i++) {
      if (!eager.get(i).equals(got.get(i))) {
        return way + ": result " + i + " is " + got.get(i) + ", eager " + eager.get(i);
      }
    }
    return null;
  }

  private static List<String> bits(List<Tensor> all) {
    List<String> s = new ArrayList<>();
    for (Tensor t : all) {
      float[] x = t.toFloatArray();
      StringBuilder b = new StringBuilder(t.shape().toString());
      for (float v : x) {
        b.append(' ').append(Integer.toHexString(Float.floatToIntBits(v)));
      }
      s.add(b.toString());
    }
    return s;
  }

  /// Returns the last values, the sum of their squares, and its gradient with respect to the
  /// inputs.
  private List<Tensor> run(List<Tensor> in) {
    try (GradientTape tape = new GradientTape()) {
      in.forEach(tape::watch);
      List<Tensor> v = new ArrayList<>(in);
      for (Step s : steps) {
        v.add(s.run.apply(v));
      }
      List<Tensor> out = new ArrayList<>(v.subList(v.size() - 3, v.size()));
      Tensor loss = tf.constant(0f);
      for (Tensor t : out) {
        loss = tf.add(loss, tf.reduceMean(tf.square(t)));
      }
      out.add(loss);
      Gradients g = tape.gradients(List.of(loss), in, null, true);
      out.addAll(g);
      return out;
    }
  }

  private Graph graph(boolean open) {
    try (Tracer t = Tracer.openAlone("program")) {
      List<Tensor> in = new ArrayList<>();
      for (Tensor x : inputs) {
        Spec s = x.spec();
        if (open) {
          int[] d = new int[s.shape().rank()];
          Arrays.fill(d, -1);
          s = s.withShape(Shape.of(d));
        }
        in.add(t.input("x" + in.size(), s));
      }
      return t.finish(run(in));
    }
  }

  private void draw() {
    int n = 2 + random.nextInt(2);
    int[][] shapes = {{3, 4}, {4}, {2, 3, 4}, {3, 1}, {5, 4}, {1}, {2, 5}};
    for (int i = 0; i < n; i++) {
      int[] d = shapes[random.nextInt(shapes.length)];
      float[] x = new float[(int) Shape.of(d).size()];
      for (int k = 0; k < x.length; k++) {
        x[k] = (float) (random.nextDouble() * 3 - 1.5);
      }
      inputs.add(tf.constant(x, tf.float32, d));
    }
    values.addAll(inputs);
    int most = FEWEST_STEPS + random.nextInt(MOST_STEPS - FEWEST_STEPS + 1);
    while (steps.size() < most) {
      Step s = step();
      if (s != null) {
        Tensor y = s.run.apply(values);
        if (y.size() <= MOST_ELEMENTS && y.rank() <= 4) {
          steps.add(s);
          values.add(y);
        }
      }
    }
  }

  /// Returns a value's number; late ones more often, so that programs become deep.
  private int pick() {
    int n = values.size();
    return random.nextInt(4) == 0 ? random.nextInt(n) : n - 1 - random.nextInt(Math.min(n, 4));
  }

  private @Nullable Step step() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> unary();
      case 2, 3 -> binary();
      case 4 -> fold();
      default -> move();
    };
  }

  private static Step one(String name, int i, Function<Tensor, Tensor> f) {
    return new Step(name + "(" + i + ")", v -> f.apply(v.get(i)));
  }

  private Step unary() {
    int i = pick();
    return switch (random.nextInt(11)) {
      case 0 -> one("tanh", i, tf::tanh);
      case 1 -> one("sigmoid", i, tf::sigmoid);
      case 2 -> one("negative", i, tf::negative);
      case 3 -> one("relu", i, tf.nn::relu);
      case 4 -> one("sin", i, tf::sin);
      case 5 -> one("sqrt of 1 + square", i, t -> tf.sqrt(tf.add(tf.square(t), 1f)));
      case 6 -> one("exp of tanh", i, t -> tf.exp(tf.tanh(t)));
      case 7 -> one("times 0.5", i, t -> tf.multiply(t, 0.5f));
      case 8 -> one("plus 0", i, t -> tf.add(t, 0f));
      case 9 -> one("times 1", i, t -> tf.multiply(t, 1f));
      default -> one("abs", i, tf::abs);
    };
  }

  private @Nullable Step binary() {
    int i = pick();
    int k = pick();
    if (!fit(values.get(i), values.get(k))) {
      return null;
    }
    String on = "(" + i + ", " + k + ")";
    return switch (random.nextInt(6)) {
      case 0 -> new Step("add" + on, v -> tf.add(v.get(i), v.get(k)));
      case 1 -> new Step("subtract" + on, v -> tf.subtract(v.get(i), v.get(k)));
      case 2 -> new Step("product of tanh" + on, v -> tf.multiply(tf.tanh(v.get(i)), v.get(k)));
      case 3 -> new Step("maximum" + on, v -> tf.maximum(v.get(i), v.get(k)));
      case 4 ->
          new Step("quotient" + on, v -> tf.divide(v.get(i), tf.add(tf.square(v.get(k)), 1f)));
      default ->
          new Step(
              "where" + on,
              v ->
                  tf.rawOp(
                          "SelectV2",
                          java.util.Map.of(),
                          tf.greater(v.get(i), v.get(k)),
                          v.get(i),
                          v.get(k))
                      .getFirst());
    };
  }

  private static boolean fit(Tensor a, Tensor b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      int x = a.shape().dim(-i);
      int y = b.shape().dim(-i);
      if (x != y && x != 1 && y != 1) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Step fold() {
    int i = pick();
    int rank = values.get(i).rank();
    if (rank == 0) {
      return null;
    }
    int[] axis = {random.nextInt(rank) - (random.nextBoolean() ? rank : 0)};
    boolean keep = random.nextInt(3) > 0;
    String how = " along " + axis[0] + (keep ? " kept" : "");
    return switch (random.nextInt(6)) {
      case 0 -> one("reduceSum" + how, i, t -> tf.reduceSum(t, axis, keep));
      case 1 -> one("reduceMean" + how, i, t -> tf.reduceMean(t, axis, keep));
      case 2 -> one("reduceMax" + how, i, t -> tf.reduceMax(t, axis, keep));
      case 3 -> one("softmax" + how, i, t -> tf.nn.softmax(t, axis[0]));
      case 4 -> one("reduceProd of tanh" + how, i, t -> tf.reduceProd(tf.tanh(t), axis, keep));
      default -> one("cumsum" + how, i, t -> tf.cumsum(t, axis[0]));
    };
  }

  private @Nullable Step move() {
    int i = pick();
    Tensor x = values.get(i);
    int rank = x.rank();
    if (rank == 0) {
      return one("expandDims", i, t -> tf.expandDims(t, 0));
    }
    int axis = random.nextInt(rank);
    switch (random.nextInt(10)) {
      case 0 -> {
        int last = x.shape().dim(-1);
        return one("reshape to rows of " + last, i, t -> tf.reshape(t, -1, last));
      }
      case 1 -> {
        return one("transpose", i, tf::transpose);
      }
      case 2 -> {
        return one("expandDims " + axis, i, t -> tf.expandDims(t, axis));
      }
      case 3 -> {
        return one("concat with itself along " + axis, i, t -> tf.concat(List.of(t, t), axis));
      }
      case 4 -> {
        int[] times = new int[rank];
        Arrays.fill(times, 1);
        times[axis] = 2;
        return one("tile along " + axis, i, t -> tf.tile(t, times));
      }
      case 5 -> {
        int n = x.shape().dim(axis);
        Tensor rows = tf.constant(new int[] {random.nextInt(n), random.nextInt(n)});
        return one("gather along " + axis, i, t -> tf.gather(t, rows, axis));
      }
      case 6 -> {
        int[][] pads = new int[rank][2];
        pads[axis][random.nextInt(2)] = 1;
        return one("pad axis " + axis, i, t -> tf.pad(t, pads));
      }
      case 7 -> {
        return one("reverse along " + axis, i, t -> tf.reverse(t, new int[] {axis}));
      }
      case 8 -> {
        return rank == 2
            ? one("times its transpose", i, t -> scaled(tf.matmul(t, t, false, true)))
            : null;
      }
      default -> {
        return one("index", i, t -> tf.index(t, rank == 1 ? "::-1" : "..., ::-1"));
      }
    }
  }

  /// Keeps numbers of ordinary size through many products.
  private static Tensor scaled(Tensor t) {
    return tf.tanh(tf.multiply(t, 0.1f));
  }
}
