package dev.merapi.suite;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.facade.NnApi.CrossEntropy;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Scope;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.conv.Conv2D;
import dev.merapi.nn.layer.pool.MaxPooling2D;
import dev.merapi.nn.layer.reshape.Flatten;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.model.Sequential;
import dev.merapi.op.Seeds;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Calls functions of `tf` that are written in several operations, layers and losses inside of
/// graphs that do not know how many samples there are: results and gradients must be the bits of
/// eager mode.
public final class OpenFunctions {
  /// What the graph does not know of its inputs.
  public enum Open {
    FIRST_AXIS,
    ALL_AXES
  }

  /// A call: a function and typical arguments.
  public record Case(String name, Tensor[] inputs, Function<Tensor[], List<Tensor>> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private OpenFunctions() {}

  public static void main(String[] args) {
    List<Case> all = all();
    int wrong = 0;
    for (Case c : all) {
      for (Open o : Open.values()) {
        String w = difference(c, o);
        if (w != null) {
          wrong++;
          System.out.println(c + " " + o + ": " + w);
        }
      }
    }
    System.out.println(all.size() + " functions, " + wrong + " differences");
  }

  private void add(String name, Function<Tensor[], List<Tensor>> function, Tensor... in) {
    cases.add(new Case(name, in, function));
  }

  private void one(String name, Function<Tensor, Tensor> function, Tensor x) {
    add(name, in -> List.of(function.apply(in[0])), x);
  }

  private interface OfTwo {
    Tensor of(Tensor x, Tensor y);
  }

  private void two(String name, OfTwo function, Tensor x, Tensor y) {
    add(name, in -> List.of(function.of(in[0], in[1])), x, y);
  }

  /// Returns numbers between -2 and 2, none of them twice.
  private static Tensor numbers(int seed, int... dims) {
    int n = (int) Shape.of(dims).size();
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = ((i * 37 + seed * 11) % 61 - 30) / 15f + i / 1024f;
    }
    return tf.constant(x, tf.float32, dims);
  }

  private static Tensor whole(int below, int... dims) {
    int n = (int) Shape.of(dims).size();
    int[] x = new int[n];
    for (int i = 0; i < n; i++) {
      x[i] = (i * 7 + 2) % below;
    }
    return tf.constant(x, tf.int32, dims);
  }

  /// Returns all calls.
  public static List<Case> all() {
    OpenFunctions f = new OpenFunctions();
    f.arrays();
    f.sums();
    f.algebra();
    f.networks();
    f.pictures();
    f.models();
    return f.cases;
  }

  private void arrays() {
    Tensor x = numbers(1, 4, 3);
    Tensor cube = numbers(2, 2, 4, 3);
    one("reshape", t -> tf.reshape(t, -1, 2), x);
    one("transpose", tf::transpose, cube);
    one("transpose of axes", t -> tf.transpose(t, 0, 2, 1), cube);
    one("tile", t -> tf.tile(t, 2, 3), x);
    add("split", in -> tf.split(in[0], 2, 0), x);
    one("stack", t -> tf.stack(List.of(t, t), 1), x);
    one("pad", t -> tf.pad(t, new int[][] {{1, 0}, {2, 1}}), x);
    one("pad by mirror", t -> tf.pad(t, new int[][] {{1, 1}, {0, 2}}, "REFLECT", 0), x);
    two("gather", (t, i) -> tf.gather(t, i), x, whole(4, 5));
    two("gather of columns", (t, i) -> tf.gather(t, i, 1), x, whole(3, 2));
    two("gather in batches", (t, i) -> tf.gather(t, i, 1, 1), cube, whole(4, 2, 3));
    two("booleanMask", (t, m) -> tf.booleanMask(t, tf.greater(m, 0)), x, whole(2, 4));
    one("index", t -> tf.index(t, "1:, ::2"), x);
    one("oneHot", t -> tf.oneHot(t, 5), whole(5, 4));
    add("meshgrid", in -> tf.meshgrid(in[0], in[1]), numbers(1, 3), numbers(2, 4));
    add("meshgridOf", in -> tf.meshgridOf("ij", in[0], in[1], in[0]), numbers(1, 3), numbers(2, 4));
    one("sort", t -> tf.sort(t), x);
    one("sort of columns", t -> tf.sort(t, 0, "DESCENDING"), x);
    one("argsort", t -> tf.argsort(t, 0, "ASCENDING"), x);
    one("repeat", t -> tf.repeat(t, 3), x);
    two("repeat of rows", (t, n) -> tf.repeat(t, n, 0), x, whole(3, 4));
    one("cast", t -> tf.cast(t, tf.float64), x);
    two("divide", (a, b) -> tf.divide(a, b), x, numbers(3, 4, 1));
    two("truediv", (a, b) -> tf.truediv(a, b), whole(5, 4), whole(9, 4));
  }

