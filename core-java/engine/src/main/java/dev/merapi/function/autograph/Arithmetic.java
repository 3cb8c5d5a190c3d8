package dev.merapi.function.autograph;

import dev.merapi.function.autograph.Symbolic.Num;
import dev.merapi.function.autograph.Symbolic.Ops;
import dev.merapi.function.autograph.Symbolic.Order;
import dev.merapi.function.autograph.Symbolic.Truth;
import dev.merapi.op.Literals;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// The JVM's operators on host values, and the few of them that have a meaning for values which the
/// graph will compute: comparisons, and logic on truth values.
final class Arithmetic {
  private Arithmetic() {}

  /// Carries out an operator: takes its operands from the stack and pushes the result.
  static void operate(State s, Opcode o, Code code) {
    switch (o) {
      case ARRAYLENGTH -> s.push(Array.getLength(s.pop()));
      case INEG -> s.push(-i(s.pop(), code, s));
      case LNEG -> s.push(j(-l(s.pop(), code, s)));
      case FNEG -> s.push(-f(s.pop(), code, s));
      case DNEG -> s.push(d(-d(s.pop(), code, s)));
      default -> {
        Object b = s.pop();
        Object a = s.pop();
        s.push(a instanceof Symbolic || b instanceof Symbolic ? symbolic(o, a, b, code, s) : host(o, a, b));
      }
    }
  }

  private static Object symbolic(
      Opcode o, @Nullable Object a, @Nullable Object b, Code code, State s) {
    int nan =
        switch (o) {
          case FCMPL, DCMPL -> -1;
          case FCMPG, DCMPG -> 1;
          case LCMP -> 0;
          default -> 2;
        };
    if (nan != 2) {
      return order(a, b, nan);
    }
    if (Merge.isTruth(a) && Merge.isTruth(b)) {
      Tensor x = truth(a);
      Tensor y = truth(b);
      switch (o) {
        case IAND -> {
          return new Truth(Ops.AND.of(x, y), null);
        }
        case IOR -> {
          return new Truth(Ops.OR.of(x, y), null);
        }
        case IXOR -> {
          return new Truth(b.equals(1) ? Ops.NOT.of(x) : Ops.NOT_EQUAL.of(x, y), null);
        }
        default -> {}
      }
    }
    Symbolic bad = a instanceof Symbolic x ? x : (Symbolic) b;
    throw Refusal.hostUse(bad, "calculated with", code.place(s.at));
  }

  private static Tensor truth(Object o) {
    return o instanceof Truth t ? t.tensor() : Literals.of(o.equals(1), DType.BOOL);
  }

  /// Compares two numbers, at least one of them symbolic, in the type that the program compares in.
  static Order order(@Nullable Object a, @Nullable Object b, int nan) {
    Num n = a instanceof Num x ? x : (Num) b;
    DType d = n.tensor().dtype();
    return new Order(tensor(a, d), tensor(b, d), nan);
  }

  private static Tensor tensor(@Nullable Object o, DType d) {
    return o instanceof Num n ? n.tensor() : Merge.number(o, d);
  }

  static DType dtype(TypeKind k) {
    return switch (k) {
      case LONG -> DType.I64;
      case FLOAT -> DType.F32;
      case DOUBLE -> DType.F64;
      default -> DType.I32;
    };
  }

  private static int i(@Nullable Object o, Code code, State s) {
    return o instanceof Integer i ? i : refused(o, code, s);
  }

  private static long l(@Nullable Object o, Code code, State s) {
    return o instanceof Wide.J j ? j.value() : refused(o, code, s);
  }

  private static float f(@Nullable Object o, Code code, State s) {
    return o instanceof Float f ? f : refused(o, code, s);
  }

  private static double d(@Nullable Object o, Code code, State s) {
    return o instanceof Wide.D d ? d.value() : refused(o, code, s);
  }

  private static int refused(@Nullable Object o, Code code, State s) {
    throw Refusal.hostUse((Symbolic) o, "calculated with", code.place(s.at));
  }

