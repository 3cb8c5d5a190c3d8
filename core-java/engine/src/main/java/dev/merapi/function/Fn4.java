package dev.merapi.function;

import org.jspecify.annotations.Nullable;

/// A function of four arguments.
@FunctionalInterface
public interface Fn4<A, B, C, D, R extends @Nullable Object> {
  R apply(A a, B b, C c, D d);
}
