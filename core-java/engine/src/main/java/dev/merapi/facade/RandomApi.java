package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.op.Seeds;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The functions of `tf.random` that are more than one operation.
///
/// A `seed` of null leaves the choice to the global seed, or to chance if there is none. Numbers
/// are those that TensorFlow gives in eager mode for the same seeds.
public abstract class RandomApi extends TfRandomOps {
  private static final OpRef UNIFORM = OpRef.to("RandomUniform");
  private static final OpRef UNIFORM_INT = OpRef.to("RandomUniformInt");
  private static final OpRef NORMAL = OpRef.to("RandomStandardNormal");
  private static final OpRef TRUNCATED = OpRef.to("TruncatedNormal");
  private static final OpRef SHUFFLE = OpRef.to("RandomShuffle");
  private static final OpRef MULTINOMIAL = OpRef.to("Multinomial");
  private static final OpRef STATELESS_UNIFORM = OpRef.to("StatelessRandomUniform");
  private static final OpRef STATELESS_UNIFORM_INT = OpRef.to("StatelessRandomUniformInt");
  private static final OpRef STATELESS_FULL_INT = OpRef.to("StatelessRandomUniformFullInt");
  private static final OpRef STATELESS_NORMAL = OpRef.to("StatelessRandomNormal");
  private static final OpRef STATELESS_TRUNCATED = OpRef.to("StatelessTruncatedNormal");
  private static final OpRef STATELESS_SHUFFLE = OpRef.to("StatelessShuffle");
  private static final OpRef KEY_COUNTER = OpRef.to("StatelessRandomGetKeyCounterAlg");
  private static final OpRef GAMMA = OpRef.to("RandomGamma");
  private static final OpRef POISSON = OpRef.to("RandomPoissonV2");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");
  private static final OpRef DIV = OpRef.to("RealDiv");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef SUB = OpRef.to("Sub");

  protected RandomApi() {}

  /// Sets the global seed: the same calls afterwards give the same numbers.
  public static void setSeed(long seed) {
    Seeds.setSeed(seed);
  }

  /// Draws float32 evenly from 0 up to but not including 1.
  public static Tensor uniform(int... shape) {
    return uniform(shape, 0, 1, DType.F32, null);
  }

  /// Draws evenly from 0 up to but not including 1, float32, in a shape given as a vector.
  static Tensor uniform(Tensor shape) {
    Seeds.Pair s = Seeds.next(null);
    Tensor x =
        UNIFORM.with(
            UNIFORM.attrs("dtype", DType.F32, "seed", s.seed(), "seed2", s.seed2()), shape);
    return stretch(x, 0, 1);
  }

  /// Draws evenly from `minval` up to but not including `maxval`.
  ///
  /// Types: float types, int32, int64 (whole bounds then). Fails: `ValueError` when an integer
  /// range is empty.
  public static Tensor uniform(
      int[] shape, double minval, double maxval, DType dtype, @Nullable Long seed) {
    if (dtype.isInteger()) {
      return uniformInt(shape, whole(minval), whole(maxval), dtype, seed);
    }
    Seeds.Pair s = Seeds.next(seed);
    Tensor x =
        UNIFORM.with(
            UNIFORM.attrs("dtype", dtype, "seed", s.seed(), "seed2", s.seed2()),
            Values.ints(shape));
    return stretch(x, minval, maxval);
  }

  private static long whole(double bound) {
    if (bound != Math.rint(bound)) {
      throw Message.what(
              "uniform: bound " + bound + " is no whole number, but whole numbers are asked for")
          .expected("whole bounds, or a float dtype")
          .valueError();
    }
    return (long) bound;
  }

  /// Draws int32 or int64 evenly from `minval` up to but not including `maxval`.
  public static Tensor uniformInt(
      int[] shape, long minval, long maxval, DType dtype, @Nullable Long seed) {
    Seeds.Pair s = Seeds.next(seed);
    return UNIFORM_INT.with(
        UNIFORM_INT.attrs("seed", s.seed(), "seed2", s.seed2()),
        Values.ints(shape),
        whole(minval, dtype),
        whole(maxval, dtype));
  }

