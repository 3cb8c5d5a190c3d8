package dev.merapi.nn.layer.attention;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.EinsumDense;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Attends several times side by side, each head with projections of its own of query, key and
/// value, and projects what the heads found to one output.
///
/// ```java
/// var attention = new MultiHeadAttention(8, 64);
/// Tensor y = attention.apply(List.of(query, value));
/// ```
///
/// Inputs: query, value, then key if it is not the value, then a mask `(batch, queries, steps)` of
/// who may attend to whom. Masks of query, value and key hold. Output: as the query, or of the last
/// axes `outputShape`.
///
/// Source: Vaswani et al. 2017, "Attention Is All You Need".
public final class MultiHeadAttention extends Heads implements HeadArguments<MultiHeadAttention> {
  private final Setting<Integer> numHeads = required("num_heads", Kinds.POSITIVE);
  private final Setting<Integer> keyDim = required("key_dim", Kinds.POSITIVE);
  private final Setting<@Nullable Integer> valueDim =
      setting("value_dim", Kinds.POSITIVE.orNone(), null);
  private final Setting<@Nullable Shape> outputShape =
      setting("output_shape", Kinds.SHAPE.orNone(), null);
  private final Setting<int @Nullable []> attentionAxes =
      setting("attention_axes", Kinds.WHOLES.orNone(), null);

  private String scoring = "";
  private String mixing = "";
  private int keyAxes = 1;

  private MultiHeadAttention() {
    super();
  }

  /// @param keyDim numbers of each head of query and key
  public MultiHeadAttention(int numHeads, int keyDim) {
    this();
    this.numHeads.set(numHeads);
    this.keyDim.set(keyDim);
  }

  /// @param numbers of each head of the value; as of the key by default
  public MultiHeadAttention valueDim(int numbers) {
    return with("value_dim", numbers);
  }

  /// @param sizes of the last axes of the output; that of the query by default
  public MultiHeadAttention outputShape(int... sizes) {
    return with("output_shape", sizes);
  }

  /// @param axes over which to attend; all but batch and last by default
  public MultiHeadAttention attentionAxes(int... axes) {
    return with("attention_axes", axes);
  }

  @Override
  public MultiHeadAttention useCausalMask(boolean on) {
    setCausal(on);
    return this;
  }

  @Override
  public MultiHeadAttention returnAttentionScores(boolean on) {
    setReturnScores(on);
    return this;
  }

  private int valueSize() {
    Integer n = valueDim.get();
    return n == null ? keyDim.get() : n;
  }

  @Override
  EinsumDense[] projections(Shape query, Shape value, Shape key) {
    equations(query.rank() + 1);
    Shape wanted = outputShape.get();
    Shape out = wanted == null ? Shape.of(lastAxis(query, 3)) : wanted;
    int n = query.rank();
    // As many letters as the heads' output has axes; heads and their numbers are the last two.
    String in = letters(0, n + 1);
    String kernel = in.substring(n - 1) + letters(n + 1, out.rank());
    String result = in.substring(0, n - 1) + letters(n + 1, out.rank());
    EinsumDense output =
        projection(
            "attention_output",
            in + "," + kernel + "->" + result,
            open(n - 2, out.dims()),
            letters(n + 1, out.rank()));
    return new EinsumDense[] {
      heads("query", query, keyDim.get()),
      heads("key", key, keyDim.get()),
      heads("gate", query, valueSize()),
      heads("value", value, valueSize()),
      output
    };
  }

  private EinsumDense heads(String name, Shape input, int size) {
    int n = input.rank();
    String in = letters(0, n);
    String heads = letters(n, 2);
    return projection(
        name,
        in + "," + in.charAt(n - 1) + heads + "->" + in.substring(0, n - 1) + heads,
        open(n - 2, numHeads.get(), size),
        heads);
  }

  /// Returns `n` open sizes and then the given ones.
  private static Shape open(int n, int... last) {
    int[] dims = new int[n + last.length];
    Arrays.fill(dims, 0, n, -1);
    System.arraycopy(last, 0, dims, n, last.length);
    return Shape.of(dims);
  }

  private static String letters(int from, int n) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < n; i++) {
      s.append((char) ('a' + from + i));
    }
    return s.toString();
  }

  /// Writes the equations for projected tensors of a rank: axes that are attended over have a
  /// letter for the query and another for the key; all other axes are common to both.
  private void equations(int rank) {
    int[] given = attentionAxes.get();
    int[] axes = given == null ? new int[rank - 3] : given.clone();
    for (int i = 0; i < axes.length; i++) {
      axes[i] = given == null ? i + 1 : Ops.front(given[i], rank - 1);
    }
    char[] query = letters(0, rank).toCharArray();
    char[] key = query.clone();
    for (int i = 0; i < axes.length; i++) {
      key[axes[i]] = (char) ('a' + rank + i);
    }
    StringBuilder common = new StringBuilder();
    StringBuilder queries = new StringBuilder();
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < rank - 1; i++) {
      if (query[i] == key[i]) {
        common.append(query[i]);
      }
    }
    for (int a : axes) {
      queries.append(query[a]);
      keys.append(key[a]);
    }
    String scores = common.append(queries).append(keys).toString();
    String q = new String(query);
    String k = new String(key);
    scoring = q + "," + k + "->" + scores;
    mixing = scores + "," + k + "->" + q;
    keyAxes = axes.length;
  }

  @Override
  Tensor scores(Tensor query, Tensor key) {
    return Ops.einsum(scoring, query, key);
  }

  @Override
  Tensor mixed(Tensor shares, Tensor value) {
    return Ops.einsum(mixing, shares, value);
  }

  @Override
  int[] found() {
    return new int[] {numHeads.get(), valueSize()};
  }

  @Override
  double scaling() {
    return 1 / Math.sqrt(keyDim.get());
  }

  @Override
  int keyAxes() {
    return keyAxes;
  }

  /// Keras writes the size of values, given or not.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> c = super.getConfig();
    c.put("value_dim", (long) valueSize());
    return c;
  }
}
