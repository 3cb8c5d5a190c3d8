package dev.merapi.generate;

import dev.merapi.eager.Variable;
import dev.merapi.op.ArgDef;
import dev.merapi.op.AttrDef;
import dev.merapi.op.OpDef;
import dev.merapi.op.TypeVar;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes Kotlin's extensions: `tf.tanh(x)` as `x.tanh()`, one line an operation, optional
/// arguments named.
///
/// An operation becomes an extension once, under its name nearest to the root of `tf`, and only
/// where its first input is the value it works on.
public final class Extensions {
  private static final String FOLDER = "dsl-kotlin/src/generated/kotlin/dev/merapi/dsl/";

  /// First inputs that say how, not on what: `x.fill(y)` would read the wrong way around.
  private static final Set<String> NO_VALUES =
      Set.of("split_dim", "dims", "start", "s0", "condition");

  /// What the hand-written part of the DSL says in Kotlin's own words.
  private static final Set<String> HAND_WRITTEN = Set.of("pow", "matmul");

  /// Marks operations whose pair of seeds `tf.random` makes; here callers would have to know the
  /// raw pair.
  private static final String RAW_SEED = "seed2";

  /// What tensors and variables answer themselves, as `x.shape()`.
  private static final Set<String> MEMBERS =
      Stream.of(Tensor.class, Variable.class)
          .flatMap(c -> Arrays.stream(c.getMethods()))
          .map(java.lang.reflect.Method::getName)
          .collect(Collectors.toSet());

  private Extensions() {}

  /// Returns the files by their path from the root of the repository.
  public static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    Facades.spaces()
        .forEach((space, methods) -> {
          String body = functions(space, methods, taken);
          if (reachable(space) && !body.isEmpty()) {
            files.put(FOLDER + Facades.className(space) + ".kt", head(space) + body);
          }
        });
    return files;
  }

  /// Tells whether `dev.merapi.tf` has the namespace.
  private static boolean reachable(String space) {
    String name = "dev.merapi.tf" + (space.isEmpty() ? "" : "$" + space.replace('.', '$'));
    try {
      Class.forName(name, false, Extensions.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static String head(String space) {
    return """
    // Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
    @file:Suppress("unused")

    package dev.merapi.dsl

    import dev.merapi.tensor.DType
    import dev.merapi.tensor.Shape
    import dev.merapi.tensor.Tensor
    import dev.merapi.tensor.TensorLike
    import dev.merapi.tf

    // The operations of `%s` as extensions.
    """
        .formatted(entry(space));
  }

  private static String entry(String space) {
    return space.isEmpty() ? "tf" : "tf." + space;
  }

  private static String functions(String space, List<Facades.Method> methods, Set<String> taken) {
    if (!reachable(space)) {
      return "";
    }
    StringBuilder s = new StringBuilder();
    for (Facades.Method m : methods) {
      ArgDef first = m.op().inputs().isEmpty() ? null : m.op().inputs().get(0);
      if (first == null
          || first.list()
          || NO_VALUES.contains(first.name())
          || HAND_WRITTEN.contains(m.name())
          || m.op().attrs().stream().anyMatch(a -> a.name().equals(RAW_SEED))
          || MEMBERS.contains(m.name())) {
        continue;
      }
      List<String> types = parameters(m.op()).stream().map(Parameter::type).toList();
      if (taken.add(m.name() + types)) {
        function(s, space, m);
      }
    }
    return s.toString();
  }

  /// @param value what is passed where the caller says nothing; null where he must
  private record Parameter(String name, String type, @Nullable String value, boolean spread) {}

  private static List<Parameter> parameters(OpDef op) {
    List<Parameter> all = new ArrayList<>();
    for (ArgDef a : op.inputs().subList(1, op.inputs().size())) {
      all.add(new Parameter(Facades.camel(a.name()), a.list() ? "List<*>" : "Any", null, false));
    }
    for (AttrDef a : op.attrs()) {
      if (Facades.offered(op, a)) {
        String value = Facades.optional(op, a) ? literal(otherwise(op, a)) : null;
        all.add(new Parameter(Facades.camel(a.name()), type(a), value, false));
      }
    }
    int last = all.size() - 1;
    if (last >= 0 && all.get(last).type.equals("IntArray")) {
      Parameter p = all.get(last);
      all.set(last, new Parameter(p.name, p.type, p.value, true));
    }
    return all;
  }

  private static void function(StringBuilder s, String space, Facades.Method m) {
    OpDef op = m.op();
    List<Parameter> parameters = parameters(op);
    boolean many = op.outputs().size() > 1 || op.outputs().get(0).list();
    String declared =
        parameters.stream()
            .map(p -> p.name + ": " + p.type + (p.value == null ? "" : " = " + p.value))
            .collect(Collectors.joining(", "));
    String passed =
        parameters.stream()
            .map(p -> ", " + (p.spread ? "*" : "") + p.name)
            .collect(Collectors.joining());
    s.append("\n/** ")
        .append(op.says().replace("*/", "*∕"))
        .append(" See `")
        .append(entry(space))
        .append('.')
        .append(m.name())
        .append("`. */\n");
    s.append("public fun TensorLike.")
        .append(m.name())
        .append('(')
        .append(declared)
        .append("): ")
        .append(many ? "Array<Tensor>" : "Tensor")
        .append(" = ")
        .append(entry(space))
        .append('.')
        .append(m.name())
        .append("(this")
        .append(passed)
        .append(")\n");
  }

  private static @Nullable Object otherwise(OpDef op, AttrDef a) {
    if (a.otherwise() != null) {
      return a.otherwise();
    }
    for (TypeVar t : op.types()) {
      if (t.name().equals(a.name())) {
        return t.otherwise();
      }
    }
    return null;
  }

  private static String literal(@Nullable Object value) {
    return switch (value) {
      case String text ->
          '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + '"';
      case DType d -> "DType." + d.name();
      case int[] i ->
          IntStream.of(i)
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(", ", "intArrayOf(", ")"));
      case Long l -> l.toString();
      case Double d -> d.toString();
      case Boolean b -> b.toString();
      case null, default ->
          throw new IllegalStateException("no way to write " + value + " in Kotlin");
    };
  }

  private static String type(AttrDef a) {
    return switch (a.kind()) {
      case INT -> "Long";
      case FLOAT -> "Double";
      case BOOL -> "Boolean";
      case STRING -> "String";
      case TYPE -> "DType";
      case SHAPE -> "Shape";
      case INTS -> "IntArray";
      case FLOATS -> "FloatArray";
      case STRINGS -> "Array<String>";
      case TYPES -> "Array<DType>";
      case SHAPES, TENSOR, FUNC, FUNCS, FUSION ->
          throw new IllegalStateException(
              "operations with the attribute " + a.name() + " are not called by users");
    };
  }
}
