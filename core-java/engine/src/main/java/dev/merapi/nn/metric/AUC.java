package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.add;
import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.equal;
import static dev.merapi.facade.TfApi.greater;
import static dev.merapi.facade.TfApi.log;
import static dev.merapi.facade.TfApi.logicalAnd;
import static dev.merapi.facade.TfApi.maximum;
import static dev.merapi.facade.TfApi.minimum;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.onesLike;
import static dev.merapi.facade.TfApi.reduceMean;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.sigmoid;
import static dev.merapi.facade.TfApi.slice;
import static dev.merapi.facade.TfApi.subtract;
import static dev.merapi.facade.TfApi.where;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.loss.Weights;
import dev.merapi.op.Literals;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes the area under a curve of two shares over all thresholds.
///
/// - `ROC`: found positives over wrongly found negatives; 0.5 for guessing, 1 for a perfect order;
/// - `PR`: precision over recall;
/// - `PRGAIN`: the same in gains over always saying yes.
///
/// Predictions are probabilities, or scores with `from_logits`. Between thresholds a straight line
/// is drawn (`interpolation`; for `PR` the curve of Davis and Goadrich), or the larger (`majoring`)
/// or smaller (`minoring`) value taken. With `multi_label` each column has a curve of its own, and
/// the areas are averaged, by `label_weights` where given.
///
/// Source: Davis, Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006;
/// Flach, Kull, "Precision-recall-gain curves", NIPS 2015.
public final class AUC extends Metric {
  private static final Kind<String> CURVE = upper("ROC", "PR", "PRGAIN");

  private final Setting<Integer> numThresholds =
      setting("num_thresholds", Kinds.integers("a whole number of 2 or more", n -> n > 1), 200);
  private final Setting<String> curve = setting("curve", CURVE, "ROC");
  private final Setting<String> summationMethod =
      setting(
          "summation_method",
          Kinds.oneOf("interpolation", "majoring", "minoring"),
          "interpolation");
  private final Setting<Boolean> multiLabel = setting("multi_label", Kinds.FLAG, false);
  private final Setting<@Nullable Integer> numLabels =
      setting("num_labels", Kinds.POSITIVE.orNone(), null);
  private final Setting<double @Nullable []> labelWeights =
      setting("label_weights", Kinds.NUMBERS.orNone(), null);
  private final Setting<Boolean> fromLogits = setting("from_logits", Kinds.FLAG, false);
  private final Setting<double @Nullable []> thresholds =
      setting("thresholds", Kinds.NUMBERS.orNone(), null);
  private @Nullable Confusion confusion;

  public AUC() {
    super("auc");
  }

  /// @param curve `ROC`, `PR` or `PRGAIN`
  public AUC(String curve) {
    this();
    this.curve.set(curve);
  }

  public AUC(int numThresholds, String curve, String summationMethod) {
    this(curve);
    this.numThresholds.set(numThresholds);
    this.summationMethod.set(summationMethod);
  }

  private static Kind<String> upper(String... words) {
    return Kinds.simple(
        "one of '" + String.join("', '", words) + "'",
        g -> {
          String word = g instanceof String s ? s.toUpperCase(Locale.ROOT) : "";
          return Arrays.asList(words).contains(word) ? word : null;
        });
  }

