package dev.merapi.facade;

import dev.merapi.op.Attrs;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The functions of `tf.nn` that are more than one operation, or that a Java caller wants in
/// another form.
public abstract class NnApi extends TfNnOps {
  private static final OpRef CONV2D = OpRef.to("Conv2D");
  private static final OpRef CONV2D_INPUT = OpRef.to("Conv2DBackpropInput");
  private static final OpRef DEPTHWISE = OpRef.to("DepthwiseConv2dNative");
  private static final OpRef MAX_POOL = OpRef.to("MaxPool");
  private static final OpRef AVG_POOL = OpRef.to("AvgPool");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef SQUEEZE = OpRef.to("Squeeze");
  private static final OpRef SOFTMAX = OpRef.to("Softmax");
  private static final OpRef LOG_SOFTMAX = OpRef.to("LogSoftmax");
  private static final OpRef XENT = OpRef.to("SoftmaxCrossEntropyWithLogits");
  private static final OpRef SPARSE_XENT = OpRef.to("SparseSoftmaxCrossEntropyWithLogits");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef SIGMOID = OpRef.to("Sigmoid");
  private static final OpRef TANH = OpRef.to("Tanh");
  private static final OpRef ERF = OpRef.to("Erf");
  private static final OpRef RELU = OpRef.to("Relu");
  private static final OpRef EXP = OpRef.to("Exp");
  private static final OpRef LOG1P = OpRef.to("Log1p");
  private static final OpRef NEG = OpRef.to("Neg");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef RSQRT = OpRef.to("Rsqrt");
  private static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");
  private static final OpRef SELECT = OpRef.to("SelectV2");

  protected NnApi() {}

  /// Convolves pictures `(batch, height, width, channels)` with windows `(height, width, channels,
  /// filters)`.
  ///
  /// @param strides steps in pixels along height and width
  /// @param padding `SAME` or `VALID`
  public static Tensor conv2d(Object input, Object filters, int strides, String padding) {
    Tensor x = Literals.of(input);
    return CONV2D.with(
        CONV2D.attrs("strides", new int[] {1, strides, strides, 1}, "padding", padding),
        x,
        Literals.like(filters, x));
  }

  /// Convolves pictures, with all that TensorFlow lets one choose.
  ///
  /// @param strides steps for each axis of the data format, 1 for batch and channels
  /// @param useCudnnOnGpu changes nothing; TensorFlow 1 had it
  /// @param dataFormat `NHWC` (channels last) or `NCHW`
  /// @param dilations distances between the elements of a window for each axis; empty for 1
  public static Tensor conv2d(
      Object input,
      Object filter,
      int[] strides,
      String padding,
      boolean useCudnnOnGpu,
      String dataFormat,
      int... dilations) {
    Tensor x = Literals.of(input);
    Attrs a =
        CONV2D.attrs(
            "strides", strides,
            "padding", padding,
            "use_cudnn_on_gpu", useCudnnOnGpu,
            "data_format", dataFormat,
            "dilations", dilations.length == 0 ? new int[] {1, 1, 1, 1} : dilations);
    return CONV2D.with(a, x, Literals.like(filter, x));
  }

  /// Convolves sequences `(batch, width, channels)` with windows `(width, channels, filters)`.
  public static Tensor conv1d(Object input, Object filters, int stride, String padding) {
    Tensor x = Literals.of(input);
    Tensor f = Literals.like(filters, x);
    Tensor axis = Values.scalar(1);
    Tensor y =
        CONV2D.with(
            CONV2D.attrs("strides", new int[] {1, 1, stride, 1}, "padding", padding),
            EXPAND.of(x, axis),
            EXPAND.of(f, Values.scalar(0)));
    return SQUEEZE.with(SQUEEZE.attrs("squeeze_dims", new int[] {1}), y);
  }

  /// Convolves backwards, as the gradient of [#conv2d] does: enlarges pictures.
  ///
  /// @param outputShape `(batch, height, width, channels)` of the result
  public static Tensor conv2dTranspose(
      Object input, Object filters, int[] outputShape, int strides, String padding) {
    Tensor x = Literals.of(input);
    return CONV2D_INPUT.with(
        CONV2D_INPUT.attrs("strides", new int[] {1, strides, strides, 1}, "padding", padding),
        Values.ints(outputShape),
        Literals.like(filters, x),
        x);
  }

  /// Convolves each channel by itself; strides must be `[1, s, s, 1]`.
  public static Tensor depthwiseConv2d(Object input, Object filter, int[] strides, String padding) {
    return depthwiseConv2d(input, filter, strides, padding, new int[] {1, 1});
  }

