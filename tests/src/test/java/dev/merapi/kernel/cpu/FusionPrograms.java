package dev.merapi.kernel.cpu;

import com.sun.management.ThreadMXBean;
import dev.merapi.device.Workers;
import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Fusion;
import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/// Programs of their own about fused kernels: `allocations`, and `speed`, which prints milliseconds
/// a run.
public final class FusionPrograms {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr TANH_GRAD = Y.mul(Expr.c(1).sub(X.mul(X)));
  private static final Expr SIGMOID_GRAD = Y.mul(X).mul(Expr.c(1).sub(X));

  private FusionPrograms() {}

  public static void main(String[] args) {
    if (args[0].equals("allocations")) {
      allocations();
    } else {
      speed(Integer.parseInt(args[1]), Double.parseDouble(args[2]));
    }
  }

  /// Describes y = sum(tanh(a·x + b) · sigmoid(x) − exp(−x·x)) and, if asked for, its gradients by
  /// x, a and b, given that of y.
  static Fusion example(Shape shape, boolean back) {
    Fusion.Builder f = Fusion.over(shape);
    Spec s = new Spec(DType.F32, shape);
    int x = f.in(s);
    int a = f.in(s);
    int b = f.in(s);
    int dy = f.in(Spec.of(DType.F32));
    int tanh = f.apply(X.tanh(), f.apply(X.add(Y), f.apply(X.mul(Y), a, x), b));
    int sigmoid = f.apply(X.sigmoid(), x);
    int exp = f.apply(X.exp(), f.apply(X.neg(), f.apply(X.mul(Y), x, x)));
    int y = f.apply(X.sub(Y), f.apply(X.mul(Y), tanh, sigmoid), exp);
    int[] axes = new int[shape.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    f.reduce(Fusion.Way.SUM, y, axes);
    if (!back) {
      return f.build();
    }
    int dTanh = f.apply(X.mul(Y), dy, sigmoid);
    int dSigmoid = f.apply(X.mul(Y), dy, tanh);
    int dLinear = f.apply(TANH_GRAD, tanh, dTanh);
    int dSquare = f.apply(X.neg(), f.apply(X.mul(Y), f.apply(X.neg(), dy), exp));
    int half = f.apply(X.mul(Y), dSquare, x);
    int byExp = f.apply(X.add(Y), half, half);
    int bySigmoid = f.apply(SIGMOID_GRAD, sigmoid, dSigmoid);
    int byTanh = f.apply(X.mul(Y), dLinear, a);
    f.out(f.apply(X.add(Y), f.apply(X.add(Y), bySigmoid, byExp), byTanh));
    f.out(f.apply(X.mul(Y), dLinear, x));
    f.out(dLinear);
    return f.build();
  }

  static Tensor[] inputs(Fusion f, long seed) {
    Random random = new Random(seed);
    Tensor[] in = new Tensor[f.inputs().size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = Memory.empty(f.inputs().get(i).spec());
      for (long k = 0; k < in[i].size(); k++) {
        in[i].segment().setAtIndex(ValueLayout.JAVA_FLOAT, k, (float) random.nextGaussian());
      }
    }
    return in;
  }

  static Tensor[] outputs(Fusion f) {
    Tensor[] out = new Tensor[f.outputs().size()];
    for (int o = 0; o < out.length; o++) {
      out[o] = Memory.empty(f.outSpec(o));
    }
    return out;
  }

  /// Describes the gradient of a layer's bias and of what goes into its activation, with a mask
  /// that is stretched along rows.
  private static Fusion layer(int rows, int columns) {
    Fusion.Builder f = Fusion.over(Shape.of(rows, columns));
    int y = f.in(Spec.of(DType.F32, rows, columns));
    int dy = f.in(Spec.of(DType.F32, rows, columns));
    int scale = f.in(Spec.of(DType.F32, rows, 1));
    int bias = f.in(Spec.of(DType.F32, columns));
    int d = f.apply(TANH_GRAD, y, f.apply(X.mul(Y), dy, scale));
    f.out(f.apply(X.add(Y), d, bias));
    f.reduce(Fusion.Way.SUM, d, 0);
    return f.build();
  }

  /// Fails with status 1 if a run of a warm kernel makes objects.
  private static void allocations() {
    Workers.setThreads(1);
    List<Fusion> all = new ArrayList<>();
    all.add(example(Shape.of(1003), false));
    all.add(example(Shape.of(37, 41), true));
    all.add(layer(50, 10));
    all.add(layer(333, 100));
    all.add(layer(64, 1500));
    for (Fusion f : all) {
      FusedKernel kernel = FusedKernel.of(f);
      Tensor[] in = inputs(f, 1);
      Tensor[] out = outputs(f);
      long bytes = allocated(kernel, in, out);
      System.out.println("serial " + bytes);
      if (bytes != 0) {
        throw new AssertionError("a run allocates " + bytes + " bytes:\n" + f);
      }
    }
    Workers.setThreads(2);
    Fusion large = example(Shape.of(300, 1000), true);
    long bytes = allocated(FusedKernel.of(large), inputs(large, 1), outputs(large));
    System.out.println("shared " + bytes);
    if (bytes > 64) {
      throw new AssertionError("a run on two threads allocates " + bytes + " bytes");
    }
  }

  /// Returns the bytes that a run allocates on this thread once it has become fast; looks for at
  /// most a minute.
  private static long allocated(FusedKernel kernel, Tensor[] in, Tensor[] out) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + 60_000_000_000L;
    long least = Long.MAX_VALUE;
    int runs = 20;
    while (least > 0 && System.nanoTime() < end) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < runs; i++) {
        kernel.run(in, out);
      }
      long after = threads.getCurrentThreadAllocatedBytes();
      long made = (after - before) / runs;
      if (made == least && made < 64) {
        break;
      }
      least = Math.min(least, made);
    }
    return least;
  }

  /// Prints the least and the median milliseconds of a run of unfused operations, of single loops
  /// and of joint loops, each warmed up and then timed in turn for so many seconds.
  private static void speed(int threads, double seconds) {
    Workers.setThreads(threads);
    for (boolean back : new boolean[] {false, true}) {
      Fusion f = example(Shape.of(1 << 22), back);
      Tensor[] in = inputs(f, 1);
      Tensor[] out = outputs(f);
      FusedKernel kernel = FusedKernel.of(f);
      StagePlan single = kernel.code.single(false);
      StagePlan joint = Objects.requireNonNull(kernel.code.joint());
      List<String> names = List.of("single-loops", "joint-loops", "unfused");
      List<Runnable> runs =
          List.of(
              () -> run(kernel, single, in, out),
              () -> run(kernel, joint, in, out),
              () -> unfused(in, back));
      for (Runnable r : runs) {
        times(r, seconds);
      }
      List<List<Double>> all = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 3; i++) {
          all.get(i).addAll(times(runs.get(i), seconds / 10));
        }
      }
      for (int i = 0; i < 3; i++) {
        List<Double> t = all.get(i);
        t.sort(null);
        System.out.printf(
            Locale.ROOT,
            "%s%s best %.2f median %.2f of %d%n",
            back ? "forward-and-backward-" : "forward-",
            names.get(i),
            t.getFirst(),
            t.get(t.size() / 2),
            t.size());
      }
    }
  }

  private static void run(FusedKernel kernel, StagePlan plan, Tensor[] in, Tensor[] out) {
    kernel.code.use(plan);
    kernel.run(in, out);
  }

  private static List<Double> times(Runnable run, double seconds) {
    List<Double> times = new ArrayList<>();
    long begin = System.nanoTime();
    long now = begin;
    while (now - begin < seconds * 1e9) {
      long before = System.nanoTime();
      run.run();
      now = System.nanoTime();
      times.add((now - before) * 1e-6);
    }
    return times;
  }

  private static Tensor op(String name, Tensor... in) {
    return OpRef.to(name).of(in);
  }

  private static void unfused(Tensor[] in, boolean back) {
    try (Scope _ = Scope.open()) {
      Tensor x = in[0];
      Tensor tanh = op("Tanh", op("AddV2", op("Mul", in[1], x), in[2]));
      Tensor sigmoid = op("Sigmoid", x);
      Tensor exp = op("Exp", op("Neg", op("Mul", x, x)));
      Tensor y = op("Sub", op("Mul", tanh, sigmoid), exp);
      Tensor axis = Memory.empty(Spec.of(DType.I32, 1));
      axis.segment().set(ValueLayout.JAVA_INT, 0, 0);
      op("Sum", y, axis);
      if (back) {
        Tensor dy = in[3];
        Tensor dLinear = op("TanhGrad", tanh, op("Mul", dy, sigmoid));
        Tensor dSquare = op("Neg", op("Mul", op("Neg", dy), exp));
        Tensor half = op("Mul", dSquare, x);
        Tensor byExp = op("AddV2", half, half);
        Tensor bySigmoid = op("SigmoidGrad", sigmoid, op("Mul", dy, tanh));
        op("AddV2", op("AddV2", bySigmoid, byExp), op("Mul", dLinear, in[1]));
        op("Mul", dLinear, x);
      }
    }
  }
}