  /// Leaves thresholds out where they follow from their number, as Keras does.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> config = super.getConfig();
    double[] given = thresholds.get();
    if (given == null) {
      config.remove("thresholds");
    } else {
      config.put("num_thresholds", given.length + 2L);
    }
    return config;
  }

  private Thresholds limits() {
    double[] given = thresholds.get();
    if (given != null) {
      return Thresholds.around(given);
    }
    int n = numThresholds.get();
    double[] inner = new double[n - 2];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = (i + 1.0) / (n - 1);
    }
    return Thresholds.around(inner);
  }

  @Override
  protected void build() {
    Integer labels = numLabels.get();
    if (labels != null && !multiLabel.get()) {
      throw Message.what("`num_labels` is needed only when `multi_label` is True.")
          .given("num_labels " + labels)
          .valueError();
    }
    if (!multiLabel.get()) {
      make(-1);
    } else if (labels != null) {
      make(labels);
    }
  }

  private Confusion make(int labels) {
    Thresholds t = limits();
    double[] weights = labels < 0 ? labelWeights.get() : null;
    Confusion c =
        new Confusion(
            new Confusion.Rules(
                t,
                null,
                null,
                labels >= 0,
                weights == null ? null : Literals.of(weights, DType.F32)));
    Shape shape = labels >= 0 ? Shape.of(t.count(), labels) : Shape.of(t.count());
    for (Confusion.Count each : Confusion.Count.values()) {
      c.keep(each, addState(each.name().toLowerCase(Locale.ROOT), shape, 0));
    }
    confusion = c;
    return c;
  }

  @Override
  protected void update(List<Tensor> values, @Nullable Tensor sampleWeight) {
    Tensor p = values.get(1);
    Confusion c = confusion;
    if (c == null) {
      if (p.rank() != 2) {
        throw Message.what("`y_pred` must have rank 2 when `multi_label=True`.")
            .given("y_pred of shape " + p.shape())
            .expected("(samples, labels)")
            .shapeError();
      }
      c = make(p.shape().dim(1));
    }
    c.update(values.get(0), fromLogits.get() ? sigmoid(p) : p, sampleWeight);
  }

  @Override
  protected Tensor compute() {
    Confusion c = confusion;
    if (c == null) {
      return Values.scalar(0f);
    }
    boolean straight = summationMethod.get().equals("interpolation");
    if (curve.get().equals("PR") && straight) {
      return mean(davis(c));
    }
    Tensor x;
    Tensor y;
    switch (curve.get()) {
      case "ROC" -> {
        x = Confusion.share(c.falsePositives(), c.trueNegatives());
        y = c.recall();
      }
      case "PR" -> {
        x = c.recall();
        y = c.precision();
      }
      default -> {
        x = maximum(gain(c, c.falseNegatives(), 0), 0.0);
        y = gain(c, c.falsePositives(), 1);
      }
    }
    Tensor height =
        switch (summationMethod.get()) {
          case "interpolation" -> divide(add(first(y), last(y)), 2.0);
          case "minoring" -> minimum(first(y), last(y));
          default -> maximum(first(y), last(y));
        };
    return mean(multiply(subtract(first(x), last(x)), height));
  }

  /// Returns a share as a gain over saying always yes; `nothing` where no positive was found.
  private static Tensor gain(Confusion c, Tensor wrong, double nothing) {
    Tensor found = c.truePositives();
    Tensor odds =
        Weights.quotient(
            add(found, c.falseNegatives()), add(c.trueNegatives(), c.falsePositives()));
    Tensor gain = subtract(1.0, multiply(odds, Weights.quotient(wrong, found)));
    return where(equal(found, 0.0), nothing, gain);
  }

  /// Returns the parts of the area under precision over recall, between neighbouring thresholds.
  private static Tensor davis(Confusion c) {
    Tensor tp = c.truePositives();
    Tensor dtp = subtract(first(tp), last(tp));
    Tensor p = add(tp, c.falsePositives());
    Tensor dp = subtract(first(p), last(p));
    Tensor slope = Weights.quotient(dtp, maximum(dp, 0.0));
    Tensor intercept = subtract(last(tp), multiply(slope, last(p)));
    Tensor ratio =
        where(
            logicalAnd(greater(first(p), 0.0), greater(last(p), 0.0)),
            Weights.quotient(first(p), maximum(last(p), 0.0)),
            onesLike(last(p)));
    return Weights.quotient(
        multiply(slope, add(dtp, multiply(intercept, log(ratio)))),
        maximum(add(last(tp), last(c.falseNegatives())), 0.0));
  }

  /// Returns all rows but the last.
  private static Tensor first(Tensor x) {
    int[] begin = new int[x.rank()];
    int[] size = x.shape().dims();
    size[0]--;
    return slice(x, Values.ints(begin), Values.ints(size));
  }

  /// Returns all rows but the first.
  private static Tensor last(Tensor x) {
    int[] begin = new int[x.rank()];
    int[] size = x.shape().dims();
    begin[0] = 1;
    size[0]--;
    return slice(x, Values.ints(begin), Values.ints(size));
  }

  private Tensor mean(Tensor parts) {
    Tensor areas = reduceSum(parts, 0);
    if (!multiLabel.get()) {
      return areas;
    }
    double[] given = labelWeights.get();
    if (given == null) {
      return reduceMean(areas, 0);
    }
    Tensor weights = Literals.of(given, DType.F32);
    return Weights.quotient(reduceSum(multiply(areas, weights), 0), reduceSum(weights, 0));
  }
}
