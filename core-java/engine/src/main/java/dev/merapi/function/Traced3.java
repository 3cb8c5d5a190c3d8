package dev.merapi.function;

import org.jspecify.annotations.Nullable;

/// A function of three arguments that runs as a graph.
///
/// @param function what counts, explains and shows its traces
public record Traced3<A, B, C, R extends @Nullable Object>(Function function)
    implements Fn3<A, B, C, R> {

  @Override
  @SuppressWarnings("unchecked")
  public R apply(A a, B b, C c) {
    return (R) function.call(new @Nullable Object[] {a, b, c});
  }
}
