package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.broadcastTo;
import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.expandDims;
import static dev.merapi.facade.TfApi.greater;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.reduceMean;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.square;
import static dev.merapi.facade.TfApi.subtract;
import static dev.merapi.facade.TfApi.where;

import dev.merapi.eager.Variable;
import dev.merapi.facade.MathApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.loss.Weights;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes which share of the variance of the labels predictions explain: `1 − Σ (y_true −
/// y_pred)² / Σ (y_true − mean)²`.
///
/// Shapes: `(batch, outputs)`. `class_aggregation` says what becomes of the outputs:
/// `uniform_average` their mean, `variance_weighted_average` one by their variance, null a number
/// for each. `num_regressors` corrects for that many inputs of the model, as long as there are more
/// samples than that.
public final class R2Score extends Metric {
  private final Setting<@Nullable String> classAggregation =
      setting(
          "class_aggregation",
          Kinds.oneOf("uniform_average", "variance_weighted_average").orNone(),
          "uniform_average");
  private final Setting<Integer> numRegressors = setting("num_regressors", Kinds.NOT_NEGATIVE, 0);
  private @Nullable Variable numSamples;
  private @Nullable Sums sums;

  private record Sums(Variable squares, Variable sum, Variable residual, Variable count) {}

  public R2Score() {
    super("r2_score");
  }

  public R2Score(@Nullable String classAggregation, int numRegressors) {
    this();
    this.classAggregation.set(classAggregation);
    this.numRegressors.set(numRegressors);
  }

  @Override
  protected void build() {
    numSamples = addState("num_samples", Shape.SCALAR, 0);
  }

  private Sums sums(Tensor t, Tensor p) {
    Sums s = sums;
    if (s == null) {
      if (t.rank() != 2 || p.rank() != 2 || p.shape().dim(1) < 0) {
        throw Message.what("R2Score expects 2D inputs with shape (batch_size, output_dim)")
            .given("y_true of shape " + t.shape() + " · y_pred of shape " + p.shape())
            .expected("two axes, the second of known size")
            .shapeError();
      }
      Shape shape = Shape.of(p.shape().dim(1));
      s =
          new Sums(
              addState("squared_sum", shape, 0),
              addState("sum", shape, 0),
              addState("residual", shape, 0),
              addState("count", shape, 0));
      sums = s;
    }
    return s;
  }

  @Override
  protected void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    Tensor[] two =
        Weights.sameRank(
            Weights.cast(values.get(0), DType.F32), Weights.cast(values.get(1), DType.F32));
    Tensor t = two[0];
    Sums s = sums(t, two[1]);
    Tensor w = sampleWeight == null ? Values.scalar(1f) : Weights.cast(sampleWeight, DType.F32);
    w = broadcastTo(w.rank() == 1 ? expandDims(w, 1) : w, Sizes.of(t));
    Tensor weighted = multiply(t, w);
    s.sum.assignAdd(reduceSum(weighted, 0));
    s.squares.assignAdd(reduceSum(multiply(t, weighted), 0));
    s.residual.assignAdd(reduceSum(multiply(square(subtract(t, two[1])), w), 0));
    s.count.assignAdd(reduceSum(w, 0));
    Variable n = numSamples;
    if (n != null) {
      n.assignAdd(Weights.cast(Sizes.count(t), DType.F32));
    }
  }

  @Override
  protected Tensor compute() {
    Sums s = sums;
    Variable n = numSamples;
    if (s == null || n == null) {
      return Values.scalar(0f);
    }
    Tensor sum = s.sum.value();
    Tensor total = subtract(s.squares.value(), multiply(sum, divide(sum, s.count.value())));
    Tensor scores = subtract(1.0, divide(s.residual.value(), total));
    scores = where(MathApi.isInf(scores), 0.0, scores);
    String word = classAggregation.get();
    Tensor score =
        word == null
            ? scores
            : word.equals("uniform_average")
                ? reduceMean(scores, 0)
                : divide(reduceSum(multiply(total, scores), 0), reduceSum(total, 0));
    int inputs = numRegressors.get();
    if (inputs == 0) {
      return score;
    }
    Tensor free = subtract(n.value(), inputs + 1.0);
    Tensor corrected =
        subtract(1.0, divide(multiply(subtract(1.0, score), subtract(n.value(), 1.0)), free));
    return where(greater(free, 0.0), corrected, score);
  }
}
