package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Fusion;
import dev.merapi.memory.Memory;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Draws fusions at random and compares them with their operations carried out one after the other.
///
/// As a program (first seed, last seed) it prints a digest of all results, so that tiers can be
/// compared.
public final class FusionCases {
  private static final int[][] SHAPES = {
    {},
    {0},
    {1},
    {7},
    {33},
    {1000},
    {4097},
    {3, 5},
    {50, 64},
    {7, 513},
    {4, 1, 6},
    {2, 3, 4, 5},
    {129, 31},
    {9, 1100},
    {5000, 3},
    {1, 700},
    {40, 100},
    {3, 4500},
    {0, 4},
    {4, 0},
    {16, 2, 70},
    {70001},
    {2, 66000},
    {300, 70},
    {1, 1},
    {6, 5, 4, 3, 2},
    {2100, 9},
    {3, 2, 1500}
  };

  private static final DType[] TYPES = {
    DType.F32,
    DType.F32,
    DType.F32,
    DType.F64,
    DType.BF16,
    DType.F16,
    DType.I32,
    DType.I64,
    DType.BOOL,
    DType.U8,
    DType.U64,
    DType.I16
  };

  private static final String[] UNARY = {
    "Neg",
    "Abs",
    "Exp",
    "Tanh",
    "Sigmoid",
    "Square",
    "Sqrt",
    "Log1p",
    "Sin",
    "Floor",
    "Relu",
    "Softplus",
    "Erf",
    "Reciprocal",
    "Rsqrt",
    "LogicalNot",
    "Sign",
    "Log",
    "Relu6"
  };

  private static final String[] BINARY = {
    "AddV2",
    "Sub",
    "Mul",
    "RealDiv",
    "Maximum",
    "Minimum",
    "SquaredDifference",
    "TanhGrad",
    "SigmoidGrad",
    "ReluGrad",
    "Less",
    "GreaterEqual",
    "Equal",
    "LogicalAnd",
    "LogicalOr",
    "LeakyReluGrad",
    "BitwiseAnd"
  };

  /// A value of a fusion under construction and what it must be.
  private record Known(int number, Tensor value) {}

  private final Random random;
  private final Shape shape;
  private final Fusion.Builder fusion;
  private final List<Known> values = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> expected = new ArrayList<>();

  private FusionCases(long seed) {
    random = new Random(seed);
    shape = Shape.of(SHAPES[random.nextInt(SHAPES.length)]);
    fusion = Fusion.over(shape);
  }

  public static void main(String[] args) {
    long digest = 0;
    for (long seed = Long.parseLong(args[0]); seed < Long.parseLong(args[1]); seed++) {
      digest = digest * 31 + check(seed);
    }
    System.out.println("digest " + digest);
  }

  /// Draws a fusion, runs it with all kinds of loops and on one and two threads, and returns a
  /// digest of its outputs.
  ///
  /// Fails: `AssertionError` when any element differs from what the operations give.
  static long check(long seed) {
    FusionCases c = new FusionCases(seed);
    c.draw();
    Fusion f = c.fusion.build();
    FusedKernel kernel = FusedKernel.of(f);
    int threads = Workers.threads();
    try {
      kernel.code.use(kernel.code.single(true));
      Workers.setThreads(1);
      c.compare(seed, "single loops", kernel);
      Workers.setThreads(2);
      c.compare(seed, "single loops, two threads", kernel);
      StagePlan joint = kernel.code.joint();
      if (joint != null) {
        kernel.code.use(joint);
        c.compare(seed, "joint loops, two threads", kernel);
        Workers.setThreads(1);
        c.compare(seed, "joint loops", kernel);
      }
    } finally {
      Workers.setThreads(threads);
    }
    long digest = 0;
    for (Tensor t : c.expected) {
      digest = digest * 31 + digest(t);
    }
    return digest;
  }

  private void compare(long seed, String how, FusedKernel kernel) {
    Tensor[] out = new Tensor[expected.size()];
    for (int o = 0; o < out.length; o++) {
      out[o] = Memory.empty(kernel.outSpec(o));
    }
    kernel.run(inputs.toArray(new Tensor[0]), out);
    for (int o = 0; o < out.length; o++) {
      Tensor want = expected.get(o);
      if (!want.spec().equals(out[o].spec())) {
        throw new AssertionError(seed + ": " + out[o].spec() + " for " + want.spec());
      }
      for (long i = 0; i < want.size(); i++) {
        long a = bits(want.segment(), want.dtype(), i);
        long b = bits(out[o].segment(), want.dtype(), i);
        if (a != b) {
          throw new AssertionError(
              "seed "
                  + seed
                  + ", "
                  + how
                  + ", output "
                  + o
                  + ", element "
                  + i
                  + ": "
                  + Long.toHexString(b)
                  + " for "
                  + Long.toHexString(a)
                  + "\n"
                  + kernel.fusion());
        }
      }
    }
  }

