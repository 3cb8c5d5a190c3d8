package dev.merapi.nn.model;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Weights of samples by their classes.
final class ClassWeights {
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef CAST = OpRef.to("Cast");

  private ClassWeights() {}

  /// Multiplies the weights of a batch by those of its samples' classes.
  ///
  /// Fails: `ValueError` for several outputs, as Keras does.
  static Batch apply(Batch batch, Map<Integer, Double> weights) {
    if (batch.y().size() != 1) {
      throw Message.what("`class_weight` is only supported for models with a single output.")
          .given(batch.y().size() + " outputs")
          .fix("pass sampleWeight")
          .valueError();
    }
    Tensor y = batch.y().getFirst();
    int n = batch.size();
    double[] labels = y.toDoubleArray();
    int perSample = n == 0 ? 1 : labels.length / n;
    float[] each = new float[n];
    for (int i = 0; i < n; i++) {
      int label = perSample == 1 ? (int) labels[i] : greatest(labels, i * perSample, perSample);
      each[i] = (float) (double) weights.getOrDefault(label, 1.0);
    }
    Tensor w = Literals.of(each);
    if (!batch.weights().isEmpty()) {
      w = MUL.of(w, CAST.with(CAST.attrs("DstT", DType.F32), batch.weights().getFirst()));
    }
    return new Batch(batch.x(), batch.y(), List.of(w));
  }

  private static int greatest(double[] values, int from, int n) {
    int best = 0;
    for (int i = 1; i < n; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
