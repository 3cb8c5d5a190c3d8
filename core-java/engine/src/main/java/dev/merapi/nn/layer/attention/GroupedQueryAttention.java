package dev.merapi.nn.layer.attention;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.EinsumDense;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Attends with several heads, groups of which share their keys and values.
///
/// Inputs and masks as [MultiHeadAttention]; of rank 3. Output: as the query.
///
/// Source: Ainslie et al. 2023, "GQA: Training Generalized Multi-Query Transformer Models from
/// Multi-Head Checkpoints".
public final class GroupedQueryAttention extends Heads
    implements HeadArguments<GroupedQueryAttention> {
  private final Setting<Integer> headDim = required("head_dim", Kinds.POSITIVE);
  private final Setting<Integer> numQueryHeads = required("num_query_heads", Kinds.POSITIVE);
  private final Setting<Integer> numKeyValueHeads = required("num_key_value_heads", Kinds.POSITIVE);

  private GroupedQueryAttention() {
    super();
  }

  /// @param headDim numbers of each head
  /// @param numQueryHeads a multiple of the next one
  /// @param numKeyValueHeads heads of keys and values
  public GroupedQueryAttention(int headDim, int numQueryHeads, int numKeyValueHeads) {
    this();
    this.headDim.set(headDim);
    this.numQueryHeads.set(numQueryHeads);
    this.numKeyValueHeads.set(numKeyValueHeads);
  }

  @Override
  public GroupedQueryAttention useCausalMask(boolean on) {
    setCausal(on);
    return this;
  }

  @Override
  public GroupedQueryAttention returnAttentionScores(boolean on) {
    setReturnScores(on);
    return this;
  }

  @Override
  EinsumDense[] projections(Shape query, Shape value, Shape key) {
    int queries = numQueryHeads.get();
    int keys = numKeyValueHeads.get();
    if (queries % keys != 0) {
      throw Message.what("`num_query_heads` must be divisible by `num_key_value_heads`")
          .given("num_query_heads " + queries + " · num_key_value_heads " + keys)
          .valueError();
    }
    int n = headDim.get();
    String each = "bqm,muh->bquh";
    return new EinsumDense[] {
      projection("query", each, Shape.of(-1, queries, n), "uh"),
      projection("key", each, Shape.of(-1, keys, n), "uh"),
      projection("gate", each, Shape.of(-1, queries, n), "uh"),
      projection("value", each, Shape.of(-1, keys, n), "uh"),
      projection("attention_output", "bquh,uhm->bqm", Shape.of(-1, lastAxis(query, 3)), "m")
    };
  }

  /// Splits the axis of heads into groups, so that no key has to be copied.
  private Tensor grouped(Tensor x, int axis) {
    int keys = numKeyValueHeads.get();
    Tensor[] dims = new Tensor[5];
    for (int i = 0; i < 4; i++) {
      dims[i < axis ? i : i + 1] = Sizes.axis(x, i);
    }
    dims[axis] = Values.scalar(keys);
    dims[axis + 1] = Values.scalar(numQueryHeads.get() / keys);
    return Ops.reshape(x, dims);
  }

  /// Makes one axis of heads of groups again.
  private static Tensor flat(Tensor x, int axis, int heads) {
    Tensor[] dims = new Tensor[4];
    for (int i = 0; i < 4; i++) {
      dims[i] = i == axis ? Values.scalar(heads) : Sizes.axis(x, i < axis ? i : i + 1);
    }
    return Ops.reshape(x, dims);
  }

  @Override
  Tensor scores(Tensor query, Tensor key) {
    return flat(Ops.einsum("bqvgh,bkvh->bvgqk", grouped(query, 2), key), 1, numQueryHeads.get());
  }

  @Override
  Tensor mixed(Tensor shares, Tensor value) {
    return flat(Ops.einsum("bvgqk,bkvh->bqvgh", grouped(shares, 1), value), 2, numQueryHeads.get());
  }

  @Override
  int[] found() {
    return new int[] {numQueryHeads.get(), headDim.get()};
  }

  @Override
  double scaling() {
    return 1 / Math.sqrt(headDim.get());
  }

  @Override
  int keyAxes() {
    return 1;
  }
}
