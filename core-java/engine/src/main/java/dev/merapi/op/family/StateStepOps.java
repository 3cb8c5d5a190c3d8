package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.FLOATS_COMPLEX;

import dev.merapi.kernel.cpu.OptimizerCpu;
import dev.merapi.op.ArgDef;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Set;

/// Steps of optimizers: they change a variable and its slots along a gradient, in place where
/// nobody else looks at them. Neighbours: StateOps (reading and assigning).
public final class StateStepOps {
  private static final String NO_SLOPE = "a step of training is not differentiated";

  /// Inputs of the variable's shape; the others beside handles are scalars.
  private static final Set<String> WHOLE = Set.of("delta", "grad");

  private StateStepOps() {}

  /// Declares the family.
  public static void load() {}

  private static OpBuilder step(String name, Types types, int places, String... inputs) {
    OpBuilder b = op(name);
    Spec[] zeros = new Spec[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      if (i < places) {
        b.in(inputs[i], DType.RESOURCE);
        zeros[i] = Spec.of(DType.RESOURCE);
      } else {
        b.in(inputs[i], "T");
        zeros[i] = Spec.of(DType.F32);
      }
    }
    return b.type("T", types)
        .attr("use_locking", false)
        .stateful()
        .infer(c -> check(c, places))
        .cuda("optimizer")
        .noGrad(NO_SLOPE)
        .accurate(-1, -1)
        .mustFail(StateOps.NO_HANDLE, zeros);
  }

  private static void check(Call c, int places) {
    DType t = c.dtype(places);
    Shape var = StateOps.held(c, 0, t).shape();
    for (int i = 1; i < c.ins(); i++) {
      ArgDef a = c.op.inputs().get(i);
      boolean whole = i < places || WHOLE.contains(a.name());
      Shape s = i < places ? StateOps.held(c, i, t).shape() : c.shape(i);
      if (!(whole ? var : Shape.SCALAR).accepts(s)) {
        throw c.fault(
                whole
                    ? "var and "
                        + a.name()
                        + " do not have the same shape "
                        + var.brackets()
                        + " "
                        + s.brackets()
                    : a.name() + " is not a scalar: " + s.brackets())
            .expected(whole ? "the variable's shape " + var : "a scalar")
            .shapeError();
      }
    }
  }

  public static final OpDef RESOURCE_APPLY_GRADIENT_DESCENT =
      step("ResourceApplyGradientDescent", FLOATS_COMPLEX, 1, "var", "alpha", "delta")
          .says("Steps against the gradient.")
          .formula("var −= alpha·delta")
          .cpu(OptimizerCpu::gradientDescent)
          .declare();

  public static final OpDef RESOURCE_APPLY_MOMENTUM =
      step("ResourceApplyMomentum", FLOATS_COMPLEX, 2, "var", "accum", "lr", "grad", "momentum")
          .attr("use_nesterov", false)
          .says("Steps with momentum, or with its look-ahead by Nesterov.")
          .formula("accum = accum·momentum + grad; var −= lr·accum")
          .source(
              "Sutskever et al. 2013, \"On the importance of initialization and momentum in deep"
                  + " learning\"")
          .cpu(OptimizerCpu::momentum)
          .declare();

  public static final OpDef RESOURCE_APPLY_KERAS_MOMENTUM =
      step(
              "ResourceApplyKerasMomentum",
              FLOATS_COMPLEX,
              2,
              "var",
              "accum",
              "lr",
              "grad",
              "momentum")
          .attr("use_nesterov", false)
          .says(
              "Steps with momentum whose slot already holds the learning rate, as in Keras; or with"
                  + " its look-ahead by Nesterov.")
          .formula("accum = accum·momentum − lr·grad; var += accum")
          .source(
              "Sutskever et al. 2013, \"On the importance of initialization and momentum in deep"
                  + " learning\"")
          .cpu(OptimizerCpu::kerasMomentum)
          .declare();

  public static final OpDef RESOURCE_APPLY_ADAM =
      step(
              "ResourceApplyAdam",
              FLOATS,
              3,
              "var",
              "m",
              "v",
              "beta1_power",
              "beta2_power",
              "lr",
              "beta1",
              "beta2",
              "epsilon",
              "grad")
          .attr("use_nesterov", false)
          .says(
              "Steps by running means of the gradient and its square. Powers of 0 leave the"
                  + " learning rate as it is, for callers that have corrected it themselves.")
          .formula(
              "lrₜ = lr·√(1 − β₂ᵗ)/(1 − β₁ᵗ); m += (g − m)(1 − β₁); v += (g² − v)(1 − β₂); var −="
                  + " lrₜ·m / (√v + ε)")
          .source(
              "Kingma and Ba 2015, \"Adam: A Method for Stochastic Optimization\", end of section"
                  + " 2")
          .cpu(OptimizerCpu::adam)
          .declare();
}
