package dev.merapi.nn.layer;

import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Activation functions by name, as Keras spells them.
public final class Activation {
  private static final Map<String, UnaryOperator<Tensor>> KNOWN = new TreeMap<>();

  static {
    KNOWN.put("linear", x -> x);
    op("relu", "Relu");
    op("relu6", "Relu6");
    op("elu", "Elu");
    op("selu", "Selu");
    op("sigmoid", "Sigmoid");
    op("softmax", "Softmax");
    op("log_softmax", "LogSoftmax");
    op("softplus", "Softplus");
    op("softsign", "Softsign");
    op("tanh", "Tanh");
    op("exponential", "Exp");
    op("leaky_relu", "LeakyRelu");
  }

  private Activation() {}

  private static void op(String name, String operation) {
    OpRef ref = OpRef.to(operation);
    KNOWN.put(name, x -> ref.of(x));
  }

  /// Returns the function called `name`, in any case.
  ///
  /// Fails: `ValueError` listing the names there are.
  public static UnaryOperator<Tensor> of(String name) {
    UnaryOperator<Tensor> f = KNOWN.get(name.toLowerCase(Locale.ROOT));
    if (f == null) {
      throw Message.what("Could not interpret activation function identifier: " + name)
          .expected("one of " + String.join(", ", KNOWN.keySet()))
          .fix("or pass a function from tensor to tensor")
          .valueError();
    }
    return f;
  }
}
