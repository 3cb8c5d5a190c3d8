package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.ALL;

import dev.merapi.op.AttrDef;
import dev.merapi.op.OpDef;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;

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
          .cpu(
              c -> {
                throw Message.what("Placeholder: no value was given for an input of the graph")
                    .expected("a value for every placeholder")
                    .fix("pass it when calling the function")
                    .valueError();
              })
          .cuda("none: inputs are placed before a graph runs")
          .declare();

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
