package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.REALS;
import static dev.merapi.op.family.RandomOps.NO_PATH;
import static dev.merapi.op.family.RandomOps.SOURCE;

import dev.merapi.kernel.Philox;
import dev.merapi.kernel.cpu.RandomCpu;
import dev.merapi.kernel.cpu.SampleCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Random numbers as pure functions: the same seed gives the same numbers, whenever and wherever.
///
/// Operations named `…V2` take the generator's key and counter where the others take two seeds.
public final class StatelessOps {
  /// TensorFlow's numbers for the generators: Philox is 1, and 3 leaves the choice to the device.
  private static final int PHILOX = 1;

  private static final int AUTOMATIC = 3;

  private static final Types WHOLE = Types.of(DType.I32, DType.I64, DType.U32, DType.U64);
  private static final Spec VECTOR = Spec.of(DType.I32, 1);

  private StatelessOps() {}

  static void load() {}

  static void seed(Call c, String name) {
    Shape s = c.shape(name);
    if (s.isKnown() && !(s.rank() == 1 && s.dim(0) == 2)) {
      throw c.fault("seed must have shape [2], not " + s.brackets())
          .expected("two whole numbers")
          .shapeError();
    }
  }

  private static void counter(Call c) {
    Shape key = c.shape("key");
    if (key.isKnown() && !(key.rank() == 1 && key.dim(0) == 1)) {
      throw c.fault("key must have shape [1], not " + key.brackets())
          .expected("one uint64 in a vector")
          .shapeError();
    }
    Shape counter = c.shape("counter");
    if (counter.isKnown() && !(counter.rank() == 1 && counter.dim(0) >= 2)) {
      throw c.fault(
              "counter must be a vector with length at least 2; got shape: " + counter.brackets())
          .expected("two uint64, the lower half first")
          .shapeError();
    }
    int[] algorithm = c.constant("alg");
    if (algorithm != null && algorithm[0] != PHILOX && algorithm[0] != AUTOMATIC) {
      throw c.fault("Unsupported algorithm id: " + algorithm[0])
          .expected("1 (Philox) or 3 (whatever the device prefers, here Philox)")
          .valueError();
    }
  }

  private static OpBuilder seeded(String name, String says, Kernel kernel) {
    return op(name)
        .says(says)
        .source(SOURCE)
        .in("shape", "T")
        .in("seed", "Tseed")
        .out("output", "dtype")
        .cpu(kernel)
        .cuda("random")
        .noGrad(NO_PATH);
  }

  private static OpBuilder counted(String name, String says, Kernel kernel) {
    return op(name)
        .says(says)
        .source(SOURCE)
        .in("shape", "Tshape")
        .in("key", DType.U64)
        .in("counter", DType.U64)
        .in("alg", DType.I32)
        .out("output", "dtype")
        .cpu(kernel)
        .cuda("random")
        .noGrad(NO_PATH);
  }

  private static OpDef floats(String name, String says, double ulps, Kernel kernel) {
    return seeded(name, says, kernel)
        .type("dtype", FLOATS, DType.F32)
        .type("T", INDICES)
        .type("Tseed", INDICES)
        .infer(c -> {
          seed(c, "seed");
          c.out(0, c.type("dtype"), RandomOps.wanted(c));
        })
        .accurate(ulps, ulps)
        .mustFail("seed must have shape [2], not [3]", VECTOR, Spec.of(DType.I32, 3))
        .declare();
  }

  private static OpDef floatsV2(String name, String says, double ulps, Kernel kernel) {
    return counted(name, says, kernel)
        .type("dtype", FLOATS, DType.F32)
        .type("Tshape", INDICES)
        .infer(c -> {
          counter(c);
          c.out(0, c.type("dtype"), RandomOps.wanted(c));
        })
        .accurate(ulps, ulps)
        .mustFail(
            "key must have shape [1]",
            VECTOR,
            Spec.of(DType.U64, 2),
            Spec.of(DType.U64, 2),
            Spec.of(DType.I32))
        .declare();
  }

  private static final String UNIFORM = "Draws evenly from 0 up to but not including 1.";
  private static final String NORMAL =
      "Draws from the normal distribution of mean 0 and deviation 1.";
  private static final String TRUNCATED =
      "Draws from the normal distribution, again where it lies beyond two deviations.";
  private static final String INT =
      "Draws whole numbers evenly from minval up to but not including maxval.";
  private static final String FULL = "Draws whole numbers of which every bit is random.";

  public static final OpDef STATELESS_RANDOM_UNIFORM =
      floats("StatelessRandomUniform", UNIFORM, 0, RandomCpu.uniform(RandomCpu::stateless));

  public static final OpDef STATELESS_RANDOM_NORMAL =
      floats("StatelessRandomNormal", NORMAL, 2, RandomCpu.normal(RandomCpu::stateless));

  public static final OpDef STATELESS_TRUNCATED_NORMAL =
      floats(
          "StatelessTruncatedNormal",
          TRUNCATED,
          2,
          RandomCpu.truncatedNormal(RandomCpu::stateless));

  public static final OpDef STATELESS_RANDOM_UNIFORM_V2 =
      floatsV2("StatelessRandomUniformV2", UNIFORM, 0, RandomCpu.uniform(RandomCpu::counted));

  public static final OpDef STATELESS_RANDOM_NORMAL_V2 =
      floatsV2("StatelessRandomNormalV2", NORMAL, 2, RandomCpu.normal(RandomCpu::counted));

  public static final OpDef STATELESS_TRUNCATED_NORMAL_V2 =
      floatsV2(
          "StatelessTruncatedNormalV2",
          TRUNCATED,
          2,
          RandomCpu.truncatedNormal(RandomCpu::counted));