  private static Tensor whole(long x, DType dtype) {
    Tensor t = Values.filled(Spec.of(dtype), 0);
    if (dtype.bytes() == 8) {
      t.segment().set(java.lang.foreign.ValueLayout.JAVA_LONG, 0, x);
    } else if (dtype.bytes() == 4 && (dtype == DType.U32 || x == (int) x)) {
      t.segment().set(java.lang.foreign.ValueLayout.JAVA_INT, 0, (int) x);
    } else {
      throw Message.what("uniform: bound " + x + " does not fit " + dtype)
          .expected("int32 or int64")
          .typeError();
    }
    return t;
  }

  /// Draws float32 from the normal distribution of mean 0 and deviation 1.
  public static Tensor normal(int... shape) {
    return normal(shape, 0, 1, DType.F32, null);
  }

  /// Draws from the normal distribution.
  public static Tensor normal(
      int[] shape, double mean, double stddev, DType dtype, @Nullable Long seed) {
    return scaled(NORMAL, shape, mean, stddev, dtype, seed);
  }

  /// Draws from the normal distribution, again where a number lies beyond two deviations from the
  /// mean.
  public static Tensor truncatedNormal(
      int[] shape, double mean, double stddev, DType dtype, @Nullable Long seed) {
    return scaled(TRUNCATED, shape, mean, stddev, dtype, seed);
  }

  private static Tensor scaled(
      OpRef op, int[] shape, double mean, double stddev, DType dtype, @Nullable Long seed) {
    Seeds.Pair s = Seeds.next(seed);
    Tensor x =
        op.with(op.attrs("dtype", dtype, "seed", s.seed(), "seed2", s.seed2()), Values.ints(shape));
    return shift(x, mean, stddev);
  }

  /// Puts the rows of the first axis into a random order.
  public static Tensor shuffle(Tensor value, @Nullable Long seed) {
    Seeds.Pair s = Seeds.next(seed);
    return SHUFFLE.with(SHUFFLE.attrs("seed", s.seed(), "seed2", s.seed2()), value);
  }

  /// Draws class numbers, `numSamples` for each row of unnormalised log-probabilities.
  ///
  /// Shapes: logits `(rows, classes)` → `(rows, numSamples)`. Types: int32 or int64.
  public static Tensor categorical(
      Tensor logits, int numSamples, DType dtype, @Nullable Long seed) {
    Seeds.Pair s = Seeds.next(seed);
    return MULTINOMIAL.with(
        MULTINOMIAL.attrs("seed", s.seed(), "seed2", s.seed2(), "output_dtype", dtype),
        logits,
        Values.scalar(numSamples));
  }

