package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.FLOATS;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.StepCpu;
import dev.merapi.kernel.cpu.StepRule;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.OpDef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Steps of Keras's optimizers whose formulas, or whose order of roundings, no operation of
/// TensorFlow has. Neighbours: StateStepOps (those of TensorFlow).
///
/// One operation carries them all out; the attribute `rule` names the formulas. The numbers come
/// packed in one vector, in the type in which the step computes.
public final class TrainSteps {
  private static final Map<String, StepRule> RULES = new TreeMap<>();

  private static final String FTRL_NUMBERS = "lr power l1 l2_twice shrinkage_twice";

  private TrainSteps() {}

  /// Declares the family.
  public static void load() {}

  /// Returns the type in which steps of variables of type `t` compute, that of their numbers.
  public static DType computing(DType t) {
    return StepRule.wide(t);
  }

  private static void rule(
      String name, String places, String numbers, Consumer<StepRule.Writer> meaning) {
    RULES.put(name, StepRule.of(places, numbers, meaning));
  }

  static {
    // Of what is added to a mean, Keras rounds 1 − β from float64; TensorFlow subtracts in float32.
    rule(
        "adam",
        "var momentum velocity",
        "alpha rest_1 rest_2 epsilon",
        s -> {
          Expr m = s.put("momentum", mean(s, "momentum", s.grad(), "rest_1"));
          Expr v = s.put("velocity", mean(s, "velocity", s.grad().square(), "rest_2"));
          down(s, m.mul(s.x("alpha")).div(v.sqrt().add(s.x("epsilon"))));
        });
    rule(
        "amsgrad",
        "var momentum velocity velocity_hat",
        "alpha rest_1 rest_2 epsilon",
        s -> {
          Expr m = s.put("momentum", mean(s, "momentum", s.grad(), "rest_1"));
          Expr v = s.put("velocity", mean(s, "velocity", s.grad().square(), "rest_2"));
          Expr most = s.put("velocity_hat", s.x("velocity_hat").max(v));
          down(s, m.mul(s.x("alpha")).div(most.sqrt().add(s.x("epsilon"))));
        });
    rule(
        "adamax",
        "var momentum norm",
        "lr rest_1 beta_2 rest_power epsilon",
        s -> {
          Expr m = s.put("momentum", mean(s, "momentum", s.grad(), "rest_1"));
          Expr u = s.put("norm", s.x("beta_2").mul(s.x("norm")).max(s.grad().abs()));
          down(s, s.x("lr").mul(m).div(s.x("rest_power").mul(u.add(s.x("epsilon")))));
        });
    rule(
        "nadam",
        "var momentum velocity",
        "lr rest_1 rest_2 u_next rest_next rest_u rest_product rest_power epsilon",
        s -> {
          Expr m = s.put("momentum", mean(s, "momentum", s.grad(), "rest_1"));
          Expr v = s.put("velocity", mean(s, "velocity", s.grad().square(), "rest_2"));
          Expr ahead =
              s.x("u_next")
                  .mul(m)
                  .div(s.x("rest_next"))
                  .add(s.x("rest_u").mul(s.grad()).div(s.x("rest_product")));
          Expr root = v.div(s.x("rest_power")).sqrt();
          down(s, ahead.mul(s.x("lr")).div(root.add(s.x("epsilon"))));
        });
    rule(
        "rmsprop",
        "var velocity",
        "lr rho rest epsilon momentum_share",
        s -> down(s, rms(s, velocity(s).add(s.x("epsilon")))));
    rule(
        "rmsprop_momentum",
        "var velocity momentum",
        "lr rho rest epsilon momentum_share",
        s -> down(s, heavy(s, rms(s, velocity(s).add(s.x("epsilon"))))));
    rule(
        "rmsprop_centered",
        "var velocity average_gradient",
        "lr rho rest epsilon momentum_share",
        s -> down(s, rms(s, centered(s))));
    rule(
        "rmsprop_centered_momentum",
        "var velocity momentum average_gradient",
        "lr rho rest epsilon momentum_share",
        s -> down(s, heavy(s, rms(s, centered(s)))));
    rule(
        "adagrad",
        "var accumulator",
        "lr epsilon",
        s -> {
          Expr a = s.put("accumulator", s.x("accumulator").add(s.grad().square()));
          down(s, s.x("lr").mul(s.grad()).div(a.add(s.x("epsilon")).sqrt()));
        });
    rule(
        "adadelta",
        "var accumulated_grad accumulated_delta_var",
        "lr rho rest epsilon",
        s -> {
          Expr a = s.put("accumulated_grad", decayed(s, "accumulated_grad", s.grad().square()));
          Expr root = s.x("accumulated_delta_var").add(s.x("epsilon")).sqrt();
          Expr delta = root.mul(s.grad()).div(a.add(s.x("epsilon")).sqrt()).neg();
          s.put("accumulated_delta_var", decayed(s, "accumulated_delta_var", delta.square()));
          s.put("var", s.x("var").add(s.x("lr").mul(delta)));
        });
    rule("ftrl", "var accumulator linear", FTRL_NUMBERS, s -> ftrl(s, false));
    rule("ftrl_root", "var accumulator linear", FTRL_NUMBERS, s -> ftrl(s, true));
    rule(
        "lion",
        "var momentum",
        "lr beta_1 rest_1 beta_2 rest_2",
        s -> {
          Expr m = s.x("momentum");
          Expr ahead = m.mul(s.x("beta_1")).add(s.grad().mul(s.x("rest_1")));
          s.put("momentum", m.mul(s.x("beta_2")).add(s.grad().mul(s.x("rest_2"))));
          down(s, s.x("lr").mul(ahead.sign()));
        });
    rule(
        "means",
        "momentum velocity",
        "rest_1 rest_2",
        s -> {
          s.put("momentum", mean(s, "momentum", s.grad(), "rest_1"));
          s.put("velocity", mean(s, "velocity", s.grad().square(), "rest_2"));
        });
    rule(
        "decay",
        "var",
        "weight_decay lr",
        s -> down(s, s.x("var").mul(s.x("weight_decay")).mul(s.x("lr"))));
    rule(
        "average",
        "var",
        "share rest",
        s -> s.put("var", s.x("share").mul(s.x("var")).add(s.x("rest").mul(s.grad()))));
  }

