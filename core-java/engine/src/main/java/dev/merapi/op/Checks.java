package dev.merapi.op;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses calls whose inputs do not fit the declaration: their number, their element types.
final class Checks {
  private Checks() {}

  static void inputs(OpDef op, Tensor[] in) {
    Types only = op.onlyTypes;
    int n = in.length;
    if (only != null && n == op.fixedInputs) {
      // Nearly every call: all inputs share one variable, and no element type is wrong.
      DType first = in[0].dtype();
      if (only.has(first) && (n == 1 || in[1].dtype() == first && (n == 2 || same(in, first)))) {
        return;
      }
    }
    all(op, in);
  }

  private static boolean same(Tensor[] in, DType type) {
    for (int i = 2; i < in.length; i++) {
      if (in[i].dtype() != type) {
        return false;
      }
    }
    return true;
  }

  private static void all(OpDef op, Tensor[] in) {
    List<ArgDef> args = op.inputs;
    if (op.listInputs == 0
        ? in.length != op.fixedInputs
        : in.length < op.fixedInputs || (in.length - op.fixedInputs) % op.listInputs != 0) {
      throw Message.what(op.name() + ": " + in.length + " inputs do not fit")
          .given(in.length + " tensors")
          .expected(
              "inputs " + args.stream().map(a -> a.list() ? a.name() + "…" : a.name()).toList())
          .valueError();
    }
    if (op.onlyTypes != null) {
      for (int i = 1; i < in.length; i++) {
        if (in[i].dtype() != in[0].dtype()) {
          throw mixed(op, i, in[0].dtype(), in);
        }
      }
      throw refused(op, args.get(0).name(), in[0].dtype(), op.onlyTypes);
    }
    int n = op.listInputs == 0 ? 1 : (in.length - op.fixedInputs) / op.listInputs;
    if (n == 0) {
      someOf(op);
    }
    int p = 0;
    for (ArgDef a : args) {
      int count = a.list() ? n : 1;
      for (int k = 0; k < count; k++, p++) {
        one(op, args, in, p, a, n);
      }
    }
  }

  /// Refuses empty lists that an output's type is taken from.
  private static void someOf(OpDef op) {
    for (ArgDef a : op.inputs) {
      String v = a.typeVar();
      if (a.list() && v != null && op.outputs().stream().anyMatch(o -> v.equals(o.typeVar()))) {
        throw Message.what(
                op.name() + ": " + a.name() + " is empty, it must hold at least one tensor")
            .given("an empty list")
            .expected("one tensor at least")
            .valueError();
      }
    }
  }

  private static void one(OpDef op, List<ArgDef> args, Tensor[] in, int p, ArgDef a, int n) {
    DType d = in[p].dtype();
    String v = a.typeVar();
    if (v == null) {
      DType fixed = a.fixed();
      if (fixed != null && fixed != d) {
        throw refused(op, a.name(), d, Types.of(fixed));
      }
      return;
    }
    TypeVar t = op.type(v);
    if (t == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: " + op.name() + " declares no type " + v);
    }
    if (!t.types().has(d)) {
      throw refused(op, a.name(), d, t.types());
    }
    int q = 0;
    for (ArgDef b : args) {
      if (v.equals(b.typeVar())) {
        if (q < p && in[q].dtype() != d) {
          throw mixed(op, p, in[q].dtype(), in);
        }
        return;
      }
      q += b.list() ? n : 1;
    }
  }

  private static RuntimeException refused(OpDef op, String arg, DType d, Types range) {
    return Message.what(op.name() + ": " + arg + " must be " + range + ", got " + d)
        .given(arg + " " + d)
        .expected(range.toString())
        .fix(
            range.has(DType.RESOURCE)
                ? "pass variable.handle()"
                : "convert with tf.cast(" + arg + ", …)")
        .typeError();
  }

  private static RuntimeException mixed(OpDef op, int i, @Nullable DType first, Tensor[] in) {
    DType d = in[i].dtype();
    return Message.what(
            "cannot compute "
                + op.name()
                + " as input #"
                + i
                + "(zero-based) was expected to be a "
                + short_(first)
                + " tensor but is a "
                + short_(d)
                + " tensor")
        .given("input 0 " + in[0].spec() + " · input " + i + " " + in[i].spec())
        .expected("one element type for both: types are never mixed silently")
        .fix("convert one side with tf.cast(x, tf." + first + ")")
        .typeError();
  }

  /// Returns the name in TensorFlow's own message, which says float and double.
  private static String short_(@Nullable DType d) {
    return d == DType.F32
        ? "float"
        : d == DType.F64 ? "double" : d == DType.F16 ? "half" : String.valueOf(d);
  }
}
