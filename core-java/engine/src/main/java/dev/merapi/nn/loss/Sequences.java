package dev.merapi.nn.loss;

import static dev.merapi.facade.TfApi.add;
import static dev.merapi.facade.TfApi.cast;
import static dev.merapi.facade.TfApi.concat;
import static dev.merapi.facade.TfApi.exp;
import static dev.merapi.facade.TfApi.gather;
import static dev.merapi.facade.TfApi.less;
import static dev.merapi.facade.TfApi.log;
import static dev.merapi.facade.TfApi.logicalAnd;
import static dev.merapi.facade.TfApi.maximum;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.negative;
import static dev.merapi.facade.TfApi.notEqual;
import static dev.merapi.facade.TfApi.pad;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.reshape;
import static dev.merapi.facade.TfApi.slice;
import static dev.merapi.facade.TfApi.squeeze;
import static dev.merapi.facade.TfApi.stack;
import static dev.merapi.facade.TfApi.subtract;
import static dev.merapi.facade.TfApi.transpose;
import static dev.merapi.facade.TfApi.where;
import static dev.merapi.facade.TfApi.zerosLike;

import dev.merapi.facade.ControlApi;
import dev.merapi.facade.NnApi;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Connectionist temporal classification.
///
/// Between labels, before the first and after the last lie blanks: `2 · length + 1` places. Step by
/// step the logarithm of the probability of being at each place is carried on: from a place itself,
/// from the one before, or, over a blank between two different labels, from the one before that.
final class Sequences {
  /// Stands for log 0: far below any sum of logarithms, and yet a number, so that gradients are
  /// numbers too.
  private static final double NEVER = -1e30;

  private Sequences() {}

  static void check(Tensor yTrue, Tensor yPred) {
    if (yTrue.shape().isRankKnown() && yTrue.rank() != 2) {
      throw Message.what("CTC: labels of shape " + yTrue.shape() + " are no matrix")
          .expected("(batch, length), class numbers filled up with 0")
          .shapeError();
    }
    if (yPred.shape().isRankKnown() && yPred.rank() != 3) {
      throw Message.what("CTC: predictions of shape " + yPred.shape() + " have no three axes")
          .expected("(batch, steps, classes), scores before softmax")
          .shapeError();
    }
  }

  static Tensor ctc(Tensor yTrue, Tensor yPred) {
    check(yTrue, yPred);
    Tensor labels = cast(yTrue, DType.I32);
    Tensor length = reduceSum(cast(notEqual(labels, 0), DType.I32), 1);
    Tensor width =
        Sizes.plus(Sizes.times(Sizes.axis(labels, 1), Values.scalar(2)), Values.scalar(1));
    Tensor batch = Sizes.axis(labels, 0);

    // 0 l 0 l … 0
    Tensor pairs =
        reshape(
            stack(List.of(zerosLike(labels), labels), 2), Sizes.vector(batch, Values.scalar(-1)));
    Tensor places = pad(pairs, new int[][] {{0, 0}, {0, 1}});
    Tensor twoBefore = pad(places, new int[][] {{0, 0}, {2, 0}});
    twoBefore = slice(twoBefore, Values.ints(0, 0), Sizes.vector(Values.scalar(-1), width));
    Tensor mayJump = logicalAnd(notEqual(places, 0), notEqual(places, twoBefore));

    Tensor logs = gather(NnApi.logSoftmax(yPred), places, 2, 1);
    Tensor never = Losses.number(yPred, NEVER);
    Tensor before =
        concat(
            List.of(
                cast(
                    zerosLike(slice(places, Values.ints(0, 0), Values.ints(-1, 1))), yPred.dtype()),
                add(
                    cast(
                        zerosLike(slice(places, Values.ints(0, 1), Values.ints(-1, -1))),
                        yPred.dtype()),
                    never)),
            1);
    Tensor last =
        ControlApi.foldl(
            (state, row) -> {
              Tensor wide = pad(state, new int[][] {{0, 0}, {2, 0}}, "CONSTANT", never);
              Tensor size = Sizes.vector(Values.scalar(-1), width);
              Tensor one = slice(wide, Values.ints(0, 1), size);
              Tensor two = where(mayJump, slice(wide, Values.ints(0, 0), size), never);
              return add(row, joined(state, one, two));
            },
            transpose(logs, 1, 0, 2),
            before);

    // The sequence ends on the last label or on the blank behind it.
    Tensor blank = multiply(length, 2);
    Tensor end = reshape(blank, -1, 1);
    Tensor label = maximum(subtract(end, 1), 0);
    Tensor a = squeeze(gather(last, end, 1, 1), 1);
    Tensor b = squeeze(gather(last, label, 1, 1), 1);
    b = where(less(blank, 1), never, b);
    Tensor total = joined(a, b, add(zerosLike(b), never));
    return where(
        less(total, NEVER / 2), Losses.number(yPred, Double.POSITIVE_INFINITY), negative(total));
  }

  /// Returns log(eᵃ + eᵇ + eᶜ).
  private static Tensor joined(Tensor a, Tensor b, Tensor c) {
    Tensor most = maximum(maximum(a, b), c);
    Tensor sum = add(add(exp(subtract(a, most)), exp(subtract(b, most))), exp(subtract(c, most)));
    return add(most, log(sum));
  }
}
