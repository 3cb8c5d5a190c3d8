package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;
import dev.merapi.formats.proto.AttrValue;
import dev.merapi.formats.proto.FunctionDef;
import dev.merapi.formats.proto.GraphDef;
import dev.merapi.formats.proto.NodeDef;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Cell;
import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Makes graphs of a GraphDef message.
///
/// Only what the outputs need is read; so a training graph gives its inference part. TensorFlow 1's
/// loops and branches become `While` and `If`, its variables become places that all graphs of one
/// reader share, calls of library functions are written out.
///
/// ```java
/// GraphDef def = GraphDefs.read(Path.of("frozen_graph.pb"));
/// ImportedGraph g = GraphDefReader.of(def, "frozen_graph.pb").read("softmax");
/// Tensor y = g.run(Map.of("image", x)).get("softmax:0");
/// ```
public final class GraphDefReader {
  /// Up to this version of TensorFlow's graphs a Placeholder of shape `()` had no known shape.
  private static final int SHAPES_OF_PLACEHOLDERS = 21;

  /// Nodes that the reader itself understands.
  private static final Set<String> OWN =
      Set.of(
          "Const",
          "Placeholder",
          "NoOp",
          "Switch",
          "Merge",
          "Enter",
          "Exit",
          "NextIteration",
          "LoopCond",
          "VarHandleOp",
          Wiring.ARGUMENT);

  private final GraphDef def;
  private final Place place;
  private final Wiring wiring;
  private final Library library;
  private final Variables variables;

  private GraphDefReader(GraphDef def, Place place, Map<String, Cell> variables) {
    this.def = def;
    this.place = place;
    this.wiring = Wiring.of(def, place);
    this.library = new Library(def.getLibrary().getFunctionList(), place);
    this.variables = new Variables(variables);
    Flow.analyse(wiring);
  }

  /// Starts reading; `origin` names the source in errors.
  ///
  /// Fails: `GraphDefError` when nodes refer to what is not there, or wait for themselves.
  public static GraphDefReader of(GraphDef def, String origin) {
    return new GraphDefReader(def, Place.of(origin), Map.of());
  }

  /// Starts reading a graph whose variables, or some of them, exist already.
  public static GraphDefReader of(GraphDef def, String origin, Map<String, Cell> variables) {
    return new GraphDefReader(def, Place.of(origin), variables);
  }

  /// Returns the names of all placeholders, in the file's order.
  public List<String> placeholders() {
    return wiring.items().stream().filter(i -> i.is("Placeholder")).map(Item::name).toList();
  }

