package dev.merapi.kernel;

import dev.merapi.tensor.DType;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds the dtype of each node of an expression; empty for what is made of constants alone.
final class Typing {
  private final DType[] inputs;
  private final Map<Expr, Optional<DType>> known = new IdentityHashMap<>();

  Typing(DType[] inputs) {
    this.inputs = inputs;
  }

  Optional<DType> dtype(Expr e) {
    Optional<DType> t = known.get(e);
    if (t == null) {
      t = find(e);
      known.put(e, t);
    }
    return t;
  }

  private Optional<DType> find(Expr e) {
    return switch (e.op()) {
      case IN -> Optional.of(input(e));
      case CONST -> Optional.empty();
      case CAST -> {
        dtype(e.arg(0));
        yield Optional.of(e.to());
      }
      case SELECT -> {
        wantBool(e, dtype(e.arg(0)));
        yield join(e, dtype(e.arg(1)), dtype(e.arg(2)));
      }
      case ABS, REAL, IMAG, ANGLE -> operand(e).map(DType::real);
      case COMPLEX -> Optional.of(complexOf(e, operand(e).orElse(DType.F32)));
      default -> {
        Optional<DType> t = operand(e);
        yield e.op().isTest() ? Optional.of(DType.BOOL) : t;
      }
    };
  }

  /// Returns the one dtype of all operands of a node that is no input, constant, cast or select.
  Optional<DType> operand(Expr e) {
    Optional<DType> t = dtype(e.arg(0));
    for (int i = 1; i < e.arity(); i++) {
      t = join(e, t, dtype(e.arg(i)));
    }
    if (t.isPresent() && !takes(e.op(), t.get())) {
      throw new IllegalArgumentException(name(e) + " does not take " + t.get() + ": in " + e);
    }
    return t;
  }

  private static boolean takes(ExprOp op, DType t) {
    return switch (op) {
      case ADD, SUB, MUL, DIV, NEG, ABS, SIGN, POW, FMA, SQUARE, RECIPROCAL -> t != DType.BOOL;
      case MIN, MAX, LT, LE, GT, GE -> !t.isComplex();
      case FLOOR_MOD, TRUNC_MOD, FLOOR_DIV, FLOOR, CEIL, RINT, ROUND, TRUNC ->
          !t.isComplex() && t != DType.BOOL;
      case SQRT, RSQRT, EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, SINH, COSH, TANH, SIGMOID ->
          t.isDifferentiable();
      case ASIN, ACOS, ATAN, ASINH, ACOSH, ATANH -> t.isDifferentiable();
      case CBRT, SOFTPLUS, ERF, ERFC, ERFINV, NDTRI, LGAMMA, DIGAMMA, I0E, I1E, ATAN2, HYPOT ->
          t.isFloating();
      case AND, OR, NOT, XOR -> t == DType.BOOL;
      case BIT_AND, BIT_OR, BIT_XOR, BIT_NOT -> t.isInteger() || t == DType.BOOL;
      case SHL, SHR -> t.isInteger();
      case COMPLEX -> t == DType.F32 || t == DType.F64;
      case ANGLE -> t.isDifferentiable();
      case EQ, NE, IS_NAN, IS_INF, IS_FINITE, REAL, IMAG, CONJ -> true;
      case IN, CONST, SELECT, CAST -> true;
    };
  }

  private DType input(Expr e) {
    if (e.index() >= inputs.length) {
      throw new IllegalArgumentException(
          e + " is read, but there are only " + inputs.length + " inputs");
    }
    DType t = inputs[e.index()];
    if (t.bytes() == 0) {
      throw new IllegalArgumentException(e + " is " + t + ", which is no type of numbers");
    }
    return t;
  }

  private static DType complexOf(Expr e, DType part) {
    return part == DType.F64 ? DType.C128 : DType.C64;
  }

  private static void wantBool(Expr e, Optional<DType> t) {
    if (t.isPresent() && t.get() != DType.BOOL) {
      throw new IllegalArgumentException(
          "the condition must be bool, not " + t.get() + ": in " + e);
    }
  }

  private static Optional<DType> join(Expr e, Optional<DType> a, Optional<DType> b) {
    if (a.isPresent() && b.isPresent() && a.get() != b.get()) {
      throw new IllegalArgumentException(
          name(e)
              + " has operands "
              + a.get()
              + " and "
              + b.get()
              + ", they must be alike: in "
              + e);
    }
    return a.isPresent() ? a : b;
  }

  private static String name(Expr e) {
    return e.op().name().toLowerCase(Locale.ROOT);
  }
}
