package dev.merapi.interop;

import dev.merapi.formats.graphdef.GraphDefReader;
import dev.merapi.formats.graphdef.GraphDefWriter;
import dev.merapi.formats.graphdef.GraphDefs;
import dev.merapi.formats.graphdef.ImportedGraph;
import dev.merapi.formats.graphdef.MissingOperations;
import dev.merapi.formats.proto.GraphDef;
import dev.merapi.formats.proto.NodeDef;
import dev.merapi.memory.Memory;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Runs frozen graphs of TensorFlow 1 with their recorded inputs and compares the results with the
/// recorded ones.
///
/// The graphs and the numbers are deeplearning4j's: `frozen_model.pb`, `NAME.placeholder.csv`,
/// `NAME.prediction.csv`, each with a `.shape` beside it.
public final class FrozenGoldens {
  /// Relative to the recorded number, or to a thousandth of the largest of its tensor where it is
  /// smaller: float32 carries 24 bits, a convolution or a recurrent network adds up to a few
  /// hundred products in another order than TensorFlow 1 did.
  public static final double TOLERANCE = 2e-5;

  /// Recorded numbers have eight decimals.
  private static final double PRINTED = 1e-8;

  /// Operations whose results cannot be compared by value.
  private static final Set<String> RANDOM =
      Set.of("RandomUniform", "RandomStandardNormal", "TruncatedNormal", "Multinomial");

  /// What came of one graph.
  public enum Kind {
    MATCHED,
    /// Draws random numbers: only shapes and types were compared.
    RANDOM,
    DIFFERENT,
    MISSING,
    REFUSED
  }

  /// @param graph the folder of the graph
  /// @param detail the first difference, the missing operations, the error
  public record Result(String graph, Kind kind, String detail) {
    public boolean isGood() {
      return kind == Kind.MATCHED || kind == Kind.RANDOM;
    }
  }

  private FrozenGoldens() {}

  /// Runs all graphs of the archive, in alphabetical order; if `again`, after they were written and
  /// read once more.
  public static List<Result> run(Path zip, boolean again) throws IOException {
    Map<String, Map<String, byte[]>> graphs = unpack(zip);
    List<Result> all = new ArrayList<>();
    graphs.forEach((name, files) -> all.add(run(name, files, again)));
    return all;
  }

  /// Returns the names of graphs whose text form says something else than their binary form.
  public static List<String> otherInText(Path zip) throws IOException {
    List<String> other = new ArrayList<>();
    unpack(zip)
        .forEach((name, files) -> {
          GraphDef def = GraphDefs.parse(files.get("frozen_model.pb"), name);
          String text = text(files, "frozen_graph.pbtxt");
          if (!GraphDefs.parseText(text, name).equals(def)
              || !GraphDefs.parseText(GraphDefs.text(def), name).equals(def)) {
            other.add(name);
          }
        });
    return other;
  }

  /// Returns a table of what came of the graphs.
  public static String table(List<Result> all) {
    StringBuilder s = new StringBuilder();
    for (Kind k : Kind.values()) {
      List<Result> some = all.stream().filter(r -> r.kind() == k).toList();
      s.append(String.format("%-10s %d%n", k.name().toLowerCase(Locale.ROOT), some.size()));
      if (k != Kind.MATCHED && k != Kind.RANDOM) {
        some.forEach(r ->
            s.append("           ")
                .append(r.graph())
                .append(": ")
                .append(r.detail().lines().findFirst().orElse(""))
                .append(System.lineSeparator()));
      }
    }
    return s.toString();
  }

