package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.ALL;

import dev.merapi.kernel.cpu.ControlCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Body;
import dev.merapi.op.Call;
import dev.merapi.op.Gradient;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.List;

/// Branches, loops and calls: operations that run graphs. Each stands in two forms, of which the
/// one called stateless promises that its graphs draw, read and change nothing. Neighbours: ListOps
/// (lists of tensors that loops fill).
public final class ControlOps {
  /// Writes the gradients; found by name because it traces, and graphs have a room after this one.
  public interface Slopes extends Gradient {}

  private static final class TheSlopes {
    static final Slopes SLOPES = load();

    private static Slopes load() {
      try {
        return (Slopes)
            Class.forName("dev.merapi.graph.ControlGradients").getField("SLOPES").get(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("This is a bug in Merapi: no gradients of graphs", e);
      }
    }
  }

  private ControlOps() {}

  /// Declares the family.
  public static void load() {}

  /// Returns the shape of a value that has one of two shapes: axes that agree, others unknown.
  public static Shape union(Shape a, Shape b) {
    if (!a.isRankKnown() || !b.isRankKnown() || a.rank() != b.rank()) {
      return Shape.UNKNOWN;
    }
    int[] d = a.dims();
    for (int i = 0; i < d.length; i++) {
      d[i] = d[i] == b.dim(i) ? d[i] : Shape.UNKNOWN_SIZE;
    }
    return Shape.ofOwned(d);
  }

  /// Announces what comes out when one of several graphs runs on the inputs from `first` on.
  private static void either(Call c, int first, Body... bodies) {
    Spec[] all = null;
    for (Body b : bodies) {
      fits(c, first, b);
      Spec[] out = b.outputSpecs().clone();
      for (int i = 0; i < out.length; i++) {
        if (b.passed(i) >= 0) {
          out[i] = c.in(first + b.passed(i)).spec();
        }
      }
      if (all == null) {
        all = out;
        continue;
      }
      if (all.length != out.length) {
        throw c.fault(
                "graphs '"
                    + bodies[0].name()
                    + "' and '"
                    + b.name()
                    + "' give "
                    + all.length
                    + " and "
                    + out.length
                    + " values")
            .expected("as many values from every branch")
            .valueError();
      }
      for (int i = 0; i < out.length; i++) {
        if (all[i].dtype() != out[i].dtype()) {
          throw c.fault(
                  "output "
                      + i
                      + " is "
                      + all[i].dtype()
                      + " in graph '"
                      + bodies[0].name()
                      + "' and "
                      + out[i].dtype()
                      + " in graph '"
                      + b.name()
                      + "'")
              .expected("one element type from every branch")
              .fix("convert one with tf.cast(x, …)")
              .typeError();
        }
        all[i] = all[i].withShape(union(all[i].shape(), out[i].shape()));
      }
    }
    if (all == null) {
      throw c.fault("there is no branch").expected("at least one").valueError();
    }
    c.outs(all.length);
    for (int i = 0; i < all.length; i++) {
      c.out(i, all[i]);
    }
  }

  /// Refuses inputs that a graph does not take.
  private static void fits(Call c, int first, Body b) {
    Spec[] want = b.inputSpecs();
    if (want.length != c.ins() - first) {
      throw c.fault(
              "graph '"
                  + b.name()
                  + "' takes "
                  + want.length
                  + " values, "
                  + (c.ins() - first)
                  + " are given")
          .valueError();
    }
    for (int i = 0; i < want.length; i++) {
      Spec have = c.in(first + i).spec();
      if (have.dtype() != want[i].dtype()) {
        throw c.fault("input " + i + " of graph '" + b.name() + "' is " + have.dtype())
            .expected(want[i].toString())
            .typeError();
      }
      // Of values that exist the kernel looks at those that go into the graph it runs.
      if (c.in(i + first).isSymbolic() && !want[i].shape().accepts(have.shape())) {
        throw c.fault("input " + i + " of graph '" + b.name() + "' has shape " + have.shape())
            .expected(want[i].toString())
            .shapeError();
      }
    }
  }