  public static final OpDef STATELESS_RANDOM_UNIFORM_INT =
      seeded("StatelessRandomUniformInt", INT, RandomCpu.uniformInt(RandomCpu::stateless))
          .in("minval", "dtype")
          .in("maxval", "dtype")
          .type("dtype", INDICES)
          .type("T", INDICES)
          .type("Tseed", INDICES)
          .infer(c -> {
            seed(c, "seed");
            RandomOps.bounds(c);
            c.out(0, c.dtype("minval"), RandomOps.wanted(c));
          })
          .mustFail(
              "Need minval < maxval, got 0 >= 0",
              VECTOR,
              Spec.of(DType.I32, 2),
              Spec.of(DType.I32),
              Spec.of(DType.I32))
          .declare();

  public static final OpDef STATELESS_RANDOM_UNIFORM_INT_V2 =
      counted("StatelessRandomUniformIntV2", INT, RandomCpu.uniformInt(RandomCpu::counted))
          .in("minval", "dtype")
          .in("maxval", "dtype")
          .type("dtype", WHOLE)
          .type("Tshape", INDICES)
          .infer(c -> {
            counter(c);
            RandomOps.bounds(c);
            c.out(0, c.dtype("minval"), RandomOps.wanted(c));
          })
          .declare();

  public static final OpDef STATELESS_RANDOM_UNIFORM_FULL_INT =
      seeded("StatelessRandomUniformFullInt", FULL, RandomCpu.fullInt(RandomCpu::stateless))
          .type("dtype", WHOLE, DType.U64)
          .type("T", INDICES)
          .type("Tseed", WHOLE)
          .infer(c -> {
            seed(c, "seed");
            c.out(0, c.type("dtype"), RandomOps.wanted(c));
          })
          .declare();

  public static final OpDef STATELESS_RANDOM_UNIFORM_FULL_INT_V2 =
      counted("StatelessRandomUniformFullIntV2", FULL, RandomCpu.fullInt(RandomCpu::counted))
          .type("dtype", WHOLE, DType.U64)
          .type("Tshape", INDICES)
          .infer(c -> {
            counter(c);
            c.out(0, c.type("dtype"), RandomOps.wanted(c));
          })
          .declare();

  public static final OpDef STATELESS_SHUFFLE =
      op("StatelessShuffle")
          .says("Puts the rows of the first axis into an order that key and counter decide.")
          .source("Fisher, Yates, Statistical tables, 1938")
          .in("value", "T")
          .in("key", DType.U64)
          .in("counter", DType.U64)
          .in("alg", DType.I32)
          .out("output", "T")
          .type("T", Types.ALL)
          .infer(c -> {
            counter(c);
            c.out(0, c.in(0).spec());
          })
          .cpu(SampleCpu::statelessShuffle)
          .cuda("random")
          .noGrad("a permutation is not followed back, as in TensorFlow")
          .declare();

  private static void key(Call c) {
    seed(c, "seed");
    c.out(0, DType.U64, Shape.of(1));
    c.out(1, DType.U64, Shape.of(2));
    if (c.outs() == 3) {
      c.out(2, DType.I32, Shape.SCALAR);
    }
  }

  private static void writeKey(Call c) {
    Philox p = RandomCpu.stateless(c);
    c.out(0).segment().set(ValueLayout.JAVA_LONG, 0, p.key());
    MemorySegment counter = c.out(1).segment();
    counter.setAtIndex(ValueLayout.JAVA_LONG, 0, p.low());
    counter.setAtIndex(ValueLayout.JAVA_LONG, 1, p.high());
    if (c.outs() == 3) {
      c.out(2).segment().set(ValueLayout.JAVA_INT, 0, PHILOX);
    }
  }

  private static OpBuilder keys(String name) {
    return op(name)
        .says("Stirs two seeds into a key and a counter of the generator.")
        .in("seed", "Tseed")
        .out("key", DType.U64)
        .out("counter", DType.U64)
        .type("Tseed", INDICES)
        .infer(StatelessOps::key)
        .cpu(StatelessOps::writeKey)
        .cuda("none: three numbers, made on the host")
        .noGrad("whole numbers")
        .mustFail("seed must have shape [2], not [3]", Spec.of(DType.I32, 3));
  }

  public static final OpDef STATELESS_RANDOM_GET_KEY_COUNTER =
      keys("StatelessRandomGetKeyCounter").declare();

  public static final OpDef STATELESS_RANDOM_GET_KEY_COUNTER_ALG =
      keys("StatelessRandomGetKeyCounterAlg").out("alg", DType.I32).declare();

  public static final OpDef STATELESS_RANDOM_GET_ALG =
      op("StatelessRandomGetAlg")
          .says("Tells which generator the device prefers: 1, Philox.")
          .out("alg", DType.I32)
          .stateful()
          .infer(c -> c.out(0, DType.I32, Shape.SCALAR))
          .cpu(c -> c.out(0).segment().set(ValueLayout.JAVA_INT, 0, PHILOX))
          .cuda("none: one number, made on the host")
          .noGrad("a whole number")
          .declare();

  public static final OpDef STATELESS_MULTINOMIAL =
      op("StatelessMultinomial")
          .says("Draws class numbers from rows of unnormalised log-probabilities.")
          .in("logits", "T")
          .in("num_samples", DType.I32)
          .in("seed", "Tseed")
          .out("output", "output_dtype")
          .type("T", REALS)
          .type("Tseed", INDICES)
          .type("output_dtype", RandomOps.CLASSES, DType.I64)
          .infer(c -> {
            seed(c, "seed");
            RandomOps.DRAWS.infer(c);
          })
          .cpu(SampleCpu.multinomial(false))
          .cuda("random")
          .noGrad("class numbers are whole numbers")
          .declare();
}
