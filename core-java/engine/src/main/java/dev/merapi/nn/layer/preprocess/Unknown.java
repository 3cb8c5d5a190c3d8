package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;
import java.util.stream.IntStream;

/// Terms that a vocabulary lacks and has no place for.
final class Unknown {
  private Unknown() {}

  /// Fails, in graphs when they run, if any key is missing; the message shows those.
  static void refuse(Tensor keys, Tensor missing) {
    Tensor at = OpRef.to("Where").of(missing);
    Tensor unknown = OpRef.to("GatherNd").of(keys, at);
    OpRef format = OpRef.to("StringFormat");
    Tensor message =
        format.with(
            format.attrs(
                "template",
                "When `num_oov_indices=0` all inputs should be in vocabulary, found OOV values {},"
                    + " consider setting `num_oov_indices=1`.",
                "placeholder",
                "{}"),
            unknown);
    int rank = missing.rank();
    int[] axes = IntStream.range(0, rank).toArray();
    Tensor none = Ops.not(rank == 0 ? missing : Ops.any(missing, false, axes));
    OpRef demand = OpRef.to("Assert");
    demand.all(demand.get().defaults(), none, message);
  }
}
