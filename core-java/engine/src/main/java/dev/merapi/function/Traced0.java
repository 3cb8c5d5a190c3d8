package dev.merapi.function;

import org.jspecify.annotations.Nullable;

/// A function of no argument that runs as a graph.
///
/// @param function what counts, explains and shows its traces
public record Traced0<R extends @Nullable Object>(Function function)
    implements java.util.function.Supplier<R> {

  @Override
  @SuppressWarnings("unchecked")
  public R get() {
    return (R) function.call();
  }
}
