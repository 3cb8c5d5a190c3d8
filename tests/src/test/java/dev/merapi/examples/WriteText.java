package dev.merapi.examples;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.recurrent.LSTM;
import dev.merapi.nn.model.Model;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Learns to write a text, character by character.
public final class WriteText {
  private final String text;
  private final List<Character> chars;
  private final SplittableRandom random = new SplittableRandom(11);

  public WriteText(String raw) {
    text = raw.toLowerCase(Locale.ROOT);
    TreeSet<Character> all = new TreeSet<>();
    for (char c : text.toCharArray()) {
      all.add(c);
    }
    chars = List.copyOf(all);
  }

  public int numChars() {
    return chars.size();
  }

  /// From `(batch, seq)` numbers of characters to `(batch, chars)` scores of the next one.
  public static final class Rnn extends Model {
    private final int numChars;
    private final LSTM cell;
    private final Dense dense;

    public Rnn(int numChars, int units) {
      this.numChars = numChars;
      cell = tf.keras.layers.LSTM(units);
      dense = tf.keras.layers.Dense(numChars);
    }

    @Override
    protected Tensor call(Tensor x, boolean training) {
      return dense.apply(cell.apply(tf.oneHot(tf.cast(x, tf.int32), numChars)));
    }
  }

  /// Draws places of the text: what stands there, and what comes next.
  private int[][][] batch(int seq, int size) {
    int[][] x = new int[size][seq];
    int[][] y = new int[1][size];
    for (int i = 0; i < size; i++) {
      int at = random.nextInt(text.length() - seq);
      for (int t = 0; t < seq; t++) {
        x[i][t] = chars.indexOf(text.charAt(at + t));
      }
      y[0][i] = chars.indexOf(text.charAt(at + seq));
    }
    return new int[][][] {x, y};
  }

  /// Trains; returns the loss of each batch.
  public List<Double> train(Model model, int seq, int batchSize, int batches, double rate) {
    var optimizer = tf.keras.optimizers.Adam(rate);
    var loss = tf.keras.losses.SparseCategoricalCrossentropy().with("from_logits", true);
    var step =
        tf.function((Tensor x, Tensor y) -> {
          try (var tape = new GradientTape()) {
            Tensor l = loss.apply(y, model.apply(x, true));
            optimizer.applyGradients(
                tape.gradient(l, model.trainableVariables()), model.trainableVariables());
            return l;
          }
        });
    List<Double> losses = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      int[][][] drawn = batch(seq, batchSize);
      losses.add(step.apply(tf.constant(drawn[0]), tf.constant(drawn[1][0])).item());
    }
    return losses;
  }

  /// Writes on from a random place: each character is drawn by its probability, and goes into the
  /// window for the next.
  ///
  /// @param diversity temperature: the higher, the flatter the probabilities
  public String write(Model model, int seq, int length, double diversity) {
    int[] window = batch(seq, 1)[0][0];
    var scores = tf.function((Tensor x) -> tf.nn.softmax(tf.divide(model.apply(x), diversity)));
    StringBuilder written = new StringBuilder();
    for (int t = 0; t < length; t++) {
      float[] p = scores.apply(tf.constant(new int[][] {window})).toFloatArray();
      double r = random.nextDouble();
      int next = 0;
      while (next < p.length - 1 && (r -= p[next]) > 0) {
        next++;
      }
      written.append(chars.get(next));
      System.arraycopy(window, 1, window, 0, seq - 1);
      window[seq - 1] = next;
    }
    return written.toString();
  }
}
