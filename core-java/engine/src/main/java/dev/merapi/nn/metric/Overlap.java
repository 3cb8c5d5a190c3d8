package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.add;
import static dev.merapi.facade.TfApi.argmax;
import static dev.merapi.facade.TfApi.broadcastTo;
import static dev.merapi.facade.TfApi.cast;
import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.gather;
import static dev.merapi.facade.TfApi.greater;
import static dev.merapi.facade.TfApi.greaterEqual;
import static dev.merapi.facade.TfApi.less;
import static dev.merapi.facade.TfApi.logicalAnd;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.notEqual;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.reshape;
import static dev.merapi.facade.TfApi.subtract;
import static dev.merapi.facade.TfApi.where;

import dev.merapi.eager.Variable;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.loss.Weights;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Mean over classes of intersection over union: `TP / (TP + FP + FN)`.
///
/// Labels and predictions are class numbers, or shares of which the largest is taken. Pairs with a
/// number that is no class do not count. Counts are whole numbers unless `dtype` says otherwise, so
/// that weights lose their fractions, as in Keras.
abstract class Overlap extends Metric {
  private static final OpRef DIAGONAL = OpRef.to("DiagPart");
  private static final OpRef SEGMENTS = OpRef.to("UnsortedSegmentSum");

  private @Nullable Variable matrix;

  Overlap(String name) {
    super(name, DType.I32);
  }

  abstract int classes();

  /// Returns the classes of which the mean is taken.
  abstract int[] targets();

  @Nullable Integer ignored() {
    return null;
  }

  boolean sparseLabels() {
    return true;
  }

  boolean sparsePredictions() {
    return true;
  }

  int axis() {
    return -1;
  }

  /// Returns predictions as class numbers, or as shares.
  Tensor prepared(Tensor yPred) {
    return yPred;
  }

  private Variable matrix() {
    Variable m = matrix;
    if (m == null) {
      throw new IllegalStateException("This is a bug in Merapi: a metric without its state");
    }
    return m;
  }

  @Override
  protected final void build() {
    matrix = addState("total_confusion_matrix", Shape.of(classes(), classes()), dtype(), 0);
  }

  @Override
  protected final void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    Tensor t = values.get(0);
    Tensor p = prepared(values.get(1));
    t = numbers(sparseLabels() ? t : argmax(t, axis()));
    p = numbers(sparsePredictions() ? p : argmax(p, axis()));
    Tensor w =
        sampleWeight == null
            ? Sizes.filled(dtype(), t, 1)
            : broadcastTo(
                sampleWeight.rank() > 1
                    ? Weights.flat(Weights.cast(sampleWeight, dtype()))
                    : Weights.cast(sampleWeight, dtype()),
                Sizes.of(t));
    Tensor counts = logicalAnd(isClass(t), isClass(p));
    Integer out = ignored();
    if (out != null) {
      counts = logicalAnd(counts, notEqual(t, out));
    }
    // Places outside of the matrix are negative, which sums leave out.
    Tensor places = where(counts, add(multiply(t, classes()), p), -1);
    Tensor sums = SEGMENTS.of(w, places, Values.scalar(classes() * classes()));
    matrix().assignAdd(reshape(sums, classes(), classes()));
  }

  private static Tensor numbers(Tensor x) {
    Tensor n = Weights.cast(x, DType.I32);
    return n.rank() > 1 ? Weights.flat(n) : n;
  }

  private Tensor isClass(Tensor n) {
    return logicalAnd(greaterEqual(n, 0), less(n, classes()));
  }

  @Override
  protected final Tensor compute() {
    Tensor m = cast(matrix().value(), DType.F32);
    Tensor found = DIAGONAL.of(m);
    Tensor all = subtract(add(reduceSum(m, 0), reduceSum(m, 1)), found);
    found = gather(found, targets());
    all = gather(all, targets());
    Tensor present = greater(all, 1e-9);
    Tensor shares = where(present, divide(found, add(all, Losses.EPSILON)), 0.0);
    Tensor number = add(reduceSum(cast(present, DType.F32), 0), Losses.EPSILON);
    return divide(reduceSum(shares, 0), number);
  }
}
