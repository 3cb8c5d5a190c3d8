package dev.merapi.cli;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.data.LabelledImages;
import dev.merapi.device.Workers;
import dev.merapi.eager.Variable;
import dev.merapi.formats.npy.NpyArray;
import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.conv.Conv2D;
import dev.merapi.nn.layer.pool.MaxPooling2D;
import dev.merapi.nn.layer.reshape.Flatten;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.model.Sequential;
import dev.merapi.nn.optimizer.Adam;
import dev.merapi.nn.optimizer.Optimizer;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Trains with the engine, eagerly: forward, tape, gradients, one step of Adam a batch.
final class EngineTrainer implements Trainer {
  private static final double LEARNING_RATE = 0.001;

  /// Pictures measured at a time; the result does not depend on it.
  private static final int TEST_BATCH = 200;

  @Override
  public Result train(Job job, Watcher watcher) {
    Workers.setThreads(job.threads());
    Sequential model = model(job.model(), job.seed());
    Optimizer optimizer = new Adam(LEARNING_RATE);
    LabelledImages train = job.data().train();
    int[] order = new int[train.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    SplittableRandom random = new SplittableRandom(job.seed());
    for (int epoch = 1; epoch <= job.epochs(); epoch++) {
      shuffle(order, random);
      for (int step = 1; step <= job.steps(); step++) {
        int from = (step - 1) * job.batch();
        int to = Math.min(order.length, from + job.batch());
        watcher.saw(step(model, optimizer, train, order, from, to, epoch, step));
      }
    }
    return measure(model, job.data().test());
  }

  /// Builds the multilayer perceptron or the convolutional network of the founding notes; both give
  /// class scores.
  static Sequential model(Model model, long seed) {
    return switch (model) {
      case MLP ->
          new Sequential(
              new Flatten(),
              new Dense(100, "relu").kernelInitializer(new GlorotUniform(seed)),
              new Dense(10, "linear").kernelInitializer(new GlorotUniform(seed + 1)));
      case CNN ->
          new Sequential(
              new Conv2D(32, 5, "same", "relu").kernelInitializer(new GlorotUniform(seed)),
              new MaxPooling2D(2),
              new Conv2D(64, 5, "same", "relu").kernelInitializer(new GlorotUniform(seed + 1)),
              new MaxPooling2D(2),
              new Flatten(),
              new Dense(1024, "relu").kernelInitializer(new GlorotUniform(seed + 2)),
              new Dense(10, "linear").kernelInitializer(new GlorotUniform(seed + 3)));
    };
  }

  private static Step step(
      Sequential model,
      Optimizer optimizer,
      LabelledImages train,
      int[] order,
      int from,
      int to,
      int epoch,
      int step) {
    // The scope gives all memory of a step back at its end, without waiting for the collector.
    try (Scope _ = Scope.open();
        GradientTape tape = new GradientTape()) {
      Tensor images = images(train, order, from, to);
      Tensor labels = labels(train, order, from, to);
      Tensor logits = model.apply(images, true);
      Tensor loss = Losses.sparseSoftmaxCrossEntropy(labels, logits);
      List<Variable> variables = model.trainableVariables();
      optimizer.applyGradients(tape.gradient(loss, variables), variables);
      int right = right(logits, train, order, from, to);
      return new Step(epoch, step, to - from, loss.item(), (double) right / (to - from));
    }
  }

  private static Result measure(Sequential model, LabelledImages test) {
    int[] order = new int[test.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    double loss = 0;
    int right = 0;
    for (int from = 0; from < order.length; from += TEST_BATCH) {
      int to = Math.min(order.length, from + TEST_BATCH);
      try (Scope _ = Scope.open()) {
        Tensor logits = model.apply(images(test, order, from, to), false);
        loss +=
            Losses.sparseSoftmaxCrossEntropy(labels(test, order, from, to), logits).item()
                * (to - from);
        right += right(logits, test, order, from, to);
      }
    }
    return new Result((double) right / order.length, loss / order.length, weights(model));
  }

  private static int right(Tensor logits, LabelledImages data, int[] order, int from, int to) {
    float[] scores = logits.toFloatArray();
    int classes = logits.shape().dim(1);
    int right = 0;
    for (int i = from; i < to; i++) {
      int best = 0;
      int row = (i - from) * classes;
      for (int c = 1; c < classes; c++) {
        if (scores[row + c] > scores[row + best]) {
          best = c;
        }
      }
      right += best == data.label(order[i]) ? 1 : 0;
    }
    return right;
  }

  /// Returns pictures `(n, rows, columns, 1)` as float32 from 0 to 1.
  private static Tensor images(LabelledImages data, int[] order, int from, int to) {
    int pixels = data.pixels();
    Tensor x = Memory.empty(Spec.of(DType.F32, to - from, data.rows(), data.columns(), 1));
    MemorySegment s = x.segment();
    byte[] grey = data.images();
    for (int i = from; i < to; i++) {
      int source = order[i] * pixels;
      long target = (long) (i - from) * pixels;
      for (int p = 0; p < pixels; p++) {
        s.setAtIndex(ValueLayout.JAVA_FLOAT, target + p, (grey[source + p] & 0xff) / 255f);
      }
    }
    return x;
  }

  private static Tensor labels(LabelledImages data, int[] order, int from, int to) {
    Tensor y = Memory.empty(Spec.of(DType.I32, to - from));
    for (int i = from; i < to; i++) {
      y.segment().setAtIndex(ValueLayout.JAVA_INT, i - from, data.label(order[i]));
    }
    return y;
  }

  /// Puts the numbers into a random order (Fisher and Yates).
  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
  }

  private static Map<String, NpyArray> weights(Sequential model) {
    Map<String, NpyArray> all = new LinkedHashMap<>();
    for (Variable v : model.variables()) {
      byte[] bytes = v.peek().toByteArray();
      if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
        ByteBuffer turned = ByteBuffer.wrap(bytes);
        for (int i = 0; i + 4 <= bytes.length; i += 4) {
          turned.putInt(i, Integer.reverseBytes(turned.getInt(i)));
        }
      }
      all.put(
          v.name(),
          new NpyArray(
              v.dtype(), v.shape().dims(), ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return all;
  }
}