  /// Draws one number from 0 to `n` − 1 by the given probabilities, as NumPy's `random.choice(n,
  /// p)` does.
  ///
  /// Probabilities may miss the sum 1 by what float32 rounds away (3e-4, the root of its
  /// precision). Fails: `ValueError` on a negative probability, a wrong sum or a wrong number of
  /// them.
  public static int choice(int n, Tensor p) {
    double[] w = p.toDoubleArray();
    if (w.length != n) {
      throw Message.what("choice: " + w.length + " probabilities do not fit " + n + " values")
          .expected("one probability a value")
          .valueError();
    }
    double sum = 0;
    for (double x : w) {
      if (!(x >= 0)) {
        throw Message.what("choice: probabilities are not non-negative")
            .given("a probability of " + x)
            .valueError();
      }
      sum += x;
    }
    if (Math.abs(sum - 1) > Math.sqrt(p.dtype() == DType.F64 ? 0x1p-52 : 0x1p-23)) {
      throw Message.what("choice: probabilities do not sum to 1")
          .given("a sum of " + sum)
          .fix("divide by the sum")
          .valueError();
    }
    double left = uniform(new int[0], 0, 1, DType.F64, null).item() * sum;
    int last = 0;
    for (int i = 0; i < n; i++) {
      if (w[i] > 0) {
        last = i;
        left -= w[i];
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  /// Draws evenly between bounds; the same seed (two whole numbers) always gives the same numbers.
  public static Tensor statelessUniform(
      int[] shape, Tensor seed, double minval, double maxval, DType dtype) {
    if (dtype.isInteger()) {
      return STATELESS_UNIFORM_INT.of(
          Values.ints(shape), seed, whole(whole(minval), dtype), whole(whole(maxval), dtype));
    }
    Tensor x =
        STATELESS_UNIFORM.with(STATELESS_UNIFORM.attrs("dtype", dtype), Values.ints(shape), seed);
    return shift(x, minval, SUB.of(number(dtype, maxval), number(dtype, minval)));
  }

  /// Draws from the normal distribution; the same seed always gives the same numbers.
  public static Tensor statelessNormal(
      int[] shape, Tensor seed, double mean, double stddev, DType dtype) {
    return shift(
        STATELESS_NORMAL.with(STATELESS_NORMAL.attrs("dtype", dtype), Values.ints(shape), seed),
        mean,
        stddev);
  }

  /// Draws from the normal distribution within two deviations; the same seed always gives the same
  /// numbers.
  public static Tensor statelessTruncatedNormal(
      int[] shape, Tensor seed, double mean, double stddev, DType dtype) {
    return shift(
        STATELESS_TRUNCATED.with(
            STATELESS_TRUNCATED.attrs("dtype", dtype), Values.ints(shape), seed),
        mean,
        stddev);
  }

  /// Puts the rows of the first axis into an order that the seed decides.
  public static Tensor statelessShuffle(Tensor value, Tensor seed) {
    Tensor[] place = KEY_COUNTER.all(KEY_COUNTER.get().defaults(), seed);
    return STATELESS_SHUFFLE.of(value, place[0], place[1], place[2]);
  }

  /// Makes `num` seeds from one; shape `(num, 2)`.
  public static Tensor split(Tensor seed, int num) {
    return STATELESS_FULL_INT.with(
        STATELESS_FULL_INT.attrs("dtype", seed.dtype()), Values.ints(num, 2), seed);
  }

  /// Makes another seed from a seed and a number, such as the number of a step.
  public static Tensor foldIn(Tensor seed, int data) {
    Tensor first =
        STATELESS_FULL_INT.with(
            STATELESS_FULL_INT.attrs("dtype", DType.I32), Values.ints(new int[0]), seed);
    return Sizes.vector(first, Values.scalar(data));
  }

  /// Draws from the gamma distribution, `shape` numbers for each pair of parameters.
  ///
  /// @param alpha shapes of the distribution; the type of the result is theirs
  /// @param beta inverse scales, stretched to the shape of `alpha`
  public static Tensor gamma(int[] shape, Tensor alpha, Tensor beta, @Nullable Long seed) {
    Seeds.Pair s = Seeds.next(seed);
    Tensor x =
        GAMMA.with(
            GAMMA.attrs("seed", s.seed(), "seed2", s.seed2()),
            Values.ints(shape),
            alpha.shape().equals(beta.shape()) ? alpha : ADD.of(alpha, SUB.of(beta, beta)));
    // As in TensorFlow, never 0, so that a logarithm may follow.
    double tiny =
        x.dtype() == DType.F64
            ? Double.MIN_NORMAL
            : x.dtype() == DType.F16 ? 0x1p-14 : Float.MIN_NORMAL;
    return MAXIMUM.of(number(x.dtype(), tiny), DIV.of(x, beta));
  }

  /// Draws from the Poisson distribution, `shape` numbers for each rate.
  public static Tensor poisson(int[] shape, Tensor rate, DType dtype, @Nullable Long seed) {
    Seeds.Pair s = Seeds.next(seed);
    return POISSON.with(
        POISSON.attrs("seed", s.seed(), "seed2", s.seed2(), "dtype", dtype),
        Values.ints(shape),
        rate);
  }

  private static Tensor stretch(Tensor x, double minval, double maxval) {
    if (minval == 0) {
      return maxval == 1 ? x : MUL.of(x, number(x.dtype(), maxval));
    }
    return shift(x, minval, SUB.of(number(x.dtype(), maxval), number(x.dtype(), minval)));
  }

  private static Tensor shift(Tensor x, double offset, double factor) {
    return offset == 0 && factor == 1 ? x : shift(x, offset, number(x.dtype(), factor));
  }

  private static Tensor shift(Tensor x, double offset, Tensor factor) {
    return ADD.of(MUL.of(x, factor), number(x.dtype(), offset));
  }

  private static Tensor number(DType dtype, double x) {
    return Values.filled(new Spec(dtype, Shape.SCALAR), x);
  }
}
