package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.broadcast;
import static dev.merapi.op.Rules.like;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.ElementwiseKernel;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;

/// The beginnings that element-wise declarations share.
final class Scalars {
  static final Expr X = Expr.in(0);
  static final Expr Y = Expr.in(1);
  static final Expr Z = Expr.in(2);

  private Scalars() {}

  static Expr c(double value) {
    return Expr.c(value);
  }

  /// Starts a function of one input, `x` → `y`.
  static OpBuilder unary(String name, Types types, Expr meaning) {
    return unary(name, "x", "y", types, meaning);
  }

  static OpBuilder unary(String name, String in, String out, Types types, Expr meaning) {
    return op(name)
        .in(in, "T")
        .out(out, "T")
        .type("T", types)
        .infer(like())
        .scalar(meaning)
        .cpu(ElementwiseKernel.of(meaning))
        .cuda("unary");
  }

  /// Starts a test of one input that gives bool.
  static OpBuilder test(String name, Types types, Expr meaning) {
    return op(name)
        .in("x", "T")
        .out("y", DType.BOOL)
        .type("T", types)
        .infer(like(DType.BOOL))
        .scalar(meaning)
        .cpu(ElementwiseKernel.of(meaning))
        .cuda("unary");
  }

  /// Starts a function of two inputs that stretch to one shape, `x`, `y` → `z`.
  static OpBuilder binary(String name, Types types, Expr meaning) {
    return op(name)
        .in("x", "T")
        .in("y", "T")
        .out("z", "T")
        .type("T", types)
        .infer(broadcast())
        .scalar(meaning)
        .cpu(ElementwiseKernel.of(meaning))
        .cuda("binary");
  }

  /// Starts a comparison: two inputs that stretch to one shape → bool.
  static OpBuilder compare(String name, Types types, Expr meaning) {
    return op(name)
        .in("x", "T")
        .in("y", "T")
        .out("z", DType.BOOL)
        .type("T", types)
        .infer(broadcast(DType.BOOL))
        .scalar(meaning)
        .cpu(ElementwiseKernel.of(meaning))
        .cuda("binary")
        .noGrad("a truth value is piecewise constant");
  }

  /// Starts a gradient function of two inputs of one shape, such as `TanhGrad(y, dy)` → `z`.
  static OpBuilder pair(String name, String a, String b, String out, Types types, Expr meaning) {
    return op(name)
        .in(a, "T")
        .in(b, "T")
        .out(out, "T")
        .type("T", types)
        .infer(broadcast())
        .scalar(meaning)
        .cpu(ElementwiseKernel.of(meaning))
        .cuda("binary");
  }
}
