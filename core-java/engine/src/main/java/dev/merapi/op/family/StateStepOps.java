package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.FLOATS_COMPLEX;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.StepCpu;
import dev.merapi.kernel.cpu.StepRule;
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
/// nobody else looks at them. Neighbours: StateOps (reading and assigning), StepRules (the
/// formulas), StateStepRowOps (the same for some rows).
public final class StateStepOps {
  private static final String NO_SLOPE = "a step of training is not differentiated";

  /// Inputs of the variable's shape; the others beside handles are scalars.
  private static final Set<String> WHOLE = Set.of("delta", "grad");

  private StateStepOps() {}

  /// Declares the family.
  public static void load() {}

  /// Begins the declaration of a step.
  ///
  /// @param rest the inputs after the places, with blanks between
  static OpBuilder step(String name, Types types, StepRule rule, String rest) {
    OpBuilder b = op(name);
    int places = rule.places().size();
    String[] others = rest.split(" ");
    Spec[] zeros = new Spec[places + others.length];
    for (int i = 0; i < places; i++) {
      b.in(rule.places().get(i), DType.RESOURCE);
      zeros[i] = Spec.of(DType.RESOURCE);
    }
    boolean rows = false;
    for (int i = 0; i < others.length; i++) {
      DType zero = DType.F32;
      switch (others[i]) {
        case "global_step" -> {
          b.in(others[i], DType.I64);
          zero = DType.I64;
        }
        case "indices" -> {
          b.in(others[i], "Tindices");
          zero = DType.I32;
          rows = true;
        }
        default -> b.in(others[i], "T");
      }
      zeros[places + i] = Spec.of(zero);
    }
    b.type("T", types);
    if (rows) {
      b.type("Tindices", INDICES);
    }
    boolean some = rows;
    return b.attr("use_locking", false)
        .stateful()
        .infer(c -> check(c, places, some))
        .cuda("optimizer")
        .noGrad(NO_SLOPE)
        .accurate(-1, -1)
        .mustFail(StateOps.NO_HANDLE, zeros);
  }

