// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.activation.Activations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `tf.keras.activations`.
public abstract class ActivationsApi {
  protected ActivationsApi() {}

  /// Returns the function called `name`, in any case.
  ///
  /// Fails: `ValueError` listing the names there are.
  public static ActivationFunction of(String name) {
    return Activations.of(name);
  }

  /// Tells whether an activation is the one called `name`; layers with faster ways for some ask.
  public static boolean is(ActivationFunction f, String name) {
    return Activations.is(f, name);
  }

  /// Returns the names there are.
  public static List<String> names() {
    return Activations.names();
  }

  /// Cuts off below `threshold`, where the slope is `negativeSlope`, and at `maxValue`.
  ///
  /// @param maxValue null for no bound
  public static ActivationFunction relu(
      double negativeSlope, @Nullable Double maxValue, double threshold) {
    return Activations.relu(negativeSlope, maxValue, threshold);
  }

  /// @param negativeSlope slope below 0
  public static ActivationFunction leakyRelu(double negativeSlope) {
    return Activations.leakyRelu(negativeSlope);
  }

  /// x from 0 on, alpha·(eˣ − 1) below.
  public static ActivationFunction elu(double alpha) {
    return Activations.elu(alpha);
  }

  /// x from 0 on, alpha·(e^(x/alpha) − 1) below.
  ///
  /// Source: Barron 2017, "Continuously Differentiable Exponential Linear Units".
  public static ActivationFunction celu(double alpha) {
    return Activations.celu(alpha);
  }

  /// x·Φ(x).
  public static ActivationFunction gelu(boolean approximate) {
    return Activations.gelu(approximate);
  }

  /// Multiplies the first half along an axis by the sigmoid of the second.
  ///
  /// Source: Dauphin et al. 2017, "Language Modeling with Gated Convolutional Networks".
  public static ActivationFunction glu(int axis) {
    return Activations.glu(axis);
  }

  /// Brings everything nearer to 0 by `threshold`, to 0 at most.
  public static ActivationFunction softShrink(double threshold) {
    return Activations.softShrink(threshold);
  }

  /// Sets to 0 what is within `threshold` of it.
  public static ActivationFunction hardShrink(double threshold) {
    return Activations.hardShrink(threshold);
  }

  /// (x + √(x² + b)) / 2.
  public static ActivationFunction squareplus(double b) {
    return Activations.squareplus(b);
  }

  /// x above `threshold`, else `value`.
  public static ActivationFunction threshold(double threshold, double value) {
    return Activations.threshold(threshold, value);
  }

  /// Projects onto the shares that add up to 1; unlike softmax, many of them are 0.
  ///
  /// Source: Martins and Astudillo 2016, "From Softmax to Sparsemax".
  public static ActivationFunction sparsemax(int axis) {
    return Activations.sparsemax(axis);
  }
}
