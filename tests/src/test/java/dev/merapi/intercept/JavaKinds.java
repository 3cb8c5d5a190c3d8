package dev.merapi.intercept;

import dev.merapi.GraphFunction;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/// Annotated methods of every kind that Java has; each body counts how often it is run.
public class JavaKinds implements WithDefault, UnaryOperator<Tensor> {
  static int bodies;

  final Tensor bias;

  JavaKinds(Tensor bias) {
    this.bias = bias;
  }

  static Tensor body(Object x) {
    bodies++;
    return tf.add(x, 1f);
  }

  @GraphFunction
  public static Tensor publicStatic(Tensor x) {
    return body(x);
  }

  @GraphFunction
  private static Tensor privateStatic(Tensor x) {
    return body(x);
  }

  static Tensor callPrivateStatic(Tensor x) {
    return privateStatic(x);
  }

  @GraphFunction
  public Tensor member(Tensor x) {
    bodies++;
    return tf.add(x, bias);
  }

  @GraphFunction
  private Tensor privateMember(Tensor x) {
    bodies++;
    return tf.add(x, bias);
  }

  Tensor callPrivateMember(Tensor x) {
    return privateMember(x);
  }

  @GraphFunction
  synchronized Tensor synchronizedMember(Tensor x) {
    return body(x);
  }

  /// Of a generic interface: the compiler adds a bridge and copies the annotation to it.
  @Override
  @GraphFunction
  public Tensor apply(Tensor x) {
    return body(x);
  }

  /// Overrides an annotated method with one that is not, and calls it.
  static class Sub extends JavaKinds {
    Sub(Tensor bias) {
      super(bias);
    }

    @Override
    public Tensor member(Tensor x) {
      return tf.multiply(super.member(x), 2f);
    }
  }

  record Pair(Tensor a, Tensor b) {
    @GraphFunction
    Tensor sum() {
      bodies++;
      return tf.add(a, b);
    }
  }

  enum Unit {
    ONE;

    @GraphFunction
    Tensor of(Tensor x) {
      return body(x);
    }
  }

  @GraphFunction
  static Tensor noArguments() {
    bodies++;
    return tf.constant(7f);
  }

  @GraphFunction
  static void nothing(List<Tensor> into, Tensor x) {
    into.add(body(x));
  }

  @GraphFunction
  static Tensor three(Tensor a, Tensor b, Tensor c) {
    bodies++;
    return tf.add(tf.add(a, b), c);
  }

  @GraphFunction
  static Tensor four(Tensor a, Tensor b, Tensor c, Tensor d) {
    bodies++;
    return tf.add(tf.add(a, b), tf.add(c, d));
  }

  @GraphFunction
  static Tensor primitives(
      long a, Tensor x, double b, boolean c, byte d, char e, short f, int g, float h, Tensor y) {
    bodies++;
    return tf.add(tf.add(x, y), (float) (a + b + (c ? 1 : 0) + d + e + f + g + h));
  }

  @GraphFunction
  static Tensor variableArguments(Tensor... xs) {
    bodies++;
    return tf.add(xs[0], xs[xs.length - 1]);
  }

  @GraphFunction
  static <T extends TensorHolder> T generic(T holder) {
    bodies++;
    return holder;
  }

  record TensorHolder(Tensor held) {}

  /// The body starts with the head of a loop, so with a stack map frame; it has more of them, with
  /// values on the stack and of uninitialised objects.
  @GraphFunction
  static Tensor frames(Tensor x, int times, boolean other) {
    while (times-- > 0) {
      try {
        x = tf.add(x, new TensorHolder(other ? x : null).held() == null ? 1f : 2f);
      } catch (RuntimeException e) {
        x = null;
      } finally {
        bodies++;
      }
    }
    return x;
  }

  @GraphFunction
  static Tensor throwing(Tensor x) throws IOException {
    body(x);
    throw new IOException("from the body");
  }

  /// Calls itself: the inner call is not the trace's own and is offered to the function.
  @GraphFunction
  static Tensor recursive(Tensor x, int depth) {
    bodies++;
    return depth == 0 ? x : tf.add(recursive(x, depth - 1), 1f);
  }

  @GraphFunction
  static Tensor raced(Tensor x) {
    return body(x);
  }

  @GraphFunction
  static Tensor outer(Tensor x) {
    return tf.add(publicStatic(x), privateStatic(x));
  }

  @GraphFunction(
      name = "given",
      reduceRetracing = true,
      autograph = false,
      signature = {"float32[?, 3]", "int32[]"})
  static Tensor described(Tensor image, Tensor label) {
    return body(image);
  }

  @GraphFunction
  static float primitiveResult(Tensor x) {
    return x.floatValue();
  }

  static UnaryOperator<Tensor> anonymous() {
    return new UnaryOperator<>() {
      @Override
      @GraphFunction
      public Tensor apply(Tensor x) {
        return body(x);
      }
    };
  }

  static Tensor local(Tensor x) {
    class Local {
      @GraphFunction
      Tensor run(Tensor y) {
        return tf.multiply(body(y), x);
      }
    }
    return new Local().run(x);
  }

  abstract static class Abstract {
    @GraphFunction
    abstract Tensor run(Tensor x);
  }

  static class Concrete extends Abstract {
    @Override
    Tensor run(Tensor x) {
      return body(x);
    }
  }
}