  private void sums() {
    Tensor x = numbers(3, 4, 3);
    Tensor cube = numbers(4, 2, 4, 3);
    one("reduceSum", t -> tf.reduceSum(t), cube);
    one("reduceSum of an axis", t -> tf.reduceSum(t, 0), cube);
    one("reduceMean", t -> tf.reduceMean(t), x);
    one("reduceMean of axes", t -> tf.reduceMean(t, new int[] {0, 2}, true), cube);
    one("reduceProd", t -> tf.reduceProd(t, 1), x);
    one("reduceProd of rows", t -> tf.reduceProd(t, 0), x);
    one("reduceMax", t -> tf.reduceMax(t, 0), x);
    one("reduceMin", t -> tf.reduceMin(t, new int[] {1}, true), x);
    one("reduceLogsumexp", t -> tf.reduceLogsumexp(t), x);
    one("reduceLogsumexp of an axis", t -> tf.reduceLogsumexp(t, new int[] {1}, false), cube);
    one("reduceVariance", t -> tf.math.reduceVariance(t), x);
    one("reduceVariance of an axis", t -> tf.math.reduceVariance(t, new int[] {0}, false), x);
    one("reduceStd", t -> tf.math.reduceStd(t, new int[] {0}, true), x);
    one("norm", t -> tf.norm(t), x);
    one("norm 1", t -> tf.norm(t, 1, new int[] {1}, false), x);
    one("norm 3", t -> tf.norm(t, 3, new int[] {0}, true), x);
    one("norm of the largest", t -> tf.norm(t, 1 / 0.0, new int[] {0}, false), x);
    one("l2Normalize", t -> tf.math.l2Normalize(t, 1, 1e-12), x);
    one("clipByNorm", t -> tf.clipByNorm(t, 1.5), x);
    one("clipByNorm of rows", t -> tf.clipByNorm(t, 1.5, 1), x);
    add("globalNorm", in -> List.of(tf.globalNorm(List.of(in[0], in[1]))), x, cube);
    add("clipByGlobalNorm", in -> tf.clipByGlobalNorm(List.of(in[0], in[1]), 2), x, cube);
    two("confusionMatrix", (l, p) -> tf.math.confusionMatrix(l, p, 4), whole(4, 6), whole(3, 6));
    add("addN", in -> List.of(tf.addN(List.of(in[0], in[0], in[1]))), x, numbers(5, 4, 3));
  }

  private void algebra() {
    Tensor x = numbers(5, 4, 3);
    Tensor y = numbers(6, 3, 2);
    two("matmul", (a, b) -> tf.matmul(a, b), x, y);
    two("matmul transposed", (a, b) -> tf.matmul(a, b, true, false), x, numbers(7, 4, 2));
    two("matmul of stacks", (a, b) -> tf.matmul(a, b), numbers(8, 2, 4, 3), y);
    one("matrixTranspose", t -> tf.linalg.matrixTranspose(t), numbers(8, 2, 4, 3));
    two("tensordot", (a, b) -> tf.tensordot(a, b, 1), numbers(8, 2, 4, 3), y);
    two("tensordot of two", (a, b) -> tf.tensordot(a, b, 2), numbers(8, 2, 4, 3), numbers(9, 4, 3));
    two(
        "tensordot of axes",
        (a, b) -> tf.tensordot(a, b, new int[] {2, 0}, new int[] {1, 0}),
        numbers(8, 2, 4, 3),
        numbers(9, 2, 3, 5));
    two("einsum", (a, b) -> tf.einsum("bij,jk->bik", a, b), numbers(8, 2, 4, 3), y);
    two("einsum of dots", (a, b) -> tf.einsum("...j,jk->...k", a, b), numbers(8, 2, 4, 3), y);
    one("einsum of rows", t -> tf.einsum("ij->j", t), x);
    one("trace", t -> tf.linalg.trace(t), numbers(8, 2, 3, 3));
  }

