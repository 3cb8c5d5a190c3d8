package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.broadcastTo;
import static dev.merapi.facade.TfApi.cast;
import static dev.merapi.facade.TfApi.clipByValue;
import static dev.merapi.facade.TfApi.cumsum;
import static dev.merapi.facade.TfApi.expandDims;
import static dev.merapi.facade.TfApi.gather;
import static dev.merapi.facade.TfApi.greater;
import static dev.merapi.facade.TfApi.maximum;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.reshape;
import static dev.merapi.facade.TfApi.subtract;
import static dev.merapi.facade.TfApi.where;

import dev.merapi.eager.Variable;
import dev.merapi.facade.MathApi;
import dev.merapi.nn.loss.Weights;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts of rightly and wrongly found positives and negatives, for many thresholds at once.
///
/// For thresholds at equal distances each prediction is put into one bin and the bins are summed
/// up, so that 200 thresholds cost as much as one; else every prediction is compared with every
/// threshold.
final class Confusion {
  private static final OpRef SEGMENTS = OpRef.to("UnsortedSegmentSum");
  private static final OpRef ONE_HOT = OpRef.to("OneHot");

  enum Count {
    TRUE_POSITIVES,
    FALSE_POSITIVES,
    TRUE_NEGATIVES,
    FALSE_NEGATIVES
  }

  /// What is looked at.
  ///
  /// @param topK how many of the largest predictions of a row count, or null for all
  /// @param classId the only class that counts, or null for all
  /// @param byLabel whether each column is counted on its own
  /// @param labelWeights what each column counts, or null
  record Rules(
      Thresholds thresholds,
      @Nullable Integer topK,
      @Nullable Integer classId,
      boolean byLabel,
      @Nullable Tensor labelWeights) {
    Rules(Thresholds thresholds, @Nullable Integer topK, @Nullable Integer classId) {
      this(thresholds, topK, classId, false, null);
    }
  }

  private final Rules rules;
  private final Map<Count, Variable> sums = new EnumMap<>(Count.class);

  Confusion(Rules rules) {
    this.rules = rules;
  }

  void keep(Count count, Variable in) {
    sums.put(count, in);
  }

  Tensor get(Count count) {
    Variable v = sums.get(count);
    if (v == null) {
      throw new IllegalStateException("This is a bug in Merapi: nobody counts " + count);
    }
    return v.value();
  }

  Tensor truePositives() {
    return get(Count.TRUE_POSITIVES);
  }

  Tensor falsePositives() {
    return get(Count.FALSE_POSITIVES);
  }

  Tensor trueNegatives() {
    return get(Count.TRUE_NEGATIVES);
  }

  Tensor falseNegatives() {
    return get(Count.FALSE_NEGATIVES);
  }

  /// Returns which share of positives was found.
  Tensor recall() {
    return share(truePositives(), falseNegatives());
  }

  /// Returns which share of what was found is positive.
  Tensor precision() {
    return share(truePositives(), falsePositives());
  }

  /// Returns which share of negatives was left alone.
  Tensor specificity() {
    return share(trueNegatives(), falsePositives());
  }

  static Tensor share(Tensor part, Tensor rest) {
    return Weights.quotient(part, dev.merapi.facade.TfApi.add(part, rest));
  }

  /// Counts a batch.
  void update(Tensor givenTrue, Tensor givenPred, @Nullable Tensor sampleWeight) {
    Tensor[] two =
        Weights.sameRank(Weights.cast(givenPred, DType.F32), Weights.cast(givenTrue, DType.F32));
    Tensor p = two[0];
    Tensor t = two[1];
    Tensor weight = null;
    if (sampleWeight != null) {
      weight = expandDims(Weights.cast(sampleWeight, DType.F32), -1);
      weight = Weights.sameRank(t, weight, false)[1];
    }
    Integer k = rules.topK;
    if (k != null) {
      p = onlyTop(p, k);
    }
    Integer id = rules.classId;
    if (id != null) {
      if (p.rank() == 1) {
        throw Message.what("When class_id is provided, y_pred must be a 2D array")
            .given("y_pred of shape " + p.shape())
            .expected("(samples, classes)")
            .shapeError();
      }
      t = gather(t, new int[] {id}, -1);
      p = gather(p, new int[] {id}, -1);
    }
    if (!t.shape().accepts(p.shape()) && t.shape().isKnown() && p.shape().isKnown()) {
      throw Message.what(
              "labels of shape " + t.shape() + " do not fit predictions of shape " + p.shape())
          .expected("the same shape")
          .shapeError();
    }
    weight = all(weight, p);
    if (rules.thresholds.isEven()) {
      byBins(t, p, weight);
    } else {
      byComparing(t, p, weight);
    }
  }

