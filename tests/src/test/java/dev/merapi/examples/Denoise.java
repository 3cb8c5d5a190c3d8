package dev.merapi.examples;

import dev.merapi.nn.layer.Lambda;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.conv.Conv2D;
import dev.merapi.nn.model.FitOptions;
import dev.merapi.nn.model.Sequential;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.List;

/// Convolutional autoencoders that take noise out of digits: one grows pictures by resizing, one by
/// transposed convolutions.
public final class Denoise {
  private Denoise() {}

  private static Conv2D conv(int filters) {
    return tf.keras.layers.Conv2D(filters, 3).padding("same").activation("relu");
  }

  private static Layer half() {
    return tf.keras.layers.MaxPooling2D(2).padding("same");
  }

  private static Layer resize(int size) {
    OpRef nearest = OpRef.to("ResizeNearestNeighbor");
    return new Lambda(x -> nearest.of(x, tf.constant(new int[] {size, size})));
  }

  /// 28, 14, 7, 4: pictures become 4 by 4 with 16 channels.
  public static Sequential encoder() {
    return tf.keras.Sequential(
        conv(32).inputShape(28, 28, 1), half(), conv(32), half(), conv(16), half());
  }

  public static Sequential byResizing() {
    return tf.keras.Sequential(
        resize(7),
        conv(16),
        resize(14),
        conv(32),
        resize(28),
        conv(32),
        tf.keras.layers.Conv2D(1, 3).padding("same"));
  }

  public static Sequential byTransposing() {
    return tf.keras.Sequential(
        resize(7),
        conv(16),
        tf.keras.layers.Conv2DTranspose(32, 3).strides(2).padding("same").activation("relu"),
        tf.keras.layers.Conv2DTranspose(32, 3).strides(2).padding("same").activation("relu"),
        tf.keras.layers.Conv2D(1, 3).padding("same"));
  }

  /// Trains encoder and decoder together; returns the loss of each epoch.
  public static List<Double> train(Sequential decoder, Tensor images, int epochs) {
    var model = tf.keras.Sequential(encoder(), decoder);
    Tensor noise = tf.multiply(0.3, tf.random.normal(images.shape().dims()));
    Tensor noisy = tf.clipByValue(tf.add(images, noise), 0, 1);
    model.compile(
        tf.keras.optimizers.Adam(0.001),
        tf.keras.losses.BinaryCrossentropy().with("from_logits", true));
    return model
        .fit(noisy, images, new FitOptions().verbose(0).epochs(epochs).batchSize(50))
        .get("loss");
  }
}
