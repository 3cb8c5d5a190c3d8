package dev.merapi.function;

import org.jspecify.annotations.Nullable;

/// A function of three arguments.
@FunctionalInterface
public interface Fn3<A, B, C, R extends @Nullable Object> {
  R apply(A a, B b, C c);
}
