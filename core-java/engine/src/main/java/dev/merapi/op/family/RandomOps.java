package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.RandomCpu;
import dev.merapi.kernel.cpu.SampleCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Infer;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Map;

/// Random numbers with a state: the first, second, … call of an operation differ; its seeds fix the
/// sequence.
///
/// Neighbours: StatelessOps (the same distributions as pure functions of a seed).
public final class RandomOps {
  static final String NO_PATH = "random numbers do not depend on the inputs";
  static final String SOURCE =
      "Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011";
  private static final Spec MINUS = Spec.of(DType.I32, 2, 2);

  private RandomOps() {}

  static void load() {}

  /// Returns the shape that the first input asks for.
  static Shape wanted(Call c) {
    Shape s = c.shape(0);
    if (s.isRankKnown() && s.rank() != 1) {
      throw c.fault("shape must be a vector, got shape " + s.brackets())
          .expected("one number an axis")
          .fix("give the shape as a list")
          .shapeError();
    }
    int[] dims = c.constant(0);
    if (dims == null) {
      if (!s.isKnown()) {
        return Shape.UNKNOWN;
      }
      int[] unknown = new int[s.dim(0)];
      java.util.Arrays.fill(unknown, Shape.UNKNOWN_SIZE);
      return Shape.of(unknown);
    }
    for (int d : dims) {
      if (d < 0) {
        throw c.fault("Dimension " + d + " must be >= 0")
            .expected("sizes of 0 or more")
            .shapeError();
      }
    }
    return Shape.of(dims);
  }

  private static OpBuilder floats(String name, String says, Kernel kernel) {
    return op(name)
        .says(says)
        .source(SOURCE)
        .in("shape", "T")
        .out("output", "dtype")
        .attr("seed", 0)
        .attr("seed2", 0)
        .type("dtype", FLOATS)
        .type("T", INDICES)
        .stateful()
        .infer(c -> c.out(0, c.attrs.type("dtype"), wanted(c)))
        .cpu(kernel)
        .cuda("random")
        .noGrad(NO_PATH)
        .mustFail("shape must be a vector", Map.of("dtype", DType.F32), MINUS);
  }

  public static final OpDef RANDOM_UNIFORM =
      floats(
              "RandomUniform",
              "Draws evenly from 0 up to but not including 1.",
              RandomCpu.uniform(RandomCpu::stateful))
          .declare();

  public static final OpDef RANDOM_STANDARD_NORMAL =
      floats(
              "RandomStandardNormal",
              "Draws from the normal distribution of mean 0 and deviation 1.",
              RandomCpu.normal(RandomCpu::stateful))
          .formula("sin(2π·v)·√(−2·ln u), cos(2π·v)·√(−2·ln u)")
          .accurate(2, 2)
          .declare();

  public static final OpDef TRUNCATED_NORMAL =
      floats(
              "TruncatedNormal",
              "Draws from the normal distribution, again where it lies beyond two deviations.",
              RandomCpu.truncatedNormal(RandomCpu::stateful))
          .accurate(2, 2)
          .declare();

  /// Refuses bounds between which there is no whole number.
  static void bounds(Call c) {
    for (String bound : new String[] {"minval", "maxval"}) {
      Shape s = c.shape(bound);
      if (s.isRankKnown() && s.rank() != 0) {
        throw c.fault(bound + " must be 0-D, got shape " + s.brackets())
            .expected("a scalar")
            .shapeError();
      }
    }
    if (c.constant("minval") == null || c.constant("maxval") == null) {
      return;
    }
    boolean unsigned = c.dtype("minval").kind() == DType.Kind.UINT;
    long low = c.in("minval").toLongArray()[0];
    long high = c.in("maxval").toLongArray()[0];
    if (unsigned ? Long.compareUnsigned(low, high) >= 0 : low >= high) {
      throw c.fault(
              "Need minval < maxval, got " + text(low, unsigned) + " >= " + text(high, unsigned))
          .expected("minval below maxval, which itself is never drawn")
          .valueError();
    }
  }

  private static String text(long x, boolean unsigned) {
    return unsigned ? Long.toUnsignedString(x) : Long.toString(x);
  }

  public static final OpDef RANDOM_UNIFORM_INT =
      op("RandomUniformInt")
          .says("Draws whole numbers evenly from minval up to but not including maxval.")
          .source(SOURCE)
          .in("shape", "T")
          .in("minval", "Tout")
          .in("maxval", "Tout")
          .out("output", "Tout")
          .attr("seed", 0)
          .attr("seed2", 0)
          .type("Tout", INDICES)
          .type("T", INDICES)
          .stateful()
          .infer(c -> {
            bounds(c);
            c.out(0, c.dtype(1), wanted(c));
          })
          .cpu(RandomCpu.uniformInt(RandomCpu::stateful))
          .cuda("random")
          .noGrad(NO_PATH)
          .mustFail(
              "Need minval < maxval, got 0 >= 0",
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32),
              Spec.of(DType.I32))
          .declare();

  public static final OpDef RANDOM_SHUFFLE =
      op("RandomShuffle")
          .says("Puts the rows of the first axis into a random order.")
          .source("Fisher, Yates, Statistical tables, 1938")
          .in("value", "T")
          .out("output", "T")
          .attr("seed", 0)
          .attr("seed2", 0)
          .type("T", ALL)
          .stateful()
          .infer(c -> c.out(0, c.in(0).spec()))
          .cpu(SampleCpu::shuffle)
          .cuda("random")
          .noGrad("a permutation is not followed back, as in TensorFlow")
          .api("random.shuffle")
          .declare();

  /// The shape of draws from rows of logits.
  static final Infer DRAWS =
      c -> {
        Shape x = c.shape(0);
        if (x.isRankKnown() && x.rank() != 2) {
          throw c.fault("logits should be a matrix, got shape " + x.brackets())
              .expected("one row of logits for every distribution")
              .fix("for a single distribution, add an axis: tf.expandDims(logits, 0)")
              .shapeError();
        }
        if (c.shape(1).isRankKnown() && c.shape(1).rank() != 0) {
          throw c.fault("num_samples should be a scalar, got shape " + c.shape(1).brackets())
              .expected("one number")
              .shapeError();
        }
        int[] n = c.constant(1);
        int samples = n == null ? Shape.UNKNOWN_SIZE : n[0];
        if (n != null && samples < 0) {
          throw c.fault("num_samples should be non-negative, got " + samples)
              .expected("0 or more")
              .valueError();
        }
        if (x.isRankKnown() && x.dim(1) == 0) {
          throw c.fault("num_classes should be positive, got 0")
              .expected("at least one class")
              .shapeError();
        }
        DType d = c.attrs.get("output_dtype") instanceof DType t ? t : DType.I64;
        c.out(0, d, Shape.of(x.isRankKnown() ? x.dim(0) : Shape.UNKNOWN_SIZE, samples));
      };

  static final Types CLASSES = INDICES;

  public static final OpDef MULTINOMIAL =
      op("Multinomial")
          .says("Draws class numbers from rows of unnormalised log-probabilities.")
          .in("logits", "T")
          .in("num_samples", DType.I32)
          .out("output", "output_dtype")
          .attr("seed", 0)
          .attr("seed2", 0)
          .type("T", REALS)
          .type("output_dtype", CLASSES, DType.I64)
          .stateful()
          .infer(DRAWS)
          .cpu(SampleCpu.multinomial(true))
          .cuda("random")
          .noGrad("class numbers are whole numbers")
          .mustFail(
              "logits should be a matrix, got shape [2]", Spec.of(DType.F32, 2), Spec.of(DType.I32))
          .declare();
}