  /// Convolves each channel by itself with windows that leave out pixels.
  ///
  /// @param dilations distance of the window's pixels along height and width; 1 leaves none out
  public static Tensor depthwiseConv2d(
      Object input, Object filter, int[] strides, String padding, int[] dilations) {
    Tensor x = Literals.of(input);
    int[] steps = {1, dilations[0], dilations[1], 1};
    return DEPTHWISE.with(
        DEPTHWISE.attrs("strides", strides, "padding", padding, "dilations", steps),
        x,
        Literals.like(filter, x));
  }

  /// Convolves each channel by itself, then mixes channels with 1×1 windows.
  public static Tensor separableConv2d(
      Object input, Object depthwiseFilter, Object pointwiseFilter, int[] strides, String padding) {
    return conv2d(
        depthwiseConv2d(input, depthwiseFilter, strides, padding), pointwiseFilter, 1, "VALID");
  }

  public static Tensor maxPool(Object input, int[] ksize, int[] strides, String padding) {
    return MAX_POOL.with(
        MAX_POOL.attrs("ksize", ksize, "strides", strides, "padding", padding), Literals.of(input));
  }

  public static Tensor avgPool(Object value, int[] ksize, int[] strides, String padding) {
    return AVG_POOL.with(
        AVG_POOL.attrs("ksize", ksize, "strides", strides, "padding", padding), Literals.of(value));
  }

  /// Turns scores along the last axis into shares that add up to 1, without overflow.
  public static Tensor softmax(Object logits) {
    return SOFTMAX.of(Literals.of(logits));
  }

  public static Tensor logSoftmax(Object logits) {
    return LOG_SOFTMAX.of(Literals.of(logits));
  }

  /// The arguments of a cross-entropy: named, because labels and scores are easily swapped.
  ///
  /// @param labels shares of the classes, same shape as `logits`
  /// @param logits scores before softmax, classes on the last axis
  public record CrossEntropy(Object labels, Object logits) {}

  /// Returns the cross-entropy of every row.
  public static Tensor softmaxCrossEntropyWithLogits(CrossEntropy named) {
    Tensor z = Literals.of(named.logits());
    Tensor y = Literals.like(named.labels(), z);
    if (z.rank() == 2) {
      return XENT.all(XENT.get().defaults(), z, y)[0];
    }
    Tensor rows = Sizes.vector(Values.scalar(-1), Sizes.axis(z, -1));
    Tensor each = XENT.all(XENT.get().defaults(), RESHAPE.of(z, rows), RESHAPE.of(y, rows))[0];
    Tensor lead = Sizes.part(Sizes.of(z), Values.scalar(0), Values.scalar(z.rank() - 1));
    return RESHAPE.of(each, lead);
  }

  /// Is refused: arguments must be named, see [CrossEntropy].
  public static Tensor softmaxCrossEntropyWithLogits(Object first, Object second) {
    throw Message.what(
            "Only call `softmax_cross_entropy_with_logits` with named arguments (labels=...,"
                + " logits=..., ...)")
        .given("two arguments by position")
        .expected("tf.nn.softmaxCrossEntropyWithLogits(new CrossEntropy(labels, logits))")
        .valueError();
  }

  /// Returns the cross-entropy of every row for class numbers.
  ///
  /// @param labels class numbers, one rank less than `logits`
  /// @param logits scores before softmax, classes on the last axis
  public static Tensor sparseSoftmaxCrossEntropyWithLogits(Object labels, Object logits) {
    Tensor z = Literals.of(logits);
    Tensor y = Literals.of(labels);
    if (z.rank() == 2) {
      return SPARSE_XENT.all(SPARSE_XENT.get().defaults(), z, y)[0];
    }
    Tensor each =
        SPARSE_XENT
            .all(
                SPARSE_XENT.get().defaults(),
                RESHAPE.of(z, Sizes.vector(Values.scalar(-1), Sizes.axis(z, -1))),
                RESHAPE.of(y, Values.ints(-1)))[0];
    return RESHAPE.of(each, Sizes.of(y));
  }

  /// Returns the cross-entropy of independent yes-or-no scores, without overflow.
  public static Tensor sigmoidCrossEntropyWithLogits(Object labels, Object logits) {
    Tensor x = Literals.of(logits);
    Tensor y = Literals.like(labels, x);
    Tensor zero = Compose.number(x, 0);
    Tensor positive = GREATER_EQUAL.of(x, zero);
    Tensor relu = SELECT.of(positive, x, zero);
    Tensor minus = SELECT.of(positive, NEG.of(x), x);
    return ADD.of(SUB.of(relu, MUL.of(x, y)), LOG1P.of(EXP.of(minus)));
  }

