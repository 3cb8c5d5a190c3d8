package dev.merapi.graph;

import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.say.Message;
import dev.merapi.say.Where;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Writes branches and loops into the graph that is being traced, from graphs that were traced
/// inside it.
///
/// What the inner graphs captured becomes inputs of the operation, the same for all of them and in
/// the same order.
public final class Control {
  private Control() {}

  /// Writes a choice between two graphs and returns its results.
  ///
  /// Both graphs were traced with [Tracer#open] inside the current trace and have no inputs but
  /// captures. Fails: `ValueError` or `TypeError` naming the outputs that do not pair.
  public static Tensor[] emitIf(Tensor pred, Graph then, Graph otherwise) {
    Tensor p = scalar(pred, "tf.cond: the condition");
    paired(then, otherwise);
    List<Tensor> inputs = unified(then, otherwise);
    return emit(
        stateful("If", then, otherwise),
        joined(p, inputs),
        "Tin",
        types(inputs),
        "Tout",
        types(then.outputs()),
        "then_branch",
        then,
        "else_branch",
        otherwise);
  }

  /// Writes a choice by number and returns its results; another number means the last graph.
  public static Tensor[] emitCase(Tensor index, Graph... branches) {
    if (branches.length == 0) {
      throw Message.what("tf.switchCase: there is no branch").expected("at least one").valueError();
    }
    for (Graph b : branches) {
      paired(branches[0], b);
    }
    List<Tensor> inputs = unified(branches);
    return emit(
        stateful("Case", branches),
        joined(index, inputs),
        "Tin",
        types(inputs),
        "Tout",
        types(branches[0].outputs()),
        "branches",
        branches);
  }

  /// Writes a loop and returns the loop variables after it.
  ///
  /// Both graphs were traced inside the current trace and declare the loop variables as inputs. An
  /// input may know less of its shape than the first value. Fails: `ShapeError` naming the variable
  /// and both shapes when an iteration does not give what the input promises, `TypeError`,
  /// `ValueError`.
  public static Tensor[] emitWhile(Graph cond, Graph body, Tensor[] init) {
    int n = init.length;
    if (cond.params() != n || body.params() != n || body.outputs().size() != n) {
      throw Message.what(
              "tf.whileLoop: the body gives "
                  + body.outputs().size()
                  + " values for "
                  + n
                  + " loop variables")
          .given(
              "condition '"
                  + cond.name()
                  + "' takes "
                  + cond.params()
                  + ", body '"
                  + body.name()
                  + "' takes "
                  + body.params())
          .expected("one value for each loop variable")
          .valueError();
    }
    if (cond.outputs().size() != 1) {
      throw Message.what("tf.whileLoop: the condition gives " + cond.outputs().size() + " values")
          .expected("one truth value")
          .valueError();
    }
    scalar(cond.outputs().get(0), "tf.whileLoop: the condition");
    for (int i = 0; i < n; i++) {
      Tensor in = body.inputs().get(i);
      stays(Symbol.node(in).name(), init[i].spec(), in.spec(), body.outputs().get(i).spec());
    }
    return emitLoop(cond, body, init);
  }

  /// Writes a loop of which it is known that every iteration gives what the inputs promise.
  static Tensor[] emitLoop(Graph cond, Graph body, Tensor[] init) {
    int n = init.length;
    List<Tensor> invariants = unified(cond, body);
    // An invariant comes out as it went in.
    List<Tensor> results = new ArrayList<>(body.outputs());
    results.addAll(body.inputs().subList(n, body.inputs().size()));
    body.close(results);
    List<Tensor> inputs = Stream.concat(Stream.of(init), invariants.stream()).toList();
    Tensor[] out =
        emit(
            stateful("While", cond, body),
            inputs.toArray(Tensor[]::new),
            "T",
            types(inputs),
            "cond",
            cond,
            "body",
            body);
    return Arrays.copyOf(out, n);
  }

