package dev.merapi.suite;

import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.op.ArgDef;
import dev.merapi.op.OpDef;
import dev.merapi.op.TypeVar;
import dev.merapi.op.Values;
import dev.merapi.say.ArgumentError;
import dev.merapi.say.Message;
import dev.merapi.say.TypeError;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks that wrong calls are refused with a typed error that says what, what was given and what
/// was expected.
public final class Refusals {
  private Refusals() {}

  /// Returns null when `call` throws an error of ours whose text holds `part`, else what is wrong.
  static @Nullable String expect(String who, String part, Runnable call) {
    try {
      call.run();
    } catch (ArgumentError e) {
      Message m = e.parts();
      if (m.what().isEmpty() || m.given().isEmpty() || m.expected().isEmpty()) {
        return who + ": the message lacks 'given' or 'expected': " + m.text();
      }
      return e.getMessage().contains(part)
          ? null
          : who + ": the message lacks '" + part + "': " + e.getMessage();
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return who + ": not one of the typed errors, but " + GoldenCheck.thrown(e);
    }
    return who + ": the call went through";
  }

  /// Returns what is wrong with the refusals that the operation declares.
  public static List<String> declared(OpDef op) {
    List<String> wrong = new ArrayList<>();
    for (OpDef.Refusal r : op.refusals()) {
      try (Scope _ = Scope.open()) {
        Tensor[] in = r.inputs().stream().map(Refusals::zeros).toArray(Tensor[]::new);
        add(
            wrong,
            expect(
                op + " mustFail " + r.inputs(),
                r.messagePart(),
                () -> op.all(op.attrs(r.attrs()), in)));
      }
    }
    return wrong;
  }

  /// Returns what is wrong when each input in turn has each type that the declaration does not
  /// allow, or another than the inputs it shares a type variable with.
  public static List<String> types(OpDef op) {
    List<String> wrong = new ArrayList<>();
    List<ArgDef> args = op.inputs();
    for (int i = 0; i < args.size(); i++) {
      for (DType d : DType.values()) {
        String v = args.get(i).typeVar();
        boolean shared = false;
        for (int k = 0; k < i; k++) {
          shared |= v != null && v.equals(args.get(k).typeVar()) && d != first(op, k);
        }
        if (op.accepts(i, d) && !shared) {
          continue;
        }
        try (Scope _ = Scope.open()) {
          Tensor[] in = new Tensor[args.size()];
          for (int k = 0; k < in.length; k++) {
            in[k] = zeros(Spec.of(k == i ? d : first(op, k)));
          }
          String what = op + " with " + args.get(i).name() + " " + d;
          add(wrong, expect(what, "", () -> onlyTypeError(op, in)));
        }
      }
    }
    return wrong;
  }

  private static void onlyTypeError(OpDef op, Tensor[] in) {
    try {
      op.all(op.defaults(), in);
    } catch (TypeError e) {
      throw e;
    } catch (ArgumentError e) {
      throw new IllegalStateException(
          "expected a TypeError, got " + e.getClass().getSimpleName(), e);
    }
  }

  private static DType first(OpDef op, int i) {
    ArgDef a = op.inputs().get(i);
    DType fixed = a.fixed();
    if (fixed != null) {
      return fixed;
    }
    if (a.typeVar() == null) {
      return DType.F32;
    }
    for (TypeVar t : op.types()) {
      if (t.name().equals(a.typeVar())) {
        return t.types().has(DType.F32) ? DType.F32 : t.types().list().get(0);
      }
    }
    throw new IllegalStateException(op + " declares no type " + a.typeVar());
  }

  private static Tensor zeros(Spec s) {
    if (s.dtype().isHandle()) {
      return Memory.empty(s);
    }
    if (s.dtype() != DType.STRING) {
      return Values.filled(s, 0);
    }
    byte[][] empty = new byte[Math.toIntExact(s.shape().size())][];
    java.util.Arrays.fill(empty, new byte[0]);
    return Memory.texts(s, empty);
  }

  private static void add(List<String> wrong, @Nullable String one) {
    if (one != null) {
      wrong.add(one);
    }
  }
}
