package dev.merapi.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes what stands under `tf.keras`: for each public constructor of a layer, loss, metric,
/// optimizer … a method of that name, so that `tf.keras.layers.Dense(10)` reads as in TensorFlow;
/// and the static functions of a room as they are.
///
/// Run it after adding such a class: `java … dev.merapi.generate.KerasFacades <root of the
/// repository>`; a spec compares its output with the files. It reads the sources, which have been
/// laid out, so that it needs no compiled classes and keeps the names of parameters.
public final class KerasFacades {
  private static final String MAIN = "core-java/engine/src/main/java/dev/merapi/nn/";
  private static final String OUT = "core-java/engine/src/generated/java/dev/merapi/nn/keras/";

  /// Lines after which the methods of a group go on in a further class.
  private static final int LONGEST = 420;

  /// One group: its class, the folders it is read from, what its members extend or implement, and
  /// the class whose static functions it shows (empty for none).
  private record Group(String name, List<String> folders, List<String> kinds, String functions) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group("Layers", List.of("layer"), List.of("Layer"), ""),
          new Group("Losses", List.of("loss"), List.of("Loss"), "loss/Losses"),
          new Group("Metrics", List.of("metric"), List.of("Metric"), ""),
          new Group("Optimizers", List.of("optimizer"), List.of("Optimizer"), ""),
          new Group(
              "Schedules", List.of("optimizer/schedule"), List.of("LearningRateSchedule"), ""),
          new Group("Initializers", List.of("init"), List.of("Initializer"), ""),
          new Group("Regularizers", List.of("regularize"), List.of("Regularizer"), ""),
          new Group("Constraints", List.of("constrain"), List.of("Constraint"), ""),
          new Group("Callbacks", List.of("callback"), List.of("Callback"), ""),
          new Group("Activations", List.of("activation"), List.of(), "activation/Activations"));

  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:public )?((?:final |abstract |sealed )*)(class|record|interface)"
              + " (\\w+)(?:<[^>]*>)?(\\([^)]*\\))?([^{]*)\\{");

  /// Further names under which Keras has a class.
  private static final Map<String, String> ALIASES = aliases();

  private KerasFacades() {}

  private static Map<String, String> aliases() {
    Map<String, String> other = new TreeMap<>();
    for (int n = 1; n <= 3; n++) {
      other.put("Conv" + n + "D", "Convolution" + n + "D");
      other.put("Conv" + n + "DTranspose", "Convolution" + n + "DTranspose");
      other.put("SeparableConv" + n + "D", "SeparableConvolution" + n + "D");
      other.put("MaxPooling" + n + "D", "MaxPool" + n + "D");
      other.put("AveragePooling" + n + "D", "AvgPool" + n + "D");
      other.put("GlobalMaxPooling" + n + "D", "GlobalMaxPool" + n + "D");
      other.put("GlobalAveragePooling" + n + "D", "GlobalAvgPool" + n + "D");
    }
    other.put("GroupedQueryAttention", "GroupQueryAttention");
    return other;
  }

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    for (Map.Entry<String, String> f : files(root).entrySet()) {
      Path p = root.resolve(f.getKey());
      Files.createDirectories(p.getParent());
      Files.writeString(p, f.getValue());
    }
  }

  /// A source file and what it declares.
  ///
  /// @param isAbstract whether users cannot make one
  private record Source(
      String packageName, String name, boolean isAbstract, String above, String text) {

    /// Returns the full name of a type that this file names simply; null for those of java.lang.
    String full(String simple) {
      Matcher m = Pattern.compile("(?m)^import ([\\w.]+\\." + simple + ");").matcher(text);
      return m.find() ? m.group(1) : null;
    }

    /// Returns the first sentence of the documentation of the class.
    String says() {
      Matcher m = Pattern.compile("(?m)((?:^///[^\n]*\n)+)(?:^@[^\n]*\n)*^public ").matcher(text);
      if (!m.find()) {
        return "Makes a [" + name + "].";
      }
      String doc = m.group(1).replaceAll("(?m)^/// ?", "").split("\n\n")[0].replace("\n", " ");
      return doc.strip();
    }
  }

  /// Returns the files by their path from the root of the repository.
  public static Map<String, String> files(Path root) throws IOException {
    Map<String, Source> sources = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root.resolve(MAIN))) {
      for (Path p : all.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String text = Files.readString(p);
        Matcher m = TYPE.matcher(text);
        if (m.find()) {
          String home = root.resolve(MAIN).relativize(p.getParent()).toString();
          sources.put(
              home + "/" + m.group(3),
              new Source(
                  "dev.merapi.nn." + home.replace('/', '.'),
                  m.group(3),
                  m.group(1).contains("abstract")
                      || m.group(2).equals("interface")
                      || !m.group().startsWith("public"),
                  m.group(5),
                  text));
        }
      }
    }
    Map<String, String> files = new LinkedHashMap<>();
    for (Group g : GROUPS) {
      group(g, sources, files);
    }
    return files;
  }

  private static boolean is(Source s, List<String> kinds, Map<String, Source> all, int depth) {
    for (String kind : kinds) {
      if (Pattern.compile("\\b(extends|implements)\\b[^{]*\\b" + kind + "\\b")
          .matcher(s.above)
          .find()) {
        return true;
      }
    }
    Matcher m = Pattern.compile("extends (\\w+)").matcher(s.above);
    if (depth < 8 && m.find()) {
      for (Source base : all.values()) {
        if (base.name.equals(m.group(1)) && is(base, kinds, all, depth + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Methods of a group, with the names that they import.
  private static final class Body {
    private final StringBuilder text = new StringBuilder();
    private final TreeSet<String> imports = new TreeSet<>();

    int lines() {
      return (int) text.chars().filter(c -> c == '\n').count();
    }
  }

  private static void group(Group g, Map<String, Source> sources, Map<String, String> files) {
    List<Body> bodies = new ArrayList<>(List.of(new Body()));
    for (Map.Entry<String, Source> e : sources.entrySet()) {
      Source s = e.getValue();
      String home = e.getKey().substring(0, e.getKey().lastIndexOf('/'));
      boolean here =
          g.folders.stream()
              .anyMatch(f -> home.equals(f) || g.name.equals("Layers") && home.startsWith(f + "/"));
      if (here && !s.isAbstract && !g.kinds.isEmpty() && is(s, g.kinds, sources, 0)) {
        if (bodies.getLast().lines() > LONGEST) {
          bodies.add(new Body());
        }
        constructors(s, bodies.getLast());
      }
    }
    Source functions = sources.get(g.functions);
    if (functions != null) {
      functions(functions, bodies.getLast());
    }
    for (int i = 0; i < bodies.size(); i++) {
      boolean last = i == bodies.size() - 1;
      String name = last ? g.name + "Api" : g.name + (i + 1);
      String base = i == 0 ? "" : " extends " + g.name + i;
      files.put(OUT + name + ".java", file(name, base, g.name, bodies.get(i)));
    }
  }

  private static String file(String name, String base, String group, Body body) {
    StringBuilder s = new StringBuilder();
    s.append(
        "// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not"
            + " edit.\n");
    s.append("package dev.merapi.nn.keras;\n\n");
    body.imports.forEach(i -> s.append("import ").append(i).append(";\n"));
    s.append("\n/// `tf.keras.").append(group.toLowerCase(Locale.ROOT)).append("`.\n");
    s.append("public abstract class ").append(name).append(base).append(" {\n");
    s.append("  protected ").append(name).append("() {}\n");
    return s.append(body.text).append("}\n").toString();
  }

  private static void constructors(Source s, Body body) {
    Matcher m =
        Pattern.compile("(?m)^  public " + s.name + "\\(([^{]*?)\\)\\s*(?:throws [^{]*)?\\{")
            .matcher(s.text);
    boolean any = false;
    while (m.find()) {
      any = true;
      method(s, body, "", s.name, s.name, m.group(1), "new " + s.name);
      String alias = ALIASES.get(s.name);
      if (alias != null) {
        method(s, body, "", s.name, alias, m.group(1), "new " + s.name);
      }
    }
    Matcher record = Pattern.compile("public record " + s.name + "\\(([^)]*)\\)").matcher(s.text);
    if (record.find()) {
      any = true;
      method(s, body, "", s.name, s.name, record.group(1), "new " + s.name);
    }
    if (!any
        && !Pattern.compile("(?m)^  (?:private |protected )?" + s.name + "\\(")
            .matcher(s.text)
            .find()) {
      method(s, body, "", s.name, s.name, "", "new " + s.name);
    }
  }

  private static void functions(Source s, Body body) {
    Matcher m =
        Pattern.compile(
                "(?m)((?:^  ///[^\n"
                    + "]*\n"
                    + ")*)^  public static ([\\w<>?@ ]+) (\\w+)\\(([^{;]*?)\\)\\s*\\{")
            .matcher(s.text);
    while (m.find()) {
      method(s, body, m.group(1), m.group(2), m.group(3), m.group(4), s.name + "." + m.group(3));
    }
  }

  private static void method(
      Source s, Body body, String doc, String type, String name, String params, String call) {
    String flat = params.replaceAll("(?s)\\s+", " ").strip();
    List<String> args = new ArrayList<>();
    List<String> given = new ArrayList<>();
    for (String p : split(flat)) {
      given.add(p);
      args.add(p.substring(p.lastIndexOf(' ') + 1));
    }
    Matcher names = Pattern.compile("\\b[A-Z]\\w*").matcher(type + " " + String.join(" ", given));
    while (names.find()) {
      String full = s.full(names.group());
      if (full != null) {
        body.imports.add(full);
      } else if (!names.group().equals(s.name)
          && Pattern.compile("(interface|record|enum|class) " + names.group() + "\\b")
              .matcher(s.text.substring(s.text.indexOf('{')))
              .find()) {
        body.imports.add(s.packageName + "." + s.name + "." + names.group());
      } else if (!LANG.contains(names.group())) {
        body.imports.add(s.packageName + "." + names.group());
      }
    }
    body.imports.add(s.packageName + "." + s.name);
    body.text.append('\n');
    if (doc.isEmpty()) {
      wrapped(body.text, s.says());
    } else {
      body.text.append(doc);
    }
    String head = "  public static " + type + " " + name + "(";
    String line = head + String.join(", ", given) + ") {";
    if (line.length() <= 100) {
      body.text.append(line).append('\n');
    } else {
      String one = "      " + String.join(", ", given) + ") {";
      body.text.append(head).append('\n');
      body.text
          .append(one.length() <= 100 ? one : "      " + String.join(",\n      ", given) + ") {")
          .append('\n');
    }
    String result = "    return " + call + "(" + String.join(", ", args) + ");";
    if (result.length() > 100) {
      result = "    return " + call + "(\n        " + String.join(", ", args) + ");";
    }
    body.text.append(result).append("\n  }\n");
  }

  private static final List<String> LANG =
      List.of(
          "String",
          "Object",
          "Integer",
          "Long",
          "Double",
          "Float",
          "Boolean",
          "Number",
          "Iterable",
          "Class",
          "CharSequence");

  /// Splits parameters at commas outside of angle brackets.
  private static List<String> split(String params) {
    List<String> all = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < params.length(); i++) {
      char c = params.charAt(i);
      depth += c == '<' ? 1 : c == '>' ? -1 : 0;
      if (c == ',' && depth == 0) {
        all.add(params.substring(from, i).strip());
        from = i + 1;
      }
    }
    if (!params.substring(from).isBlank()) {
      all.add(params.substring(from).strip());
    }
    return all;
  }

  private static void wrapped(StringBuilder s, String text) {
    StringBuilder line = new StringBuilder("  ///");
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > 100) {
        s.append(line).append('\n');
        line = new StringBuilder("  ///");
      }
      line.append(' ').append(word);
    }
    s.append(line).append('\n');
  }
}
