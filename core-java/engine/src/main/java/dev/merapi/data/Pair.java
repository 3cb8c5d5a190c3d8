package dev.merapi.data;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Two things that belong together in one element of a dataset, such as an example and its label.
///
/// Kotlin takes pairs apart by itself: `ds.map { (x, y) -> … }`. In Java [#spread] does:
/// `ds.map(Pair.spread((x, y) -> Pair.of(tf.divide(x, 255f), y)))`.
public record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {

  public static <A extends @Nullable Object, B extends @Nullable Object> Pair<A, B> of(
      A first, B second) {
    return new Pair<>(first, second);
  }

  /// Makes a function of two arguments one of pairs.
  public static <A, B, R> Function<Pair<A, B>, R> spread(
      BiFunction<? super A, ? super B, ? extends R> f) {
    return p -> f.apply(p.first, p.second);
  }

  /// Returns [#first()], under the name by which Kotlin takes values apart.
  public A component1() {
    return first;
  }

  /// Returns [#second()], under the name by which Kotlin takes values apart.
  public B component2() {
    return second;
  }

  @Override
  public String toString() {
    return "(" + first + ", " + second + ")";
  }
}
