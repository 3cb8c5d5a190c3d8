package dev.merapi.nn.activation;

import static dev.merapi.nn.Ops.cast;
import static dev.merapi.nn.Ops.div;
import static dev.merapi.nn.Ops.greater;
import static dev.merapi.nn.Ops.max;
import static dev.merapi.nn.Ops.mul;
import static dev.merapi.nn.Ops.number;
import static dev.merapi.nn.Ops.sub;
import static dev.merapi.nn.Ops.sum;
import static dev.merapi.nn.Ops.where;

import dev.merapi.facade.TfApi;
import dev.merapi.nn.Ops;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Tensor;

/// The nearest point whose parts are shares: none below 0, adding up to 1.
///
/// Keras 3.15 adds up running sums where the formula has the scores themselves, and returns `(0, 0,
/// 0, 0)` for `(1, 0.8, 0.5, -2)`; here the result is the formula's, `(0.57, 0.37, 0.07, 0)`.
///
/// Source: Martins and Astudillo 2016, "From Softmax to Sparsemax", algorithm 1.
final class Sparsemax {
  private Sparsemax() {}

  static Tensor of(Tensor x, int axis) {
    int a = Ops.front(axis, x.rank());
    Tensor sorted = TfApi.sort(x, a, "DESCENDING");
    Tensor sums = TfApi.cumsum(sorted, a);
    // Places 1, 2, … along the axis: how many scores each sum holds.
    Tensor places =
        Sizes.behind(Ops.add(cast(Sizes.upTo(Sizes.axis(x, a)), x.dtype()), 1), x.rank() - 1 - a);
    // The largest scores stay above 0: those k for which 1 + k·score > sum of the first k.
    Tensor stays = greater(sub(Ops.add(mul(sorted, places), 1), sums), 0);
    Tensor count = sum(cast(stays, x.dtype()), true, a);
    Tensor threshold = div(Ops.add(sum(where(stays, sorted, 0), true, a), -1), count);
    return max(sub(x, threshold), number(x, 0));
  }
}
