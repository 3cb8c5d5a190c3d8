package dev.merapi.nn.activation;

import static dev.merapi.nn.Ops.greater;
import static dev.merapi.nn.Ops.less;
import static dev.merapi.nn.Ops.max;
import static dev.merapi.nn.Ops.min;
import static dev.merapi.nn.Ops.mul;
import static dev.merapi.nn.Ops.number;
import static dev.merapi.nn.Ops.sub;
import static dev.merapi.nn.Ops.where;

import dev.merapi.facade.NnApi;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Saved;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keras's activation functions, by name and, where they have numbers to choose, by method.
public final class Activations {
  private static final OpRef LEAKY = OpRef.to("LeakyRelu");
  private static final OpRef ELU = OpRef.to("Elu");
  private static final OpRef RELU = OpRef.to("Relu");
  private static final OpRef RELU6 = OpRef.to("Relu6");
  private static final OpRef EXPM1 = OpRef.to("Expm1");
  private static final OpRef SIGMOID = OpRef.to("Sigmoid");
  private static final OpRef SOFTPLUS = OpRef.to("Softplus");
  private static final OpRef TANH = OpRef.to("Tanh");
  private static final OpRef ABS = OpRef.to("Abs");
  private static final OpRef SQRT = OpRef.to("Sqrt");
  private static final OpRef SQUARE = OpRef.to("Square");
  private static final OpRef NEG = OpRef.to("Neg");
  private static final OpRef CLIP = OpRef.to("ClipByValue");

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
    scores("sigmoid", OpRef.to("Sigmoid")::of, "Sigmoid");
    scores("softmax", NnApi::softmax, "Softmax");
    op("softplus", "Softplus");
    op("softsign", "Softsign");
    op("tanh", "Tanh");
    op("exponential", "Exp");
    // Without attributes the slope is 0.2, Keras's default for the function.
    op("leaky_relu", "LeakyRelu");
    add("log_softmax", NnApi::logSoftmax);
    add("gelu", gelu(false));
    add("silu", NnApi::silu, "swish");
    add("mish", x -> mul(x, TANH.of(SOFTPLUS.of(x))));
    add("celu", celu(1));
    add("glu", glu(-1));
    add("hard_sigmoid", Activations::hardSigmoid);
    add("hard_silu", x -> mul(x, hardSigmoid(x)), "hard_swish");
    add("hard_tanh", x -> clip(x, -1, 1));
    add("tanh_shrink", x -> sub(x, TANH.of(x)));
    add("soft_shrink", softShrink(0.5));
    add("hard_shrink", hardShrink(0.5));
    add("squareplus", squareplus(4));
    add("sparse_plus", Activations::sparsePlus);
    add("sparse_sigmoid", x -> clip(mul(Ops.add(x, 1), 0.5), 0, 1));
    add("sparsemax", sparsemax(-1));
    add("log_sigmoid", x -> NEG.of(SOFTPLUS.of(NEG.of(x))));
  }

  private Activations() {}

  private static void add(String name, ActivationFunction f, String... others) {
    Named n = new Named(name, f);
    KNOWN.put(name, n);
    for (String other : others) {
      KNOWN.put(other, n);
    }
  }

  private static void op(String name, String operation) {
    OpRef ref = OpRef.to(operation);
    add(name, x -> ref.of(x));
  }

  /// A function behind which losses may look for the scores that went in.
  private static void scores(String name, ActivationFunction f, String operation) {
    add(name, x -> Logits.remember(operation, x, f.apply(x)));
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

  /// Returns the names there are.
  public static List<String> names() {
    return List.copyOf(KNOWN.keySet());
  }

  private static Tensor clip(Tensor x, double low, double high) {
    return CLIP.of(x, number(x, low), number(x, high));
  }

  private static Tensor hardSigmoid(Tensor x) {
    return clip(Ops.add(mul(x, 1.0 / 6), 0.5), 0, 1);
  }

  /// 0 up to −1, x from 1 on, a parabola between.
  private static Tensor sparsePlus(Tensor x) {
    Tensor between = mul(SQUARE.of(Ops.add(x, 1)), 0.25);
    Tensor low = where(greater(x, -1), between, number(x, 0));
    return where(less(x, 1), low, x);
  }

  /// Cuts off below `threshold`, where the slope is `negativeSlope`, and at `maxValue`.
  ///
  /// @param maxValue null for no bound
  public static ActivationFunction relu(
      double negativeSlope, @Nullable Double maxValue, double threshold) {
    return x -> {
      if (threshold == 0) {
        if (negativeSlope != 0) {
          Tensor y = LEAKY.with(LEAKY.attrs("alpha", negativeSlope), x);
          return maxValue == null ? y : min(y, maxValue);
        }
        if (maxValue == null) {
          return RELU.of(x);
        }
        return maxValue == 6 ? RELU6.of(x) : clip(x, 0, maxValue);
      }
      Tensor y = where(greater(x, threshold), x, 0);
      if (maxValue != null) {
        y = clip(y, 0, maxValue);
      }
      return negativeSlope == 0
          ? y
          : sub(y, mul(RELU.of(sub(number(x, threshold), x)), negativeSlope));
    };
  }

  /// @param negativeSlope slope below 0
  public static ActivationFunction leakyRelu(double negativeSlope) {
    return x -> LEAKY.with(LEAKY.attrs("alpha", negativeSlope), x);
  }

  /// x from 0 on, alpha·(eˣ − 1) below.
  public static ActivationFunction elu(double alpha) {
    return alpha == 1
        ? x -> ELU.of(x)
        : x -> {
          Tensor y = ELU.of(x);
          return where(greater(x, 0), y, mul(y, alpha));
        };
  }

  /// x from 0 on, alpha·(e^(x/alpha) − 1) below.
  ///
  /// Source: Barron 2017, "Continuously Differentiable Exponential Linear Units".
  public static ActivationFunction celu(double alpha) {
    return x -> Ops.add(max(x, 0), mul(EXPM1.of(mul(min(x, 0), 1 / alpha)), alpha));
  }

  /// x·Φ(x).
  public static ActivationFunction gelu(boolean approximate) {
    return x -> NnApi.gelu(x, approximate);
  }

  /// Multiplies the first half along an axis by the sigmoid of the second.
  ///
  /// Source: Dauphin et al. 2017, "Language Modeling with Gated Convolutional Networks".
  public static ActivationFunction glu(int axis) {
    return x -> {
      List<Tensor> halves = TfApi.split(x, 2, axis);
      return mul(halves.get(0), SIGMOID.of(halves.get(1)));
    };
  }

  /// Brings everything nearer to 0 by `threshold`, to 0 at most.
  public static ActivationFunction softShrink(double threshold) {
    return x ->
        where(
            greater(x, threshold),
            Ops.add(x, -threshold),
            where(less(x, -threshold), Ops.add(x, threshold), number(x, 0)));
  }

  /// Sets to 0 what is within `threshold` of it.
  public static ActivationFunction hardShrink(double threshold) {
    return x -> where(greater(ABS.of(x), threshold), x, 0);
  }

  /// (x + √(x² + b)) / 2.
  public static ActivationFunction squareplus(double b) {
    return x -> mul(Ops.add(x, SQRT.of(Ops.add(SQUARE.of(x), b))), 0.5);
  }

  /// x above `threshold`, else `value`.
  public static ActivationFunction threshold(double threshold, double value) {
    return x -> where(greater(x, threshold), x, value);
  }

  /// Projects onto the shares that add up to 1; unlike softmax, many of them are 0.
  ///
  /// Source: Martins and Astudillo 2016, "From Softmax to Sparsemax".
  public static ActivationFunction sparsemax(int axis) {
    return x -> Sparsemax.of(x, axis);
  }
}
