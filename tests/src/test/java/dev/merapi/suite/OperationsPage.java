package dev.merapi.suite;

import dev.merapi.op.ArgDef;
import dev.merapi.op.AttrDef;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.op.TypeVar;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Writes `docs/operations.md` from the declarations.
public final class OperationsPage {
  private OperationsPage() {}

  /// Returns the whole page.
  public static String text() {
    Collection<OpDef> ops = Registry.all();
    StringBuilder s = new StringBuilder();
    long differentiable = ops.stream().filter(o -> o.gradient() != null).count();
    long cuda = ops.stream().filter(o -> !o.cuda().startsWith("none")).count();
    s.append("# Operations\n\n");
    s.append("Written from the declarations by `PagesSpec`; do not edit. ");
    s.append(
        ops.size()
            + " operations: all on the CPU, "
            + cuda
            + " with a CUDA family named (its kernels come with the CUDA device), "
            + differentiable);
    s.append(" with a gradient.\n\n");
    s.append(
        "Names, inputs and attributes are TensorFlow's. Accuracy is in units in the last place for"
            + " float32 / float64 ");
    s.append(
        "against the exact result: *exact* is bit for bit, *n of the sum* is relative to the sum of"
            + " magnitudes. ");
    s.append("In the type columns ● is CPU and CUDA, ○ is CPU only.\n\n");
    types(s, ops);
    s.append("## Each operation\n\n");
    for (OpDef op : ops) {
      entry(s, op);
    }
    return s.toString().stripTrailing() + "\n";
  }

  private static void types(StringBuilder s, Collection<OpDef> ops) {
    s.append(
        "## Types and devices\n\n"
            + "| operation | float16 | bfloat16 | float32 | float64 | int8…int64 | uint8…uint64 |"
            + " bool | string | complex | gradient |\n");
    s.append("|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (OpDef op : ops) {
      s.append("| [")
          .append(op.name())
          .append("](#")
          .append(op.name().toLowerCase(java.util.Locale.ROOT))
          .append(") |");
      String mark = op.cuda().startsWith("none") ? "○" : "●";
      cell(s, op, mark, DType.F16);
      cell(s, op, mark, DType.BF16);
      cell(s, op, mark, DType.F32);
      cell(s, op, mark, DType.F64);
      cell(s, op, mark, DType.I8, DType.I16, DType.I32, DType.I64);
      cell(s, op, mark, DType.U8, DType.U16, DType.U32, DType.U64);
      cell(s, op, mark, DType.BOOL);
      cell(s, op, mark, DType.STRING);
      cell(s, op, mark, DType.C64, DType.C128);
      s.append(op.gradient() == null ? " – |\n" : " yes |\n");
    }
    s.append('\n');
  }

  private static void cell(StringBuilder s, OpDef op, String mark, DType... types) {
    List<String> some = new ArrayList<>();
    for (DType d : types) {
      if (takes(op, d)) {
        some.add(d.toString());
      }
    }
    boolean host = types[0] == DType.STRING;
    s.append(some.isEmpty() ? " " : " " + (host ? "○" : mark));
    s.append(
        some.isEmpty() || some.size() == types.length
            ? " |"
            : " " + String.join(", ", some) + " |");
  }

  /// Tells whether the operation's first data input, or its first output where it has no input, may
  /// have the type.
  private static boolean takes(OpDef op, DType d) {
    for (int i = 0; i < op.inputs().size(); i++) {
      if (op.inputs().get(i).typeVar() != null || op.inputs().get(i).fixed() != DType.I32) {
        return op.accepts(i, d);
      }
    }
    for (ArgDef a : op.outputs()) {
      if (a.fixed() != null) {
        return a.fixed() == d;
      }
      return op.types().stream().anyMatch(t -> t.name().equals(a.typeVar()) && t.types().has(d));
    }
    return false;
  }

