package dev.merapi.op.family;

import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.FLOATS_COMPLEX;
import static dev.merapi.op.family.StateStepOps.FTRL_FORMS;
import static dev.merapi.op.family.StateStepOps.FTRL_V2_FORMS;
import static dev.merapi.op.family.StateStepOps.ftrl;
import static dev.merapi.op.family.StateStepOps.step;

import dev.merapi.kernel.cpu.StepCpu;
import dev.merapi.op.OpDef;

/// Steps of optimizers in some rows of a variable and its slots; the other rows stay as they are.
/// Neighbours: StateStepOps (whole variables), StepRules (the formulas).
public final class StateStepRowOps {
  private StateStepRowOps() {}

  /// Declares the family.
  public static void load() {}

  public static final OpDef RESOURCE_SPARSE_APPLY_MOMENTUM =
      step(
              "ResourceSparseApplyMomentum",
              FLOATS_COMPLEX,
              StepRules.MOMENTUM,
              "lr grad indices momentum")
          .attr("use_nesterov", false)
          .says(
              "Does in the rows that indices name what ResourceApplyMomentum does in all; a row"
                  + " named twice steps twice.")
          .cpu(c ->
              StepCpu.runRows(
                  c, c.attrs.b("use_nesterov") ? StepRules.NESTEROV : StepRules.MOMENTUM))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_KERAS_MOMENTUM =
      step(
              "ResourceSparseApplyKerasMomentum",
              FLOATS_COMPLEX,
              StepRules.KERAS_MOMENTUM,
              "lr grad indices momentum")
          .attr("use_nesterov", false)
          .says(
              "Does in the rows that indices name what ResourceApplyKerasMomentum does in all; a"
                  + " row named twice steps twice.")
          .cpu(c ->
              StepCpu.runRows(
                  c,
                  c.attrs.b("use_nesterov") ? StepRules.KERAS_NESTEROV : StepRules.KERAS_MOMENTUM))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_ADAGRAD =
      step("ResourceSparseApplyAdagrad", FLOATS, StepRules.ADAGRAD, "lr grad indices")
          .attr("update_slots", true)
          .says(
              "Does in the rows that indices name what ResourceApplyAdagrad does in all; a row"
                  + " named twice steps twice.")
          .cpu(c ->
              StepCpu.runRows(
                  c, c.attrs.b("update_slots") ? StepRules.ADAGRAD : StepRules.ADAGRAD_FIXED))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_ADAGRAD_V2 =
      step("ResourceSparseApplyAdagradV2", FLOATS, StepRules.ADAGRAD_V2, "lr epsilon grad indices")
          .attr("update_slots", true)
          .says(
              "Does in the rows that indices name what ResourceApplyAdagradV2 does in all; a row"
                  + " named twice steps twice.")
          .cpu(c ->
              StepCpu.runRows(
                  c, c.attrs.b("update_slots") ? StepRules.ADAGRAD_V2 : StepRules.ADAGRAD_V2_FIXED))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_ADAGRAD_DA =
      step(
              "ResourceSparseApplyAdagradDA",
              FLOATS,
              StepRules.ADAGRAD_DA,
              "grad indices lr l1 l2 global_step")
          .says(
              "Does in the rows that indices name what ResourceApplyAdagradDA does in all; a row"
                  + " named twice steps twice.")
          .cpu(c -> StepCpu.runRows(c, StepRules.ADAGRAD_DA))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_ADADELTA =
      step("ResourceSparseApplyAdadelta", FLOATS, StepRules.ADADELTA, "lr rho epsilon grad indices")
          .says(
              "Does in the rows that indices name what ResourceApplyAdadelta does in all; a row"
                  + " named twice steps twice.")
          .cpu(c -> StepCpu.runRows(c, StepRules.ADADELTA))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_RMS_PROP =
      step(
              "ResourceSparseApplyRMSProp",
              FLOATS,
              StepRules.RMS_PROP,
              "lr rho momentum epsilon grad indices")
          .says(
              "Does in the rows that indices name what ResourceApplyRMSProp does in all; a row"
                  + " named twice steps twice.")
          .cpu(c -> StepCpu.runRows(c, StepRules.RMS_PROP))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_CENTERED_RMS_PROP =
      step(
              "ResourceSparseApplyCenteredRMSProp",
              FLOATS,
              StepRules.CENTERED_RMS_PROP,
              "lr rho momentum epsilon grad indices")
          .says(
              "Does in the rows that indices name what ResourceApplyCenteredRMSProp does in all; a"
                  + " row named twice steps twice.")
          .cpu(c -> StepCpu.runRows(c, StepRules.CENTERED_RMS_PROP))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_FTRL =
      step("ResourceSparseApplyFtrl", FLOATS, FTRL_FORMS[0][0], "grad indices lr l1 l2 lr_power")
          .attr("multiply_linear_by_lr", false)
          .says(
              "Does in the rows that indices name what ResourceApplyFtrl does in all; a row named"
                  + " twice steps twice.")
          .cpu(c -> StepCpu.runRows(c, ftrl(c, FTRL_FORMS)))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_FTRL_V2 =
      step(
              "ResourceSparseApplyFtrlV2",
              FLOATS,
              FTRL_V2_FORMS[0][0],
              "grad indices lr l1 l2 l2_shrinkage lr_power")
          .attr("multiply_linear_by_lr", false)
          .says(
              "Does in the rows that indices name what ResourceApplyFtrlV2 does in all; a row named"
                  + " twice steps twice.")
          .cpu(c -> StepCpu.runRows(c, ftrl(c, FTRL_V2_FORMS)))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_PROXIMAL_GRADIENT_DESCENT =
      step(
              "ResourceSparseApplyProximalGradientDescent",
              FLOATS,
              StepRules.PROXIMAL_DESCENT,
              "alpha l1 l2 grad indices")
          .says(
              "Does in the rows that indices name what ResourceApplyProximalGradientDescent does in"
                  + " all; a row named twice steps twice.")
          .cpu(c -> StepCpu.runRows(c, StepRules.PROXIMAL_DESCENT))
          .declare();

  public static final OpDef RESOURCE_SPARSE_APPLY_PROXIMAL_ADAGRAD =
      step(
              "ResourceSparseApplyProximalAdagrad",
              FLOATS,
              StepRules.PROXIMAL_ADAGRAD,
              "lr l1 l2 grad indices")
          .says(
              "Does in the rows that indices name what ResourceApplyProximalAdagrad does in all; a"
                  + " row named twice steps twice.")
          .cpu(c -> StepCpu.runRows(c, StepRules.PROXIMAL_ADAGRAD))
          .declare();
}
