package dev.merapi.interop;

import dev.merapi.formats.graphdef.GraphDefReader;
import dev.merapi.formats.graphdef.GraphDefs;
import dev.merapi.formats.graphdef.ImportedGraph;
import dev.merapi.formats.graphdef.TensorProtos;
import dev.merapi.formats.proto.GraphDef;
import dev.merapi.formats.proto.NodeDef;
import dev.merapi.memory.Cell;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A graph with what TensorFlow 2.21 computed from it; the files are described in
/// `tests/golden/tensorflow-2.21/graphs.py`.
public record GraphCase(
    String name, GraphDef graph, String init, Map<String, Tensor> variables, List<Run> runs) {

  /// Values by placeholder, results by output.
  public record Run(Map<String, Tensor> in, Map<String, Tensor> out) {}

  private static final String FOLDER = "tests/src/test/resources/golden/tensorflow-2.21/graphs";

  /// Returns the folder of the goldens, or one inside it.
  public static Path folder(String inside) {
    return Path.of(System.getProperty("merapi.root"), FOLDER, inside);
  }

  /// Reads all cases of a folder.
  public static List<GraphCase> all(Path folder) throws IOException {
    List<GraphCase> all = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path p : files.sorted().toList()) {
        String file = p.getFileName().toString();
        if (file.endsWith(".values.pbtxt")) {
          String name = file.substring(0, file.length() - ".values.pbtxt".length());
          all.add(of(name, GraphDefs.read(folder.resolve(name + ".pbtxt")), GraphDefs.read(p)));
        }
      }
    }
    return all;
  }

  private static GraphCase of(String name, GraphDef graph, GraphDef values) {
    String init = "";
    Map<String, Tensor> variables = new LinkedHashMap<>();
    Map<Integer, Run> runs = new TreeMap<>();
    for (NodeDef n : values.getNodeList()) {
      String[] parts = n.getName().split("/", 3);
      if (parts[0].equals("init")) {
        init = parts[1];
        continue;
      }
      Tensor t = TensorProtos.read(n.getAttrOrThrow("value").getTensor(), name, n.getName());
      Run run =
          runs.computeIfAbsent(
              Integer.parseInt(parts[1]),
              k -> new Run(new LinkedHashMap<>(), new LinkedHashMap<>()));
      switch (parts[0]) {
        case "in" -> run.in().put(parts[2], t);
        case "var" -> variables.put(parts[2], t);
        default -> run.out().put(parts[2], t);
      }
    }
    return new GraphCase(name, graph, init, variables, List.copyOf(runs.values()));
  }

  /// Reads and runs `def`, this case's graph in whatever form, and returns the first difference;
  /// empty if there is none.
  public String difference(GraphDef def) {
    GraphDefReader reader = GraphDefReader.of(def, name);
    String[] outputs = runs.get(0).out().keySet().toArray(String[]::new);
    ImportedGraph g = reader.read(outputs);
    variables.forEach((n, value) -> {
      Cell cell = g.variables().get(n);
      cell.put(value);
    });
    if (!init.isEmpty()) {
      reader.read(init).run(Map.of());
    }
    for (int i = 0; i < runs.size(); i++) {
      Map<String, Tensor> got = g.run(runs.get(i).in());
      for (Map.Entry<String, Tensor> e : runs.get(i).out().entrySet()) {
        String d = difference(e.getValue(), got.get(e.getKey()));
        if (!d.isEmpty()) {
          return name + ", run " + i + ", " + e.getKey() + ": " + d;
        }
      }
    }
    return "";
  }

  /// Compares types, shapes and values: float32 to 2e-6 of the largest, all else exactly.
  public static String difference(Tensor want, Tensor got) {
    if (want.dtype() != got.dtype() || !want.shape().equals(got.shape())) {
      return got.spec() + ", recorded " + want.spec();
    }
    if (want.dtype() == DType.STRING) {
      return Arrays.deepEquals(want.strings(), got.strings())
          ? ""
          : got.format() + ", recorded " + want.format();
    }
    if (want.dtype() != DType.F32) {
      return Arrays.equals(want.toByteArray(), got.toByteArray())
          ? ""
          : got.format() + ", recorded " + want.format();
    }
    float[] w = want.toFloatArray();
    float[] g = got.toFloatArray();
    double largest = 0;
    for (float x : w) {
      largest = Math.max(largest, Float.isFinite(x) ? Math.abs(x) : 0);
    }
    for (int i = 0; i < w.length; i++) {
      if (Float.compare(w[i], g[i]) != 0 && !(Math.abs((double) w[i] - g[i]) <= 2e-6 * largest)) {
        return "element " + i + " is " + g[i] + ", recorded " + w[i];
      }
    }
    return "";
  }
}
