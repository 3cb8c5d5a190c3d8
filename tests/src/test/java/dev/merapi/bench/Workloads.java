package dev.merapi.bench;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.model.Sequential;
import dev.merapi.nn.optimizer.v1.AdamOptimizer;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The workloads, written as a user would write them: layers, tape, optimizer, no scopes.
final class Workloads {
  private static final int ELEMENTS = 1 << 22;
  private static final int BATCHES = 8;
  private static final int BATCH = 50;

  /// The founding notes' shallow model.
  static final Workload SHALLOW =
      new Workload(
          "W1",
          "shallow model: [60, 28, 28], dense 10 and 20 (relu), 30 (softmax); forward",
          List.of(1680.0, 58.5066),
          graph -> forward(graph, 10, 20, 30));

  /// The founding notes' deep model.
  static final Workload DEEP =
      new Workload(
          "W2",
          "deep model: the same with 1000, 2000, 3000 units; forward",
          List.of(1680.0, 0.561108),
          graph -> forward(graph, 1000, 2000, 3000));

  static final Workload TRAINING =
      new Workload(
          "W3",
          "training step: [50, 784], dense 100 (relu), 10, sparse cross-entropy, Adam; the loss"
              + " read each step",
          List.of(2.62713, 2.21132),
          Workloads::training);

  static final Workload ELEMENTWISE =
      new Workload(
          "W6",
          "y = sum(tanh(a x + b) sigmoid(x) - exp(-x x)) over 4,194,304 elements; y and its three"
              + " gradients",
          List.of(-3.13170e6, -75.5849, 233650.0, 1.52567e6),
          Workloads::elementwise);

  static final List<Workload> ALL =
      List.of(
          SHALLOW,
          DEEP,
          TRAINING,
          Pictures.DIGITS,
          Characters.NEXT,
          ELEMENTWISE,
          Pictures.AUTOENCODER);

  private Workloads() {}

  private static Dense dense(long seed, int in, int out, String activation) {
    Initializer kernel = (shape, dtype) -> Inputs.tensor(Inputs.dense(seed, in, out), in, out);
    return new Dense(out, activation).kernelInitializer(kernel);
  }

  private static Steps forward(boolean graph, int a, int b, int c) {
    Sequential model =
        new Sequential(
            dense(11, 28, a, "relu"), dense(12, a, b, "relu"), dense(13, b, c, "softmax"));
    Tensor x = Inputs.tensor(Inputs.uniform(1, 60 * 28 * 28, 0, 1), 60, 28, 28);
    UnaryOperator<Tensor> eager = t -> model.apply(t);
    eager.apply(x); // makes the weights
    UnaryOperator<Tensor> f = graph ? tf.function(eager)::apply : eager;
    double sum = 0;
    double squares = 0;
    for (float v : f.apply(x).toFloatArray()) {
      sum += v;
      squares += (double) v * v;
    }
    return new Steps(Workload.numbers(sum, squares), () -> f.apply(x));
  }

  private static Steps training(boolean graph) {
    Sequential model = new Sequential(dense(31, 784, 100, "relu"), dense(32, 100, 10, "linear"));
    AdamOptimizer adam = new AdamOptimizer(1e-3);
    List<Tensor> images = new ArrayList<>();
    List<Tensor> labels = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      images.add(Inputs.tensor(Inputs.uniform(100 + i, BATCH * 784, 0, 1), BATCH, 784));
      labels.add(tf.constant(Inputs.labels(200 + i, BATCH, 10)));
    }
    model.apply(images.getFirst());
    List<Variable> variables = model.trainableVariables();
    BinaryOperator<Tensor> eager =
        (x, y) -> {
          try (GradientTape tape = new GradientTape()) {
            Tensor loss = Losses.sparseSoftmaxCrossEntropy(y, model.apply(x, true));
            adam.applyGradients(tape.gradient(loss, variables), variables);
            return loss;
          }
        };
    BinaryOperator<Tensor> f = graph ? tf.function(eager)::apply : eager;
    double[] loss = {0, 0};
    Runnable step =
        () -> {
          int k = (int) (loss[0]++ % BATCHES);
          loss[1] = f.apply(images.get(k), labels.get(k)).item();
        };
    step.run();
    double first = loss[1];
    for (int i = 1; i < 20; i++) {
      step.run();
    }
    return new Steps(Workload.numbers(first, loss[1]), step);
  }

  private static Steps elementwise(boolean graph) {
    Variable x = new Variable(Inputs.tensor(Inputs.uniform(61, ELEMENTS, -1, 1), ELEMENTS));
    Variable a = new Variable(Inputs.tensor(Inputs.uniform(62, ELEMENTS, -1, 1), ELEMENTS));
    Variable b = new Variable(Inputs.tensor(Inputs.uniform(63, ELEMENTS, -1, 1), ELEMENTS));
    Supplier<List<Tensor>> eager =
        () -> {
          try (GradientTape tape = new GradientTape()) {
            Tensor bent = tf.multiply(tf.tanh(tf.add(tf.multiply(a, x), b)), tf.sigmoid(x));
            Tensor bell = tf.exp(tf.multiply(tf.negative(x), x));
            Tensor y = tf.reduceSum(tf.subtract(bent, bell));
            List<Tensor> out = new ArrayList<>(List.of(y));
            out.addAll(tape.gradient(y, List.of(x, a, b)));
            return out;
          }
        };
    Supplier<List<Tensor>> f = graph ? tf.function(eager)::get : eager;
    double[] sums = f.get().stream().mapToDouble(Workloads::sum).toArray();
    return new Steps(Workload.numbers(sums), f::get);
  }

  private static double sum(Tensor t) {
    double sum = 0;
    for (float v : t.toFloatArray()) {
      sum += v;
    }
    return sum;
  }
}
