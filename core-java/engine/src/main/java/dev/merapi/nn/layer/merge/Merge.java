package dev.merapi.nn.layer.merge;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Mode;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// What layers share that make one tensor of several, element by element.
///
/// Inputs of fewer axes get axes of size 1 behind the batch; sizes of 1 stretch.
abstract class Merge extends Layer {
  Merge() {
    supportsMasking();
  }

  /// Merges tensors of the same rank.
  ///
  /// @param masks which numbers of each input count, with an axis for them; null if all do
  abstract Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks);

  @Override
  protected void build(List<Shape> inputs) {
    if (inputs.size() < least()) {
      throw Message.what(
              "A merge layer should be called on a list of at least " + least() + " inputs")
          .given(inputs.size() + " inputs: " + inputs)
          .expected("a list of tensors: " + name() + ".apply(List.of(x, y))")
          .shapeError();
    }
    for (Shape s : inputs) {
      for (int i = 1; i <= Math.min(s.rank(), inputs.getFirst().rank()) - 1; i++) {
        int a = s.dim(-i);
        int b = inputs.getFirst().dim(-i);
        if (a > 1 && b > 1 && a != b) {
          throw incompatible(inputs);
        }
      }
    }
    int batch = -1;
    for (Shape s : inputs) {
      int n = s.rank() == 0 ? -1 : s.dim(0);
      if (n >= 0 && batch >= 0 && n != batch) {
        throw Message.what("Cannot merge tensors with different batch sizes")
            .given(inputs.toString())
            .expected("the same number of samples in all inputs")
            .shapeError();
      }
      batch = n >= 0 ? n : batch;
    }
  }

  int least() {
    return 1;
  }

  /// Folds with an operation that has no neutral number: what a mask leaves out takes the number of
  /// the other side.
  static Tensor extreme(
      List<Tensor> inputs, List<@Nullable Tensor> masks, BinaryOperator<Tensor> op) {
    Tensor y = inputs.getFirst();
    Tensor counts = masks.getFirst();
    for (int i = 1; i < inputs.size(); i++) {
      Tensor m = masks.get(i);
      Tensor x = m == null ? inputs.get(i) : Ops.where(m, inputs.get(i), y);
      Tensor before = counts == null ? y : Ops.where(counts, y, x);
      counts = m == null || counts == null ? null : Ops.or(counts, m);
      y = op.apply(before, x);
    }
    return y;
  }

  private RuntimeException incompatible(List<Shape> inputs) {
    return Message.what(name() + ": Inputs have incompatible shapes " + inputs)
        .given(inputs.toString())
        .expected("equal axes from the right, or 1")
        .fix("Concatenate joins tensors that differ along one axis")
        .shapeError();
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    int rank = inputs.stream().mapToInt(Tensor::rank).max().orElse(0);
    List<Tensor> same = new ArrayList<>();
    List<@Nullable Tensor> masks = new ArrayList<>();
    boolean stretched = inputs.stream().anyMatch(t -> t.rank() < rank);
    for (Tensor t : inputs) {
      Tensor m = stretched ? null : mode.mask(same.size());
      masks.add(m == null ? null : Ops.expand(m, -1));
      Tensor x = t;
      while (x.rank() < rank) {
        x = Ops.expand(x, 1);
      }
      same.add(x);
    }
    return List.of(merge(same, masks));
  }

  /// A step counts that counts in any input, if all inputs have masks.
  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    Tensor all = null;
    for (Tensor m : masks) {
      if (m == null) {
        return List.of();
      }
      all = all == null ? m : Ops.or(all, m);
    }
    return all == null ? List.of() : List.of(all);
  }
}
