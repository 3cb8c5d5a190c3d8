package dev.merapi.graph;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Functions applied along the first axis of structures of tensors: to each row, or to a row and
/// what came out of the rows before.
///
/// In a trace one loop is written, which takes the rows off a list and puts its results on others;
/// elsewhere the rows are visited one by one.
public final class Folds {
  private static final OpRef UNPACK = OpRef.to("Unpack");
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef REVERSE = OpRef.to("ReverseV2");
  private static final OpRef SHAPE = OpRef.to("Shape");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef LESS = OpRef.to("Less");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef EMPTY = OpRef.to("EmptyTensorList");
  private static final OpRef FROM = OpRef.to("TensorListFromTensor");
  private static final OpRef POP = OpRef.to("TensorListPopBack");
  private static final OpRef PUSH = OpRef.to("TensorListPushBack");
  private static final OpRef STACK = OpRef.to("TensorListStack");

  private Folds() {}

  /// What one row gives: the next state, and what is collected.
  private record Row(@Nullable Object state, @Nullable Object result) {}

  private interface Step {
    Row apply(@Nullable Object state, @Nullable Object row);
  }

  /// Returns what `f` makes of each row, stacked.
  public static Object mapFn(Function<Object, ?> f, Object elems) {
    return over("tf.mapFn", elems, null, false, (s, row) -> new Row(null, f.apply(row))).result();
  }

  /// Returns all intermediate states, stacked: of the state before and a row `f` makes the next.
  ///
  /// @param initializer the first state; null for the first row itself
  public static Object scan(
      BiFunction<Object, Object, ?> f,
      Object elems,
      @Nullable Object initializer,
      boolean reverse) {
    return folded("tf.scan", f, elems, initializer, reverse, true);
  }

  /// Returns the last state.
  public static Object fold(
      BiFunction<Object, Object, ?> f,
      Object elems,
      @Nullable Object initializer,
      boolean reverse) {
    return folded(reverse ? "tf.foldr" : "tf.foldl", f, elems, initializer, reverse, false);
  }

  private static Object folded(
      String api,
      BiFunction<Object, Object, ?> f,
      Object elems,
      @Nullable Object initializer,
      boolean reverse,
      boolean all) {
    Step step =
        (s, row) -> {
          Object next = f.apply(s, row);
          return new Row(next, all ? next : null);
        };
    if (initializer != null) {
      Row r = over(api, elems, tensors(initializer), reverse, step);
      return all ? r.result() : r.state();
    }
    // The first row is the first state.
    Object whole = tensors(elems);
    int n = rows(api, Nest.tensors(whole));
    if (n == 0) {
      throw Message.what(api + ": there is no row to start with")
          .fix("give an initializer")
          .valueError();
    }
    Object first = Nest.map(whole, (x, path) -> part(x, reverse ? -1 : 0));
    Object rest = Nest.map(whole, (x, path) -> rest(x, reverse));
    Row r = over(api, rest, first, reverse, step);
    return all ? Nest.map(r.result(), joined(Nest.tensors(first), reverse)) : r.state();
  }

  private static Nest.Step joined(List<Tensor> first, boolean reverse) {
    OpRef concat = OpRef.to("ConcatV2");
    OpRef expand = OpRef.to("ExpandDims");
    int[] at = {0};
    return (x, path) -> {
      if (!(x instanceof Tensor t)) {
        return x;
      }
      Tensor one = expand.of(first.get(at[0]++), Values.scalar(0));
      return reverse ? concat.of(t, one, Values.scalar(0)) : concat.of(one, t, Values.scalar(0));
    };
  }

  private static @Nullable Object part(@Nullable Object x, int i) {
    if (!(x instanceof Tensor t)) {
      return x;
    }
    Tensor at = i < 0 ? OpRef.to("Sub").of(count(t), Values.scalar(1)) : Values.scalar(i);
    return GATHER.of(t, at, Values.scalar(0));
  }