  private static void check(Call c, int places, boolean rows) {
    DType t = c.type("T");
    Shape var = StateOps.held(c, 0, t).shape();
    for (int i = 1; i < c.ins(); i++) {
      ArgDef a = c.op.inputs().get(i);
      boolean whole = i < places || WHOLE.contains(a.name());
      if (rows && i >= places && (whole || a.name().equals("indices"))) {
        continue;
      }
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
    if (rows) {
      checkRows(c, var);
    }
  }

  private static void checkRows(Call c, Shape var) {
    Shape indices = c.shape("indices");
    Shape grad = c.shape("grad");
    if (indices.isRankKnown() && indices.rank() != 1) {
      throw c.fault("indices must be one-dimensional")
          .expected("a vector of row numbers")
          .shapeError();
    }
    if (!var.isRankKnown()) {
      return;
    }
    if (var.rank() == 0) {
      throw c.fault("var must be at least 1 dimensional")
          .expected("a variable with rows")
          .shapeError();
    }
    Shape want =
        Dims.join(indices.isRankKnown() ? indices : Shape.of(-1), Dims.part(var, 1, var.rank()));
    if (!want.accepts(grad)) {
      throw c.fault(
              "grad must be the rows that indices name: shape "
                  + want.brackets()
                  + ", not "
                  + grad.brackets())
          .expected("one row of the variable " + var + " for each index")
          .shapeError();
    }
  }

  /// By `multiply_linear_by_lr`, and by whether the power is −1/2, for which a root will do.
  static final StepRule[][] FTRL_FORMS = ftrlForms(false);

  static final StepRule[][] FTRL_V2_FORMS = ftrlForms(true);

  private static StepRule[][] ftrlForms(boolean shrinks) {
    StepRule[][] forms = new StepRule[2][2];
    for (int i = 0; i < 4; i++) {
      forms[i / 2][i % 2] = StepRules.ftrl(shrinks, i / 2 == 1, i % 2 == 1);
    }
    return forms;
  }

  static StepRule ftrl(Call c, StepRule[][] forms) {
    boolean root = StepCpu.number(c, "lr_power") == -0.5;
    return forms[c.attrs.b("multiply_linear_by_lr") ? 1 : 0][root ? 1 : 0];
  }

  public static final OpDef RESOURCE_APPLY_GRADIENT_DESCENT =
      step("ResourceApplyGradientDescent", FLOATS_COMPLEX, StepRules.DESCENT, "alpha delta")
          .says("Steps against the gradient.")
          .formula("var −= alpha·delta")
          .cpu(c -> StepCpu.run(c, StepRules.DESCENT))
          .declare();

  public static final OpDef RESOURCE_APPLY_MOMENTUM =
      step("ResourceApplyMomentum", FLOATS_COMPLEX, StepRules.MOMENTUM, "lr grad momentum")
          .attr("use_nesterov", false)
          .says("Steps with momentum, or with its look-ahead by Nesterov.")
          .formula("accum = accum·momentum + grad; var −= lr·accum")
          .source(
              "Sutskever et al. 2013, \"On the importance of initialization and momentum in deep"
                  + " learning\"")
          .cpu(c ->
              StepCpu.run(c, c.attrs.b("use_nesterov") ? StepRules.NESTEROV : StepRules.MOMENTUM))
          .declare();

  public static final OpDef RESOURCE_APPLY_KERAS_MOMENTUM =
      step(
              "ResourceApplyKerasMomentum",
              FLOATS_COMPLEX,
              StepRules.KERAS_MOMENTUM,
              "lr grad momentum")
          .attr("use_nesterov", false)
          .says(
              "Steps with momentum whose slot already holds the learning rate, as in Keras; or with"
                  + " its look-ahead by Nesterov.")
          .formula("accum = accum·momentum − lr·grad; var += accum")
          .source(
              "Sutskever et al. 2013, \"On the importance of initialization and momentum in deep"
                  + " learning\"")
          .cpu(c ->
              StepCpu.run(
                  c,
                  c.attrs.b("use_nesterov") ? StepRules.KERAS_NESTEROV : StepRules.KERAS_MOMENTUM))
          .declare();

  public static final OpDef RESOURCE_APPLY_ADAM =
      step(
              "ResourceApplyAdam",
              FLOATS,
              StepRules.ADAM,
              "beta1_power beta2_power lr beta1 beta2 epsilon grad")
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
          .cpu(c ->
              StepCpu.run(c, c.attrs.b("use_nesterov") ? StepRules.ADAM_NESTEROV : StepRules.ADAM))
          .declare();

  public static final OpDef RESOURCE_APPLY_ADAM_WITH_AMSGRAD =
      step(
              "ResourceApplyAdamWithAmsgrad",
              FLOATS,
              StepRules.AMSGRAD,
              "beta1_power beta2_power lr beta1 beta2 epsilon grad")
          .says("Steps as Adam does, by the largest mean square so far.")
          .formula("as ResourceApplyAdam; v̂ = max(v̂, v); var −= lrₜ·m / (√v̂ + ε)")
          .source("Reddi, Kale and Kumar 2018, \"On the Convergence of Adam and Beyond\"")
          .cpu(c -> StepCpu.run(c, StepRules.AMSGRAD))
          .declare();

  public static final OpDef RESOURCE_APPLY_ADA_MAX =
      step(
              "ResourceApplyAdaMax",
              FLOATS,
              StepRules.ADA_MAX,
              "beta1_power lr beta1 beta2 epsilon grad")
          .says("Steps by a running mean of the gradient, scaled by its running maximum.")
          .formula("m += (g − m)(1 − β₁); v = max(β₂·v, |g|); var −= lr/(1 − β₁ᵗ) · m/(v + ε)")
          .source("Kingma and Ba 2015, section 7.1")
          .cpu(c -> StepCpu.run(c, StepRules.ADA_MAX))
          .declare();

  public static final OpDef RESOURCE_APPLY_ADAGRAD =
      step("ResourceApplyAdagrad", FLOATS, StepRules.ADAGRAD, "lr grad")
          .attr("update_slots", true)
          .says("Steps scaled by the root of the sum of all squares so far.")
          .formula("accum += g²; var −= lr·g / √accum")
          .source("Duchi, Hazan and Singer 2011, \"Adaptive Subgradient Methods\"")
          .cpu(c ->
              StepCpu.run(
                  c, c.attrs.b("update_slots") ? StepRules.ADAGRAD : StepRules.ADAGRAD_FIXED))
          .declare();

  public static final OpDef RESOURCE_APPLY_ADAGRAD_V2 =
      step("ResourceApplyAdagradV2", FLOATS, StepRules.ADAGRAD_V2, "lr epsilon grad")
          .attr("update_slots", true)
          .says(
              "Steps scaled by the root of the sum of all squares so far, kept from 0 by epsilon.")
          .formula("accum += g²; var −= lr·g / (√accum + ε)")
          .source("Duchi, Hazan and Singer 2011, \"Adaptive Subgradient Methods\"")
          .cpu(c ->
              StepCpu.run(
                  c, c.attrs.b("update_slots") ? StepRules.ADAGRAD_V2 : StepRules.ADAGRAD_V2_FIXED))
          .declare();

  public static final OpDef RESOURCE_APPLY_ADAGRAD_DA =
      step("ResourceApplyAdagradDA", FLOATS, StepRules.ADAGRAD_DA, "grad lr l1 l2 global_step")
          .says(
              "Steps to where dual averaging leads from 0: by the sums of gradients and of their"
                  + " squares.")
          .formula("s += g; q += g²; var = −lr·sign(s)·max(|s| − l1·t, 0) / (l2·t·lr + √q)")
          .source("Duchi, Hazan and Singer 2011, \"Adaptive Subgradient Methods\"")
          .cpu(c -> StepCpu.run(c, StepRules.ADAGRAD_DA))
          .declare();

  public static final OpDef RESOURCE_APPLY_ADADELTA =
      step("ResourceApplyAdadelta", FLOATS, StepRules.ADADELTA, "lr rho epsilon grad")
          .says("Steps scaled by the ratio of earlier steps to earlier gradients.")
          .formula("a = ρ·a + (1 − ρ)g²; u = √(d + ε)/√(a + ε)·g; d = ρ·d + (1 − ρ)u²; var −= lr·u")
          .source("Zeiler 2012, \"ADADELTA: An Adaptive Learning Rate Method\"")
          .cpu(c -> StepCpu.run(c, StepRules.ADADELTA))
          .declare();

  public static final OpDef RESOURCE_APPLY_RMS_PROP =
      step("ResourceApplyRMSProp", FLOATS, StepRules.RMS_PROP, "lr rho momentum epsilon grad")
          .says("Steps with momentum, scaled by the root of the mean square.")
          .formula("ms += (g² − ms)(1 − ρ); mom = momentum·mom + lr·g/√(ms + ε); var −= mom")
          .source("Tieleman and Hinton 2012, lecture 6.5")
          .cpu(c -> StepCpu.run(c, StepRules.RMS_PROP))
          .declare();

  public static final OpDef RESOURCE_APPLY_CENTERED_RMS_PROP =
      step(
              "ResourceApplyCenteredRMSProp",
              FLOATS,
              StepRules.CENTERED_RMS_PROP,
              "lr rho momentum epsilon grad")
          .says("Steps with momentum, scaled by the root of the variance.")
          .formula(
              "as ResourceApplyRMSProp; mg += (g − mg)(1 − ρ); mom = momentum·mom + lr·g/√(ms − mg²"
                  + " + ε)")
          .source(
              "Graves 2013, \"Generating Sequences With Recurrent Neural Networks\", equations 38"
                  + " to 41")
          .cpu(c -> StepCpu.run(c, StepRules.CENTERED_RMS_PROP))
          .declare();

  public static final OpDef RESOURCE_APPLY_FTRL =
      step("ResourceApplyFtrl", FLOATS, FTRL_FORMS[0][0], "grad lr l1 l2 lr_power")
          .attr("multiply_linear_by_lr", false)
          .says("Follows the regularised leader: small weights become 0.")
          .formula(
              "a' = a + g²; linear += g − (a'⁻ᵖ − a⁻ᵖ)/lr·var; var = (sign(linear)·l1 −"
                  + " linear)/(a'⁻ᵖ/lr + 2·l2) where |linear| > l1, else 0")
          .source("McMahan et al. 2013, \"Ad Click Prediction: a View from the Trenches\"")
          .cpu(c -> StepCpu.run(c, ftrl(c, FTRL_FORMS)))
          .declare();

  public static final OpDef RESOURCE_APPLY_FTRL_V2 =
      step(
              "ResourceApplyFtrlV2",
              FLOATS,
              FTRL_V2_FORMS[0][0],
              "grad lr l1 l2 l2_shrinkage lr_power")
          .attr("multiply_linear_by_lr", false)
          .says(
              "Follows the regularised leader, with a penalty on the size of weights in the"
                  + " gradient.")
          .formula(
              "as ResourceApplyFtrl with g + 2·l2_shrinkage·var in the place of g where linear"
                  + " changes")
          .source("McMahan et al. 2013, \"Ad Click Prediction: a View from the Trenches\"")
          .cpu(c -> StepCpu.run(c, ftrl(c, FTRL_V2_FORMS)))
          .declare();

  public static final OpDef RESOURCE_APPLY_ADD_SIGN =
      step("ResourceApplyAddSign", FLOATS, StepRules.ADD_SIGN, "lr alpha sign_decay beta grad")
          .says("Steps further where the gradient agrees with its running mean.")
          .formula("m = β·m + (1 − β)g; var −= lr·(alpha + sign_decay·sign(g)·sign(m))·g")
          .source("Bello et al. 2017, \"Neural Optimizer Search with Reinforcement Learning\"")
          .cpu(c -> StepCpu.run(c, StepRules.ADD_SIGN))
          .declare();

  public static final OpDef RESOURCE_APPLY_POWER_SIGN =
      step(
              "ResourceApplyPowerSign",
              FLOATS,
              StepRules.POWER_SIGN,
              "lr logbase sign_decay beta grad")
          .says("Steps further, by a power, where the gradient agrees with its running mean.")
          .formula("m = β·m + (1 − β)g; var −= lr·exp(logbase·sign_decay·sign(g)·sign(m))·g")
          .source("Bello et al. 2017, \"Neural Optimizer Search with Reinforcement Learning\"")
          .cpu(c -> StepCpu.run(c, StepRules.POWER_SIGN))
          .declare();

  public static final OpDef RESOURCE_APPLY_PROXIMAL_GRADIENT_DESCENT =
      step(
              "ResourceApplyProximalGradientDescent",
              FLOATS,
              StepRules.PROXIMAL_DESCENT,
              "alpha l1 l2 delta")
          .says("Steps against the gradient, then towards 0.")
          .formula("x = var − alpha·delta; var = sign(x)·max(|x| − alpha·l1, 0) / (1 + alpha·l2)")
          .source("Duchi and Singer 2009, \"Efficient Learning using Forward-Backward Splitting\"")
          .cpu(c -> StepCpu.run(c, StepRules.PROXIMAL_DESCENT))
          .declare();

  public static final OpDef RESOURCE_APPLY_PROXIMAL_ADAGRAD =
      step("ResourceApplyProximalAdagrad", FLOATS, StepRules.PROXIMAL_ADAGRAD, "lr l1 l2 grad")
          .says("Steps as Adagrad does, then towards 0.")
          .formula(
              "accum += g²; r = lr/√accum; x = var − r·g; var = sign(x)·max(|x| − r·l1, 0) / (1 +"
                  + " r·l2)")
          .source("Duchi and Singer 2009, \"Efficient Learning using Forward-Backward Splitting\"")
          .cpu(c -> StepCpu.run(c, StepRules.PROXIMAL_ADAGRAD))
          .declare();
}
