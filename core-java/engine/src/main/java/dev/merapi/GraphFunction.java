package dev.merapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes every call of a method run as a graph, as `@tf.function` does in Python.
///
/// The body runs once for each signature of the arguments (types and shapes of tensors, values of
/// numbers, identity of other objects), to be traced; later calls run the optimised graph.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface GraphFunction {
  /// Name of the function in graphs and messages; that of the method if empty.
  String name() default "";

  /// Whether a trace for a new shape leaves the axes open that have differed so far.
  boolean reduceRetracing() default false;

  /// Types and shapes of the tensor arguments, one text each: `"float32[?, 784]"`. Such a function
  /// is traced once and converts what it is given.
  String[] signature() default {};

  /// Whether `if`, `while` and `for` over tensors in the body become parts of the graph.
  boolean autograph() default true;
}
