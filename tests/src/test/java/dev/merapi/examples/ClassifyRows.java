package dev.merapi.examples;

import dev.merapi.data.Dataset;
import dev.merapi.nn.model.FitOptions;
import dev.merapi.nn.model.Sequential;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.List;

/// Classifies rows of 72 numbers: from arrays, then from an endless dataset.
public final class ClassifyRows {
  private ClassifyRows() {}

  public static Sequential model() {
    return tf.keras.Sequential(
        tf.keras.layers.Dense(32, "relu"), tf.keras.layers.Dense(10, "softmax"));
  }

  /// Trains and measures; returns loss and accuracy.
  public static List<Double> run(Sequential model, Tensor trainX, Tensor trainY) {
    model.compile(
        tf.keras.optimizers.Adam(0.001),
        tf.keras.losses.CategoricalCrossentropy(),
        tf.keras.metrics.CategoricalAccuracy());
    var quiet = new FitOptions().verbose(0);
    model.fit(trainX, trainY, quiet.epochs(2).batchSize(100).validationData(trainX, trainY));
    var dataset = Dataset.fromTensorSlices(trainX, trainY).batch(32).repeat();
    model.fit(
        dataset,
        new FitOptions()
            .verbose(0)
            .epochs(2)
            .stepsPerEpoch(30)
            .validationData(dataset)
            .validationSteps(3));
    return model.evaluate(dataset, new FitOptions().verbose(0).steps(10));
  }
}
