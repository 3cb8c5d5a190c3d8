package dev.merapi.nn.loss;

import static dev.merapi.facade.TfApi.add;
import static dev.merapi.facade.TfApi.cast;
import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.equal;
import static dev.merapi.facade.TfApi.greater;
import static dev.merapi.facade.TfApi.logicalAnd;
import static dev.merapi.facade.TfApi.logicalNot;
import static dev.merapi.facade.TfApi.matmul;
import static dev.merapi.facade.TfApi.maximum;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.notEqual;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.reshape;
import static dev.merapi.facade.TfApi.square;
import static dev.merapi.facade.TfApi.subtract;
import static dev.merapi.facade.TfApi.transpose;
import static dev.merapi.facade.TfApi.where;

import dev.merapi.facade.MathApi;
import dev.merapi.nn.layer.Masks;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Losses by overlap and by angle.
final class Similarities {
  private Similarities() {}

  /// Returns vectors of length 1; those shorter than ε keep their relation to ε.
  static Tensor unit(Tensor x, int axis) {
    Tensor squares = reduceSum(square(x), new int[] {axis}, true);
    return multiply(x, MathApi.rsqrt(maximum(squares, Losses.EPSILON * Losses.EPSILON)));
  }

  static Tensor dice(Losses.Two t, int @Nullable [] axis) {
    Tensor both = sum(multiply(t.yTrue(), t.yPred()), axis);
    Tensor all = add(add(sum(t.yTrue(), axis), sum(t.yPred(), axis)), Losses.EPSILON);
    return subtract(1.0, divide(multiply(both, 2.0), all));
  }

  static Tensor tversky(Losses.Two t, double alpha, double beta, int @Nullable [] axis) {
    Tensor y = t.yTrue();
    Tensor p = t.yPred();
    Tensor both = sum(multiply(y, p), axis);
    // What Keras calls false positives are labels that were missed, and the other way round.
    Tensor first = sum(multiply(subtract(1.0, p), y), axis);
    Tensor second = sum(multiply(p, subtract(1.0, y)), axis);
    Tensor all =
        add(add(add(both, multiply(first, alpha)), multiply(second, beta)), Losses.EPSILON);
    return subtract(1.0, divide(both, all));
  }

  private static Tensor sum(Tensor x, int @Nullable [] axis) {
    return axis == null ? Weights.sum(x) : reduceSum(x, axis);
  }

  static Tensor circle(
      Tensor yTrue, Tensor yPred, double gamma, double margin, boolean removeDiagonal) {
    Tensor labels = reshape(cast(yTrue, DType.I32), -1, 1);
    Tensor same = equal(labels, transpose(labels));
    Tensor other = logicalNot(same);
    if (removeDiagonal) {
      Tensor places = reshape(Sizes.upTo(Sizes.count(labels)), -1, 1);
      same = logicalAnd(same, notEqual(places, transpose(places)));
    }
    Tensor distance = maximum(subtract(1.0, matmul(yPred, yPred, false, true)), 0.0);
    Tensor pull = maximum(multiply(add(distance, margin), cast(same, yPred.dtype())), 0.0);
    Tensor push =
        maximum(multiply(subtract(1 + margin, distance), cast(other, yPred.dtype())), 0.0);
    Tensor near = multiply(multiply(pull, -gamma), subtract(margin, distance));
    Tensor far = multiply(multiply(push, gamma), subtract(1 - margin, distance));
    Tensor none = Losses.number(yPred, Double.NEGATIVE_INFINITY);
    Tensor p = MathApi.reduceLogsumexp(where(same, near, none), new int[] {1}, false);
    Tensor n = MathApi.reduceLogsumexp(where(other, far, none), new int[] {1}, false);
    Tensor loss = MathApi.softplus(add(p, n));
    Masks.set(loss, greater(loss, 0.0));
    return loss;
  }
}