  /// Returns mean and variance over the given axes.
  public static List<Tensor> moments(Object x, int[] axes, boolean keepdims) {
    Tensor[] m = Compose.moments(Literals.of(x), axes);
    if (keepdims) {
      return List.of(m);
    }
    return List.of(Compose.without(m[0], axes), Compose.without(m[1], axes));
  }

  /// Brings `x` to mean `offset` and standard deviation `scale`.
  public static Tensor batchNormalization(
      Object x,
      Object mean,
      Object variance,
      @Nullable Object offset,
      @Nullable Object scale,
      double epsilon) {
    Tensor t = Literals.of(x);
    Tensor inv = RSQRT.of(ADD.of(Literals.like(variance, t), Compose.number(t, epsilon)));
    if (scale != null) {
      inv = MUL.of(inv, Literals.like(scale, t));
    }
    Tensor shift = MUL.of(Literals.like(mean, t), inv);
    Tensor base = offset == null ? NEG.of(shift) : SUB.of(Literals.like(offset, t), shift);
    return ADD.of(MUL.of(t, inv), base);
  }

  /// Normalises every sample over the last axis, then scales and shifts.
  public static Tensor layerNormalization(Object x, Object gamma, Object beta, double epsilon) {
    Tensor t = Literals.of(x);
    int[] axis = {t.rank() - 1};
    Tensor mean = Compose.mean(t, axis, true);
    Tensor variance = Compose.variance(t, axis, true);
    return batchNormalization(t, mean, variance, beta, gamma, epsilon);
  }

  /// Computes x·Φ(x), the Gaussian error linear unit; `approximate` uses tanh.
  ///
  /// Source: Hendrycks and Gimpel 2016, "Gaussian Error Linear Units".
  public static Tensor gelu(Object features, boolean approximate) {
    Tensor x = Literals.of(features);
    Tensor half = Compose.number(x, 0.5);
    Tensor one = Compose.number(x, 1);
    if (approximate) {
      Tensor cube = MUL.of(MUL.of(x, x), x);
      Tensor inner =
          MUL.of(
              Compose.number(x, Math.sqrt(2 / Math.PI)),
              ADD.of(x, MUL.of(Compose.number(x, 0.044715), cube)));
      return MUL.of(MUL.of(half, x), ADD.of(one, TANH.of(inner)));
    }
    return MUL.of(
        MUL.of(half, x), ADD.of(one, ERF.of(MUL.of(x, Compose.number(x, Math.sqrt(0.5))))));
  }

  public static Tensor gelu(Object features) {
    return gelu(features, false);
  }

  /// Computes x·sigmoid(x).
  public static Tensor swish(Object features) {
    Tensor x = Literals.of(features);
    return MUL.of(x, SIGMOID.of(x));
  }

  /// Computes x·sigmoid(x); the other name of swish.
  public static Tensor silu(Object features) {
    return swish(features);
  }

  /// Joins relu(x) and relu(−x) along the last axis.
  public static Tensor crelu(Object features) {
    Tensor x = Literals.of(features);
    return RELU.of(OpRef.to("ConcatV2").of(x, NEG.of(x), Values.scalar(x.rank() - 1)));
  }