  /// Returns the files of each graph, by the graph's folder.
  static Map<String, Map<String, byte[]>> unpack(Path zip) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipFile z = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = z.entries();
      while (entries.hasMoreElements()) {
        ZipEntry e = entries.nextElement();
        if (!e.isDirectory() && !e.getName().contains(".prediction_inbw.")) {
          files.put(e.getName(), z.getInputStream(e).readAllBytes());
        }
      }
    }
    Map<String, Map<String, byte[]>> graphs = new TreeMap<>();
    for (String name : files.keySet()) {
      if (name.endsWith("/frozen_model.pb")) {
        graphs.put(name.substring(0, name.lastIndexOf('/')), new TreeMap<>());
      }
    }
    // A file belongs to the nearest folder above it that holds a graph: names have slashes too.
    files.forEach((name, bytes) -> {
      for (int i = name.lastIndexOf('/'); i > 0; i = name.lastIndexOf('/', i - 1)) {
        Map<String, byte[]> graph = graphs.get(name.substring(0, i));
        if (graph != null) {
          graph.put(name.substring(i + 1).replace("____", "/"), bytes);
          return;
        }
      }
    });
    return graphs;
  }

  /// Runs one graph.
  private static Result run(String name, Map<String, byte[]> files, boolean again) {
    try {
      GraphDef def = GraphDefs.parse(files.get("frozen_model.pb"), name + "/frozen_model.pb");
      Map<String, NodeDef> nodes = new LinkedHashMap<>();
      def.getNodeList().forEach(n -> nodes.put(n.getName(), n));
      Map<String, String> outputs = new LinkedHashMap<>();
      for (String file : files.keySet()) {
        if (file.endsWith(".prediction.csv")) {
          String stem = file.substring(0, file.length() - ".prediction.csv".length());
          outputs.put(output(stem, nodes), stem);
        }
      }
      ImportedGraph graph =
          GraphDefReader.of(def, name + "/frozen_model.pb")
              .read(outputs.keySet().toArray(String[]::new));
      if (again) {
        GraphDefWriter.Written w = GraphDefWriter.write(graph.graph());
        GraphDef twice = GraphDefs.parse(GraphDefs.bytes(w.def()), name + ", written again");
        ImportedGraph read =
            GraphDefReader.of(twice, name + ", written again")
                .read(w.outputs().toArray(String[]::new));
        graph = new ImportedGraph(read.graph(), read.inputs(), graph.outputs(), read.variables());
      }
      Map<String, Tensor> feeds = new LinkedHashMap<>();
      for (String input : graph.inputs()) {
        DType d = DType.ofCode(nodes.get(input).getAttrOrThrow("dtype").getTypeValue());
        feeds.put(input, tensor(files, input + ".placeholder", d));
      }
      Map<String, Tensor> got = graph.run(feeds);
      boolean random = nodes.values().stream().anyMatch(n -> RANDOM.contains(n.getOp()));
      for (Map.Entry<String, String> e : outputs.entrySet()) {
        Tensor t = got.get(e.getKey());
        String difference = compare(t, files, e.getValue() + ".prediction", !random);
        if (!difference.isEmpty()) {
          return new Result(name, Kind.DIFFERENT, e.getKey() + ": " + difference);
        }
      }
      return new Result(name, random ? Kind.RANDOM : Kind.MATCHED, "");
    } catch (MissingOperations e) {
      return new Result(name, Kind.MISSING, String.join(", ", e.operations()));
    } catch (RuntimeException | Error e) {
      return new Result(name, Kind.REFUSED, e.toString());
    }
  }

  /// Returns the name of an output: the file says `node` or `node.1`.
  private static String output(String stem, Map<String, NodeDef> nodes) {
    if (nodes.containsKey(stem)) {
      return stem + ":0";
    }
    int dot = stem.lastIndexOf('.');
    return stem.substring(0, dot) + ":" + stem.substring(dot + 1);
  }

  private static String text(Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  /// Returns the recorded shape. The recorder wrote 0 for a scalar, which has a number all the
  /// same.
  private static Shape shape(Map<String, byte[]> files, String stem) {
    Shape s = shapeAsWritten(files, stem);
    return s.equals(Shape.of(0)) && !text(files, stem + ".csv").isBlank() ? Shape.SCALAR : s;
  }

  private static Shape shapeAsWritten(Map<String, byte[]> files, String stem) {
    return Shape.of(
        text(files, stem + ".shape")
            .lines()
            .filter(l -> !l.isBlank())
            .mapToInt(l -> Integer.parseInt(l.strip()))
            .toArray());
  }

  private static double[] numbers(Map<String, byte[]> files, String stem) {
    return text(files, stem + ".csv")
        .lines()
        .filter(l -> !l.isBlank())
        .mapToDouble(l -> number(l.strip()))
        .toArray();
  }

  private static double number(String s) {
    return switch (s) {
      case "True", "true" -> 1;
      case "False", "false" -> 0;
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(s);
    };
  }

  private static Tensor tensor(Map<String, byte[]> files, String stem, DType d) {
    double[] x = numbers(files, stem);
    Tensor t = Memory.empty(new Spec(d, shape(files, stem)));
    for (int i = 0; i < x.length; i++) {
      Values.put(t.segment(), d, i, x[i]);
    }
    return t;
  }

  private static String compare(Tensor t, Map<String, byte[]> files, String stem, boolean values) {
    Shape shape = shape(files, stem);
    if (!t.shape().equals(shape)) {
      return "shape " + t.shape() + ", recorded " + shape;
    }
    if (t.dtype() == DType.STRING) {
      String want = text(files, stem + ".csv").strip();
      String got = String.join("\n", t.toStringArray()).strip();
      return want.equals(got) ? "" : "'" + got + "', recorded '" + want + "'";
    }
    double[] want = numbers(files, stem);
    double[] got = t.toDoubleArray();
    if (want.length != got.length) {
      return got.length + " numbers, recorded " + want.length;
    }
    double largest = 0;
    for (double w : want) {
      largest = Math.max(largest, Double.isFinite(w) ? Math.abs(w) : 0);
    }
    for (int i = 0; values && i < want.length; i++) {
      double allowed = PRINTED + TOLERANCE * Math.max(Math.abs(want[i]), largest * 1e-3);
      boolean same = Double.compare(want[i], got[i]) == 0 || Math.abs(want[i] - got[i]) <= allowed;
      if (!same) {
        return "element "
            + i
            + " is "
            + got[i]
            + ", recorded "
            + want[i]
            + " (largest "
            + largest
            + ")";
      }
    }
    return "";
  }
}
