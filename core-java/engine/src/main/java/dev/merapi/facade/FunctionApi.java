package dev.merapi.facade;

import dev.merapi.function.Fn3;
import dev.merapi.function.Fn4;
import dev.merapi.function.Function;
import dev.merapi.function.Function.Options;
import dev.merapi.function.SymbolicGradients;
import dev.merapi.function.Traced0;
import dev.merapi.function.Traced1;
import dev.merapi.function.Traced2;
import dev.merapi.function.Traced3;
import dev.merapi.function.Traced4;
import dev.merapi.graph.Names;
import dev.merapi.op.Literals;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `tf.function` and what goes with it.
///
/// ```java
/// var f = tf.function((Tensor x, Tensor y) -> tf.add(tf.matmul(x, y), 1f));
/// Tensor z = f.apply(x, y);
/// f.function().traces();      // 1
/// ```
public abstract class FunctionApi extends ControlApi {
  protected FunctionApi() {}

  /// Makes a function of no argument run as a graph.
  public static <R> Traced0<R> function(Supplier<R> f) {
    return function(Options.DEFAULT, f);
  }

  public static <R> Traced0<R> function(Options options, Supplier<R> f) {
    return new Traced0<>(new Function("function", List.of(), args -> f.get(), options));
  }

  /// Makes a function that returns nothing run as a graph.
  public static Runnable function(Runnable f) {
    Function traced =
        new Function(
            "function",
            List.of(),
            args -> {
              f.run();
              return null;
            },
            Options.DEFAULT);
    return traced::call;
  }

  /// Makes a function of one argument run as a graph: traced once for each type and shape of its
  /// tensors, value of its numbers, identity of its other objects.
  public static <A, R> Traced1<A, R> function(java.util.function.Function<A, R> f) {
    return function(Options.DEFAULT, f);
  }

  @SuppressWarnings("unchecked")
  public static <A, R> Traced1<A, R> function(
      Options options, java.util.function.Function<A, R> f) {
    return new Traced1<>(
        new Function("function", List.of("x"), args -> f.apply((A) args[0]), options));
  }

  /// Makes a function of two arguments run as a graph.
  public static <A, B, R> Traced2<A, B, R> function(BiFunction<A, B, R> f) {
    return function(Options.DEFAULT, f);
  }

  @SuppressWarnings("unchecked")
  public static <A, B, R> Traced2<A, B, R> function(Options options, BiFunction<A, B, R> f) {
    return new Traced2<>(
        new Function(
            "function", List.of("x", "y"), args -> f.apply((A) args[0], (B) args[1]), options));
  }

  /// Makes a function of three arguments run as a graph.
  public static <A, B, C, R> Traced3<A, B, C, R> function(Fn3<A, B, C, R> f) {
    return function(Options.DEFAULT, f);
  }

  @SuppressWarnings("unchecked")
  public static <A, B, C, R> Traced3<A, B, C, R> function(Options options, Fn3<A, B, C, R> f) {
    return new Traced3<>(
        new Function(
            "function",
            List.of("x", "y", "z"),
            args -> f.apply((A) args[0], (B) args[1], (C) args[2]),
            options));
  }

  /// Makes a function of four arguments run as a graph.
  public static <A, B, C, D, R> Traced4<A, B, C, D, R> function(Fn4<A, B, C, D, R> f) {
    return function(Options.DEFAULT, f);
  }

  @SuppressWarnings("unchecked")
  public static <A, B, C, D, R> Traced4<A, B, C, D, R> function(
      Options options, Fn4<A, B, C, D, R> f) {
    return new Traced4<>(
        new Function(
            "function",
            List.of("x", "y", "z", "w"),
            args -> f.apply((A) args[0], (B) args[1], (C) args[2], (D) args[3]),
            options));
  }

  /// Describes a tensor for an input signature: a shape with `-1` for unknown axes, and a type.
  public static Spec tensorSpec(int[] shape, DType dtype) {
    return new Spec(dtype, Shape.of(shape));
  }

  /// Wishes about tracing: the types and shapes of all tensor arguments.
  public static Options inputSignature(Spec... specs) {
    return new Options(List.of(specs), false);
  }

  /// Wishes about tracing: leave axes open that have differed between calls.
  public static Options reduceRetracing() {
    return new Options(null, true);
  }

  /// Returns the derivatives of the sum of `ys` with respect to each of `xs` inside a function;
  /// null where nothing connects.
  public static List<@Nullable Tensor> gradients(Object ys, Object xs) {
    return SymbolicGradients.of(list(ys).stream().map(Literals::of).toList(), list(xs), null);
  }

  private static List<?> list(Object o) {
    return o instanceof List<?> l ? l : List.of(o);
  }

  /// Puts `name/` before the names of the graph operations made in `body`.
  public static <R> R nameScope(String name, Supplier<R> body) {
    try (Names.Scope _ = Names.open(name)) {
      return body.get();
    }
  }
}
