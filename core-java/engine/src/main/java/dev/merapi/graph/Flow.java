package dev.merapi.graph;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Branches and loops over structures of tensors, as functions of the program.
///
/// In a trace they write one operation whose graphs are the traced bodies; elsewhere they just run.
public final class Flow {
  private static final OpRef LESS = OpRef.to("Less");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef AND = OpRef.to("LogicalAnd");

  private Flow() {}

  /// What a body returned in its trace: the structure, and its leaves with host values in it.
  private record Result(Tracer tracer, @Nullable Object structure, List<@Nullable Object> leaves) {}

  /// Runs one of two bodies.
  ///
  /// `pred` is a truth value or a scalar tensor of bool. Both bodies return the same structure.
  public static <R extends @Nullable Object> R cond(
      Object pred, Supplier<? extends R> then, Supplier<? extends R> otherwise) {
    Object p = pred instanceof TensorLike l ? l.asTensor() : pred;
    if (p instanceof Boolean b) {
      return b ? then.get() : otherwise.get();
    }
    if (!(p instanceof Tensor t)) {
      throw Message.what("tf.cond: the condition is no truth value")
          .given(String.valueOf(pred))
          .expected("a bool or a scalar tensor of bool")
          .typeError();
    }
    Control.scalar(t, "tf.cond: the condition");
    if (!t.isSymbolic()) {
      return t.booleanValue() ? then.get() : otherwise.get();
    }
    return written(
        "tf.cond",
        g -> Control.emitIf(t, g[0], g[1]),
        List.of("cond_true", "cond_false"),
        List.of(then, otherwise));
  }

  /// Runs the body with the given number; the last one for any other number.
  public static <R extends @Nullable Object> R switchCase(
      Object index, List<? extends Supplier<? extends R>> bodies) {
    Tensor i =
        Literals.of(
            index, index instanceof Tensor || index instanceof TensorLike ? null : DType.I32);
    if (i.dtype() != DType.I32 || i.shape().isRankKnown() && i.rank() != 0 || bodies.isEmpty()) {
      throw Message.what(
              "tf.switchCase: branch_index must be a scalar of int32, and there must be"
                  + " a branch")
          .given("index " + i.spec() + " · " + bodies.size() + " branches")
          .typeError();
    }
    if (!i.isSymbolic()) {
      int k = i.intValue();
      return bodies.get(k < 0 || k >= bodies.size() ? bodies.size() - 1 : k).get();
    }
    List<String> names = new ArrayList<>();
    for (int k = 0; k < bodies.size(); k++) {
      names.add("branch_" + k);
    }
    return written("tf.switchCase", g -> Control.emitCase(i, g), names, bodies);
  }

  private static <R extends @Nullable Object> R written(
      String api,
      Function<Graph[], Tensor[]> emit,
      List<String> names,
      List<? extends Supplier<? extends R>> bodies) {
    List<Result> results = new ArrayList<>();
    for (int k = 0; k < bodies.size(); k++) {
      results.add(traced(names.get(k), bodies.get(k)));
    }
    Result first = results.get(0);
    for (Result r : results) {
      alike(api, names.get(0), first.structure, names.get(results.indexOf(r)), r.structure);
    }
    Graph[] graphs = new Graph[results.size()];
    for (int k = 0; k < graphs.length; k++) {
      List<Tensor> outputs = new ArrayList<>();
      for (int i = 0; i < first.leaves.size(); i++) {
        DType d = null;
        boolean any = false;
        for (Result r : results) {
          Object leaf = r.leaves.get(i);
          d = d == null && leaf instanceof Tensor t ? t.dtype() : d;
          any |= isValue(leaf);
        }
        Object leaf = results.get(k).leaves.get(i);
        if (any) {
          outputs.add(value(leaf, d));
        } else if (!Objects.equals(leaf, first.leaves.get(i))) {
          throw Message.what(api + ": the branches return different objects that are no tensors")
              .given(names.get(0) + " " + first.leaves.get(i) + " · " + names.get(k) + " " + leaf)
              .expected("tensors, numbers, or the same object from every branch")
              .typeError();
        }
      }
      graphs[k] = results.get(k).tracer.finish(outputs);
    }
    return packed(first, emit.apply(graphs));
  }

