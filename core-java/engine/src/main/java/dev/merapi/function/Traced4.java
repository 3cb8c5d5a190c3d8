package dev.merapi.function;

import org.jspecify.annotations.Nullable;

/// A function of four arguments that runs as a graph.
///
/// @param function what counts, explains and shows its traces
public record Traced4<A, B, C, D, R extends @Nullable Object>(Function function)
    implements Fn4<A, B, C, D, R> {

  @Override
  @SuppressWarnings("unchecked")
  public R apply(A a, B b, C c, D d) {
    return (R) function.call(new @Nullable Object[] {a, b, c, d});
  }
}
