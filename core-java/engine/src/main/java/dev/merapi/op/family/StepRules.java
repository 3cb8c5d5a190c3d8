package dev.merapi.op.family;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.StepRule;

/// The formulas of TensorFlow's training operations, in the order of its roundings. They step whole
/// variables (StateStepOps) and single rows (StateStepRowOps) alike.
final class StepRules {
  private StepRules() {}

  static final StepRule DESCENT =
      StepRule.of("var", "alpha", s -> s.put("var", s.x("var").sub(s.x("alpha").mul(s.grad()))));

  static final StepRule MOMENTUM =
      StepRule.of(
          "var accum",
          "lr momentum",
          s -> {
            Expr a = s.put("accum", s.x("accum").mul(s.x("momentum")).add(s.grad()));
            s.put("var", s.x("var").sub(s.x("lr").mul(a)));
          });

  static final StepRule NESTEROV =
      StepRule.of(
          "var accum",
          "lr momentum",
          s -> {
            Expr a = s.put("accum", s.x("accum").mul(s.x("momentum")).add(s.grad()));
            Expr ahead = a.mul(s.x("momentum")).mul(s.x("lr"));
            s.put("var", s.x("var").sub(s.grad().mul(s.x("lr")).add(ahead)));
          });

  static final StepRule KERAS_MOMENTUM =
      StepRule.of(
          "var accum",
          "lr momentum",
          s -> s.put("var", s.x("var").add(s.put("accum", kerasSlot(s, s.x("accum"))))));

  static final StepRule KERAS_NESTEROV =
      StepRule.of(
          "var accum",
          "lr momentum",
          s -> {
            Expr a = s.put("accum", kerasSlot(s, s.x("accum")));
            s.put("var", s.x("var").add(kerasSlot(s, a)));
          });

  private static Expr kerasSlot(StepRule.Writer s, Expr a) {
    return a.mul(s.x("momentum")).sub(s.grad().mul(s.x("lr")));
  }

  static final StepRule ADAM = adam(false);
  static final StepRule ADAM_NESTEROV = adam(true);

  private static StepRule adam(boolean nesterov) {
    return StepRule.of(
        "var m v",
        "beta1_power beta2_power lr beta1 beta2 epsilon",
        s -> {
          Expr m = s.put("m", mean(s, "m", s.grad(), "beta1"));
          Expr v = s.put("v", mean(s, "v", s.grad().mul(s.grad()), "beta2"));
          Expr root = v.sqrt().add(s.x("epsilon"));
          Expr ahead =
              s.grad().mul(Expr.c(1).sub(s.x("beta1"))).add(s.x("beta1").mul(m)).mul(adamRate(s));
          s.put("var", s.x("var").sub((nesterov ? ahead : adamRate(s).mul(m)).div(root)));
        });
  }

  static final StepRule AMSGRAD =
      StepRule.of(
          "var m v vhat",
          "beta1_power beta2_power lr beta1 beta2 epsilon",
          s -> {
            Expr m = s.put("m", mean(s, "m", s.grad(), "beta1"));
            Expr v = s.put("v", mean(s, "v", s.grad().mul(s.grad()), "beta2"));
            Expr most = s.put("vhat", s.x("vhat").max(v));
            s.put("var", s.x("var").sub(m.mul(adamRate(s)).div(most.sqrt().add(s.x("epsilon")))));
          });

  private static Expr adamRate(StepRule.Writer s) {
    return s.x("lr")
        .mul(Expr.c(1).sub(s.x("beta2_power")).sqrt())
        .div(Expr.c(1).sub(s.x("beta1_power")));
  }

  /// A running mean of which the share `beta` stays: a + (x − a)(1 − β).
  private static Expr mean(StepRule.Writer s, String slot, Expr x, String beta) {
    return s.x(slot).add(x.sub(s.x(slot)).mul(Expr.c(1).sub(s.x(beta))));
  }

  static final StepRule ADA_MAX =
      StepRule.of(
          "var m v",
          "beta1_power lr beta1 beta2 epsilon",
          s -> {
            Expr m = s.put("m", mean(s, "m", s.grad(), "beta1"));
            Expr v = s.put("v", s.x("beta2").mul(s.x("v")).max(s.grad().abs()));
            Expr rate = s.x("lr").div(Expr.c(1).sub(s.x("beta1_power")));
            s.put("var", s.x("var").sub(rate.mul(m.div(v.add(s.x("epsilon"))))));
          });

  static final StepRule ADAGRAD = adagrad("lr", true);
  static final StepRule ADAGRAD_FIXED = adagrad("lr", false);
  static final StepRule ADAGRAD_V2 = adagrad("lr epsilon", true);
  static final StepRule ADAGRAD_V2_FIXED = adagrad("lr epsilon", false);

  private static StepRule adagrad(String numbers, boolean update) {
    return StepRule.of(
        "var accum",
        numbers,
        s -> {
          Expr a = s.x("accum");
          a = update ? s.put("accum", a.add(s.grad().mul(s.grad()))) : a;
          Expr step = s.grad().mul(s.x("lr"));
          step =
              numbers.equals("lr") ? step.mul(a.rsqrt()) : step.div(a.sqrt().add(s.x("epsilon")));
          s.put("var", s.x("var").sub(step));
        });
  }

  static final StepRule ADAGRAD_DA =
      StepRule.of(
          "var gradient_accumulator gradient_squared_accumulator",
          "lr l1 l2 global_step",
          s -> {
            Expr sum = s.put("gradient_accumulator", s.x("gradient_accumulator").add(s.grad()));
            Expr squares =
                s.put(
                    "gradient_squared_accumulator",
                    s.x("gradient_squared_accumulator").add(s.grad().mul(s.grad())));
            Expr all = s.x("global_step").mul(s.x("lr"));
            Expr far = sum.abs().sub(s.x("l1").mul(s.x("global_step"))).max(Expr.c(0));
            s.put(
                "var",
                s.x("lr")
                    .neg()
                    .mul(sum.sign().mul(far))
                    .div(s.x("l2").mul(all).add(squares.sqrt())));
          });