  /// Returns the names of the nodes with outputs that no other node reads, in the file's order;
  /// those whose output is a reference to a variable are not among them.
  public List<String> ends() {
    Set<Item> read = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Item i : wiring.items()) {
      i.in.forEach(r -> read.add(r.item()));
    }
    List<String> ends = new ArrayList<>();
    for (Item i : wiring.items()) {
      if (!read.contains(i) && i.loop == null && !hasNoOutput(i) && i.when.isAlways()) {
        ends.add(i.name());
      }
    }
    return ends;
  }

  private static boolean hasNoOutput(Item i) {
    return References.gives(i)
        || i.is("NoOp")
        || Registry.has(i.op()) && Registry.find(i.op()).outputs().isEmpty();
  }

  /// Returns the places of the variables met so far, by name.
  public Map<String, Cell> variables() {
    return variables.cells();
  }

  /// Makes the graph that computes the given outputs (`node` or `node:index`); with none given,
  /// those of [#ends()]. A node without outputs, such as an initializer, is run for its effects.
  ///
  /// Fails: `GraphDefError` naming the node: an operation that Merapi lacks (one error lists them
  /// all), an attribute it does not know, shapes that do not fit.
  public ImportedGraph read(String... outputs) {
    List<Ref> targets = new ArrayList<>();
    List<Item> effects = new ArrayList<>();
    for (String name : outputs.length == 0 ? ends().toArray(String[]::new) : outputs) {
      Ref r = wiring.ref(name, place);
      if (hasNoOutput(r.item()) && !References.gives(r.item())) {
        effects.add(r.item());
        continue;
      }
      needed(List.of(r), List.of());
      When when = Flow.when(r, null);
      if (r.item().loop != null || !when.isAlways()) {
        throw r.item()
            .place
            .fault(
                "'"
                    + name
                    + "' has a value only "
                    + (r.item().loop == null
                        ? "if " + when
                        : "inside of loop '" + r.item().loop.name + "'"),
                name,
                "an output that every run computes",
                "ask for what comes out of the branch or loop");
      }
      r.item().indexWanted |= r.index() == 1;
      targets.add(r);
    }
    Set<Item> needed = needed(targets, effects);
    missing(needed);
    variables.startGraph();
    try (Tracer t = Tracer.openAlone("imported")) {
      Scope s = new Scope(null, t, "");
      List<String> inputs = new ArrayList<>();
      for (Item i : wiring.items()) {
        if (i.is("Placeholder") && needed.contains(i)) {
          s.bind(i, t.input(i.name(), spec(i)));
          inputs.add(i.name());
        }
      }
      Tensor[] out = new Emitter(variables, library).emit(s, targets, effects);
      Graph g = t.finish(List.of(out));
      List<String> names = targets.stream().map(r -> r.item().name() + ":" + r.index()).toList();
      return new ImportedGraph(g, List.copyOf(inputs), names, variables.cells());
    }
  }

  private Spec spec(Item placeholder) {
    AttrValue dtype = placeholder.attr("dtype");
    AttrValue shape = placeholder.attr("shape");
    if (dtype == null) {
      throw placeholder.place.fault(
          "a placeholder has no element type", placeholder.toString(), "attribute dtype", "");
    }
    DType d = Shapes.type(dtype.getTypeValue(), placeholder.place);
    Shape s = shape == null ? Shape.UNKNOWN : Shapes.read(shape.getShape(), placeholder.place);
    boolean old = def.getVersions().getProducer() <= SHAPES_OF_PLACEHOLDERS;
    return new Spec(d, old && s.equals(Shape.SCALAR) ? Shape.UNKNOWN : s);
  }

  private static Set<Item> needed(List<Ref> targets, List<Item> effects) {
    Set<Item> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Item> todo = new ArrayDeque<>(effects);
    targets.forEach(r -> todo.add(r.item()));
    while (!todo.isEmpty()) {
      Item item = todo.poll();
      if (needed.add(item)) {
        if (item.fault != null) {
          throw item.fault;
        }
        item.in.forEach(r -> todo.add(r.item()));
        todo.addAll(item.controls);
      }
    }
    return needed;
  }

  /// Refuses operations that Merapi lacks, all at once.
  private void missing(Set<Item> needed) {
    Set<String> missing = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    ArrayDeque<FunctionDef> todo = new ArrayDeque<>();
    String first = "";
    for (Item item : needed) {
      String op = lacks(item);
      if (op != null && missing.add(op) && first.isEmpty()) {
        first = item.name();
      }
      todo.addAll(library.called(item));
    }
    while (!todo.isEmpty()) {
      FunctionDef f = todo.poll();
      if (!seen.add(f.getSignature().getName())) {
        continue;
      }
      for (NodeDef n : f.getNodeDefList()) {
        Item item = new Item(n, place.at(n.getName()), Map.of());
        String op = lacks(item);
        if (op != null) {
          missing.add(op);
        }
        todo.addAll(library.called(item));
      }
    }
    if (!missing.isEmpty()) {
      throw new MissingOperations(place.at(first), new LinkedHashSet<>(missing));
    }
  }

  private String lacks(Item item) {
    References.Twin twin = References.twin(item);
    if (twin != null) {
      return Registry.has(twin.op()) ? null : item.op();
    }
    String list = TensorArrays.twin(item);
    if (list != null) {
      return Registry.has(list) ? null : item.op();
    }
    boolean known =
        OWN.contains(item.op())
            || library.isCall(item)
            || References.isVariable(item)
            || Registry.has(item.op());
    return known ? null : item.op();
  }
}
