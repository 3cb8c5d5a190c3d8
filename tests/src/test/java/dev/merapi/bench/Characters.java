package dev.merapi.bench;

import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.recurrent.LSTM;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.model.Sequential;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;

/// The next character of a text: W5.
final class Characters {
  private static final int BATCHES = 4;
  private static final int BATCH = 50;
  private static final int TIME = 40;
  private static final int CHARS = 57;
  private static final int UNITS = 256;

  static final Workload NEXT =
      new Workload(
          "W5",
          "training step: one-hot [50, 40, 57], LSTM 256, dense 57 on the last output, sparse"
              + " cross-entropy, Adam",
          List.of(4.04209, 3.94018),
          Characters::next);

  private Characters() {}

  private static Initializer kernel(long seed, int in, int out) {
    return (shape, dtype) -> Inputs.tensor(Inputs.dense(seed, in, out), in, out);
  }

  private static Steps next(boolean graph) {
    LSTM lstm =
        new LSTM(UNITS)
            .unitForgetBias(false)
            .kernelInitializer(kernel(51, CHARS, 4 * UNITS))
            .recurrentInitializer(kernel(52, UNITS, 4 * UNITS));
    Dense dense = new Dense(CHARS).kernelInitializer(kernel(53, UNITS, CHARS));
    List<Tensor> texts = new ArrayList<>();
    List<Tensor> labels = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      float[] x = Inputs.oneHot(100 + i, BATCH * TIME, CHARS);
      texts.add(Inputs.tensor(x, BATCH, TIME, CHARS));
      labels.add(tf.constant(Inputs.labels(200 + i, BATCH, CHARS)));
    }
    Sequential model = new Sequential(lstm, dense);
    return Pictures.steps(model, texts, labels, Losses::sparseSoftmaxCrossEntropy, graph);
  }
}
