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
  /// Fails: `ValueError` when the lists differ in length or there is no gradient, `ShapeError` when
  /// one does not fit.
  static void check(
      List<? extends @Nullable Tensor> grads,
      List<Variable> variables,
      List<Object> given,
      List<Variable> theirs) {
    if (grads.size() != variables.size()) {
      throw Message.what(
              "applyGradients: "
                  + grads.size()
                  + " gradients for "
                  + variables.size()
                  + " variables")
          .expected("one gradient a variable, in the same order")
          .valueError();
    }
    for (int i = 0; i < grads.size(); i++) {
      Object g = grads instanceof Gradients all ? all.raw(i) : grads.get(i);
      Variable v = variables.get(i);
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
          .given("variables " + variables.stream().map(Variable::name).toList())
          .fix("tape.whyNull(loss, variable) names the place where the gradient breaks")
          .valueError();
    }
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
      return y == s.values() ? s : new IndexedSlices(s.indices(), y, s.denseShape());
    }
    return change.apply((Tensor) g);
  }

  /// Returns a gradient with zeros in the rows that it does not name.
  static Tensor whole(Object g) {
    return g instanceof IndexedSlices s ? Gradients.dense(s) : (Tensor) g;
  }
}
