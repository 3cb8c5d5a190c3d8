package dev.merapi.examples;

import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.Embedding;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.conv.Conv1D;
import dev.merapi.nn.layer.pool.MaxPooling1D;
import dev.merapi.nn.model.FitOptions;
import dev.merapi.nn.model.Model;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.List;
import java.util.Map;

/// Tells good reviews from bad ones, 200 words each, by a model in each of three styles.
public final class ReadReviews {
  private static final int MAX_WORDS = 10_000;
  private static final int MAX_LEN = 200;

  private ReadReviews() {}

  public static Model sequential() {
    return tf.keras.Sequential(
        tf.keras.layers.Embedding(MAX_WORDS, 7).inputShape(MAX_LEN),
        tf.keras.layers.Conv1D(64, 5).activation("relu"),
        tf.keras.layers.MaxPooling1D(2),
        tf.keras.layers.Conv1D(32, 3).activation("relu"),
        tf.keras.layers.MaxPooling1D(2),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(1, "sigmoid"));
  }

  private static Tensor branch(Tensor x, int kernelSize) {
    Tensor t = tf.keras.layers.SeparableConv1D(64, kernelSize).activation("relu").apply(x);
    t = tf.keras.layers.MaxPooling1D(kernelSize).apply(t);
    t = tf.keras.layers.SeparableConv1D(32, kernelSize).activation("relu").apply(t);
    return tf.keras.layers.GlobalMaxPooling1D().apply(t);
  }

  public static Model functional() {
    Tensor inputs = tf.keras.Input(MAX_LEN);
    Tensor x = tf.keras.layers.Embedding(MAX_WORDS, 7).apply(inputs);
    Tensor all =
        tf.keras.layers.Concatenate()
            .apply(new Tensor[] {branch(x, 3), branch(x, 5), branch(x, 7)});
    return new Model(inputs, tf.keras.layers.Dense(1, "sigmoid").apply(all));
  }

  /// Convolutions around which the input goes on.
  public static final class ResBlock extends Layer {
    private final int kernelSize;
    private Conv1D conv1;
    private Conv1D conv2;
    private Conv1D conv3;
    private MaxPooling1D maxpool;

    public ResBlock(int kernelSize) {
      this.kernelSize = kernelSize;
    }

    @Override
    protected void build(Shape input) {
      conv1 = tf.keras.layers.Conv1D(64, kernelSize).activation("relu").padding("same");
      conv2 = tf.keras.layers.Conv1D(32, kernelSize).activation("relu").padding("same");
      conv3 = tf.keras.layers.Conv1D(input.dim(-1), kernelSize).activation("relu").padding("same");
      maxpool = tf.keras.layers.MaxPooling1D(2);
    }

    @Override
    protected Tensor call(Tensor x, boolean training) {
      Tensor y = conv3.apply(conv2.apply(conv1.apply(x)));
      return maxpool.apply(tf.keras.layers.Add().apply(new Tensor[] {x, y}));
    }

    @Override
    public Map<String, Object> getConfig() {
      Map<String, Object> config = super.getConfig();
      config.put("kernel_size", kernelSize);
      return config;
    }
  }

  /// A class of its own.
  public static final class ImdbModel extends Model {
    private Embedding embedding;
    private ResBlock block1;
    private ResBlock block2;
    private Dense dense;

    @Override
    protected void build(Shape input) {
      embedding = tf.keras.layers.Embedding(MAX_WORDS, 7);
      block1 = new ResBlock(7);
      block2 = new ResBlock(5);
      dense = tf.keras.layers.Dense(1, "sigmoid");
    }

    @Override
    protected Tensor call(Tensor x, boolean training) {
      Tensor y = block2.apply(block1.apply(embedding.apply(x)));
      return dense.apply(tf.keras.layers.Flatten().apply(y));
    }
  }

  /// Trains one epoch and more; returns the loss of each.
  public static List<Double> train(Model model, Tensor tokens, Tensor labels, int epochs) {
    model.compile("Nadam", "binary_crossentropy", "accuracy", "AUC");
    return model
        .fit(tokens, labels, new FitOptions().verbose(0).epochs(epochs).batchSize(20))
        .get("loss");
  }
}
