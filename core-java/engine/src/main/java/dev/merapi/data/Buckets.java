package dev.merapi.data;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Finds the bucket that a length falls into.
final class Buckets {
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");
  private static final OpRef SUM = OpRef.to("Sum");

  private Buckets() {}

  /// Returns how many of the bounds are not above the length, int64.
  static Tensor number(Tensor length, int[] bounds) {
    Tensor l = CAST.with(CAST.attrs("DstT", DType.I32), length);
    Tensor reached = GREATER_EQUAL.of(l, Literals.of(bounds));
    return SUM.of(CAST.with(CAST.attrs("DstT", DType.I64), reached), Values.ints(0));
  }
}