  /// Sets a random share of the elements to 0 and enlarges the others so that the mean stays.
  ///
  /// @param rate share that is dropped, 0 to below 1
  public static Tensor dropout(Object x, double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw Message.what(
              "tf.nn.dropout: `rate` must be a scalar tensor or a float in the range [0, 1)")
          .given("rate " + rate)
          .valueError();
    }
    Tensor t = Literals.of(x);
    if (rate == 0) {
      return t;
    }
    Tensor random = RandomApi.uniform(Sizes.of(t));
    Tensor keep = GREATER_EQUAL.of(random, Values.scalar((float) rate));
    return SELECT.of(keep, MUL.of(t, Compose.number(t, 1 / (1 - rate))), Compose.number(t, 0));
  }

  /// Picks rows of a table; its gradient touches only those rows.
  public static Tensor embeddingLookup(Object params, Object ids) {
    return TfApi.gather(params, ids);
  }

  /// Computes x·sigmoid(β·x).
  public static Tensor silu(Object features, double beta) {
    Tensor x = Literals.of(features);
    return MUL.of(x, SIGMOID.of(MUL.of(Compose.number(x, beta), x)));
  }

  /// Turns scores along an axis into shares that add up to 1, without overflow.
  public static Tensor softmax(Object logits, int axis) {
    return alongLast(SOFTMAX, Literals.of(logits), axis);
  }

  public static Tensor logSoftmax(Object logits, int axis) {
    return alongLast(LOG_SOFTMAX, Literals.of(logits), axis);
  }

  /// Carries out an operation of the last axis along another one.
  private static Tensor alongLast(OpRef op, Tensor x, int axis) {
    int last = x.rank() - 1;
    int a = x.shape().axis("tf.nn.softmax", axis);
    if (a == last) {
      return op.of(x);
    }
    int[] swap = new int[x.rank()];
    Arrays.setAll(swap, k -> k == a ? last : k == last ? a : k);
    OpRef transpose = OpRef.to("Transpose");
    Tensor perm = Values.ints(swap);
    return transpose.of(op.of(transpose.of(x, perm)), perm);
  }

  /// Returns the cross-entropy of independent yes-or-no scores, a yes counting `posWeight` times.
  public static Tensor weightedCrossEntropyWithLogits(
      Object labels, Object logits, Object posWeight) {
    Tensor x = Literals.of(logits);
    Tensor y = Literals.like(labels, x);
    Tensor one = Compose.number(x, 1);
    Tensor weight = ADD.of(one, MUL.of(SUB.of(Literals.like(posWeight, x), one), y));
    Tensor soft = ADD.of(LOG1P.of(EXP.of(NEG.of(OpRef.to("Abs").of(x)))), RELU.of(NEG.of(x)));
    return ADD.of(MUL.of(SUB.of(one, y), x), MUL.of(weight, soft));
  }

  /// Returns the loss of counts against the logarithm of their expected values: exp(c) − z·c.
  ///
  /// @param computeFullLoss adds Stirling's approximation z·log z − z + ½·log(2πz) of log z!, for z
  ///   > 1
  public static Tensor logPoissonLoss(Object targets, Object logInput, boolean computeFullLoss) {
    Tensor c = Literals.of(logInput);
    Tensor z = Literals.like(targets, c);
    Tensor loss = SUB.of(EXP.of(c), MUL.of(c, z));
    if (!computeFullLoss) {
      return loss;
    }
    OpRef log = OpRef.to("Log");
    Tensor half = MUL.of(Compose.number(z, 0.5), log.of(MUL.of(Compose.number(z, 2 * Math.PI), z)));
    Tensor stirling = ADD.of(SUB.of(MUL.of(z, log.of(z)), z), half);
    Tensor few =
        OpRef.to("LogicalAnd")
            .of(
                GREATER_EQUAL.of(z, Compose.number(z, 0)),
                OpRef.to("LessEqual").of(z, Compose.number(z, 1)));
    return ADD.of(loss, SELECT.of(few, Compose.number(z, 0), stirling));
  }

  /// Takes the maximum of windows along sequences `(batch, width, channels)`.
  public static Tensor maxPool1d(Object input, int ksize, int stride, String padding) {
    return flat(MAX_POOL, Literals.of(input), ksize, stride, padding);
  }

  /// Takes the mean of windows along sequences `(batch, width, channels)`.
  public static Tensor avgPool1d(Object input, int ksize, int stride, String padding) {
    return flat(AVG_POOL, Literals.of(input), ksize, stride, padding);
  }

  private static Tensor flat(OpRef pool, Tensor x, int ksize, int stride, String padding) {
    int[] window = {1, 1, ksize, 1};
    int[] steps = {1, 1, stride, 1};
    Tensor y =
        pool.with(
            pool.attrs("ksize", window, "strides", steps, "padding", padding),
            EXPAND.of(x, Values.scalar(1)));
    return SQUEEZE.with(SQUEEZE.attrs("squeeze_dims", new int[] {1}), y);
  }

  /// Divides each number by a power of the squares of its neighbours among the channels: x / (bias
  /// + alpha·Σ x²)^beta over the channels up to `depthRadius` away.
  ///
  /// Source: Krizhevsky et al. 2012, "ImageNet Classification with Deep Convolutional Neural
  /// Networks", 3.3
  public static Tensor localResponseNormalization(
      Object input, int depthRadius, double bias, double alpha, double beta) {
    OpRef lrn = OpRef.to("LRN");
    return lrn.with(
        lrn.attrs("depth_radius", depthRadius, "bias", bias, "alpha", alpha, "beta", beta),
        Literals.of(input));
  }

  public static Tensor localResponseNormalization(Object input) {
    return localResponseNormalization(input, 5, 1, 1, 0.5);
  }
}