  private static @Nullable Object rest(@Nullable Object x, boolean butLast) {
    if (!(x instanceof Tensor t)) {
      return x;
    }
    Tensor all = OpRef.to("Range").of(Values.scalar(0), count(t), Values.scalar(1));
    OpRef slice = OpRef.to("Slice");
    Tensor some =
        butLast
            ? slice.of(
                all,
                Values.ints(0),
                OpRef.to("ExpandDims")
                    .of(OpRef.to("Sub").of(count(t), Values.scalar(1)), Values.scalar(0)))
            : slice.of(all, Values.ints(1), Values.ints(-1));
    return GATHER.of(t, some, Values.scalar(0));
  }

  /// Returns the number of rows as a tensor.
  private static Tensor count(Tensor t) {
    int n = t.shape().isRankKnown() ? t.shape().dim(0) : -1;
    return n >= 0 ? Values.scalar(n) : GATHER.of(SHAPE.of(t), Values.scalar(0), Values.scalar(0));
  }

  private static @Nullable Object tensors(@Nullable Object structure) {
    return Nest.map(
        structure,
        (leaf, path) ->
            leaf instanceof Tensor || leaf == null
                ? leaf
                : leaf instanceof TensorLike
                        || leaf instanceof Number
                        || leaf instanceof Boolean
                        || leaf.getClass().isArray()
                    ? Literals.of(leaf)
                    : leaf);
  }

  /// Returns the number of rows that all tensors have, -1 when it is not known.
  private static int rows(String api, List<Tensor> elems) {
    int n = -1;
    for (Tensor t : elems) {
      if (t.shape().isRankKnown() && t.rank() == 0) {
        throw Message.what(api + ": elems must be at least 1-dimensional, got shape ()")
            .given(elems.toString())
            .expected("tensors with a first axis")
            .shapeError();
      }
      int m = t.shape().isRankKnown() ? t.shape().dim(0) : -1;
      if (n >= 0 && m >= 0 && n != m) {
        throw Message.what(api + ": the first axes have sizes " + n + " and " + m)
            .given(elems.toString())
            .expected("one number of rows")
            .shapeError();
      }
      n = Math.max(n, m);
    }
    if (elems.isEmpty()) {
      throw Message.what(api + ": there is no tensor in elems")
          .expected("at least one")
          .valueError();
    }
    return n;
  }

  private static Row over(
      String api, Object elems, @Nullable Object state, boolean reverse, Step step) {
    Object whole = tensors(elems);
    List<Tensor> in = Nest.tensors(whole);
    int n = rows(api, in);
    return Tracer.current() == null && n > 0
        ? visited(whole, in, n, state, reverse, step)
        : written(whole, in, n, state, reverse, step);
  }

  private static @Nullable Object packed(@Nullable Object like, List<Tensor> values) {
    int[] at = {0};
    return Nest.map(like, (leaf, path) -> leaf instanceof Tensor ? values.get(at[0]++) : leaf);
  }

