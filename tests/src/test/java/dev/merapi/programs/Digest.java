package dev.merapi.programs;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.conv.Conv2D;
import dev.merapi.nn.layer.pool.MaxPooling2D;
import dev.merapi.nn.layer.reshape.Flatten;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.model.Sequential;
import dev.merapi.nn.optimizer.Adam;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Trains a convolutional network for a few steps and prints a digest of all weights.
public final class Digest {
  private Digest() {}

  public static void main(String[] args) {
    tf.config.setThreads(Integer.parseInt(args[0]));
    System.out.println("digest " + ofTraining(3));
  }

  /// Returns the digest after the given number of steps.
  public static String ofTraining(int steps) {
    Sequential model =
        new Sequential(
            new Conv2D(32, 5, "same", "relu").kernelInitializer(new GlorotUniform(1L)),
            new MaxPooling2D(2),
            new Conv2D(64, 5, "same", "relu").kernelInitializer(new GlorotUniform(2L)),
            new MaxPooling2D(2),
            new Flatten(),
            new Dense(100, "relu").kernelInitializer(new GlorotUniform(3L)),
            new Dense(10, "linear").kernelInitializer(new GlorotUniform(4L)));
    Adam optimizer = new Adam(0.001);
    Tensor seed = tf.constant(new int[] {1, 2});
    Tensor x = tf.random.statelessUniform(new int[] {16, 28, 28, 1}, seed, 0, 1, tf.float32);
    Tensor y = tf.random.statelessUniform(new int[] {16}, seed, 0, 10, tf.int32);
    for (int i = 0; i < steps; i++) {
      try (GradientTape tape = new GradientTape()) {
        Tensor loss = Losses.sparseSoftmaxCrossEntropy(y, model.apply(x, true));
        List<Variable> variables = model.trainableVariables();
        optimizer.applyGradients(tape.gradient(loss, variables), variables);
      }
    }
    try {
      MessageDigest d = MessageDigest.getInstance("SHA-256");
      model.variables().forEach(v -> d.update(v.value().toByteArray()));
      return HexFormat.of().formatHex(d.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
