package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.tensor.DType;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// Holds the compiled loops of one op of at most three inputs, so that a call finds its loop by two
/// array reads.
///
/// All inputs have the dtype asked for, but those given as fixed (the bool of a select). Filled on
/// demand; loops are immutable, so a race costs at most a second look-up.
public final class LoopTable {
  private static final int MASKS = 8;

  private final Expr expr;
  private final int arity;
  private final DType[] fixed;
  private final UnaryOperator<DType> out;
  private final Loop[] loops = new Loop[DType.values().length * MASKS];

  private LoopTable(Expr expr, int arity, DType[] fixed, UnaryOperator<DType> out) {
    this.expr = expr;
    this.arity = arity;
    this.fixed = fixed;
    this.out = out;
  }

  /// Makes a table whose results have the dtype that the expression gives: that of the inputs, bool
  /// for comparisons, the real type for the magnitude of complex numbers.
  public static LoopTable of(Expr expr) {
    int arity = expr.inputs();
    return new LoopTable(
        expr,
        arity,
        new DType[arity],
        t -> {
          DType[] in = new DType[arity];
          Arrays.fill(in, t);
          return expr.dtype(in);
        });
  }

  /// Makes a table whose results have one dtype, converted to it if need be.
  public static LoopTable to(DType out, Expr expr) {
    return new LoopTable(expr, expr.inputs(), new DType[expr.inputs()], t -> out);
  }

  /// Makes a table whose first input is bool and whose results have the dtype of the others.
  public static LoopTable select(Expr expr) {
    DType[] fixed = new DType[expr.inputs()];
    fixed[0] = DType.BOOL;
    return new LoopTable(expr, expr.inputs(), fixed, t -> t);
  }

  public Expr expr() {
    return expr;
  }

  /// Returns how many inputs the loops read.
  public int arity() {
    return arity;
  }

  /// Returns the dtype of input `i` when the op's dtype is `t`.
  public DType input(int i, DType t) {
    return fixed[i] != null ? fixed[i] : t;
  }

  /// Returns the dtype of the result when the op's dtype is `t`.
  public DType out(DType t) {
    return out.apply(t);
  }

  /// Returns the loop for dtype `t`; bit i of `scalars` says that input i is one element.
  ///
  /// Fails: `IllegalArgumentException` when the expression does not take `t`.
  public Loop get(DType t, int scalars) {
    Loop loop = loops[t.ordinal() * MASKS + scalars];
    return loop != null ? loop : fill(t, scalars);
  }

  private Loop fill(DType t, int scalars) {
    DType[] in = new DType[arity];
    for (int i = 0; i < arity; i++) {
      in[i] = input(i, t);
    }
    Loop loop = Loops.of(expr, in, out.apply(t), scalars);
    loops[t.ordinal() * MASKS + scalars] = loop;
    return loop;
  }
}
