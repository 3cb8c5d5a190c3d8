package dev.merapi.interop;

import dev.merapi.formats.graphdef.GraphDefReader;
import dev.merapi.formats.graphdef.GraphDefWriter;
import dev.merapi.formats.graphdef.GraphDefs;
import dev.merapi.formats.graphdef.ImportedGraph;
import dev.merapi.memory.Cell;
import dev.merapi.memory.Scope;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.op.Seeds;
import dev.merapi.suite.Golden;
import dev.merapi.suite.Golden.Array;
import dev.merapi.suite.Traced;
import dev.merapi.suite.Traced.Known;
import dev.merapi.suite.Traced.Program;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sends recorded calls through GraphDef messages: traced, written, read and run, they must give
/// the bits of eager mode.
public final class Reimported {
  private Reimported() {}

  /// Asks all operations whose names match and prints what is wrong.
  public static void main(String[] args) {
    Pattern names = Pattern.compile(args.length > 0 ? args[0] : ".*");
    int wrong = 0;
    int asked = 0;
    for (OpDef op : Registry.all()) {
      if (names.matcher(op.name()).matches()) {
        asked += Traced.cases(op).size();
        List<String> failures = failures(op);
        wrong += failures.size();
        failures.forEach(System.out::println);
      }
    }
    System.out.println(asked + " calls, " + wrong + " failures");
  }

  /// Returns what is wrong with an operation's calls; nothing when all agree.
  public static List<String> failures(OpDef op) {
    List<String> wrong = new ArrayList<>();
    for (Golden g : Traced.cases(op)) {
      for (Known known : List.of(Known.VALUES, Known.RANKS)) {
        String w = difference(op, g, known);
        if (w != null) {
          wrong.add(g + ", known " + known + ": " + w);
        }
      }
    }
    return wrong;
  }

  private static @Nullable String difference(OpDef op, Golden g, Known known) {
    try (Scope _ = Scope.open()) {
      List<Array> eager = Traced.eager(op, g);
      if (eager == null) {
        return null;
      }
      Program p = Traced.trace(op, g, known);
      GraphDefWriter.Written w = GraphDefWriter.write(p.graph());
      byte[] bytes = GraphDefs.bytes(w.def());
      GraphDefReader reader = GraphDefReader.of(GraphDefs.parse(bytes, g.name()), g.name());
      // An operation without outputs is run for what it does: its node is the last one.
      String[] ends =
          w.outputs().isEmpty()
              ? new String[] {w.def().getNode(w.def().getNodeCount() - 1).getName()}
              : w.outputs().toArray(String[]::new);
      ImportedGraph imported = reader.read(ends);
      List<Cell> cells = new ArrayList<>();
      p.cells()
          .forEach(c -> {
            Cell mine = imported.variables().get(c.name());
            mine.put(c.peek());
            cells.add(mine);
          });
      Map<String, Tensor> feeds = new LinkedHashMap<>();
      List<Array> inputs = g.inputs();
      for (int i = 0; i < w.inputs().size(); i++) {
        if (imported.inputs().contains(w.inputs().get(i))) {
          feeds.put(w.inputs().get(i), inputs.get(p.inputs().get(i)).tensor());
        }
      }
      Seeds.clearSeed();
      Map<String, Tensor> out = imported.run(feeds);
      List<Array> results = new ArrayList<>();
      w.outputs().forEach(name -> results.add(Array.of(out.get(name))));
      cells.forEach(c -> results.add(Array.of(c.peek())));
      return Traced.different(eager, results);
    } catch (RuntimeException e) {
      StackTraceElement[] at = e.getStackTrace();
      return e + (at.length == 0 ? "" : " at " + at[0]);
    }
  }
}
