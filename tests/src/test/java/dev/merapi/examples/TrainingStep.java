package dev.merapi.examples;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.data.Dataset;
import dev.merapi.nn.model.Sequential;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A convolutional network with regularisation, in a training step of its own.
public final class TrainingStep {
  private TrainingStep() {}

  public static Sequential model() {
    return tf.keras.Sequential(
        tf.keras.layers.Conv2D(32, 3)
            .activation("relu")
            .kernelRegularizer(tf.keras.regularizers.L2(0.02))
            .inputShape(28, 28, 1),
        tf.keras.layers.MaxPooling2D(),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dropout(0.1),
        tf.keras.layers.Dense(64, "relu"),
        tf.keras.layers.BatchNormalization(),
        tf.keras.layers.Dense(10, "softmax"));
  }

  /// Trains on five batches an epoch; prints and returns the lines.
  ///
  /// @param images `(n, 28, 28, 1)`, 0 to 1
  /// @param labels `(n,)`
  public static List<String> run(Tensor images, Tensor labels, int epochs) {
    var trainData = Dataset.fromTensorSlices(images, labels).shuffle(500, 1).batch(64).take(5);
    var model = model();
    var optimizer = tf.keras.optimizers.Adam(0.001);
    var lossFn = tf.keras.losses.SparseCategoricalCrossentropy();
    var lossMetric = tf.keras.metrics.Mean("train_loss");
    var accuracyMetric = tf.keras.metrics.SparseCategoricalAccuracy();
    var trainStep =
        tf.function((Tensor inputs, Tensor y) -> {
          try (var tape = new GradientTape()) {
            Tensor predictions = model.apply(inputs, true);
            Tensor regularization = tf.addN(model.losses());
            Tensor total = tf.add(lossFn.apply(y, predictions), regularization);
            var variables = model.trainableVariables();
            optimizer.applyGradients(tape.gradient(total, variables), variables);
            lossMetric.updateState(total);
            accuracyMetric.updateState(y, predictions);
            return total;
          }
        });
    List<String> lines = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      lossMetric.resetStates();
      accuracyMetric.resetStates();
      for (var batch : trainData) {
        trainStep.apply(batch.first(), batch.second());
      }
      lines.add("Epoch:  " + epoch);
      lines.add(String.format(Locale.ROOT, "  loss:     %.3f", lossMetric.result().item()));
      lines.add(String.format(Locale.ROOT, "  accuracy: %.3f", accuracyMetric.result().item()));
    }
    lines.forEach(System.out::println);
    return lines;
  }
}