  private static void down(StepRule.Writer s, Expr step) {
    s.put("var", s.x("var").sub(step));
  }

  private static Expr mean(StepRule.Writer s, String slot, Expr x, String rest) {
    return s.x(slot).add(x.sub(s.x(slot)).mul(s.x(rest)));
  }

  private static Expr decayed(StepRule.Writer s, String slot, Expr x) {
    return s.x("rho").mul(s.x(slot)).add(s.x("rest").mul(x));
  }

  private static Expr velocity(StepRule.Writer s) {
    return s.put("velocity", decayed(s, "velocity", s.grad().square()));
  }

  private static Expr centered(StepRule.Writer s) {
    Expr v = velocity(s);
    Expr a = s.put("average_gradient", decayed(s, "average_gradient", s.grad()));
    return v.sub(a.square()).add(s.x("epsilon"));
  }

  private static Expr rms(StepRule.Writer s, Expr square) {
    return s.x("lr").mul(s.grad()).div(square.sqrt());
  }

  private static Expr heavy(StepRule.Writer s, Expr step) {
    return s.put("momentum", s.x("momentum_share").mul(s.x("momentum")).add(step));
  }

  /// @param root whether the power is 1/2, so that a root will do
  private static void ftrl(StepRule.Writer s, boolean root) {
    Expr old = s.x("accumulator");
    Expr a = s.put("accumulator", old.add(s.grad().square()));
    Expr power = root ? a.sqrt() : a.pow(s.x("power"));
    Expr before = root ? old.sqrt() : old.pow(s.x("power"));
    Expr g = s.grad().add(s.x("shrinkage_twice").mul(s.x("var")));
    Expr more = g.sub(power.sub(before).div(s.x("lr")).mul(s.x("var")));
    Expr linear = s.put("linear", s.x("linear").add(more));
    Expr near = linear.max(s.x("l1").neg()).min(s.x("l1"));
    s.put("var", near.sub(linear).div(power.div(s.x("lr")).add(s.x("l2_twice"))));
  }

  public static final OpDef TRAIN_STEP =
      op("_TrainStep")
          .says("Changes a variable and its slots by one step of an optimizer of Keras.")
          .in("grad", "T")
          .in("numbers", "U")
          .ins("places", DType.RESOURCE)
          .type("T", FLOATS)
          .type("U", FLOATS)
          .attr("rule", AttrDef.Kind.STRING, RULES.keySet().toArray(new String[0]))
          .stateful()
          .infer(TrainSteps::check)
          .cuda("optimizer")
          .noGrad("a step of training is not differentiated")
          .accurate(-1, -1)
          .mustFail(
              "takes 2 numbers",
              Map.of("rule", "decay"),
              Spec.of(DType.F32),
              Spec.of(DType.F32, 3),
              Spec.of(DType.RESOURCE))
          .cpu(c -> StepCpu.runPacked(c, rule(c)))
          .declare();

  private static StepRule rule(Call c) {
    StepRule r = RULES.get(c.attrs.s("rule"));
    if (r == null) {
      throw new IllegalStateException("This is a bug in Merapi: no rule " + c.attrs.s("rule"));
    }
    return r;
  }

  private static void check(Call c) {
    StepRule rule = rule(c);
    DType t = c.dtype(0);
    if (c.dtype(1) != StepRule.wide(t)) {
      throw c.fault("numbers are " + c.dtype(1))
          .expected(StepRule.wide(t) + ", in which steps of " + t + " compute")
          .typeError();
    }
    int n = rule.numbers().size();
    if (!Shape.of(n).accepts(c.shape(1))) {
      throw c.fault("rule '" + c.attrs.s("rule") + "' takes " + n + " numbers")
          .expected(String.join(", ", rule.numbers()))
          .shapeError();
    }
    if (c.listLength() != rule.places().size()) {
      throw c.fault("rule '" + c.attrs.s("rule") + "' changes " + rule.places().size() + " places")
          .expected(String.join(", ", rule.places()))
          .shapeError();
    }
    Shape var = StateOps.held(c, 2, t).shape();
    for (int i = 3; i < c.ins(); i++) {
      Shape slot = StateOps.held(c, i, t).shape();
      if (!var.accepts(slot)) {
        throw c.fault("a slot has another shape than its variable: " + slot + ", not " + var)
            .expected("slots of the variable's shape")
            .shapeError();
      }
    }
  }
}
