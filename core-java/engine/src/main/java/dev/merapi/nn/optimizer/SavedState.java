package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.List;

/// Puts values that were read elsewhere into the variables of an optimizer.
final class SavedState {
  private static final OpRef CAST = OpRef.to("Cast");

  private SavedState() {}

  static void set(String name, List<Variable> variables, List<?> values) {
    if (variables.size() != values.size()) {
      throw Message.what(
              "optimizer '"
                  + name
                  + "' has "
                  + variables.size()
                  + " variables, not "
                  + values.size())
          .expected(variables.stream().map(Variable::name).toList().toString())
          .fix("call `optimizer.build(trainable_variables)` before: slots are made there")
          .valueError();
    }
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Variable v = variables.get(i);
      Object given = values.get(i);
      Tensor t =
          given instanceof Tensor || given instanceof TensorLike
              ? Literals.of(given)
              : Literals.of(given, v.dtype());
      if (!t.shape().equals(v.shape())) {
        throw Message.what(
                "Optimizer variable "
                    + v.name()
                    + " has shape "
                    + v.shape()
                    + " not compatible with provided weight shape "
                    + t.shape()
                    + ".")
            .shapeError();
      }
      tensors.add(t.dtype() == v.dtype() ? t : CAST.with(CAST.attrs("DstT", v.dtype()), t));
    }
    for (int i = 0; i < tensors.size(); i++) {
      variables.get(i).assign(tensors.get(i));
    }
  }
}