  static Wide j(long x) {
    return new Wide.J(x);
  }

  static Wide d(double x) {
    return new Wide.D(x);
  }

  private static Object host(Opcode o, Object a, Object b) {
    return switch (o) {
      case IADD -> (int) a + (int) b;
      case ISUB -> (int) a - (int) b;
      case IMUL -> (int) a * (int) b;
      case IDIV -> (int) a / (int) b;
      case IREM -> (int) a % (int) b;
      case IAND -> (int) a & (int) b;
      case IOR -> (int) a | (int) b;
      case IXOR -> (int) a ^ (int) b;
      case ISHL -> (int) a << (int) b;
      case ISHR -> (int) a >> (int) b;
      case IUSHR -> (int) a >>> (int) b;
      case LADD -> j(l(a) + l(b));
      case LSUB -> j(l(a) - l(b));
      case LMUL -> j(l(a) * l(b));
      case LDIV -> j(l(a) / l(b));
      case LREM -> j(l(a) % l(b));
      case LAND -> j(l(a) & l(b));
      case LOR -> j(l(a) | l(b));
      case LXOR -> j(l(a) ^ l(b));
      case LSHL -> j(l(a) << (int) b);
      case LSHR -> j(l(a) >> (int) b);
      case LUSHR -> j(l(a) >>> (int) b);
      case LCMP -> Long.compare(l(a), l(b));
      case FADD -> (float) a + (float) b;
      case FSUB -> (float) a - (float) b;
      case FMUL -> (float) a * (float) b;
      case FDIV -> (float) a / (float) b;
      case FREM -> (float) a % (float) b;
      case FCMPL -> compare((float) a, (float) b, -1);
      case FCMPG -> compare((float) a, (float) b, 1);
      case DADD -> d(d(a) + d(b));
      case DSUB -> d(d(a) - d(b));
      case DMUL -> d(d(a) * d(b));
      case DDIV -> d(d(a) / d(b));
      case DREM -> d(d(a) % d(b));
      case DCMPL -> compare(d(a), d(b), -1);
      case DCMPG -> compare(d(a), d(b), 1);
      default -> throw new IllegalStateException("This is a bug in Merapi: " + o);
    };
  }

  private static long l(Object o) {
    return ((Wide.J) o).value();
  }

  private static double d(Object o) {
    return ((Wide.D) o).value();
  }

  private static int compare(double a, double b, int nan) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : nan;
  }

  static void convert(State s, ConvertInstruction c, Code code) {
    Object x = s.pop();
    if (x instanceof Num n) {
      // Only widening keeps a comparison what it is.
      s.push(new Num(widened(n, c, code, s), c.toType()));
      return;
    }
    if (x instanceof Symbolic y) {
      throw Refusal.hostUse(y, "converted", code.place(s.at));
    }
    Number n =
        x instanceof Wide.J j ? (Number) j.value() : x instanceof Wide.D d ? d.value() : (Number) x;
    // Java's casts from floating point saturate and send nan to 0; Number's methods are such casts.
    s.push(
        switch (c.toType()) {
          case LONG -> j(n.longValue());
          case DOUBLE -> d(n.doubleValue());
          case FLOAT -> n.floatValue();
          case BYTE -> (int) (byte) n.intValue();
          case SHORT -> (int) (short) n.intValue();
          case CHAR -> (int) (char) n.intValue();
          default -> n.intValue();
        });
  }

  private static Tensor widened(Num n, ConvertInstruction c, Code code, State s) {
    boolean widens =
        switch (c.fromType()) {
          case INT -> c.toType() == TypeKind.LONG || c.toType() == TypeKind.DOUBLE;
          case FLOAT -> c.toType() == TypeKind.DOUBLE;
          default -> false;
        };
    if (!widens) {
      throw Refusal.hostUse(n, "converted", code.place(s.at));
    }
    return Ops.cast(n.tensor(), dtype(c.toType()));
  }
}
