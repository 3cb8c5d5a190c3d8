package dev.merapi.kernel;

import java.util.Locale;

/// Writes expressions as formulas with as few brackets as they need.
final class ExprText {
  private ExprText() {}

  static String of(Expr e) {
    return write(e, 0);
  }

  private static String write(Expr e, int outer) {
    int level = level(e.op());
    String text =
        switch (e.op()) {
          case IN -> "x" + e.index();
          case CONST -> number(e);
          case CAST -> e.to() + "(" + write(e.arg(0), 0) + ")";
          case NEG, NOT, BIT_NOT -> sign(e.op()) + write(e.arg(0), level);
          case FMA -> write(e.arg(0), 5) + " * " + write(e.arg(1), 6) + " + " + write(e.arg(2), 5);
          case SELECT ->
              write(e.arg(0), 2) + " ? " + write(e.arg(1), 2) + " : " + write(e.arg(2), 1);
          default ->
              level == 9
                  ? call(e)
                  : write(e.arg(0), level) + " " + sign(e.op()) + " " + write(e.arg(1), level + 1);
        };
    return level < outer ? "(" + text + ")" : text;
  }

  private static String call(Expr e) {
    StringBuilder s = new StringBuilder(e.op().name().toLowerCase(Locale.ROOT)).append('(');
    for (int i = 0; i < e.arity(); i++) {
      s.append(i == 0 ? "" : ", ").append(write(e.arg(i), 0));
    }
    return s.append(')').toString();
  }

  private static String number(Expr e) {
    if (e.integral()) {
      return Long.toString(e.whole());
    }
    double v = e.value();
    return v == Math.rint(v) && Math.abs(v) < 1e6 ? Long.toString((long) v) : Double.toString(v);
  }

  private static int level(ExprOp op) {
    return switch (op) {
      case SELECT -> 1;
      case OR, AND, XOR -> 2;
      case LT, LE, GT, GE, EQ, NE -> 3;
      case BIT_AND, BIT_OR, BIT_XOR, SHL, SHR -> 4;
      case ADD, SUB, FMA -> 5;
      case MUL, DIV, FLOOR_DIV, FLOOR_MOD -> 6;
      case NEG, NOT, BIT_NOT -> 7;
      default -> 9;
    };
  }

  private static String sign(ExprOp op) {
    return switch (op) {
      case OR -> "||";
      case AND -> "&&";
      case XOR -> "^^";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
      case EQ -> "==";
      case NE -> "!=";
      case BIT_AND -> "&";
      case BIT_OR -> "|";
      case BIT_XOR -> "^";
      case SHL -> "<<";
      case SHR -> ">>";
      case ADD -> "+";
      case SUB, NEG -> "-";
      case MUL -> "*";
      case DIV -> "/";
      case FLOOR_DIV -> "//";
      case FLOOR_MOD -> "%";
      case NOT -> "!";
      case BIT_NOT -> "~";
      default -> throw new IllegalArgumentException(op + " is written as a call");
    };
  }
}
