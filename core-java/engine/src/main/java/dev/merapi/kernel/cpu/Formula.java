package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.tensor.DType;

/// One formula of a step of training, as a compiled loop for each element type of variables.
///
/// Results that pass from one formula to the next are float32 where variables are narrower
/// ("wide"), so that a step is rounded to the variable's type once.
enum Formula {
  /// x − rate·g of x, rate, g.
  DESCEND((x, rate, g) -> x.sub(rate.mul(g)), 3, 0b010, 0, false),
  /// a·µ + g of a, µ, g.
  ACCUMULATE((a, mu, g) -> a.mul(mu).add(g), 3, 0b010, 0, false),
  /// a·µ·rate of a, µ, rate; wide.
  LEAD((a, mu, rate) -> a.mul(mu).mul(rate), 3, 0b110, 0, true),
  /// g·rate + lead of g, rate, lead; wide.
  AHEAD((g, rate, lead) -> g.mul(rate).add(lead), 3, 0b010, 0b100, true),
  /// x − step of x, step.
  MINUS((x, step, none) -> x.sub(step), 2, 0, 0b10, false),
  /// x + step of x, step.
  PLUS((x, step, none) -> x.add(step), 2, 0, 0b10, false),
  /// x + a of x, a.
  ADD((x, a, none) -> x.add(a), 2, 0, 0, false),
  /// g·rate of g, rate; wide.
  SCALE((g, rate, none) -> g.mul(rate), 2, 0b10, 0, true),
  /// a·µ − scaled of a, µ, scaled.
  KERAS_SLOT((a, mu, scaled) -> a.mul(mu).sub(scaled), 3, 0b010, 0b100, false),
  /// a·µ − scaled of a, µ, scaled; wide.
  KERAS_STEP((a, mu, scaled) -> a.mul(mu).sub(scaled), 3, 0b010, 0b100, true),
  /// m + (g − m)(1 − β) of m, g, β.
  MEAN((m, g, beta) -> m.add(g.sub(m).mul(Expr.c(1).sub(beta))), 3, 0b100, 0, false),
  /// v + (g² − v)(1 − β) of v, g, β.
  MEAN_SQUARE((v, g, beta) -> v.add(g.mul(g).sub(v).mul(Expr.c(1).sub(beta))), 3, 0b100, 0, false),
  /// √v + ε of v, ε; wide.
  ROOT((v, epsilon, none) -> v.sqrt().add(epsilon), 2, 0b10, 0, true),
  /// rate·m / root of rate, m, root; wide.
  RATIO((rate, m, root) -> rate.mul(m).div(root), 3, 0b001, 0b101, true),
  /// g(1 − β) + β·m of β, m, g; wide.
  LOOK((beta, m, g) -> g.mul(Expr.c(1).sub(beta)).add(beta.mul(m)), 3, 0b001, 0, true),
  /// look·rate / root of rate, look, root; wide.
  LOOK_RATIO((rate, look, root) -> look.mul(rate).div(root), 3, 0b001, 0b111, true);

  /// Writes a formula down for given inputs; those of two inputs ignore the third.
  private interface Meaning {
    Expr of(Expr a, Expr b, Expr c);
  }

  private final Meaning meaning;
  private final int inputs;
  private final int scalars;
  private final int wideInputs;
  private final boolean wideResult;
  private final Loop[] loops = new Loop[DType.values().length];

  Formula(Meaning meaning, int inputs, int scalars, int wideInputs, boolean wideResult) {
    this.meaning = meaning;
    this.inputs = inputs;
    this.scalars = scalars;
    this.wideInputs = wideInputs;
    this.wideResult = wideResult;
  }

  /// Returns the loop for variables of type `t`, compiled on first use.
  Loop of(DType t) {
    Loop l = loops[t.ordinal()];
    if (l == null) {
      DType w = wide(t);
      DType[] in = new DType[inputs];
      Expr[] x = new Expr[3];
      for (int i = 0; i < x.length; i++) {
        boolean isWide = (wideInputs >> i & 1) != 0;
        x[i] = isWide || w == t ? Expr.in(i) : Expr.in(i).cast(w);
        if (i < inputs) {
          in[i] = isWide ? w : t;
        }
      }
      l = Loops.of(meaning.of(x[0], x[1], x[2]), in, wideResult ? w : t, scalars);
      loops[t.ordinal()] = l;
    }
    return l;
  }

  /// Returns the type of what passes from formula to formula.
  static DType wide(DType t) {
    return t == DType.F16 || t == DType.BF16 ? DType.F32 : t;
  }
}
