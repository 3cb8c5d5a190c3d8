package dev.merapi.function.autograph;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The instructions that move values on the stack, and the meaning of jumps.
final class Stacks {
  private Stacks() {}

  static void move(State s, Opcode o) {
    switch (o) {
      case POP -> s.pop();
      case POP2 -> take(s, 2);
      case DUP -> copy(s, 1, 0);
      case DUP_X1 -> copy(s, 1, 1);
      case DUP_X2 -> copy(s, 1, 2);
      case DUP2 -> copy(s, 2, 0);
      case DUP2_X1 -> copy(s, 2, 1);
      case DUP2_X2 -> copy(s, 2, 2);
      case SWAP -> {
        Object b = s.pop();
        Object a = s.pop();
        s.push(b);
        s.push(a);
      }
      default -> throw new IllegalStateException("This is a bug in Merapi: " + o);
    }
  }

  /// Puts a copy of the topmost `words` below the `below` words under them.
  private static void copy(State s, int words, int below) {
    @Nullable Object[] top = take(s, words);
    @Nullable Object[] under = take(s, below);
    push(s, top);
    push(s, under);
    push(s, top);
  }

  private static void push(State s, @Nullable Object[] all) {
    for (Object x : all) {
      s.push(x);
    }
  }

  /// Takes as many values as make up the given number of words.
  private static @Nullable Object[] take(State s, int words) {
    int from = s.depth;
    for (int w = 0; w < words; from--) {
      w += words(s.stack[from - 1]);
    }
    Object[] all = Arrays.copyOfRange(s.stack, from, s.depth);
    while (s.depth > from) {
      s.pop();
    }
    return all;
  }

  private static int words(@Nullable Object x) {
    return x instanceof Wide || x instanceof Symbolic.Num n && n.kind().slotSize() == 2 ? 2 : 1;
  }

  /// Returns the jump on one integer that means the same as one on two for their comparison.
  static Opcode againstZero(Opcode o) {
    return switch (o) {
      case IF_ICMPEQ -> Opcode.IFEQ;
      case IF_ICMPNE -> Opcode.IFNE;
      case IF_ICMPLT -> Opcode.IFLT;
      case IF_ICMPGE -> Opcode.IFGE;
      case IF_ICMPGT -> Opcode.IFGT;
      case IF_ICMPLE -> Opcode.IFLE;
      default -> o;
    };
  }

  static Class<?> primitive(TypeKind k) {
    return switch (k) {
      case BOOLEAN -> boolean.class;
      case BYTE -> byte.class;
      case SHORT -> short.class;
      case CHAR -> char.class;
      case LONG -> long.class;
      case FLOAT -> float.class;
      case DOUBLE -> double.class;
      default -> int.class;
    };
  }

  static boolean holds(Opcode o, int x) {
    return switch (o) {
      case IFEQ -> x == 0;
      case IFNE -> x != 0;
      case IFLT -> x < 0;
      case IFGE -> x >= 0;
      case IFGT -> x > 0;
      case IFLE -> x <= 0;
      default -> throw new IllegalStateException("This is a bug in Merapi: " + o);
    };
  }
}
