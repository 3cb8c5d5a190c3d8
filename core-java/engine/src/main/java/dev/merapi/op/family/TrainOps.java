package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;

import dev.merapi.kernel.cpu.OptimizerCpu;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;

/// Steps of optimizers: from values, slots and a gradient to new values and new slots.
///
/// TensorFlow changes its variables in place (`ResourceApplyAdam`); here a step gives new tensors,
/// which the optimizer assigns. Formulas and order of inputs are TensorFlow's.
public final class TrainOps {
  private static final String NO_SLOPE = "a step of training is not differentiated";

  private static OpBuilder step(String name, int slots, String... scalars) {
    OpBuilder b = op(name).in("var", "T");
    String[] slotNames = {"slot1", "slot2"};
    for (int i = 0; i < slots; i++) {
      b.in(slotNames[i], "T");
    }
    for (String s : scalars) {
      b.in(s, "T");
    }
    b.in("grad", "T").out("new_var", "T");
    for (int i = 0; i < slots; i++) {
      b.out("new_" + slotNames[i], "T");
    }
    return b.type("T", Types.of(DType.F32, DType.F64))
        .infer(c -> infer(c, slots))
        .cuda("optimizer")
        .noGrad(NO_SLOPE)
        .accurate(-1, -1);
  }

  private static void infer(Call c, int slots) {
    Spec var = c.in(0).spec();
    for (int i = 1; i < c.ins(); i++) {
      boolean scalar = i > slots && i < c.ins() - 1;
      if (scalar ? c.shape(i).rank() != 0 : !c.shape(i).equals(var.shape())) {
        throw c.fault("input " + c.op.inputs().get(i).name() + " has shape " + c.shape(i))
            .expected(scalar ? "a scalar" : "the variable's shape " + var.shape())
            .shapeError();
      }
    }
    for (int i = 0; i <= slots; i++) {
      c.out(i, var);
    }
  }

  public static final OpDef GRADIENT_DESCENT =
      step("GradientDescentStep", 0, "alpha")
          .says("Steps against the gradient: var − alpha·grad.")
          .cpu(OptimizerCpu::gradientDescent)
          .declare();

  public static final OpDef MOMENTUM =
      step("MomentumStep", 1, "lr", "momentum")
          .attr("use_nesterov", false)
          .says(
              "Steps with momentum: accum·momentum + grad, then var − lr·accum (or its look-ahead"
                  + " by Nesterov).")
          .source(
              "Sutskever et al. 2013, \"On the importance of initialization and momentum in deep"
                  + " learning\"")
          .cpu(OptimizerCpu::momentum)
          .declare();

  public static final OpDef ADAM =
      step("AdamStep", 2, "lr", "beta1", "beta2", "epsilon")
          .says("Steps by Adam; `lr` is already corrected for the bias of the first steps.")
          .formula("m += (g − m)(1 − β₁); v += (g² − v)(1 − β₂); var −= lr·m / (√v + ε)")
          .source(
              "Kingma and Ba 2015, \"Adam: A Method for Stochastic Optimization\", end of section"
                  + " 2")
          .cpu(OptimizerCpu::adam)
          .declare();

  private TrainOps() {}

  static void load() {}
}