  private void draw() {
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      input();
    }
    int steps = 1 + random.nextInt(14);
    for (int i = 0; i < steps; i++) {
      step();
    }
    int outs = 1 + random.nextInt(3);
    for (int o = 0; o < outs; o++) {
      Known k = values.get(o == 0 ? values.size() - 1 : random.nextInt(values.size()));
      boolean folded = random.nextInt(3) == 0 && fold(k);
      if (!folded || random.nextInt(3) == 0) {
        fusion.out(k.number);
        expected.add(stretched(k.value));
      }
    }
  }

  private void input() {
    DType t = TYPES[random.nextInt(TYPES.length)];
    int[] dims = shape.dims();
    if (dims.length > 1 && random.nextInt(4) == 0) {
      int[] perm = permutation(dims.length);
      int[] own = new int[dims.length];
      for (int i = 0; i < perm.length; i++) {
        own[perm[i]] = dims[i];
      }
      Tensor x = random(new Spec(t, Shape.of(own)));
      inputs.add(x);
      int number = fusion.transposed(x.spec(), perm);
      values.add(new Known(number, op("Transpose").of(x, ints(perm))));
      return;
    }
    int first = random.nextInt(4) == 0 ? random.nextInt(dims.length + 1) : 0;
    int[] own = Arrays.copyOfRange(dims, first, dims.length);
    for (int i = 0; i < own.length; i++) {
      own[i] = random.nextInt(4) == 0 ? 1 : own[i];
    }
    Tensor x = random(new Spec(t, Shape.of(own)));
    inputs.add(x);
    values.add(new Known(fusion.in(x.spec()), x));
  }

  private int[] permutation(int n) {
    int[] p = new int[n];
    for (int i = 0; i < n; i++) {
      int k = random.nextInt(i + 1);
      p[i] = p[k];
      p[k] = i;
    }
    return p;
  }

  private void step() {
    Known a = any(null);
    switch (random.nextInt(8)) {
      case 0 -> {
        DType to = TYPES[random.nextInt(TYPES.length)];
        if (to != a.value.dtype()) {
          apply("Cast", op("Cast").attrs("DstT", to), a);
        }
      }
      case 1 -> {
        Known test = any(DType.BOOL);
        apply("SelectV2", op("SelectV2").defaults(), test, a, any(a.value.dtype()));
      }
      case 2, 3, 4 -> apply(UNARY[random.nextInt(UNARY.length)], null, a);
      default -> apply(BINARY[random.nextInt(BINARY.length)], null, a, any(a.value.dtype()));
    }
  }

  /// Returns any value, of dtype `t` if there is one and that is not null.
  private Known any(@Nullable DType t) {
    List<Known> fit = values.stream().filter(k -> t == null || k.value.dtype() == t).toList();
    List<Known> from = fit.isEmpty() ? values : fit;
    return from.get(random.nextInt(from.size()));
  }

  private static OpDef op(String name) {
    return Registry.find(name);
  }

  /// Adds an operation if it takes these operands.
  private void apply(String name, @Nullable Attrs attrs, Known... args) {
    OpDef op = op(name);
    Attrs a = attrs == null ? op.defaults() : attrs;
    int[] numbers = new int[args.length];
    Tensor[] tensors = new Tensor[args.length];
    for (int i = 0; i < args.length; i++) {
      if (!op.accepts(i, args[i].value.dtype())) {
        return;
      }
      numbers[i] = args[i].number;
      tensors[i] = args[i].value;
    }
    boolean alike =
        args.length < 2 || args[args.length - 2].value.dtype() == tensors[args.length - 1].dtype();
    if (!alike) {
      return;
    }
    if (name.equals("Reciprocal") && tensors[0].dtype().isInteger()) {
      return; // 1 / 0 is an error
    }
    Expr meaning = Meanings.of(op, a);
    if (meaning == null) {
      throw new AssertionError(name + " has no meaning");
    }
    Tensor y = op.with(a, tensors);
    values.add(new Known(fusion.applyTo(y.dtype(), meaning, numbers), y));
  }

  private boolean fold(Known k) {
    DType t = k.value.dtype();
    int[] dims = shape.dims();
    if (dims.length == 0) {
      return false;
    }
    boolean bool = t == DType.BOOL;
    Fusion.Way[] ways = Fusion.Way.values();
    Fusion.Way way = bool ? Fusion.Way.MAX : ways[random.nextInt(ways.length)];
    String name =
        bool
            ? "Any"
            : switch (way) {
              case SUM -> "Sum";
              case MEAN -> "Mean";
              case PROD -> "Prod";
              case MAX -> "Max";
              case MIN -> "Min";
            };
    int[] axes =
        switch (random.nextInt(4)) {
          case 0 -> permutation(dims.length);
          case 1 -> new int[] {dims.length - 1};
          case 2 -> leading(dims.length);
          default -> Arrays.copyOf(permutation(dims.length), 1 + random.nextInt(dims.length));
        };
    fusion.reduce(way, k.number, axes);
    expected.add(op(name).of(stretched(k.value), ints(axes)));
    return true;
  }

  private static int[] leading(int rank) {
    int[] axes = new int[Math.max(1, rank - 1)];
    Arrays.setAll(axes, i -> i);
    return axes;
  }

  private Tensor stretched(Tensor x) {
    return x.shape().equals(shape) ? x : op("BroadcastTo").of(x, ints(shape.dims()));
  }

  private static Tensor ints(int[] v) {
    Tensor t = Memory.empty(Spec.of(DType.I32, v.length));
    for (int i = 0; i < v.length; i++) {
      t.segment().setAtIndex(ValueLayout.JAVA_INT, i, v[i]);
    }
    return t;
  }

  private Tensor random(Spec spec) {
    Tensor t = Memory.empty(spec);
    MemorySegment s = t.segment();
    for (long i = 0; i < t.size(); i++) {
      double v = number();
      switch (spec.dtype()) {
        case F32 -> s.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) v);
        case F64 -> s.setAtIndex(ValueLayout.JAVA_DOUBLE, i, v);
        case BF16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, Half.toBf16((float) v));
        case F16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, Half.toF16((float) v));
        case I32 -> s.setAtIndex(ValueLayout.JAVA_INT, i, whole());
        case I16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) whole());
        case I64, U64 -> s.setAtIndex(ValueLayout.JAVA_LONG, i, whole() * 0x100000001L);
        case U8 -> s.set(ValueLayout.JAVA_BYTE, i, (byte) whole());
        default -> s.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(2));
      }
    }
    return t;
  }

  private double number() {
    return switch (random.nextInt(200)) {
      case 0 -> 0.0;
      case 1 -> -0.0;
      case 2 -> Double.POSITIVE_INFINITY;
      case 3 -> Double.NaN;
      case 4 -> 1e-41;
      case 5 -> -7e4 * random.nextDouble();
      case 6 -> 1e30;
      default -> random.nextGaussian() * 2;
    };
  }

  private int whole() {
    return random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(21) - 10;
  }

  /// Returns the bits of an element, one pattern for all NaN.
  private static long bits(MemorySegment s, DType t, long i) {
    return switch (t) {
      case F32 -> Float.floatToIntBits(s.getAtIndex(ValueLayout.JAVA_FLOAT, i));
      case F64 -> Double.doubleToLongBits(s.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
      case BF16 -> Float.floatToIntBits(Half.fromBf16(s.getAtIndex(ValueLayout.JAVA_SHORT, i)));
      case F16 -> Float.floatToIntBits(Half.fromF16(s.getAtIndex(ValueLayout.JAVA_SHORT, i)));
      case I32 -> s.getAtIndex(ValueLayout.JAVA_INT, i);
      case I16 -> s.getAtIndex(ValueLayout.JAVA_SHORT, i);
      case I64, U64 -> s.getAtIndex(ValueLayout.JAVA_LONG, i);
      default -> s.get(ValueLayout.JAVA_BYTE, i);
    };
  }

  private static long digest(Tensor t) {
    long d = 0;
    for (long i = 0; i < t.size(); i++) {
      d = d * 31 + bits(t.segment(), t.dtype(), i);
    }
    return d;
  }
}