  private static Row visited(
      Object whole, List<Tensor> in, int n, @Nullable Object state, boolean reverse, Step step) {
    List<Tensor[]> rows = new ArrayList<>();
    for (Tensor t : in) {
      rows.add(UNPACK.all(UNPACK.attrs("num", n, "axis", 0), t));
    }
    @Nullable Object now = state;
    @Nullable Object like = null;
    List<List<Tensor>> results = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int at = reverse ? n - 1 - i : i;
      Row r = step.apply(now, packed(whole, rows.stream().map(x -> x[at]).toList()));
      now = tensors(r.state());
      like = tensors(r.result());
      results.add(Nest.tensors(like));
    }
    if (reverse) {
      Collections.reverse(results);
    }
    List<Tensor> stacked = new ArrayList<>();
    for (int k = 0; k < results.get(0).size(); k++) {
      int j = k;
      stacked.add(
          PACK.with(
              PACK.attrs("axis", 0), results.stream().map(r -> r.get(j)).toArray(Tensor[]::new)));
    }
    return new Row(now, packed(like, stacked));
  }

  /// The loop variables of a written loop.
  private record Vars(Tensor i, @Nullable Object state, List<Tensor> rows, List<Tensor> results) {}

  private static Row written(
      Object whole, List<Tensor> in, int n, @Nullable Object state, boolean reverse, Step step) {
    // The code runs once, in a trace of its own; the loop's body writes that trace again.
    Traced row = traced(whole, in, state, step);
    List<Spec> each = row.results();
    List<Tensor> rows = new ArrayList<>();
    for (Tensor x : in) {
      // Rows are taken off the end.
      Tensor turned = reverse ? x : REVERSE.of(x, Values.ints(0));
      rows.add(FROM.with(FROM.attrs("element_dtype", x.dtype()), turned, Values.scalar(-1)));
    }
    List<Tensor> results = new ArrayList<>();
    for (Spec s : each) {
      results.add(
          EMPTY.with(EMPTY.attrs("element_dtype", s.dtype()), shape(s.shape()), Values.scalar(-1)));
    }
    Tensor count = n >= 0 ? Values.scalar(n) : count(in.get(0));
    Vars out =
        Flow.whileLoop(
            v -> LESS.of(v.i(), count),
            v -> next(in, row, v),
            new Vars(Values.scalar(0), state, rows, results),
            null,
            -1);
    List<Tensor> stacked = new ArrayList<>();
    for (int k = 0; k < each.size(); k++) {
      Spec s = each.get(k);
      Tensor y =
          STACK.with(
              STACK.attrs("element_dtype", s.dtype(), "num_elements", n),
              out.results().get(k),
              shape(s.shape()));
      stacked.add(reverse ? REVERSE.of(y, Values.ints(0)) : y);
    }
    return new Row(out.state(), packed(row.like(), stacked));
  }

  /// What happens to one row, as a graph.
  ///
  /// @param graph takes rows, then states; gives states, then results
  /// @param like the structure of what is collected
  private record Traced(Graph graph, @Nullable Object like, int states) {
    List<Spec> results() {
      return graph.outputs().stream().skip(states).map(Tensor::spec).toList();
    }
  }

  private static Traced traced(Object whole, List<Tensor> in, @Nullable Object state, Step step) {
    try (Tracer t = Tracer.open("row")) {
      List<Tensor> rows = new ArrayList<>();
      for (Tensor x : in) {
        rows.add(t.input("row", rowOf(x)));
      }
      List<Tensor> before = new ArrayList<>();
      for (Tensor s : Nest.tensors(state)) {
        before.add(t.input("state", s));
      }
      Row r = step.apply(packed(state, before), packed(whole, rows));
      Object after = state == null ? null : tensors(r.state());
      List<Tensor> outputs = new ArrayList<>(Nest.tensors(after));
      if (outputs.size() != before.size()) {
        throw Message.what(
                "tf.scan: the function returns "
                    + outputs.size()
                    + " tensors for a state of "
                    + before.size())
            .given("state " + before + " · returned " + outputs)
            .expected("the same nested structure")
            .valueError();
      }
      Object like = tensors(r.result());
      outputs.addAll(Nest.tensors(like));
      return new Traced(t.finish(outputs), like, before.size());
    }
  }

  private static Vars next(List<Tensor> in, Traced row, Vars v) {
    List<Tensor> args = new ArrayList<>();
    List<Tensor> left = new ArrayList<>();
    for (int k = 0; k < in.size(); k++) {
      Spec s = rowOf(in.get(k));
      Tensor[] both =
          POP.all(POP.attrs("element_dtype", s.dtype()), v.rows().get(k), shape(s.shape()));
      left.add(both[0]);
      args.add(both[1]);
    }
    args.addAll(Nest.tensors(v.state()));
    for (Graph.Capture c : row.graph().captures()) {
      args.add(c.outer());
    }
    List<Tensor> out = List.of(row.graph().replay(args.toArray(Tensor[]::new)));
    List<Tensor> results = new ArrayList<>();
    for (int k = 0; k < v.results().size(); k++) {
      Tensor made = out.get(row.states() + k);
      results.add(PUSH.with(PUSH.attrs("element_dtype", made.dtype()), v.results().get(k), made));
    }
    return new Vars(
        ADD.of(v.i(), Values.scalar(1)),
        packed(v.state(), out.subList(0, row.states())),
        left,
        results);
  }

  private static Spec rowOf(Tensor x) {
    if (!x.shape().isRankKnown()) {
      return x.spec();
    }
    int[] d = x.shape().dims();
    return x.spec().withShape(Shape.of(Arrays.copyOfRange(d, 1, d.length)));
  }

  private static Tensor shape(Shape s) {
    return s.isRankKnown() ? Values.ints(s.dims()) : Values.scalar(-1);
  }
}