  private static void entry(StringBuilder s, OpDef op) {
    s.append("### ").append(op.name()).append("\n\n").append(op.says()).append("\n\n");
    line(s, "call", "`" + call(op) + "`");
    line(s, "formula", op.formula().isEmpty() ? "" : "`" + op.formula() + "`");
    line(s, "source", op.source());
    for (TypeVar t : op.types()) {
      line(
          s,
          t.name(),
          range(t.types()) + (t.otherwise() == null ? "" : "; " + t.otherwise() + " if not given"));
    }
    line(s, "accuracy", accuracy(op));
    line(s, "gradient", op.gradient() == null ? "none: " + op.noGradient() : "yes" + kept(op));
    line(s, "CUDA", op.cuda());
    line(s, "order", op.isStateful() ? "calls keep their order" : "");
    line(
        s,
        "names",
        op.api().isEmpty()
            ? ""
            : String.join(", ", op.api().stream().map(a -> "`tf." + a + "`").toList()));
    for (OpDef.Deviation d : op.deviations()) {
      line(s, "unlike TensorFlow", d.reason());
    }
    for (OpDef.Example e : op.examples()) {
      s.append("\n```java\n")
          .append(e.code())
          .append("\n// ")
          .append(e.prints().replace("\n", "\n// "))
          .append("\n```\n");
    }
    s.append('\n');
  }

  private static void line(StringBuilder s, String what, String text) {
    if (!text.isEmpty()) {
      s.append("- ").append(what).append(": ").append(text).append('\n');
    }
  }

  private static String range(Types t) {
    return t.list().size() == DType.values().length ? "every type" : t.toString();
  }

  private static String call(OpDef op) {
    List<String> parts = new ArrayList<>();
    for (ArgDef a : op.inputs()) {
      parts.add(
          a.name() + (a.list() ? "…" : "") + ": " + (a.fixed() != null ? a.fixed() : a.typeVar()));
    }
    for (AttrDef a : op.attrs()) {
      if (a.kind() != AttrDef.Kind.TYPE) {
        parts.add(a.name() + (a.otherwise() == null ? "" : " = " + shown(a)));
      }
    }
    List<String> outs =
        op.outputs().stream()
            .map(a ->
                a.name()
                    + (a.list() ? "…" : "")
                    + ": "
                    + (a.fixed() != null ? a.fixed() : a.typeVar()))
            .toList();
    return op.name() + "(" + String.join(", ", parts) + ") → " + String.join(", ", outs);
  }

  private static String shown(AttrDef a) {
    String deep = java.util.Arrays.deepToString(new Object[] {a.otherwise()});
    String v = deep.substring(1, deep.length() - 1);
    return a.kind() == AttrDef.Kind.STRING ? "'" + v + "'" : v;
  }

  private static String accuracy(OpDef op) {
    boolean floats =
        java.util.Arrays.stream(DType.values()).anyMatch(d -> d.isDifferentiable() && takes(op, d));
    String f = ulps(op.accuracy().float32Ulps());
    String d = ulps(op.accuracy().float64Ulps());
    return !floats ? "" : f.equals(d) ? f : f + " / " + d;
  }

  private static String ulps(double n) {
    String v = n == Math.rint(n) ? Long.toString((long) Math.abs(n)) : Double.toString(Math.abs(n));
    return n == 0 ? "exact" : n < 0 ? v + " ulp of the sum" : v + " ulp";
  }

  private static String kept(OpDef op) {
    List<String> k = new ArrayList<>();
    for (int i = 0; i < op.inputs().size(); i++) {
      if (op.keepsInput(i)) {
        k.add(op.inputs().get(i).name());
      }
    }
    for (int i = 0; i < op.outputs().size(); i++) {
      if (op.keepsOutput(i)) {
        k.add(op.outputs().get(i).name());
      }
    }
    return k.isEmpty() ? ", keeps nothing" : ", keeps " + String.join(", ", k);
  }
}
