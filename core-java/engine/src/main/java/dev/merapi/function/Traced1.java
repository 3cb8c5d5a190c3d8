package dev.merapi.function;

import org.jspecify.annotations.Nullable;

/// A function of one argument that runs as a graph.
///
/// @param function what counts, explains and shows its traces
public record Traced1<A, R extends @Nullable Object>(Function function)
    implements java.util.function.Function<A, R> {

  @Override
  @SuppressWarnings("unchecked")
  public R apply(A a) {
    return (R) function.call(new @Nullable Object[] {a});
  }
}
