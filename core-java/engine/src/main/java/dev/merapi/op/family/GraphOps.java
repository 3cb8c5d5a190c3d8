package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;

import dev.merapi.op.AttrDef;
import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Operations that only graphs need: values that are written into them, and places where values
/// enter.
public final class GraphOps {
  private GraphOps() {}

  /// Declares the family.
  public static void load() {}

  public static final OpDef CONST =
      op("Const")
          .says("Gives a value that is part of the graph.")
          .out("output", "dtype")
          .attr("value", AttrDef.Kind.TENSOR)
          .type("dtype", ALL, DType.F32)
          .infer(c -> c.out(0, c.attrs.tensor("value").spec()))
          .noGrad("a constant depends on nothing")
          .cpu(c -> c.give(0, c.attrs.tensor("value")))
          .cuda("none: constants are placed before a graph runs")
          .declare();

  public static final OpDef PLACEHOLDER =
      op("Placeholder")
          .says("Stands for a value that is given when the graph runs.")
          .out("output", "dtype")
          .type("dtype", ALL, DType.F32)
          .attr("shape", Shape.UNKNOWN)
          .infer(c -> c.out(0, c.attrs.type("dtype"), c.attrs.shape("shape")))
          .noGrad("an input depends on nothing")
          .cpu(c -> {
            throw Message.what("Placeholder: no value was given for an input of the graph")
                .expected("a value for every placeholder")
                .fix("pass it when calling the function")
                .valueError();
          })
          .cuda("none: inputs are placed before a graph runs")
          .declare();

  /// A computation with a gradient of its own, as `tf.custom_gradient` makes it in a graph: inputs
  /// are what was computed, what it was computed from, and what the gradient needs besides.
  public static final OpDef WITH_GRADIENT =
      op("_WithGradient")
          .says("Gives its first inputs back as they are, and sends gradients its own way.")
          .insOfAnyType("args", "Targs")
          .outs("results", "T")
          .attr("backward", AttrDef.Kind.FUNC)
          .attr("outputs", AttrDef.Kind.INT)
          .attr("sources", new int[0])
          .infer(c -> {
            int n = c.attrs.i("outputs");
            c.outs(n);
            for (int i = 0; i < n; i++) {
              c.out(i, c.in(i).spec());
            }
          })
          .grad(keep("args"), (g, dy) -> backward(g))
          .alias()
          .cuda("copy")
          .declare();

  /// Inputs are the outputs' values, then one for each entry of `sources` (which result of the
  /// backward graph is its gradient, -1 for none), then what the backward graph captures.
  private static void backward(Grad g) {
    Tensor[] args = g.keptList("args");
    int n = g.attrs().i("outputs");
    int[] sources = g.attrs().ints("sources");
    int saved = args.length - n - sources.length;
    Tensor[] in = new Tensor[n + saved];
    for (int i = 0; i < n; i++) {
      in[i] = g.dyOrZeros(i);
    }
    System.arraycopy(args, n + sources.length, in, n, saved);
    Tensor[] dx = g.attrs().body("backward").replay(in);
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] >= 0) {
        g.to("args", n + i, dx[sources[i]]);
      }
    }
  }

  public static final OpDef NO_OP =
      op("NoOp")
          .says("Does nothing; graphs use it to wait for others.")
          .infer(c -> {})
          .noGrad("there is nothing to differentiate")
          .cpu(c -> {})
          .cuda("none: nothing runs")
          .stateful()
          .declare();
}
