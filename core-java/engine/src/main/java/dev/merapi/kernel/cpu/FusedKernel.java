package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Fusion;
import dev.merapi.memory.Scope;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Carries out a [Fusion] in one pass over its inputs, on all processors.
///
/// It gives the bits that the operations give one after the other, and the same ones on any number
/// of threads, in any tier and from the first call on. A call makes no Java objects but one small
/// one if threads share the work, and a few if outputs are folded along axes that need several
/// passes.
///
/// Kernels are remembered, and may be run by several threads at once.
public final class FusedKernel {
  /// The most inputs of a fusion that [#of] takes.
  public static final int MAX_INPUTS = 60;

  /// Kernels hold little but the memory for one run; a program that makes more starts over.
  private static final int REMEMBERED = 1024;

  private static final ConcurrentHashMap<Fusion, FusedKernel> KNOWN = new ConcurrentHashMap<>();

  private final Fusion fusion;
  private final Spec[] inSpecs;
  private final Spec[] outSpecs;

  /// What is needed of a run after it has ended, for the next one.
  private final AtomicReference<@Nullable FusedRun> spare = new AtomicReference<>();

  final FusedLayout layout;
  final FusedCode code;

  /// For each output how it is folded, or null.
  final @Nullable FusedFold[] folds;

  /// For each output whether it is folded tile by tile.
  final boolean[] tiled;

  /// For each output the bytes of an element of what is computed.
  final int[] bytes;

  /// For each output where its tile lies in the thread's memory.
  final long[] slot;

  /// For each output the one that it is read from if it is folded by tiles and stored too; else
  /// itself.
  final int[] source;

  /// For each output its number among the results of the code; −1 if it has another source.
  final int[] result;

  /// The tiled fold that gives the pieces of work their form, or null.
  final @Nullable FusedFold former;

  private FusedKernel(Fusion f) {
    if (f.inputs().size() > MAX_INPUTS) {
      throw Message.what("a fusion of " + f.inputs().size() + " inputs is too large")
          .expected("at most " + MAX_INPUTS + " inputs")
          .fix("cut it into several")
          .valueError();
    }
    fusion = f;
    inSpecs = f.inputs().stream().map(Fusion.Input::spec).toArray(Spec[]::new);
    int outs = f.outputs().size();
    outSpecs = new Spec[outs];
    folds = new FusedFold[outs];
    tiled = new boolean[outs];
    bytes = new int[outs];
    slot = new long[outs];
    source = new int[outs];
    result = new int[outs];
    List<Fusion.Node> nodes = new ArrayList<>(f.nodes());
    List<Integer> written = new ArrayList<>();
    FusedFold form = null;
    long at = 0;
    for (int o = 0; o < outs; o++) {
      outSpecs[o] = f.outSpec(o);
      Fusion.Output out = f.outputs().get(o);
      int value = out.value();
      bytes[o] = f.dtype(value).bytes();
      if (out.way() != null) {
        FusedFold fold = new FusedFold(f, o);
        value = widened(f, value, fold, nodes);
        folds[o] = fold;
        bytes[o] = fold.wide.bytes();
        tiled[o] = form == null || form.hasBlockOf(fold);
        form = form == null ? fold : form;
      }
      source[o] = tiled[o] && value == out.value() ? stored(f, value, o) : o;
      if (source[o] != o) {
        result[o] = -1;
        continue;
      }
      result[o] = written.size();
      if (tiled[o]) {
        slot[o] = at;
        at += StagePlan.spaced((FusedLayout.TILE + FoldBlockF32.NARROW) * (long) bytes[o]);
      }
      written.add(value);
    }
    former = form;
    layout = new FusedLayout(f.shape().rawDims(), f.inputs(), at);
    List<DType> types = f.inputs().stream().map(i -> i.spec().dtype()).toList();
    code = FusedCode.of(new FusedCode.Key(types, layout.single(), List.copyOf(nodes), written));
  }

