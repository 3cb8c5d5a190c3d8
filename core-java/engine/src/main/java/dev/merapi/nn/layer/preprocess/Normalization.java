package dev.merapi.nn.layer.preprocess;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.init.Ones;
import dev.merapi.nn.init.Zeros;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Moves and stretches numbers to mean 0 and variance 1: `(x − mean) / √variance`.
///
/// Mean and variance are given, or learnt once before training, for each place along the axes that
/// are kept. Source of the merging of batches: Chan, Golub, LeVeque 1979, "Updating formulae and a
/// pairwise algorithm for computing sample variances".
public final class Normalization extends Layer implements LayerArguments<Normalization> {
  private static final OpRef SQRT = OpRef.to("Sqrt");
  private static final OpRef SQUARE = OpRef.to("Square");
  private static final OpRef RESHAPE = OpRef.to("Reshape");

  /// Keras's smallest deviation.
  private static final double EPSILON = 1e-7;

  /// Axes, written as a list however they were given; null stands for none.
  private static final Kind<int[]> KEPT =
      new Kind<>() {
        @Override
        public int[] read(@Nullable Object given) {
          return given == null ? new int[0] : Kinds.AXES.read(given);
        }

        @Override
        public @Nullable Object write(int[] value) {
          return Kinds.WHOLES.write(value);
        }

        @Override
        public String expected() {
          return Kinds.AXES.expected() + ", or null for one mean of all";
        }
      };

  private final Setting<int[]> axis = setting("axis", KEPT, new int[] {-1});
  private final Setting<Boolean> invert = setting("invert", Kinds.FLAG, false);
  private final Setting<@Nullable Tensor> givenMean = setting("mean", Arrays64.KIND.orNone(), null);
  private final Setting<@Nullable Tensor> givenVariance =
      setting("variance", Arrays64.KIND.orNone(), null);

  private @Nullable Variable mean;
  private @Nullable Variable variance;

  /// Kept because Keras keeps it; nobody reads it.
  private @Nullable Variable count;

  /// Axes that are kept, from the front, ascending.
  private int[] kept = {};

  public Normalization() {
    supportsMasking();
  }

  /// @param axis axes with a mean for each place; none for one mean of all
  public Normalization(int... axis) {
    this();
    this.axis.set(axis);
  }

  /// Gives mean and variance instead of learning them.
  public Normalization mean(Object mean, Object variance) {
    with("mean", mean);
    return with("variance", variance);
  }

  /// Undoes what the layer does otherwise.
  public Normalization invert(boolean on) {
    return with("invert", on);
  }

  @Override
  protected void build(Shape input) {
    int rank = input.rank();
    for (int a : axis.get()) {
      if (a < -rank || a >= rank) {
        throw Message.what("All `axis` values must be in the range [-ndim, ndim)")
            .given("axis " + Arrays.toString(axis.get()) + ", input " + input)
            .expected("axes from " + -rank + " to " + (rank - 1))
            .valueError();
      }
    }
    kept = Arrays.stream(axis.get()).map(a -> Ops.front(a, rank)).sorted().toArray();
    int[] dims = Arrays.stream(kept).map(a -> Checks.known(name(), input, a)).toArray();
    checkGiven();
    if (givenMean.get() == null) {
      mean = addWeight("mean", Shape.of(dims), new Zeros(), false, null, null);
      variance = addWeight("variance", Shape.of(dims), new Ones(), false, null, null);
      count = addCount("count", DType.I64);
    }
  }

  private void checkGiven() {
    Tensor m = givenMean.get();
    Tensor v = givenVariance.get();
    if ((m == null) != (v == null)) {
      throw Message.what("When setting values directly, both `mean` and `variance` must be set")
          .given("mean " + m + ", variance " + v)
          .expected("both or none")
          .valueError();
    }
    if (m != null && v != null && !m.shape().equals(v.shape())) {
      throw Message.what(
              "When setting values directly, `mean` and `variance` must have the same shape")
          .given("mean shape " + m.shape() + ", variance shape " + v.shape())
          .expected("one shape")
          .valueError();
    }
    if (m != null && m.rank() > axis.get().length) {
      throw Message.what(
              "The rank of `mean` must be less than or equal to the number of axes ("
                  + axis.get().length
                  + ")")
          .given("mean shape " + m.shape() + ", axis " + Arrays.toString(axis.get()))
          .expected("a number, or one for each place along the axes")
          .valueError();
    }
  }