  private static void loop(Call c) {
    Body cond = c.attrs.body("cond");
    Body body = c.attrs.body("body");
    fits(c, 0, cond);
    fits(c, 0, body);
    if (cond.outputSpecs().length != 1) {
      throw c.fault(
              "the condition '" + cond.name() + "' gives " + cond.outputSpecs().length + " values")
          .expected("one truth value")
          .valueError();
    }
    Spec[] out = body.outputSpecs();
    if (out.length != c.ins()) {
      throw c.fault("the body '" + body.name() + "' gives " + out.length + " values")
          .expected("one for each of the " + c.ins() + " loop variables")
          .valueError();
    }
    c.outs(out.length);
    for (int i = 0; i < out.length; i++) {
      Spec x = c.in(i).spec();
      if (body.passed(i) == i) {
        c.out(i, x);
        continue;
      }
      if (x.dtype() != out[i].dtype()) {
        throw c.fault(
                "loop variable "
                    + i
                    + " is "
                    + x.dtype()
                    + " before the loop and "
                    + out[i].dtype()
                    + " after one iteration")
            .expected("one element type")
            .typeError();
      }
      c.out(i, x.withShape(union(x.shape(), out[i].shape())));
    }
  }

  private static OpBuilder ifOp(String name) {
    return op(name)
        .in("cond", "Tcond")
        .insOfAnyType("input", "Tin")
        .outsOfAnyType("output", "Tout")
        .type("Tcond", ALL)
        .attr("then_branch", AttrDef.Kind.FUNC)
        .attr("else_branch", AttrDef.Kind.FUNC)
        .attr("output_shapes", new Shape[0])
        .infer(c -> either(c, 1, c.attrs.body("then_branch"), c.attrs.body("else_branch")))
        .grad(List.of("input", "output"), (g, dy) -> TheSlopes.SLOPES.apply(g, dy))
        .cpu(ControlCpu::branch)
        .cuda("none: branches are chosen on the host");
  }

  public static final OpDef IF =
      ifOp("If").says("Runs one of two graphs, chosen by a truth value.").stateful().declare();

  public static final OpDef STATELESS_IF =
      ifOp("StatelessIf")
          .says("Runs one of two graphs without effects, chosen by a truth value.")
          .declare();

  private static OpBuilder whileOp(String name) {
    return op(name)
        .insOfAnyType("input", "T")
        .outsOfAnyType("output")
        .attr("cond", AttrDef.Kind.FUNC)
        .attr("body", AttrDef.Kind.FUNC)
        .attr("output_shapes", new Shape[0])
        .attr("parallel_iterations", 10)
        .infer(ControlOps::loop)
        .grad(List.of("input", "output"), (g, dy) -> TheSlopes.SLOPES.apply(g, dy))
        .cpu(ControlCpu::loop)
        .cuda("none: iterations are counted on the host");
  }

  public static final OpDef WHILE =
      whileOp("While")
          .says("Runs a graph on the loop variables as long as a condition on them holds.")
          .stateful()
          .declare();

  public static final OpDef STATELESS_WHILE =
      whileOp("StatelessWhile")
          .says(
              "Runs a graph without effects on the loop variables as long as a condition on them"
                  + " holds.")
          .declare();

  private static OpBuilder caseOp(String name) {
    return op(name)
        .in("branch_index", DType.I32)
        .insOfAnyType("input", "Tin")
        .outsOfAnyType("output", "Tout")
        .attr("branches", AttrDef.Kind.FUNCS)
        .attr("output_shapes", new Shape[0])
        .infer(c -> either(c, 1, c.attrs.bodies("branches")))
        .grad(List.of("input", "output"), (g, dy) -> TheSlopes.SLOPES.apply(g, dy))
        .cpu(ControlCpu::choose)
        .cuda("none: branches are chosen on the host");
  }

  public static final OpDef CASE =
      caseOp("Case")
          .says("Runs the graph of the given number; for a number that there is not, the last one.")
          .stateful()
          .declare();

  public static final OpDef STATELESS_CASE =
      caseOp("StatelessCase")
          .says(
              "Runs the graph without effects of the given number; for a number that there is not,"
                  + " the last one.")
          .declare();

  private static OpBuilder callOp(String name) {
    return op(name)
        .insOfAnyType("args", "Tin")
        .outsOfAnyType("output", "Tout")
        .attr("f", AttrDef.Kind.FUNC)
        .attr("config", "")
        .attr("config_proto", "")
        .attr("executor_type", "")
        .infer(c -> either(c, 0, c.attrs.body("f")))
        .grad(List.of("args", "output"), (g, dy) -> TheSlopes.SLOPES.apply(g, dy))
        .cpu(ControlCpu::call)
        .cuda("none: the graph's operations choose their devices");
  }

  public static final OpDef PARTITIONED_CALL =
      callOp("PartitionedCall").says("Runs a graph without effects.").declare();

  public static final OpDef STATEFUL_PARTITIONED_CALL =
      callOp("StatefulPartitionedCall").says("Runs a graph.").stateful().declare();
}
