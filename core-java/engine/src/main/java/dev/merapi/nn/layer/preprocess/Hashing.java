package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.DTypePolicy;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Spreads texts or whole numbers over a fixed number of bins, without a vocabulary.
///
/// The bins are the same everywhere: FarmHash's fingerprint, or SipHash where there is a salt.
public final class Hashing extends Layer implements LayerArguments<Hashing> {
  private static final OpRef EQUAL = OpRef.to("Equal");

  /// One or two numbers; one stands for two equal ones.
  static final Kind<int @Nullable []> SALT =
      new Kind<>() {
        @Override
        public int @Nullable [] read(@Nullable Object given) {
          return given == null ? null : Kinds.sizes(2, Integer.MIN_VALUE).read(given);
        }

        @Override
        public @Nullable Object write(int @Nullable [] value) {
          return value == null ? null : Kinds.WHOLES.write(value);
        }

        @Override
        public String expected() {
          return "two whole numbers, or one for both";
        }
      };

  private final Setting<Integer> numBins = required("num_bins", Kinds.POSITIVE);
  private final Setting<int @Nullable []> salt = setting("salt", SALT, null);
  private final Setting<@Nullable Object> maskValue = setting("mask_value", Kinds.ANY, null);
  private final Setting<String> outputMode =
      setting(
          "output_mode",
          Encoding.modes(Encoding.INT, Encoding.ONE_HOT, Encoding.MULTI_HOT, Encoding.COUNT),
          Encoding.INT);
  private final Setting<Boolean> sparse = setting("sparse", Vocabulary.NOT_SPARSE, false);

  private Hashing() {
    with("dtype", DType.I64);
  }

  public Hashing(int numBins) {
    this();
    this.numBins.set(numBins);
  }

  /// @param value what falls into bin 0, alone
  public Hashing maskValue(Object value) {
    return with("mask_value", value);
  }

  /// Makes the bins hard to guess, and others for each salt.
  public Hashing salt(int... salt) {
    return with("salt", salt.length == 1 ? (Object) salt[0] : salt);
  }

  /// @param mode `int`, `one_hot`, `multi_hot` or `count`; all but the first give floats
  public Hashing outputMode(String mode) {
    with("output_mode", mode);
    return with("dtype", outputMode.get().equals(Encoding.INT) ? DType.I64 : DTypePolicy.global());
  }

  @Override
  public DType inputType() {
    return DType.STRING;
  }

  @Override
  protected boolean isAutocast() {
    return false;
  }

  @Override
  protected void build(Shape input) {
    if (outputMode.get().equals(Encoding.INT) && !computeDtype().isInteger()) {
      throw Message.what("When `output_mode=\"int\"`, `dtype` should be an integer type")
          .given("dtype " + computeDtype())
          .expected("int32 or int64")
          .valueError();
    }
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    boolean narrow =
        outputMode.get().equals(Encoding.ONE_HOT) && x.rank() > 0 && x.shape().dim(-1) == 1;
    return Encoding.of(
        name(),
        bins(narrow ? Ops.squeeze(x, -1) : x),
        outputMode.get(),
        numBins.get(),
        computeDtype(),
        null);
  }

  private Tensor bins(Tensor x) {
    Object mask = maskValue.get();
    int n = numBins.get();
    if (mask == null || n == 1) {
      return hashed(x, n, salt.get());
    }
    Tensor bins = Ops.add(hashed(x, n - 1, salt.get()), Whole.scalar(1));
    return Ops.where(EQUAL.of(x, Literals.of(mask, x.dtype())), Whole.scalar(0), bins);
  }

  /// Returns the bin of each element: int64.
  static Tensor hashed(Tensor x, int bins, int @Nullable [] salt) {
    Tensor whole = x.dtype().isFloating() ? Ops.cast(x, DType.I64) : x;
    Tensor text = whole.dtype() == DType.STRING ? whole : OpRef.to("AsString").of(whole);
    if (salt == null) {
      OpRef fast = OpRef.to("StringToHashBucketFast");
      return fast.with(fast.attrs("num_buckets", bins), text);
    }
    OpRef strong = OpRef.to("StringToHashBucketStrong");
    return strong.with(strong.attrs("num_buckets", bins, "key", salt), text);
  }
}
