package dev.merapi.facade;

import dev.merapi.function.autograph.Rows;
import dev.merapi.graph.Flow;
import dev.merapi.graph.Folds;
import dev.merapi.op.Literals;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Branches and loops that depend on tensors. In a `tf.function` they become part of the graph,
/// elsewhere they just run.
public abstract class ControlApi extends ComposedApi {
  protected ControlApi() {}

  /// Returns `trueFn()` if the condition holds, else `falseFn()`.
  ///
  /// In a graph both are traced and one is run. They return the same structure: a tensor, or lists,
  /// maps and records of tensors; a number beside a tensor takes its element type. What they assign
  /// to variables happens only in the branch that is run. Fails: `TypeError` when `pred` is no
  /// scalar of bool or the branches' types differ, `ValueError` when their structures differ.
  public static <R extends @Nullable Object> R cond(
      Object pred, Supplier<? extends R> trueFn, Supplier<? extends R> falseFn) {
    return Flow.cond(pred, trueFn, falseFn);
  }

  /// Runs `body` on the loop variables as long as `cond` holds, and returns them.
  ///
  /// `loopVars` is a tensor or any structure of tensors, variables and numbers; `body` returns the
  /// same structure. Types and shapes stay what they are before the loop. Fails: `ShapeError` or
  /// `TypeError` naming the variable that does not.
  public static <S> S whileLoop(
      Function<? super S, ?> cond, Function<? super S, ? extends S> body, S loopVars) {
    return Flow.whileLoop(cond, body, loopVars, null, -1);
  }

  /// Does the same with shapes that may change.
  ///
  /// @param shapeInvariants a structure of shapes like the loop variables, -1 for axes that change;
  ///   null keeps all
  public static <S> S whileLoop(
      Function<? super S, ?> cond,
      Function<? super S, ? extends S> body,
      S loopVars,
      @Nullable Object shapeInvariants) {
    return Flow.whileLoop(cond, body, loopVars, shapeInvariants, -1);
  }

  /// Does the same, at most `maximumIterations` times.
  public static <S> S whileLoop(
      Function<? super S, ?> cond,
      Function<? super S, ? extends S> body,
      S loopVars,
      @Nullable Object shapeInvariants,
      int maximumIterations) {
    return Flow.whileLoop(cond, body, loopVars, shapeInvariants, maximumIterations);
  }

  /// Returns what the branch with the given number returns; the last one for any other number.
  public static <R extends @Nullable Object> R switchCase(
      Object branchIndex, List<? extends Supplier<? extends R>> branchFns) {
    return Flow.switchCase(branchIndex, branchFns);
  }

  /// Returns what the first branch whose condition holds returns, else what `otherwise` does.
  public static <R extends @Nullable Object> R caseOf(
      List<? extends Map.Entry<?, ? extends Supplier<? extends R>>> branches,
      Supplier<? extends R> otherwise) {
    if (branches.isEmpty()) {
      return otherwise.get();
    }
    Map.Entry<?, ? extends Supplier<? extends R>> first = branches.get(0);
    return Flow.<R>cond(
        first.getKey(),
        first.getValue(),
        () -> caseOf(branches.subList(1, branches.size()), otherwise));
  }

  /// Goes over a tensor's first axis: `for (Tensor row : tf.iterate(x))`, `for (Tensor i :
  /// tf.iterate(tf.range(n)))`.
  ///
  /// In a `@GraphFunction` the `for` becomes one loop of the graph. Fails: `ShapeError` for a
  /// scalar.
  public static Iterable<Tensor> iterate(Object x) {
    return Rows.of(x instanceof TensorLike t ? t : Literals.of(x));
  }

  /// Returns what `fn` makes of each row of a tensor, stacked along a new first axis.
  ///
  /// `elems` may be a structure of tensors with equally many rows: then `fn` takes one row of each,
  /// nested in the same way. What `fn` returns may be a structure too.
  @SuppressWarnings("unchecked")
  public static <E, R> R mapFn(Function<? super E, ? extends R> fn, E elems) {
    return (R) Folds.mapFn(x -> fn.apply((E) x), elems);
  }

  /// Returns all sums, products or other states on the way: of the state before and a row `fn`
  /// makes the next. The first state is the first row.
  public static Tensor scan(BiFunction<Tensor, Tensor, ?> fn, Tensor elems) {
    return (Tensor) Folds.scan((s, x) -> fn.apply((Tensor) s, (Tensor) x), elems, null, false);
  }

  /// Does the same from a first state, which is not part of the result.
  ///
  /// States and rows may be structures; `fn` returns a structure like `initializer`.
  @SuppressWarnings("unchecked")
  public static <S, E> S scan(
      BiFunction<? super S, ? super E, ? extends S> fn, E elems, S initializer) {
    return (S) Folds.scan((s, x) -> fn.apply((S) s, (E) x), elems, initializer, false);
  }

  /// @param reverse whether the last row comes first
  @SuppressWarnings("unchecked")
  public static <S, E> S scan(
      BiFunction<? super S, ? super E, ? extends S> fn,
      E elems,
      @Nullable S initializer,
      boolean reverse) {
    return (S) Folds.scan((s, x) -> fn.apply((S) s, (E) x), elems, initializer, reverse);
  }

  /// Returns the last state of [#scan], from the first row to the last.
  public static Tensor foldl(BiFunction<Tensor, Tensor, ?> fn, Tensor elems) {
    return (Tensor) Folds.fold((s, x) -> fn.apply((Tensor) s, (Tensor) x), elems, null, false);
  }

  @SuppressWarnings("unchecked")
  public static <S, E> S foldl(
      BiFunction<? super S, ? super E, ? extends S> fn, E elems, S initializer) {
    return (S) Folds.fold((s, x) -> fn.apply((S) s, (E) x), elems, initializer, false);
  }

  /// Returns the last state of [#scan], from the last row to the first.
  public static Tensor foldr(BiFunction<Tensor, Tensor, ?> fn, Tensor elems) {
    return (Tensor) Folds.fold((s, x) -> fn.apply((Tensor) s, (Tensor) x), elems, null, true);
  }

  @SuppressWarnings("unchecked")
  public static <S, E> S foldr(
      BiFunction<? super S, ? super E, ? extends S> fn, E elems, S initializer) {
    return (S) Folds.fold((s, x) -> fn.apply((S) s, (E) x), elems, initializer, true);
  }
}