  private static <R extends @Nullable Object> R packed(Result r, Tensor[] out) {
    int[] at = {0};
    @SuppressWarnings("unchecked")
    R result = (R) Nest.map(r.structure, (leaf, path) -> isValue(leaf) ? out[at[0]++] : leaf);
    return result;
  }

  /// Runs a body in a trace of its own; the trace is finished later.
  private static Result traced(String name, Supplier<?> body) {
    try (Tracer t = Tracer.open(name)) {
      Object structure =
          Nest.map(body.get(), (leaf, path) -> leaf instanceof TensorLike l ? l.asTensor() : leaf);
      return new Result(t, structure, Nest.leaves(structure));
    }
  }

  /// Tells whether a leaf can become a tensor.
  private static boolean isValue(@Nullable Object leaf) {
    return leaf instanceof Tensor
        || leaf instanceof TensorLike
        || leaf instanceof Number
        || leaf instanceof Boolean
        || leaf instanceof String
        || leaf != null && leaf.getClass().isArray();
  }

  private static Tensor value(@Nullable Object leaf, @Nullable DType like) {
    if (leaf == null) {
      throw Message.what("a branch returns null where another one returns a tensor")
          .expected("a value from every branch")
          .valueError();
    }
    return leaf instanceof Tensor t ? t : Literals.of(leaf, like);
  }

  private static List<String> paths(@Nullable Object structure) {
    List<String> all = new ArrayList<>();
    Nest.map(
        structure,
        (leaf, path) -> {
          all.add(path);
          return leaf;
        });
    return all;
  }

  private static void alike(
      String api, String a, @Nullable Object x, String b, @Nullable Object y) {
    if (!paths(x).equals(paths(y))) {
      throw Message.what(api + ": '" + a + "' and '" + b + "' must have the same nested structure")
          .given(a + " returns " + paths(x) + " · " + b + " returns " + paths(y))
          .expected("lists, maps and records of the same form")
          .valueError();
    }
  }

  /// Runs `body` on the loop variables as long as `cond` holds, and returns them.
  ///
  /// The loop variables are any structure of tensors, variables and numbers. Fails: `ShapeError`
  /// naming the variable and both shapes when an iteration changes a shape that `shapeInvariants`
  /// does not leave open.
  ///
  /// @param shapeInvariants a structure of shapes like the variables, null in it or at all for the
  ///   shapes of the first values
  /// @param maximumIterations how often the body runs at most; -1 for no limit
  public static <S> S whileLoop(
      Function<? super S, ?> cond,
      Function<? super S, ? extends S> body,
      S vars,
      @Nullable Object shapeInvariants,
      int maximumIterations) {
    S first = tensors(vars);
    boolean symbolic = Tracer.current() != null;
    return symbolic
        ? writtenLoop(cond, body, first, shapeInvariants, maximumIterations)
        : run(cond, body, first, maximumIterations);
  }

  @SuppressWarnings("unchecked")
  private static <S> S tensors(S structure) {
    return (S) Nest.map(structure, (leaf, path) -> isValue(leaf) ? value(leaf, null) : leaf);
  }

  private static <S> S run(
      Function<? super S, ?> cond, Function<? super S, ? extends S> body, S vars, int most) {
    S now = vars;
    for (int n = 0; (most < 0 || n < most) && holds(cond.apply(now)); n++) {
      S next = tensors(body.apply(now));
      alike("tf.whileLoop", "the loop variables", now, "the body", next);
      now = next;
    }
    return now;
  }

