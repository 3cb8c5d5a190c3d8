package dev.merapi.bench;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.conv.Conv2D;
import dev.merapi.nn.layer.pool.MaxPooling2D;
import dev.merapi.nn.layer.reshape.Flatten;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.model.Model;
import dev.merapi.nn.model.Sequential;
import dev.merapi.nn.optimizer.Adam;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/// Training steps on pictures, written as a user would write them: W4 and W10.
final class Pictures {
  private static final int BATCHES = 4;
  private static final int BATCH = 50;

  static final Workload DIGITS =
      new Workload(
          "W4",
          "training step: [50, 28, 28, 1], conv 5x5 32 and 64 (same, relu, max pool 2), dense 1024"
              + " (relu), 10, sparse cross-entropy, Adam",
          List.of(2.29124, 2.29540),
          // Systems differ by so much after 20 steps: the loss hardly moves, the weights do.
          1e-3,
          Pictures::digits);

  static final Workload AUTOENCODER =
      new Workload(
          "W10",
          "training step: [50, 28, 28, 1], conv 3x3 32, 32, 16 with pooling, resize and conv 16,"
              + " 32, 32 back, conv 1; sigmoid cross-entropy, Adam",
          List.of(0.693151, 0.692982),
          Pictures::autoencoder);

  private Pictures() {}

  private static Conv2D conv(long seed, int k, int in, int out, boolean relu) {
    Initializer kernel =
        (shape, dtype) -> Inputs.tensor(Inputs.conv(seed, k, in, out), k, k, in, out);
    Conv2D c = new Conv2D(out, k).padding("same").kernelInitializer(kernel);
    return relu ? c.activation("relu") : c;
  }

  private static Dense dense(long seed, int in, int out) {
    Initializer kernel = (shape, dtype) -> Inputs.tensor(Inputs.dense(seed, in, out), in, out);
    return new Dense(out).kernelInitializer(kernel);
  }

  private static List<Tensor> images() {
    List<Tensor> images = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      images.add(Inputs.tensor(Inputs.uniform(100 + i, BATCH * 784, 0, 1), BATCH, 28, 28, 1));
    }
    return images;
  }

  private static Steps digits(boolean graph) {
    Sequential model =
        new Sequential(
            conv(41, 5, 1, 32, true),
            new MaxPooling2D(2),
            conv(42, 5, 32, 64, true),
            new MaxPooling2D(2),
            new Flatten(),
            dense(43, 3136, 1024).activation("relu"),
            dense(44, 1024, 10));
    List<Tensor> labels = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      labels.add(tf.constant(Inputs.labels(200 + i, BATCH, 10)));
    }
    return steps(model, images(), labels, Losses::sparseSoftmaxCrossEntropy, graph);
  }

  /// Resizes by the nearest neighbour, as TensorFlow 1 does.
  private static final class Nearest extends Layer {
    private final int size;

    Nearest(int size) {
      this.size = size;
    }

    @Override
    protected Tensor call(Tensor x, boolean training) {
      return OpRef.to("ResizeNearestNeighbor").of(x, tf.constant(new int[] {size, size}));
    }
  }

  private static Steps autoencoder(boolean graph) {
    Sequential model =
        new Sequential(
            conv(1001, 3, 1, 32, true),
            new MaxPooling2D(2).padding("same"),
            conv(1002, 3, 32, 32, true),
            new MaxPooling2D(2).padding("same"),
            conv(1003, 3, 32, 16, true),
            new MaxPooling2D(2).padding("same"),
            new Nearest(7),
            conv(1004, 3, 16, 16, true),
            new Nearest(14),
            conv(1005, 3, 16, 32, true),
            new Nearest(28),
            conv(1006, 3, 32, 32, true),
            conv(1007, 3, 32, 1, false));
    List<Tensor> images = images();
    BinaryOperator<Tensor> loss =
        (y, logits) -> tf.reduceMean(tf.nn.sigmoidCrossEntropyWithLogits(y, logits));
    return steps(model, images, images, loss, graph);
  }

  /// Returns training steps by Adam; the loss is read each step.
  static Steps steps(
      Model model,
      List<Tensor> inputs,
      List<Tensor> labels,
      BinaryOperator<Tensor> lossOf,
      boolean graph) {
    Adam adam = new Adam(1e-3, 0.9, 0.999, 1e-8);
    model.apply(inputs.getFirst());
    List<Variable> variables = model.trainableVariables();
    BinaryOperator<Tensor> eager =
        (x, y) -> {
          try (GradientTape tape = new GradientTape()) {
            Tensor loss = lossOf.apply(y, model.apply(x, true));
            adam.applyGradients(tape.gradient(loss, variables), variables);
            return loss;
          }
        };
    BinaryOperator<Tensor> f = graph ? tf.function(eager)::apply : eager;
    double[] loss = {0, 0};
    Runnable step =
        () -> {
          int k = (int) (loss[0]++ % BATCHES);
          loss[1] = f.apply(inputs.get(k), labels.get(k)).item();
        };
    step.run();
    double first = loss[1];
    for (int i = 1; i < 20; i++) {
      step.run();
    }
    return new Steps(Workload.numbers(first, loss[1]), step);
  }
}
