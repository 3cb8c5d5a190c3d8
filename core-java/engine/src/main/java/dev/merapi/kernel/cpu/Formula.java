package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.tensor.DType;

/// One formula of a step of training, as a compiled loop for each element type of variables.
///
/// Results that pass from one formula to the next are float32 where variables are narrower ("wide"),
/// so that a step is rounded to the variable's type once.
enum Formula {
  /// x − rate·g of x, rate, g.
  DESCEND(E.A.sub(E.B.mul(E.C)), 0b010, 0, false),
  /// a·µ + g of a, µ, g.
  ACCUMULATE(E.A.mul(E.B).add(E.C), 0b010, 0, false),
  /// a·µ·rate of a, µ, rate; wide.
  LEAD(E.A.mul(E.B).mul(E.C), 0b110, 0, true),
  /// g·rate + lead of g, rate, lead; wide.
  AHEAD(E.A.mul(E.B).add(E.C), 0b010, 0b100, true),
  /// x − step of x, step.
  MINUS(E.A.sub(E.B), 0, 0b10, false),
  /// x + step of x, step.
  PLUS(E.A.add(E.B), 0, 0b10, false),
  /// x + a of x, a.
  ADD(E.A.add(E.B), 0, 0, false),
  /// g·rate of g, rate; wide.
  SCALE(E.A.mul(E.B), 0b10, 0, true),
  /// a·µ − scaled of a, µ, scaled.
  KERAS_SLOT(E.A.mul(E.B).sub(E.C), 0b010, 0b100, false),
  /// a·µ − scaled of a, µ, scaled; wide.
  KERAS_STEP(E.A.mul(E.B).sub(E.C), 0b010, 0b100, true),
  /// m + (g − m)(1 − β) of m, g, β.
  MEAN(E.A.add(E.B.sub(E.A).mul(E.ONE.sub(E.C))), 0b100, 0, false),
  /// v + (g² − v)(1 − β) of v, g, β.
  MEAN_SQUARE(E.A.add(E.B.mul(E.B).sub(E.A).mul(E.ONE.sub(E.C))), 0b100, 0, false),
  /// √v + ε of v, ε; wide.
  ROOT(E.A.sqrt().add(E.B), 0b10, 0, true),
  /// rate·m / root of rate, m, root; wide.
  RATIO(E.A.mul(E.B).div(E.C), 0b001, 0b101, true),
  /// g(1 − β) + β·m of β, m, g; wide.
  LOOK(E.C.mul(E.ONE.sub(E.A)).add(E.A.mul(E.B)), 0b001, 0, true),
  /// look·rate / root of rate, look, root; wide.
  LOOK_RATIO(E.B.mul(E.A).div(E.C), 0b001, 0b111, true);

  /// Inputs of formulas; apart because constants of an enum cannot see its own fields.
  private static final class E {
    static final Expr A = Expr.in(0);
    static final Expr B = Expr.in(1);
    static final Expr C = Expr.in(2);
    static final Expr ONE = Expr.c(1);
  }

  private final Expr expr;
  private final int scalars;
  private final int wideInputs;
  private final boolean wideResult;
  private final Loop[] loops = new Loop[DType.values().length];

  Formula(Expr expr, int scalars, int wideInputs, boolean wideResult) {
    this.expr = expr;
    this.scalars = scalars;
    this.wideInputs = wideInputs;
    this.wideResult = wideResult;
  }

  /// Returns the loop for variables of type `t`, compiled on first use.
  Loop of(DType t) {
    Loop l = loops[t.ordinal()];
    if (l == null) {
      DType[] in = new DType[expr.inputs()];
      for (int i = 0; i < in.length; i++) {
        in[i] = (wideInputs >> i & 1) != 0 ? wide(t) : t;
      }
      l = Loops.of(expr, in, wideResult ? wide(t) : t, scalars);
      loops[t.ordinal()] = l;
    }
    return l;
  }

  /// Returns the type of what passes from formula to formula.
  static DType wide(DType t) {
    return t == DType.F16 || t == DType.BF16 ? DType.F32 : t;
  }
}