  private void networks() {
    Tensor z = numbers(10, 4, 3);
    Tensor wide = numbers(11, 2, 4, 3);
    Tensor p = tf.nn.softmax(numbers(12, 4, 3));
    two(
        "softmaxCrossEntropyWithLogits",
        (l, t) -> tf.nn.softmaxCrossEntropyWithLogits(new CrossEntropy(l, t)),
        p,
        z);
    two(
        "softmaxCrossEntropyWithLogits of stacks",
        (l, t) -> tf.nn.softmaxCrossEntropyWithLogits(new CrossEntropy(l, t)),
        tf.nn.softmax(wide),
        wide);
    two(
        "sparseSoftmaxCrossEntropyWithLogits",
        (l, t) -> tf.nn.sparseSoftmaxCrossEntropyWithLogits(l, t),
        whole(3, 4),
        z);
    two(
        "sparseSoftmaxCrossEntropyWithLogits of stacks",
        (l, t) -> tf.nn.sparseSoftmaxCrossEntropyWithLogits(l, t),
        whole(3, 2, 4),
        wide);
    two("sigmoidCrossEntropyWithLogits", (l, t) -> tf.nn.sigmoidCrossEntropyWithLogits(l, t), p, z);
    two(
        "weightedCrossEntropyWithLogits",
        (l, t) -> tf.nn.weightedCrossEntropyWithLogits(l, t, 2),
        p,
        z);
    two("logPoissonLoss", (l, t) -> tf.nn.logPoissonLoss(l, t, true), p, z);
    add("moments", in -> tf.nn.moments(in[0], new int[] {0}, false), z);
    add("moments kept", in -> tf.nn.moments(in[0], new int[] {0, 2}, true), wide);
    add(
        "batchNormalization",
        in -> {
          List<Tensor> m = tf.nn.moments(in[0], new int[] {0}, false);
          return List.of(tf.nn.batchNormalization(in[0], m.get(0), m.get(1), null, null, 1e-3));
        },
        z);
    add(
        "layerNormalization",
        in -> List.of(tf.nn.layerNormalization(in[0], in[1], in[2], 1e-3)),
        wide,
        numbers(1, 3),
        numbers(2, 3));
    one("gelu", t -> tf.nn.gelu(t), z);
    one("gelu approximated", t -> tf.nn.gelu(t, true), z);
    one("swish", t -> tf.nn.swish(t), z);
    one("silu", t -> tf.nn.silu(t, 1.5), z);
    one("crelu", t -> tf.nn.crelu(t), z);
    one("softmax", t -> tf.nn.softmax(t), wide);
    one("softmax of an axis", t -> tf.nn.softmax(t, 1), wide);
    one("logSoftmax", t -> tf.nn.logSoftmax(t, 0), z);
    two("embeddingLookup", (t, i) -> tf.nn.embeddingLookup(t, i), numbers(3, 6, 2), whole(6, 2, 3));
    one(
        "dropout",
        t -> {
          tf.random.setSeed(7);
          return tf.nn.dropout(t, 0.25);
        },
        numbers(13, 40, 3));
    two("mean squared error", Losses::meanSquaredError, z, numbers(14, 4, 3));
    two("cross-entropy loss", Losses::sparseSoftmaxCrossEntropy, whole(3, 4), z);
  }

  private void pictures() {
    Tensor x = numbers(15, 2, 6, 5, 3);
    Tensor line = numbers(16, 2, 7, 3);
    two("conv2d", (t, w) -> tf.nn.conv2d(t, w, 1, "SAME"), x, numbers(17, 3, 3, 3, 4));
    two("conv2d in strides", (t, w) -> tf.nn.conv2d(t, w, 2, "VALID"), x, numbers(17, 3, 2, 3, 4));
    two("conv1d", (t, w) -> tf.nn.conv1d(t, w, 2, "SAME"), line, numbers(18, 3, 3, 2));
    two(
        "depthwiseConv2d",
        (t, w) -> tf.nn.depthwiseConv2d(t, w, new int[] {1, 1, 1, 1}, "SAME"),
        x,
        numbers(19, 3, 3, 3, 2));
    one(
        "maxPool",
        t -> tf.nn.maxPool(t, new int[] {1, 2, 2, 1}, new int[] {1, 2, 2, 1}, "VALID"),
        x);
    one(
        "avgPool",
        t -> tf.nn.avgPool(t, new int[] {1, 2, 2, 1}, new int[] {1, 2, 2, 1}, "SAME"),
        x);
    one("maxPool1d", t -> tf.nn.maxPool1d(t, 2, 2, "VALID"), line);
    one("avgPool1d", t -> tf.nn.avgPool1d(t, 3, 1, "SAME"), line);
    one("localResponseNormalization", t -> tf.nn.localResponseNormalization(t), x);
    one("resize", t -> tf.image.resize(t, new int[] {4, 7}), x);
    one("resize bicubic", t -> tf.image.resize(t, new int[] {4, 7}, "bicubic"), x);
    one("resizeNearestNeighbor", t -> tf.image.resizeNearestNeighbor(t, new int[] {3, 9}), x);
    one("flipLeftRight", t -> tf.image.flipLeftRight(t), x);
    one("flipUpDown", t -> tf.image.flipUpDown(t), x);
  }

