package dev.merapi.data;

import dev.merapi.function.Fn3;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Three things that belong together in one element of a dataset, such as an example, its label and
/// its weight.
public record Triple<
    A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>(
    A first, B second, C third) {

  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      Triple<A, B, C> of(A first, B second, C third) {
    return new Triple<>(first, second, third);
  }

  /// Makes a function of three arguments one of triples.
  public static <A, B, C, R> Function<Triple<A, B, C>, R> spread(Fn3<A, B, C, R> f) {
    return t -> f.apply(t.first, t.second, t.third);
  }

  /// Returns [#first()], under the name by which Kotlin takes values apart.
  public A component1() {
    return first;
  }

  /// Returns [#second()], under the name by which Kotlin takes values apart.
  public B component2() {
    return second;
  }

  /// Returns [#third()], under the name by which Kotlin takes values apart.
  public C component3() {
    return third;
  }

  @Override
  public String toString() {
    return "(" + first + ", " + second + ", " + third + ")";
  }
}
