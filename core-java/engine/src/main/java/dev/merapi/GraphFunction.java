package dev.merapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes every call of a method run as a graph: the body runs once for each signature of its
/// arguments, to be traced, and the graph is computed from then on.
///
/// Any method with a body will do, whatever its access, static or not, in Java and in Kotlin
/// (top-level, member, extension and local functions, annotated lambdas, getters). Arguments and
/// result may be tensors, collections of them and other objects; the result may be `void`.
///
/// Not for methods that return a primitive and not for `suspend` functions (a call of them fails
/// and says what to do); without effect on abstract methods and on Kotlin callers of `inline`
/// functions (a warning says so). Calls that were under way when the first tensor was made stay as
/// they were.
///
/// It takes instrumentation of the running program; see decision 005 for how Merapi comes by it and
/// `tf.function(f)` for what works without.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface GraphFunction {
  /// The name under which the function is printed and saved; empty: the method's.
  String name() default "";

  /// Whether to trace with unknown sizes when only sizes of arguments have changed.
  boolean reduceRetracing() default false;

  /// What the tensor arguments are, in their order, for example `"float32[?, 784]"`; empty:
  /// whatever they are called with.
  String[] signature() default {};

  /// Whether `if`, `while` and `for` over tensors become part of the graph.
  boolean autograph() default true;
}