  private static boolean holds(Object answer) {
    return answer instanceof Boolean b
        ? b
        : Control.scalar(Literals.of(answer), "tf.whileLoop: the condition").booleanValue();
  }

  private static <S> S writtenLoop(
      Function<? super S, ?> cond,
      Function<? super S, ? extends S> body,
      S vars,
      @Nullable Object shapeInvariants,
      int most) {
    List<String> names = new ArrayList<>();
    List<Tensor> init = new ArrayList<>();
    Nest.map(
        vars,
        (leaf, path) -> {
          if (leaf instanceof Tensor t) {
            init.add(t);
            names.add(("loop_var" + path).replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("_$", ""));
          }
          return leaf;
        });
    List<Spec> specs = specs(init, shapeInvariants);
    boolean counted = most >= 0;
    if (counted) {
      init.add(Values.scalar(0));
      names.add("iterations");
      specs.add(Spec.of(DType.I32));
    }
    Graph test;
    try (Tracer t = Tracer.open("while_cond")) {
      List<Tensor> in = inputs(t, names, specs);
      Tensor yes = Literals.of(cond.apply(packed(vars, in)));
      Control.scalar(yes, "tf.whileLoop: the condition");
      test = t.finish(List.of(counted ? AND.of(LESS.of(last(in), Values.scalar(most)), yes) : yes));
    }
    Graph step;
    try (Tracer t = Tracer.open("while_body")) {
      List<Tensor> in = inputs(t, names, specs);
      S given = packed(vars, in);
      S next = body.apply(given);
      alike("tf.whileLoop", "the loop variables", given, "the body", next);
      List<Tensor> out = new ArrayList<>();
      List<@Nullable Object> before = Nest.leaves(given);
      List<@Nullable Object> after = Nest.leaves(next);
      for (int i = 0; i < before.size(); i++) {
        if (before.get(i) instanceof Tensor x) {
          out.add(value(after.get(i), x.dtype()));
        } else if (!Objects.equals(before.get(i), after.get(i))) {
          throw Message.what("tf.whileLoop: a loop variable that is no tensor changes")
              .given("before " + before.get(i) + " · after one iteration " + after.get(i))
              .expected("tensors, or the same object in all iterations")
              .typeError();
        }
      }
      if (counted) {
        out.add(ADD.of(last(in), Values.scalar(1)));
      }
      step = t.finish(out);
    }
    Tensor[] out = Control.emitWhile(test, step, init.toArray(Tensor[]::new));
    return packed(vars, List.of(out));
  }

  private static Tensor last(List<Tensor> all) {
    return all.get(all.size() - 1);
  }

  private static List<Tensor> inputs(Tracer t, List<String> names, List<Spec> specs) {
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      all.add(t.input(names.get(i), specs.get(i)));
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static <S> S packed(S like, List<Tensor> values) {
    int[] at = {0};
    return (S) Nest.map(like, (leaf, path) -> leaf instanceof Tensor ? values.get(at[0]++) : leaf);
  }

  private static List<Spec> specs(List<Tensor> init, @Nullable Object shapeInvariants) {
    List<Spec> all = new ArrayList<>();
    List<@Nullable Object> shapes =
        shapeInvariants == null ? List.of() : Nest.leaves(shapeInvariants);
    if (shapeInvariants != null && shapes.size() != init.size()) {
      throw Message.what(
              "tf.whileLoop: shapeInvariants has "
                  + shapes.size()
                  + " shapes for "
                  + init.size()
                  + " loop variables")
          .expected("the structure of the loop variables")
          .valueError();
    }
    for (int i = 0; i < init.size(); i++) {
      Spec s = init.get(i).spec();
      Object given = shapes.isEmpty() ? null : shapes.get(i);
      all.add(
          given instanceof Shape shape
              ? s.withShape(shape)
              : given instanceof Spec like ? s.withShape(like.shape()) : s);
    }
    return all;
  }
}