  /// Learns mean and variance.
  ///
  /// @param data a tensor or an array; or a dataset, an iterable or a list of batches
  public void adapt(Object data) {
    if (givenMean.get() != null) {
      throw Message.what("Normalization: mean and variance were given")
          .given("layer '" + name() + "'")
          .expected("a layer that learns them")
          .fix("leave mean and variance out")
          .valueError();
    }
    @Nullable Tensor totalMean = null;
    @Nullable Tensor totalVariance = null;
    double seen = 0;
    for (Tensor t : Learning.of(data, null, -1).batches()) {
      Tensor x = Ops.cast(t, DType.F64);
      if (!isBuilt()) {
        int[] dims = x.shape().dims();
        if (dims.length > 0) {
          dims[0] =
              Arrays.stream(axis.get()).anyMatch(a -> a == 0 || a == -dims.length) ? dims[0] : -1;
        }
        buildFor(Shape.of(dims));
      }
      checkFits(x);
      int[] away =
          IntStream.range(0, x.rank())
              .filter(a -> Arrays.stream(kept).noneMatch(k -> k == a))
              .toArray();
      Tensor whole = Ops.mean(x, true, away);
      Tensor m = Ops.mean(x, false, away);
      Tensor v = Ops.mean(SQUARE.of(Ops.sub(x, whole)), false, away);
      double n = 1;
      for (int a : away) {
        n *= x.shape().dim(a);
      }
      seen += n;
      if (totalMean == null || totalVariance == null) {
        totalMean = m;
        totalVariance = v;
        continue;
      }
      double share = n / seen;
      Tensor both = Ops.add(Ops.mul(totalMean, 1 - share), Ops.mul(m, share));
      Tensor before = Ops.add(totalVariance, SQUARE.of(Ops.sub(totalMean, both)));
      Tensor now = Ops.add(v, SQUARE.of(Ops.sub(m, both)));
      totalVariance = Ops.add(Ops.mul(before, 1 - share), Ops.mul(now, share));
      totalMean = both;
    }
    if (totalMean == null || totalVariance == null) {
      throw Message.what("adapt() received no batches")
          .expected("at least one batch of numbers")
          .valueError();
    }
    Variable m = weight(mean);
    m.assign(Ops.cast(totalMean, m.dtype()));
    weight(variance).assign(Ops.cast(totalVariance, m.dtype()));
  }

  private void checkFits(Tensor x) {
    Shape built = builtFor().getFirst();
    boolean fits = x.rank() == built.rank();
    for (int a : kept) {
      fits = fits && x.shape().dim(a) == built.dim(a);
    }
    if (!fits) {
      throw Message.what(
              "The layer was built with input_shape="
                  + built
                  + ", but adapt() is being called with data with an incompatible shape")
          .given("data " + x.shape())
          .expected("the same sizes along the axes that are kept")
          .shapeError();
    }
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    DType type = computeDtype();
    Tensor m = spread(mean, givenMean.get(), x.rank(), type);
    Tensor v = spread(variance, givenVariance.get(), x.rank(), type);
    Tensor deviation = Ops.max(SQRT.of(v), EPSILON);
    Tensor y = Ops.cast(x, type);
    return invert.get() ? Ops.add(m, Ops.mul(y, deviation)) : Ops.div(Ops.sub(y, m), deviation);
  }

  /// Brings a value into a shape that broadcasts against inputs of the given rank.
  private Tensor spread(@Nullable Variable learnt, @Nullable Tensor given, int rank, DType type) {
    Tensor t = Ops.cast(given != null ? given : weight(learnt).value(), type);
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    int[] have = t.shape().dims();
    for (int i = 1; i <= have.length; i++) {
      dims[kept[kept.length - i]] = have[have.length - i];
    }
    return RESHAPE.of(t, Values.ints(dims));
  }
}