  private void models() {
    Tensor x = numbers(20, 5, 6, 6, 2);
    layer("dense layer", new Dense(3, "relu"), numbers(21, 4, 3));
    layer("dense layer on stacks", new Dense(2), numbers(22, 2, 4, 3));
    layer("convolution layer", new Conv2D(3, 3, "same", "relu"), x);
    layer("pooling layer", new MaxPooling2D(2), x);
    layer("flattening layer", new Flatten(), x);
    layer(
        "small network",
        new Sequential(
            new Conv2D(3, 3, "valid", "relu"), new MaxPooling2D(2), new Flatten(), new Dense(4)),
        x);
  }

  private void layer(String name, Layer layer, Tensor x) {
    layer.apply(x);
    one(name, t -> layer.apply(t, true), x);
  }

  private static Spec spec(Spec s, Open open) {
    int[] d = s.shape().dims();
    Arrays.fill(d, 0, Math.min(d.length, open == Open.FIRST_AXIS ? 1 : d.length), -1);
    return s.withShape(Shape.of(d));
  }

  /// Returns null when results and gradients agree, else what is wrong.
  public static @Nullable String difference(Case c, Open open) {
    try (Scope _ = Scope.open()) {
      boolean inside = isLayer(c) && open == Open.ALL_AXES;
      Seeds.clearSeed();
      List<@Nullable Tensor> eager = both(c, c.inputs());
      Graph graph;
      List<Boolean> there = new ArrayList<>();
      Seeds.clearSeed();
      try (Tracer t = Tracer.openAlone("open")) {
        Tensor[] in = new Tensor[c.inputs().length];
        for (int i = 0; i < in.length; i++) {
          in[i] = t.input("x" + i, spec(c.inputs()[i].spec(), inside ? Open.FIRST_AXIS : open));
        }
        List<Tensor> found = new ArrayList<>();
        for (Tensor r : both(c, in)) {
          there.add(r != null);
          if (r != null) {
            found.add(r);
          }
        }
        graph = t.finish(found);
      }
      List<Tensor> arguments = new ArrayList<>(List.of(c.inputs()));
      graph.captures().forEach(k -> arguments.add(k.outer()));
      Tensor[] out = graph.run(arguments.toArray(Tensor[]::new));
      int p = 0;
      for (int i = 0; i < eager.size(); i++) {
        Tensor e = eager.get(i);
        Tensor o = there.get(i) ? out[p++] : null;
        if (e == null ? o != null : o == null || !same(e, o)) {
          return "result " + i + " is " + o + ", eager " + e;
        }
      }
      return null;
    } catch (RuntimeException e) {
      return GoldenCheck.thrown(e);
    }
  }

  /// The weights of layers fix all axes but the first.
  private static boolean isLayer(Case c) {
    return c.name().contains("layer") || c.name().contains("network");
  }

  private static boolean same(Tensor a, Tensor b) {
    return a.spec().equals(b.spec()) && Arrays.equals(Array.of(a).data(), Array.of(b).data());
  }

  /// Returns the results, then the gradients of their sum with respect to the inputs.
  private static List<@Nullable Tensor> both(Case c, Tensor[] in) {
    List<Tensor> sources = new ArrayList<>();
    for (Tensor t : in) {
      if (t.dtype().isDifferentiable()) {
        sources.add(t);
      }
    }
    try (GradientTape tape = new GradientTape()) {
      sources.forEach(tape::watch);
      List<Tensor> y = c.function().apply(in);
      List<@Nullable Tensor> all = new ArrayList<>(y);
      List<Tensor> targets = y.stream().filter(t -> t.dtype() == DType.F32).toList();
      Gradients g = tape.gradients(targets, sources, null, false);
      for (int i = 0; i < sources.size(); i++) {
        all.add(g.get(i));
      }
      return all;
    }
  }
}
