package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sorts numbers into bins: 0 below the first bound, then one more at each bound.
///
/// Bounds are given, or learnt so that equally many numbers fall into each bin. Types: `int` gives
/// int32, other modes floats.
public final class Discretization extends Layer implements LayerArguments<Discretization> {
  private static final OpRef BUCKETIZE = OpRef.to("Bucketize");

  private final Setting<double @Nullable []> binBoundaries =
      setting("bin_boundaries", Kinds.NUMBERS.orNone(), null);
  private final Setting<@Nullable Integer> numBins =
      setting("num_bins", Kinds.NOT_NEGATIVE.orNone(), null);
  private final Setting<Double> epsilon =
      setting("epsilon", Kinds.numbers("a number above 0 and below 1", e -> e > 0 && e < 1), 0.01);
  private final Setting<String> outputMode =
      setting(
          "output_mode",
          Encoding.modes(Encoding.INT, Encoding.ONE_HOT, Encoding.MULTI_HOT, Encoding.COUNT),
          Encoding.INT);
  private final Setting<Boolean> sparse = setting("sparse", Vocabulary.NOT_SPARSE, false);

  private QuantileSummary summary = QuantileSummary.empty();

  private Discretization() {
    super();
  }

  /// @param binBoundaries bounds between bins, in ascending order
  public Discretization(double... binBoundaries) {
    this();
    this.binBoundaries.set(binBoundaries.length == 0 ? null : binBoundaries);
  }

  /// @param numBins bins whose bounds [#adapt] learns
  public Discretization(int numBins) {
    this();
    this.numBins.set(numBins);
  }

  /// @param share of the numbers by which a learnt bound may be off
  public Discretization epsilon(double share) {
    return with("epsilon", share);
  }

  /// @param mode `int`, `one_hot`, `multi_hot` or `count`
  public Discretization outputMode(String mode) {
    return with("output_mode", mode);
  }

  /// Learns bounds between which equally many of the numbers lie, within `epsilon`.
  ///
  /// @param data a tensor, an array or a list of numbers; or a dataset, an iterable or a list of
  ///   batches
  public void adapt(Object data) {
    adapt(data, -1);
  }

  /// @param steps batches to look at, -1 for all
  public void adapt(Object data, int steps) {
    if (numBins.get() == null) {
      throw Message.what(
              "Cannot adapt a Discretization layer that has been initialized with"
                  + " `bin_boundaries`, use `num_bins` instead")
          .given("layer '" + name() + "'")
          .expected("new Discretization(numBins)")
          .valueError();
    }
    resetState();
    for (Tensor t : Learning.of(data, DType.F32, steps).batches()) {
      updateState(t);
    }
    finalizeState();
  }

  public void updateState(Tensor data) {
    summary = summary.and(Ops.cast(data, DType.F32).toFloatArray(), epsilon.get());
  }

  public void finalizeState() {
    Integer n = numBins.get();
    if (n != null) {
      binBoundaries.set(summary.bounds(n));
    }
  }

  public void resetState() {
    if (numBins.get() != null) {
      summary = QuantileSummary.empty();
    }
  }

  /// Returns the bounds between bins; null before they are learnt.
  public double @Nullable [] binBoundaries() {
    double[] b = binBoundaries.get();
    return b == null ? null : b.clone();
  }

  @Override
  protected void build(Shape input) {
    if (binBoundaries.get() == null && numBins.get() == null) {
      throw Message.what("You need to set either `num_bins` or `bin_boundaries`")
          .given("neither")
          .expected("one of them")
          .valueError();
    }
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    double[] bounds = binBoundaries.get();
    if (bounds == null) {
      throw Message.what(
              "You need to either pass the `bin_boundaries` argument at construction time or call"
                  + " `adapt(dataset)` before you can start using the `Discretization` layer")
          .given("layer '" + name() + "' without bounds")
          .expected("bounds between bins")
          .fix("call adapt(data) first")
          .valueError();
    }
    float[] at = new float[bounds.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = (float) bounds[i];
    }
    Tensor bins = BUCKETIZE.with(BUCKETIZE.attrs("boundaries", at), numbers(x));
    String mode = outputMode.get();
    DType type = mode.equals(Encoding.INT) ? DType.I32 : computeDtype();
    return Encoding.of(name(), bins, mode, at.length + 1, type, null);
  }

  /// Bounds are compared with these types.
  private static Tensor numbers(Tensor x) {
    return switch (x.dtype()) {
      case F32, F64, I32, I64 -> x;
      case F16, BF16 -> Ops.cast(x, DType.F32);
      case U32, U64 -> Ops.cast(x, DType.I64);
      default -> Ops.cast(x, DType.I32);
    };
  }

  /// Keras writes the type by name here, and not whether training changes the layer.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> c = super.getConfig();
    c.remove("trainable");
    c.put("dtype", dtypePolicy().name());
    return c;
  }
}
