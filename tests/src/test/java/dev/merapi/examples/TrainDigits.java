package dev.merapi.examples;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.data.LabelledImages;
import dev.merapi.data.LabelledSplit;
import dev.merapi.data.digits.Digits;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.reshape.Flatten;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.model.Sequential;
import dev.merapi.nn.optimizer.Adam;
import dev.merapi.op.Index;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;

/// Learns to read handwritten digits, which draw themselves, with a training loop of its own.
public final class TrainDigits {
  private static final int BATCH = 50;

  private TrainDigits() {}

  public static void main(String[] args) {
    train(10_000, 2_000, 3);
  }

  /// Trains, prints how many digits are read rightly after each epoch, and returns the losses of
  /// all batches.
  static List<Double> train(int pictures, int keptBack, int epochs) {
    LabelledSplit data = Digits.make(42, pictures, keptBack);
    Tensor images = images(data.train());
    Tensor labels = labels(data.train());
    var model =
        new Sequential(
            new Flatten(),
            new Dense(100, "relu").kernelInitializer(new GlorotUniform(1L)),
            new Dense(10, "linear").kernelInitializer(new GlorotUniform(2L)));
    var adam = new Adam(0.001);
    var losses = new ArrayList<Double>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (int from = 0; from < pictures; from += BATCH) {
        Index batch = Index.range(from, Math.min(from + BATCH, pictures));
        try (var tape = new GradientTape()) {
          Tensor logits = model.apply(tf.index(images, batch), true);
          Tensor loss = Losses.sparseSoftmaxCrossEntropy(tf.index(labels, batch), logits);
          var variables = model.trainableVariables();
          adam.applyGradients(tape.gradient(loss, variables), variables);
          losses.add(loss.item());
        }
      }
      Tensor read = tf.argmax(model.apply(images(data.test())), 1, tf.int32);
      Tensor right = tf.cast(tf.equal(read, labels(data.test())), tf.float32);
      System.out.println("epoch " + epoch + " accuracy " + tf.reduceMean(right).format());
    }
    return losses;
  }

  private static Tensor images(LabelledImages part) {
    Tensor grey = tf.constant(part.images(), tf.uint8, part.size(), part.rows(), part.columns());
    return tf.divide(tf.cast(grey, tf.float32), 255);
  }

  private static Tensor labels(LabelledImages part) {
    return tf.cast(tf.constant(part.labels(), tf.uint8), tf.int32);
  }
}
