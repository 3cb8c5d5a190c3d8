package dev.merapi.intercept;

import dev.merapi.GraphFunction;
import dev.merapi.tensor.Tensor;

/// Annotated methods of an interface.
interface WithDefault {
  @GraphFunction
  default Tensor defaultMethod(Tensor x) {
    return hidden(x);
  }

  @GraphFunction
  private Tensor hidden(Tensor x) {
    return JavaKinds.body(x);
  }

  @GraphFunction
  static Tensor ofInterface(Tensor x) {
    return JavaKinds.body(x);
  }
}