  /// Returns an output that is the value as it is, or `otherwise`.
  private static int stored(Fusion f, int value, int otherwise) {
    for (int o = 0; o < f.outputs().size(); o++) {
      Fusion.Output out = f.outputs().get(o);
      if (out.value() == value && out.way() == null) {
        return o;
      }
    }
    return otherwise;
  }

  /// Adds operations that bring a value to the type in which it is folded.
  private static int widened(Fusion f, int value, FusedFold fold, List<Fusion.Node> nodes) {
    int v = value;
    int inputs = f.inputs().size();
    if (fold.flip) {
      nodes.add(new Fusion.Node(Expr.in(0).bitXor(Expr.c(Long.MIN_VALUE)), DType.U64, List.of(v)));
      v = inputs + nodes.size() - 1;
    }
    if (f.dtype(value) != fold.wide) {
      nodes.add(new Fusion.Node(Expr.in(0).cast(fold.wide), fold.wide, List.of(v)));
      v = inputs + nodes.size() - 1;
    }
    return v;
  }

  /// Returns the kernel of a fusion.
  ///
  /// Fails: `ValueError` when there are more than 60 inputs, `IllegalArgumentException` when an
  /// expression does not take the dtypes of its inputs.
  public static FusedKernel of(Fusion f) {
    FusedKernel kernel = KNOWN.get(f);
    if (kernel == null) {
      FusedKernel made = new FusedKernel(f);
      if (KNOWN.size() >= REMEMBERED) {
        KNOWN.clear();
      }
      FusedKernel earlier = KNOWN.putIfAbsent(f, made);
      kernel = earlier == null ? made : earlier;
    }
    return kernel;
  }

  public Fusion fusion() {
    return fusion;
  }

  /// Returns dtype and shape of output `o`.
  public Spec outSpec(int o) {
    return outSpecs[o];
  }

  /// Estimates the work of a run in nanoseconds on one core.
  public double cost() {
    return fusion.shape().size() * code.cost() * 1e-3;
  }

  /// Computes the outputs, whose memory the caller gives.
  ///
  /// An output that is not folded may lie over an input that is read in the fusion's own shape and
  /// has elements of its size; outputs that are inputs unchanged may not. Any other overlap gives
  /// wrong numbers.
  ///
  /// Fails: `ValueError` for an integer divided by zero or raised to a negative power; the outputs
  /// are then undefined.
  public void run(Tensor[] in, Tensor[] out) {
    check("input", in, inSpecs);
    check("output", out, outSpecs);
    FusedRun r = spare.getAndSet(null);
    if (r == null) {
      r = new FusedRun(this);
    }
    try {
      for (int i = 0; i < in.length; i++) {
        r.in[i] = in[i].segment();
      }
      for (int o = 0; o < out.length; o++) {
        r.out[o] = out[o].segment();
      }
      if (r.needsScope()) {
        try (Scope _ = Scope.open()) {
          r.go();
        }
      } else {
        r.go();
      }
    } catch (ArithmeticException e) {
      throw failed(e);
    } finally {
      r.clear();
      spare.set(r);
    }
  }

  private static void check(String what, Tensor[] given, Spec[] wanted) {
    if (given.length != wanted.length) {
      throw new IllegalArgumentException(
          "a fused kernel has " + wanted.length + " " + what + "s, given " + given.length);
    }
    for (int i = 0; i < given.length; i++) {
      if (!given[i].spec().equals(wanted[i])) {
        throw Message.what("a fused kernel's " + what + " " + i + " does not fit")
            .given(given[i].spec().toString())
            .expected(wanted[i].toString())
            .shapeError();
      }
    }
  }

  private static RuntimeException failed(ArithmeticException e) {
    String said = e.getMessage();
    if (said != null && said.contains("powers")) {
      return Message.what(said)
          .expected("exponents of 0 or more")
          .fix("convert to float32 first: tf.cast(x, tf.float32)")
          .valueError();
    }
    return Message.what("Integer division by zero")
        .expected("a divisor without zeros")
        .valueError();
  }
}
