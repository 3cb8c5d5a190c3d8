package dev.merapi.nn.optimizer;

import dev.merapi.autodiff.Gradients;
import dev.merapi.eager.Variable;
import dev.merapi.op.IndexedSlices;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Gradients as they come: tensors, `IndexedSlices` of rows that were looked up, or none.
final class Given {
  private Given() {}

  /// Collects the gradients that are there and their variables.
  ///
  /// Fails: `ValueError` when there is no gradient, `ShapeError` when one does not fit.
  static void check(List<GradientAndVariable> pairs, List<Object> given, List<Variable> theirs) {
    for (int i = 0; i < pairs.size(); i++) {
      Object g = pairs.get(i).gradient();
      Variable v = pairs.get(i).variable();
      if (g == null) {
        continue;
      }
      Shape s = g instanceof IndexedSlices rows ? rows.denseShape() : ((Tensor) g).shape();
      if (!s.accepts(v.shape())) {
        throw Message.what("applyGradients: gradient " + i + " has another shape than its variable")
            .given("gradient " + s + " · variable '" + v.name() + "' " + v.shape())
            .shapeError();
      }
      given.add(g);
      theirs.add(v);
    }
    if (given.isEmpty()) {
      throw Message.what("No gradients provided for any variable")
          .given("variables " + pairs.stream().map(p -> p.variable().name()).toList())
          .fix("tape.whyNull(loss, variable) names the place where the gradient breaks")
          .valueError();
    }
  }

  /// Returns a gradient as the tape gave it.
  static @Nullable Object raw(List<? extends @Nullable Tensor> grads, int i) {
    return grads instanceof Gradients all ? all.raw(i) : grads.get(i);
  }

  static void warn(List<String> without) {
    StringBuilder names = new StringBuilder();
    for (String n : without) {
      names.append(names.isEmpty() ? "'" : ", '").append(n).append('\'');
    }
    System.getLogger("dev.merapi")
        .log(
            System.Logger.Level.WARNING,
            "Gradients do not exist for variables ["
                + names
                + "] when minimizing the loss. If using `model.compile()`, did you forget to"
                + " provide a `loss` argument?");
  }

  /// Changes the values of a gradient, row by row where it has only some.
  static Object map(Object g, UnaryOperator<Tensor> change) {
    if (g instanceof IndexedSlices s) {
      Tensor y = change.apply(s.values());
      return y == s.values() ? s : new IndexedSlices(y, s.indices(), s.denseShape());
    }
    return change.apply((Tensor) g);
  }

  /// Returns a gradient with zeros in the rows that it does not name.
  static Tensor whole(Object g) {
    return g instanceof IndexedSlices s ? Gradients.dense(s) : (Tensor) g;
  }
}