  static final StepRule ADADELTA =
      StepRule.of(
          "var accum accum_update",
          "lr rho epsilon",
          s -> {
            Expr rest = Expr.c(1).sub(s.x("rho"));
            Expr a =
                s.put("accum", s.x("accum").mul(s.x("rho")).add(s.grad().mul(s.grad()).mul(rest)));
            Expr update =
                s.x("accum_update")
                    .add(s.x("epsilon"))
                    .sqrt()
                    .mul(a.add(s.x("epsilon")).rsqrt())
                    .mul(s.grad());
            s.put(
                "accum_update",
                s.x("accum_update").mul(s.x("rho")).add(update.mul(update).mul(rest)));
            s.put("var", s.x("var").sub(update.mul(s.x("lr"))));
          });

  static final StepRule RMS_PROP =
      StepRule.of(
          "var ms mom",
          "lr rho momentum epsilon",
          s -> {
            Expr ms = s.put("ms", mean(s, "ms", s.grad().mul(s.grad()), "rho"));
            heavy(s, ms.add(s.x("epsilon")));
          });

  static final StepRule CENTERED_RMS_PROP =
      StepRule.of(
          "var mg ms mom",
          "lr rho momentum epsilon",
          s -> {
            Expr ms = s.put("ms", mean(s, "ms", s.grad().mul(s.grad()), "rho"));
            Expr mg = s.put("mg", mean(s, "mg", s.grad(), "rho"));
            heavy(s, ms.sub(mg.mul(mg)).add(s.x("epsilon")));
          });

  private static void heavy(StepRule.Writer s, Expr square) {
    Expr step = s.grad().mul(s.x("lr")).div(square.sqrt());
    s.put("var", s.x("var").sub(s.put("mom", s.x("mom").mul(s.x("momentum")).add(step))));
  }

  static final StepRule ADD_SIGN =
      StepRule.of(
          "var m",
          "lr alpha sign_decay beta",
          s -> {
            Expr agree = agreement(s);
            Expr scale = s.x("alpha").add(s.x("sign_decay").mul(agree));
            s.put("var", s.x("var").sub(s.x("lr").mul(scale).mul(s.grad())));
          });

  static final StepRule POWER_SIGN =
      StepRule.of(
          "var m",
          "lr logbase sign_decay beta",
          s -> {
            Expr agree = agreement(s);
            Expr scale = s.x("logbase").mul(s.x("sign_decay")).mul(agree).exp();
            s.put("var", s.x("var").sub(s.x("lr").mul(scale).mul(s.grad())));
          });

  private static Expr agreement(StepRule.Writer s) {
    Expr rest = Expr.c(1).sub(s.x("beta"));
    Expr m = s.put("m", s.x("m").mul(s.x("beta")).add(s.grad().mul(rest)));
    return s.grad().sign().mul(m.sign());
  }

  static final StepRule PROXIMAL_DESCENT =
      StepRule.of("var", "alpha l1 l2", s -> s.put("var", proximal(s, s.x("alpha"))));

  static final StepRule PROXIMAL_ADAGRAD =
      StepRule.of(
          "var accum",
          "lr l1 l2",
          s -> {
            Expr a = s.put("accum", s.x("accum").add(s.grad().mul(s.grad())));
            s.put("var", proximal(s, s.x("lr").mul(a.rsqrt())));
          });

  private static Expr proximal(StepRule.Writer s, Expr rate) {
    Expr x = s.x("var").sub(s.grad().mul(rate));
    Expr far = x.abs().sub(rate.mul(s.x("l1"))).max(Expr.c(0));
    return x.sign().mul(far).div(Expr.c(1).add(s.x("l2").mul(rate)));
  }

  /// Follow the regularised leader, in all its forms.
  ///
  /// @param root whether the power is −1/2, so that a root will do
  static StepRule ftrl(boolean shrinks, boolean byRate, boolean root) {
    return StepRule.of(
        "var accum linear",
        shrinks ? "lr l1 l2 l2_shrinkage lr_power" : "lr l1 l2 lr_power",
        s -> {
          Expr lr = s.x("lr");
          Expr old = s.x("accum");
          Expr a = s.put("accum", old.add(s.grad().mul(s.grad())));
          Expr power = power(s, a, root);
          Expr g = s.grad();
          if (shrinks) {
            g = g.add(Expr.c(2).mul(s.x("l2_shrinkage")).mul(s.x("var")));
          }
          Expr sigma = power.sub(power(s, old, root));
          Expr more =
              byRate ? g.mul(lr).sub(sigma.mul(s.x("var"))) : g.sub(sigma.div(lr).mul(s.x("var")));
          Expr linear = s.put("linear", s.x("linear").add(more));
          Expr l1 = byRate ? s.x("l1").mul(lr) : s.x("l1");
          Expr twice = Expr.c(2).mul(s.x("l2"));
          Expr y = byRate ? power.add(twice.mul(lr)) : power.div(lr).add(twice);
          Expr x = l1.mul(linear.sign()).sub(linear).div(y);
          s.put("var", linear.abs().gt(l1).select(x, Expr.c(0)));
        });
  }

  private static Expr power(StepRule.Writer s, Expr a, boolean root) {
    return root ? a.sqrt() : a.pow(s.x("lr_power").neg());
  }
}
