package dev.merapi.nn.activation;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Saved;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds activation functions by Keras's names.
public final class Activations {
  private static final Map<String, ActivationFunction> KNOWN = new TreeMap<>();

  /// The argument of layers: a function, a name in any case; null is `linear`.
  public static final Kind<ActivationFunction> KIND =
      new Kind<>() {
        @Override
        public ActivationFunction read(@Nullable Object given) {
          return switch (given) {
            case null -> of("linear");
            case String name -> of(name);
            case ActivationFunction f -> f;
            case Map<?, ?> form -> Saved.read(form, ActivationFunction.class);
            default -> throw new Misfit("");
          };
        }

        @Override
        public @Nullable Object write(ActivationFunction f) {
          return f instanceof Named n ? n.name : Saved.write(f);
        }

        @Override
        public String expected() {
          return "a function from tensor to tensor, or one of " + String.join(", ", KNOWN.keySet());
        }
      };

  /// A function that has a name in configurations.
  private record Named(String name, ActivationFunction f) implements ActivationFunction {
    @Override
    public Tensor apply(Tensor x) {
      return f.apply(x);
    }
  }

  static {
    add("linear", x -> x);
    op("relu", "Relu");
    op("relu6", "Relu6");
    op("elu", "Elu");
    op("selu", "Selu");
    scores("sigmoid", "Sigmoid");
    scores("softmax", "Softmax");
    op("log_softmax", "LogSoftmax");
    op("softplus", "Softplus");
    op("softsign", "Softsign");
    op("tanh", "Tanh");
    op("exponential", "Exp");
    op("leaky_relu", "LeakyRelu");
  }

  private Activations() {}

  private static void add(String name, ActivationFunction f) {
    KNOWN.put(name, new Named(name, f));
  }

  private static void op(String name, String operation) {
    OpRef ref = OpRef.to(operation);
    add(name, x -> ref.of(x));
  }

  private static void scores(String name, String operation) {
    OpRef ref = OpRef.to(operation);
    add(name, x -> Logits.remember(operation, x, ref.of(x)));
  }

  /// Returns the function called `name`, in any case.
  ///
  /// Fails: `ValueError` listing the names there are.
  public static ActivationFunction of(String name) {
    ActivationFunction f = KNOWN.get(name.toLowerCase(Locale.ROOT));
    if (f == null) {
      throw Message.what("Could not interpret activation function identifier: " + name)
          .expected("one of " + String.join(", ", KNOWN.keySet()))
          .fix("or pass a function from tensor to tensor")
          .valueError();
    }
    return f;
  }

  /// Tells whether an activation is the one called `name`; layers with faster ways for some ask.
  public static boolean is(ActivationFunction f, String name) {
    return f instanceof Named n && n.name.equals(name);
  }
}
