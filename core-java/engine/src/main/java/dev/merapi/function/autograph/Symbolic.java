package dev.merapi.function.autograph;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import org.jspecify.annotations.Nullable;

/// Stands on the interpreter's stack and in its variables for a primitive value that the graph will
/// compute.
sealed interface Symbolic {
  Tensor tensor();

  /// A truth value: a scalar of bool. `origin` tells where two ways left different values, for
  /// messages; null for a condition that was read from a tensor.
  record Truth(Tensor tensor, @Nullable String origin) implements Symbolic {
    Truth not() {
      return new Truth(Ops.NOT.of(tensor), origin);
    }
  }

  /// A number: a scalar.
  record Num(Tensor tensor, TypeKind kind) implements Symbolic {}

  /// Which of two numbers is greater. `nan` is what the comparison gives when they have no order: -1
  /// or 1, as the instructions `fcmpl` and `fcmpg`; 0 where the program called a method, which then
  /// fails.
  record Order(Tensor a, Tensor b, int nan) implements Symbolic {
    @Override
    public Tensor tensor() {
      return a;
    }

    /// Returns whether a branch on this order jumps.
    ///
    /// Compilers jump forward over what is to happen when the comparison holds: with no order the
    /// jump is then taken.
    Way jumps(Opcode o, boolean forward) {
      boolean greater = nan > 0 || nan == 0 && forward;
      boolean less = nan < 0 || nan == 0 && forward;
      return switch (o) {
        case IFGT -> greater ? not(Ops.LESS_EQUAL) : is(Ops.GREATER);
        case IFLE -> less ? not(Ops.GREATER) : is(Ops.LESS_EQUAL);
        case IFGE -> greater ? not(Ops.LESS) : is(Ops.GREATER_EQUAL);
        case IFLT -> less ? not(Ops.GREATER_EQUAL) : is(Ops.LESS);
        case IFEQ -> is(Ops.EQUAL);
        case IFNE -> not(Ops.EQUAL);
        default -> throw new IllegalStateException("This is a bug in Merapi: " + o);
      };
    }

    private Way is(OpRef op) {
      return new Way(new Truth(op.of(a, b), null), true);
    }

    private Way not(OpRef op) {
      return new Way(new Truth(op.of(a, b), null), false);
    }
  }

  /// What a branch hangs on: it jumps where the truth value is `when`.
  record Way(Truth truth, boolean when) {
    /// Returns the truth value that says whether the branch jumps (or, if not `jump`, goes on).
    Truth is(boolean jump) {
      return when == jump ? truth : truth.not();
    }
  }

  /// The operations that conditions are made of.
  final class Ops {
    static final OpRef NOT = OpRef.to("LogicalNot");
    static final OpRef AND = OpRef.to("LogicalAnd");
    static final OpRef OR = OpRef.to("LogicalOr");
    static final OpRef GREATER = OpRef.to("Greater");
    static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");
    static final OpRef LESS = OpRef.to("Less");
    static final OpRef LESS_EQUAL = OpRef.to("LessEqual");
    static final OpRef EQUAL = OpRef.to("Equal");
    static final OpRef NOT_EQUAL = OpRef.to("NotEqual");
    static final OpRef RESHAPE = OpRef.to("Reshape");
    static final OpRef CAST = OpRef.to("Cast");

    private Ops() {}

    /// Returns the only element of a tensor as a scalar.
    static Tensor scalar(Tensor t) {
      if (t.shape().isRankKnown() && t.rank() == 0) {
        return t;
      }
      if (t.shape().isKnown() && t.size() != 1) {
        throw Refusal.notOne(t);
      }
      return RESHAPE.of(t, dev.merapi.op.Values.ints());
    }

    static Truth truth(Tensor t) {
      Tensor s = scalar(t);
      return new Truth(
          s.dtype() == DType.BOOL ? s : NOT_EQUAL.of(s, Literals.of(0, s.dtype())), null);
    }

    static Tensor cast(Tensor t, DType d) {
      return t.dtype() == d ? t : CAST.with(CAST.attrs("DstT", d), t);
    }

    static Tensor zeros(Spec s) {
      Shape shape = s.shape();
      int[] dims = shape.isRankKnown() ? shape.dims() : new int[0];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = Math.max(0, dims[i]);
      }
      return dev.merapi.op.Values.filled(new Spec(s.dtype(), Shape.of(dims)), 0);
    }
  }
}
