package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.abs;
import static dev.merapi.facade.TfApi.add;
import static dev.merapi.facade.TfApi.cast;
import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.expandDims;
import static dev.merapi.facade.TfApi.greater;
import static dev.merapi.facade.TfApi.greaterEqual;
import static dev.merapi.facade.TfApi.logicalAnd;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.reduceMax;
import static dev.merapi.facade.TfApi.reduceMean;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.subtract;

import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.loss.Weights;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What both F-scores share.
abstract class FScore extends Metric {
  private final Setting<@Nullable String> average =
      setting("average", Kinds.oneOf("micro", "macro", "weighted").orNone(), null);
  private final Setting<@Nullable Double> threshold =
      setting(
          "threshold",
          Kinds.numbers("a number above 0, up to 1", x -> x > 0 && x <= 1).orNone(),
          null);
  private @Nullable Sums sums;

  private record Sums(
      Variable truePositives, Variable falsePositives, Variable falseNegatives, Variable weights) {}

  FScore(String name) {
    super(name);
  }

  abstract double beta();

  final void setAverage(@Nullable String word) {
    average.set(word);
  }

  private boolean isMicro() {
    return "micro".equals(average.get());
  }

  private Sums sums(Tensor t, Tensor p) {
    Sums s = sums;
    if (s == null) {
      if (t.rank() != 2 || p.rank() != 2 || p.shape().dim(1) < 0) {
        throw Message.what(
                getClass().getSimpleName()
                    + " expects 2D inputs with shape (batch_size, output_dim)")
            .given("y_true of shape " + t.shape() + " · y_pred of shape " + p.shape())
            .expected("two axes, the second of known size")
            .shapeError();
      }
      Shape shape = isMicro() ? Shape.SCALAR : Shape.of(p.shape().dim(1));
      s =
          new Sums(
              addState("true_positives", shape, dtype(), 0),
              addState("false_positives", shape, dtype(), 0),
              addState("false_negatives", shape, dtype(), 0),
              addState("intermediate_weights", shape, dtype(), 0));
      sums = s;
    }
    return s;
  }

  @Override
  protected final void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    Tensor t = Weights.cast(values.get(0), dtype());
    Tensor given = Weights.cast(values.get(1), dtype());
    Sums s = sums(t, given);
    Double limit = threshold.get();
    // Without a threshold the largest of a row is positive, but in a row of zeros nothing is.
    Tensor positive =
        limit != null
            ? greater(given, limit)
            : logicalAnd(
                greaterEqual(given, reduceMax(given, new int[] {-1}, true)),
                greater(abs(given), 1e-9));
    Tensor p = cast(positive, dtype());
    Tensor w = sampleWeight == null ? null : expandDims(Weights.cast(sampleWeight, dtype()), 1);
    s.truePositives.assignAdd(sum(multiply(p, t), w));
    s.falsePositives.assignAdd(sum(multiply(p, subtract(1.0, t)), w));
    s.falseNegatives.assignAdd(sum(multiply(subtract(1.0, p), t), w));
    s.weights.assignAdd(sum(t, w));
  }

  private Tensor sum(Tensor x, @Nullable Tensor weight) {
    Tensor weighted = weight == null ? x : multiply(x, weight);
    return isMicro() ? Weights.sum(weighted) : reduceSum(weighted, 0);
  }

  @Override
  protected final Tensor compute() {
    Sums s = sums;
    if (s == null) {
      return Values.filled(Spec.of(dtype()), 0);
    }
    DType type = dtype();
    Tensor tp = s.truePositives.value();
    Tensor precision = divide(tp, add(add(tp, s.falsePositives.value()), Losses.EPSILON));
    Tensor recall = divide(tp, add(add(tp, s.falseNegatives.value()), Losses.EPSILON));
    double b = beta() * beta();
    Tensor score =
        multiply(
            divide(
                multiply(precision, recall),
                add(add(multiply(precision, b), recall), Losses.EPSILON)),
            1 + b);
    String word = average.get();
    if (word == null) {
      return Weights.cast(score, type);
    }
    if (word.equals("weighted")) {
      Tensor w = s.weights.value();
      return reduceSum(multiply(score, divide(w, add(reduceSum(w, 0), Losses.EPSILON))), 0);
    }
    return isMicro() ? score : reduceMean(score, 0);
  }
}
