package dev.merapi.generate;

import dev.merapi.op.ArgDef;
import dev.merapi.op.AttrDef;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.op.TypeVar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Writes the façades from the declarations: one class for each namespace of `tf`, one method for
/// each operation, and Kotlin's extensions beside them ([Extensions]).
///
/// Run it after changing a declaration: `java … dev.merapi.generate.Facades <root of the
/// repository>`; a spec compares its output with the files.
public final class Facades {
  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "assert",
          "default",
          "switch",
          "enum",
          "final",
          "package",
          "int",
          "float",
          "double",
          "char");

  /// Attributes that only TensorFlow's own kernels need: taken from graph files, not offered to
  /// callers.
  private static final Set<String> SILENT =
      Set.of("use_cudnn_on_gpu", "incompatible_shape_error", "Truncate");

  private Facades() {}

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    Map<String, String> all = new LinkedHashMap<>(files());
    all.putAll(Extensions.files());
    for (Map.Entry<String, String> f : all.entrySet()) {
      Path p = root.resolve(f.getKey());
      Files.createDirectories(p.getParent());
      Files.writeString(p, f.getValue());
    }
  }

  /// Returns the files by their path from the root of the repository.
  public static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    spaces().forEach((space, methods) -> files.put(path(className(space)), source(space, methods)));
    return files;
  }

  /// Returns the methods of each namespace of `tf`; the root's is empty and comes first.
  static Map<String, List<Method>> spaces() {
    Map<String, List<Method>> spaces = new TreeMap<>();
    for (OpDef op : Registry.all()) {
      for (String api : op.api()) {
        int dot = api.lastIndexOf('.');
        String space = dot < 0 ? "" : api.substring(0, dot);
        spaces
            .computeIfAbsent(space, k -> new ArrayList<>())
            .add(new Method(op, camel(api.substring(dot + 1))));
      }
    }
    return spaces;
  }

  private static String path(String className) {
    return "core-java/engine/src/generated/java/dev/merapi/facade/" + className + ".java";
  }

  static String className(String space) {
    StringBuilder s = new StringBuilder("Tf");
    for (String word : space.split("\\.")) {
      s.append(word.isEmpty() ? "" : upper(word));
    }
    return s.append("Ops").toString();
  }

  /// An operation under one of its names in `tf`.
  record Method(OpDef op, String name) {}

  private static String source(String space, List<Method> methods) {
    StringBuilder s = new StringBuilder();
    s.append(
        "// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades:"
            + " do not edit.\n");
    s.append("package dev.merapi.facade;\n\n");
    s.append(
        "import dev.merapi.op.OpRef;\n"
            + "import dev.merapi.tensor.DType;\n"
            + "import dev.merapi.tensor.Shape;\n");
    s.append("import dev.merapi.tensor.Tensor;\nimport java.util.List;\n\n");
    s.append("/// The operations of `tf")
        .append(space.isEmpty() ? "" : "." + space)
        .append("`, one method each.\n");
    s.append("public abstract class ").append(className(space)).append(" {\n");
    s.append("  protected ").append(className(space)).append("() {}\n");
    Set<OpDef> referred = new HashSet<>();
    for (Method m : methods) {
      if (referred.add(m.op)) {
        s.append('\n')
            .append("  private static final OpRef ")
            .append(constant(m))
            .append(" = OpRef.to(\"")
            .append(m.op.name())
            .append("\");\n");
      }
      method(s, m, false);
      if (m.op.attrs().stream().anyMatch(a -> offered(m.op, a) && optional(m.op, a))) {
        method(s, m, true);
      }
    }
    return s.append("}\n").toString();
  }

  private static void method(StringBuilder s, Method m, boolean all) {
    OpDef op = m.op;
    List<String> params = new ArrayList<>();
    for (ArgDef a : op.inputs()) {
      params.add((a.list() ? "List<?> " : "Object ") + camel(a.name()));
    }
    List<AttrDef> attrs = new ArrayList<>();
    for (AttrDef a : op.attrs()) {
      if (offered(op, a) && (all || !optional(op, a))) {
        attrs.add(a);
        params.add(javaType(a) + " " + camel(a.name()));
      }
    }
    // A list of numbers at the end is easier to write without an array.
    int last = params.size() - 1;
    if (params.get(last).startsWith("int[] ")) {
      params.set(last, params.get(last).replace("int[] ", "int... "));
    }
    s.append('\n');
    doc(s, op, attrs);
    boolean many = op.outputs().size() > 1 || op.outputs().get(0).list();
    s.append("  public static ")
        .append(many ? "Tensor[] " : "Tensor ")
        .append(m.name)
        .append('(')
        .append(String.join(", ", params))
        .append(") {\n");
    // One or two inputs that are tensors already need no array of operands.
    int ins = op.inputs().size();
    boolean plain = !many && (ins == 1 || ins == 2) && op.inputs().stream().noneMatch(ArgDef::list);
    if (plain) {
      s.append("    return Operands.call(").append(constant(m));
      if (!attrs.isEmpty()) {
        s.append(", ").append(attrs(m, attrs));
      }
    } else {
      s.append("    return ").append(constant(m));
      if (many || !attrs.isEmpty()) {
        s.append(many ? ".all(" : ".with(")
            .append(attrs.isEmpty() ? constant(m) + ".get().defaults()" : attrs(m, attrs))
            .append(", ");
      } else {
        s.append(".of(");
      }
      s.append("Operands.of(").append(constant(m)).append(".get()");
    }
    for (ArgDef a : op.inputs()) {
      s.append(", ").append(camel(a.name()));
    }
    s.append(plain ? ");\n  }\n" : "));\n  }\n");
  }

  /// Returns the expression that makes attribute values from the parameters of their names.
  private static String attrs(Method m, List<AttrDef> attrs) {
    StringBuilder s = new StringBuilder(constant(m)).append(".attrs(");
    for (int i = 0; i < attrs.size(); i++) {
      s.append(i == 0 ? "" : ", ")
          .append('"')
          .append(attrs.get(i).name())
          .append("\", ")
          .append(camel(attrs.get(i).name()));
    }
    return s.append(')').toString();
  }

  private static void doc(StringBuilder s, OpDef op, List<AttrDef> attrs) {
    s.append("  /// ").append(op.says()).append("\n");
    if (!op.formula().isEmpty()) {
      s.append("  ///\n  /// Formula: ").append(op.formula()).append("\n");
    }
    for (TypeVar t : op.types()) {
      s.append("  ///\n  /// Types ").append(t.name()).append(": ").append(t.types()).append(".\n");
    }
    for (AttrDef a : attrs) {
      if (a.otherwise() != null) {
        s.append("  ///\n  /// `")
            .append(camel(a.name()))
            .append("` is ")
            .append(text(a.otherwise()))
            .append(" if not given.\n");
      }
    }
    if (!op.source().isEmpty()) {
      s.append("  ///\n  /// Source: ").append(op.source()).append("\n");
    }
    s.append("  ///\n  /// Gradient: ")
        .append(op.gradient() != null ? "yes" : "none; " + op.noGradient())
        .append(".\n");
  }

  private static String text(Object value) {
    return value instanceof int[] i ? java.util.Arrays.toString(i) : String.valueOf(value);
  }

  /// Tells whether an attribute is a parameter: type variables that inputs decide are not.
  static boolean offered(OpDef op, AttrDef a) {
    if (SILENT.contains(a.name())) {
      return false;
    }
    return a.kind() != AttrDef.Kind.TYPE
        || op.inputs().stream().noneMatch(i -> a.name().equals(i.typeVar()));
  }

  static boolean optional(OpDef op, AttrDef a) {
    if (a.otherwise() != null) {
      return true;
    }
    for (TypeVar t : op.types()) {
      if (t.name().equals(a.name())) {
        return t.otherwise() != null;
      }
    }
    return false;
  }

  private static String javaType(AttrDef a) {
    return switch (a.kind()) {
      case INT -> "long";
      case FLOAT -> "double";
      case BOOL -> "boolean";
      case STRING -> "String";
      case TYPE -> "DType";
      case SHAPE -> "Shape";
      case INTS -> "int[]";
      case FLOATS -> "float[]";
      case STRINGS -> "String[]";
      case TYPES -> "DType[]";
      case SHAPES, TENSOR, FUNC, FUNCS, FUSION ->
          throw new IllegalStateException(
              "operations with the attribute " + a.name() + " are not called by users");
    };
  }

  private static String constant(Method m) {
    return m.op.name().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /// TensorFlow's Python functions call some raw arguments otherwise; users know those names.
  private static final Map<String, String> PUBLIC_NAMES =
      Map.of(
          "reduction_indices", "axis",
          "keep_dims", "keepdims",
          "dim", "axis",
          "dimension", "axis",
          "squeeze_dims", "axis",
          "DstT", "dtype",
          "Tout", "dtype");

  static String camel(String raw) {
    String name = PUBLIC_NAMES.getOrDefault(raw, raw);
    StringBuilder s = new StringBuilder();
    boolean up = false;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        up = true;
      } else {
        s.append(up ? Character.toUpperCase(c) : s.isEmpty() ? Character.toLowerCase(c) : c);
        up = false;
      }
    }
    String n = s.toString();
    return KEYWORDS.contains(n) ? n + "Value" : n;
  }

  private static String upper(String s) {
    return Character.toUpperCase(s.charAt(0)) + s.substring(1);
  }
}
