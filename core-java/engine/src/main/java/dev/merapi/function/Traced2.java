package dev.merapi.function;

import org.jspecify.annotations.Nullable;

/// A function of two arguments that runs as a graph.
///
/// @param function what counts, explains and shows its traces
public record Traced2<A, B, R extends @Nullable Object>(Function function)
    implements java.util.function.BiFunction<A, B, R> {

  @Override
  @SuppressWarnings("unchecked")
  public R apply(A a, B b) {
    return (R) function.call(new @Nullable Object[] {a, b});
  }
}