  /// Refuses a loop variable that does not keep its type and shape.
  private static void stays(String name, Spec first, Spec invariant, Spec next) {
    if (first.dtype() != next.dtype()) {
      throw Message.what(
              "tf.whileLoop: '"
                  + name
                  + "' has dtype "
                  + first.dtype()
                  + " before the loop, but dtype "
                  + next.dtype()
                  + " after one iteration")
          .expected("one element type for all iterations")
          .fix("convert the first value, or what the body gives, with tf.cast")
          .typeError();
    }
    if (!covers(invariant.shape(), first.shape())) {
      throw Message.what(
              "tf.whileLoop: the shape invariant specified for '"
                  + name
                  + "' is not compatible with the initial shape of the loop variable. It enters the"
                  + " loop with shape "
                  + first.shape()
                  + ", but the specified shape invariant is "
                  + invariant.shape())
          .expected("a shape that holds for the first value too")
          .shapeError();
    }
    if (!covers(invariant.shape(), next.shape())) {
      throw Message.what(
              "tf.whileLoop: input tensor '"
                  + name
                  + "' enters the loop with shape "
                  + invariant.shape()
                  + ", but has shape "
                  + next.shape()
                  + " after one iteration. To allow the shape to vary across iterations, use the"
                  + " `shapeInvariants` argument")
          .given(name + " " + first + " · after one iteration " + next)
          .expected("shape " + invariant.shape())
          .fix("give shapeInvariants with -1 for the axes that change")
          .shapeError();
    }
  }

  /// Tells whether every value of shape `narrow` has shape `wide`.
  static boolean covers(Shape wide, Shape narrow) {
    if (!wide.isRankKnown()) {
      return true;
    }
    if (!narrow.isRankKnown() || narrow.rank() != wide.rank()) {
      return false;
    }
    for (int i = 0; i < wide.rank(); i++) {
      if (wide.dim(i) >= 0 && wide.dim(i) != narrow.dim(i)) {
        return false;
      }
    }
    return true;
  }

  static Tensor scalar(Tensor t, String what) {
    if (t.dtype() != DType.BOOL || t.shape().isRankKnown() && t.rank() != 0) {
      throw Message.what(what + " is no truth value")
          .given(t.spec().toString())
          .expected("a scalar of bool")
          .fix("compare, or fold with tf.reduceAll / tf.reduceAny")
          .typeError();
    }
    return t;
  }

  private static void paired(Graph a, Graph b) {
    int n = a.outputs().size();
    if (n != b.outputs().size()) {
      throw Message.what(
              "branches must return the same number of tensors: '"
                  + a.name()
                  + "' returns "
                  + n
                  + ", '"
                  + b.name()
                  + "' returns "
                  + b.outputs().size())
          .given(a.name() + " " + a.outputs() + " · " + b.name() + " " + b.outputs())
          .expected("values that pair up")
          .valueError();
    }
    for (int i = 0; i < n; i++) {
      Tensor x = a.outputs().get(i);
      Tensor y = b.outputs().get(i);
      if (x.dtype() != y.dtype()) {
        throw Message.what(
                "output "
                    + i
                    + " is "
                    + x.dtype()
                    + " in branch '"
                    + a.name()
                    + "' but "
                    + y.dtype()
                    + " in branch '"
                    + b.name()
                    + "'")
            .given(
                x.storage().symbol()
                    + " "
                    + x.spec()
                    + " · "
                    + y.storage().symbol()
                    + " "
                    + y.spec())
            .expected("one element type from every branch")
            .fix("convert one with tf.cast(x, …)")
            .typeError();
      }
    }
  }

  /// Gives all graphs the same captures in the same order; returns what is captured.
  private static List<Tensor> unified(Graph... graphs) {
    Map<Tensor, Boolean> seen = new IdentityHashMap<>();
    List<Tensor> outers = new ArrayList<>();
    for (Graph g : graphs) {
      for (Graph.Capture c : g.captures()) {
        if (seen.put(c.outer(), true) == null) {
          outers.add(c.outer());
        }
      }
    }
    for (Graph g : graphs) {
      Builder b = null;
      for (Tensor t : outers) {
        if (g.capture(t) == null) {
          b = b == null ? Builder.reopen(g) : b;
          b.capture(t, "unused");
        }
      }
      if (b != null) {
        b.finish(g.outputs());
      }
      g.order(outers);
    }
    return outers;
  }

  private static OpDef stateful(String name, Graph... bodies) {
    for (Graph g : bodies) {
      if (g.isStateful()) {
        return Registry.find(name);
      }
    }
    return Registry.find("Stateless" + name);
  }

  private static Tensor[] joined(Tensor first, List<Tensor> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toArray(Tensor[]::new);
  }

  static DType[] types(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::dtype).toArray(DType[]::new);
  }

  private static Tensor[] emit(OpDef op, Tensor[] in, Object... attrs) {
    Tracer t = Tracer.current();
    if (t == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: "
              + op.name()
              + " written outside a trace, at "
              + Where.userLine());
    }
    Attrs a = op.attrs(attrs);
    return t.run(op, a, in);
  }
}