  /// Returns the weight of each prediction, or null for 1.
  private @Nullable Tensor all(@Nullable Tensor weight, Tensor p) {
    Tensor w = weight == null ? null : broadcastTo(weight, Sizes.of(p));
    Tensor labels = rules.labelWeights;
    if (labels == null) {
      return w;
    }
    Tensor l = broadcastTo(expandDims(labels, 0), Sizes.of(p));
    return w == null ? l : multiply(w, l);
  }

  private static Tensor onlyTop(Tensor x, int k) {
    Tensor places = MathApi.topK(x, Values.scalar(k))[1];
    Tensor one = Values.floats(new float[] {1});
    Tensor hot =
        ONE_HOT.of(
            places,
            Sizes.axis(x, -1),
            reshape(one, new int[0]),
            reshape(Values.floats(new float[] {0}), new int[0]));
    Tensor mask = reduceSum(hot, -2);
    return dev.merapi.facade.TfApi.add(
        multiply(x, mask), multiply(subtract(1.0, mask), Thresholds.LOWEST));
  }

  private void byBins(Tensor labels, Tensor predictions, @Nullable Tensor weight) {
    int n = rules.thresholds.count();
    Tensor yes = cast(cast(labels, DType.BOOL), DType.F32);
    Tensor no = subtract(1.0, yes);
    if (weight != null) {
      yes = multiply(yes, weight);
      no = multiply(no, weight);
    }
    // A prediction must be above a threshold: one of exactly 0.5 belongs to the bin before.
    Tensor bins =
        subtract(MathApi.ceil(multiply(clipByValue(predictions, 0.0, 1.0), n - 1.0)), 1.0);
    if (rules.thresholds.startsBelowZero()) {
      bins = maximum(bins, 0.0);
    }
    Tensor ids = cast(bins, DType.I32);
    Tensor columns = Values.scalar(1);
    if (rules.byLabel) {
      columns = Sizes.axis(predictions, 1);
      ids = dev.merapi.facade.TfApi.add(multiply(ids, columns), Sizes.upTo(columns));
    }
    Tensor tp = above(yes, ids, n, columns);
    Tensor fp = above(no, ids, n, columns);
    add(Count.TRUE_POSITIVES, tp);
    add(Count.FALSE_POSITIVES, fp);
    if (sums.containsKey(Count.TRUE_NEGATIVES)) {
      add(Count.TRUE_NEGATIVES, subtract(total(no), fp));
    }
    if (sums.containsKey(Count.FALSE_NEGATIVES)) {
      add(Count.FALSE_NEGATIVES, subtract(total(yes), tp));
    }
  }

  private Tensor total(Tensor x) {
    return rules.byLabel ? reduceSum(x, 0) : Weights.sum(x);
  }

  /// Returns how much lies in each bin and those above it.
  private Tensor above(Tensor x, Tensor ids, int n, Tensor columns) {
    Tensor bins =
        SEGMENTS.of(Weights.flat(x), Weights.flat(ids), Sizes.times(Values.scalar(n), columns));
    Tensor table = rules.byLabel ? reshape(bins, Sizes.vector(Values.scalar(n), columns)) : bins;
    return cumsum(table, Values.scalar(0), false, true);
  }

  private void byComparing(Tensor labels, Tensor predictions, @Nullable Tensor weight) {
    int n = rules.thresholds.count();
    Tensor p = rules.byLabel ? expandDims(predictions, 0) : reshape(predictions, 1, -1);
    Tensor yes = cast(labels, DType.BOOL);
    yes = rules.byLabel ? expandDims(yes, 0) : reshape(yes, 1, -1);
    Tensor w = weight;
    if (w != null) {
      w = rules.byLabel ? expandDims(w, 0) : reshape(w, 1, -1);
    }
    Tensor limits = Literals.of(rules.thresholds.values(), DType.F32);
    Tensor positive =
        greater(p, reshape(limits, rules.byLabel ? new int[] {n, 1, 1} : new int[] {n, 1}));
    for (Count c : sums.keySet()) {
      boolean wantsYes = c == Count.TRUE_POSITIVES || c == Count.FALSE_NEGATIVES;
      boolean wantsPositive = c == Count.TRUE_POSITIVES || c == Count.FALSE_POSITIVES;
      Tensor a = wantsYes ? yes : dev.merapi.facade.TfApi.logicalNot(yes);
      Tensor b = wantsPositive ? positive : dev.merapi.facade.TfApi.logicalNot(positive);
      Tensor both = dev.merapi.facade.TfApi.logicalAnd(a, b);
      Tensor counted = w == null ? cast(both, DType.F32) : where(both, w, 0.0);
      add(c, reduceSum(counted, 1));
    }
  }

  private void add(Count c, Tensor more) {
    Variable v = sums.get(c);
    if (v != null) {
      v.assignAdd(more);
    }
  }
}
