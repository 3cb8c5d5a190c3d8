package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.op.IndexedSlices;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A gradient with the variable that it belongs to.
///
/// @param gradient a tensor, `IndexedSlices` of rows that were looked up, or null where there is
///   none
public record GradientAndVariable(@Nullable Object gradient, Variable variable) {
  public GradientAndVariable {
    if (gradient != null && !(gradient instanceof Tensor || gradient instanceof IndexedSlices)) {
      throw Message.what("a gradient is a tensor or IndexedSlices")
          .given(gradient.getClass().getSimpleName())
          .typeError();
    }
  }

  /// Pairs gradients with their variables, as Python's `zip(grads, variables)` does.
  ///
  /// Fails: `ValueError` when there are not equally many.
  public static List<GradientAndVariable> zip(
      List<? extends @Nullable Tensor> grads, List<Variable> variables) {
    if (grads.size() != variables.size()) {
      throw Message.what(
              grads.size() + " gradients cannot be paired with " + variables.size() + " variables")
          .expected("one gradient a variable, in the same order")
          .valueError();
    }
    List<GradientAndVariable> pairs = new ArrayList<>();
    for (int i = 0; i < grads.size(); i++) {
      pairs.add(new GradientAndVariable(Given.raw(grads, i), variables.get(i)));
    }
    return pairs;
  }
}
