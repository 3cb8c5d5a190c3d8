package dev.merapi.autodiff;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts the derivatives of every element of a target together, one backward pass for each element.
///
/// A pass maps what arrives at the target to what arrives at the source (null: they are not
/// connected).
final class Jacobian {
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef RESHAPE = OpRef.to("Reshape");

  private Jacobian() {}

  /// Returns a tensor of shape `target.shape + source.shape`, or null when nothing connects them.
  static @Nullable Tensor of(Spec y, Spec x, Function<Tensor, @Nullable Tensor> pass) {
    List<Tensor> rows = new ArrayList<>();
    for (long i = 0; i < y.shape().size(); i++) {
      Tensor dy = Values.filled(y, 0);
      Values.put(dy.segment(), y.dtype(), i, 1);
      Tensor row = pass.apply(dy);
      if (row == null) {
        return null;
      }
      rows.add(row);
    }
    return joined(rows, 0, join(y.shape().dims(), x.shape().dims()), x);
  }

  /// Returns a tensor of shape `(batch, …target, …source)`: sample i of the target by sample i of
  /// the source.
  ///
  /// One pass serves all samples, since no sample of the target depends on another sample of the
  /// source.
  static @Nullable Tensor ofBatch(Spec y, Spec x, Function<Tensor, @Nullable Tensor> pass) {
    Shape target = y.shape();
    if (target.rank() == 0 || x.shape().rank() == 0 || target.dim(0) != x.shape().dim(0)) {
      throw Message.what(
              "Need first dimension of target shape "
                  + target
                  + " and source shape "
                  + x.shape()
                  + " to match.")
          .given("target " + y + " · source " + x)
          .expected("the same number of samples on axis 0")
          .fix("tape.jacobian takes any shapes")
          .shapeError();
    }
    int batch = target.dim(0);
    int[] sample = rest(target);
    long each = Shape.of(sample).size();
    List<Tensor> columns = new ArrayList<>();
    for (long i = 0; i < each; i++) {
      Tensor dy = Values.filled(y, 0);
      for (long b = 0; b < batch; b++) {
        Values.put(dy.segment(), y.dtype(), b * each + i, 1);
      }
      Tensor column = pass.apply(dy);
      if (column == null) {
        return null;
      }
      columns.add(column);
    }
    return joined(columns, 1, join(join(new int[] {batch}, sample), rest(x.shape())), x);
  }

  private static Tensor joined(List<Tensor> parts, int axis, int[] dims, Spec x) {
    if (parts.isEmpty()) {
      return Values.filled(new Spec(x.dtype(), Shape.of(dims)), 0);
    }
    Tensor all = PACK.with(PACK.attrs("axis", axis), parts.toArray(new Tensor[0]));
    return RESHAPE.of(all, Values.ints(dims));
  }

  private static int[] rest(Shape s) {
    int[] r = new int[s.rank() - 1];
    for (int i = 0; i < r.length; i++) {
      r[i] = s.dim(i + 1);
    }
    return r;
  }

  private static int[] join(int[] a, int[] b) {
    int[] c = new int[a.length + b.length];
    System.arraycopy(a, 0, c, 0, a.length);
    System.arraycopy(b, 0, c, a.length, b.length);
    return c;
  }
}
