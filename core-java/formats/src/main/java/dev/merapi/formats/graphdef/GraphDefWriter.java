package dev.merapi.formats.graphdef;

import dev.merapi.formats.proto.AttrValue;
import dev.merapi.formats.proto.FunctionDef;
import dev.merapi.formats.proto.GraphDef;
import dev.merapi.formats.proto.NameAttrList;
import dev.merapi.formats.proto.NodeDef;
import dev.merapi.formats.proto.OpDef.ArgDef;
import dev.merapi.formats.proto.VersionDef;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.memory.Cell;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Body;
import dev.merapi.op.OpDef;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Writes graphs as GraphDef messages: TensorFlow's names of operations and attributes, all
/// attributes with their values, branches and loop bodies in the library of functions.
///
/// Captured variables become `VarHandleOp` nodes that share the variable's name; their values are
/// not part of the message.
public final class GraphDefWriter {
  /// What TensorFlow 2.21 writes; its readers refuse what is newer than themselves by far, and read
  /// rules of old graphs into what is older.
  private static final VersionDef VERSIONS = VersionDef.newBuilder().setProducer(2474).build();

  /// The most bytes that a message may have, and so the constants in it.
  private static final long MOST_BYTES = Integer.MAX_VALUE - (64L << 20);

  private final Map<Body, String> names = new IdentityHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();
  private long bytes;

  /// The message of a graph, and what its inputs and outputs are called there.
  ///
  /// @param inputs names of the placeholders of the declared inputs
  /// @param outputs names of the outputs, `node:index`
  public record Written(GraphDef def, List<String> inputs, List<String> outputs) {}

  /// Returns the message of one graph.
  ///
  /// Fails: `TypeError` when it captures what only lives while a program runs; `ValueError` when
  /// its constants exceed what a message can hold (2 GiB).
  public static Written write(Graph graph) {
    GraphDefWriter w = new GraphDefWriter();
    GraphDef.Builder b = GraphDef.newBuilder().setVersions(VERSIONS);
    Map<Tensor, Tensor> captured = new IdentityHashMap<>();
    graph.captures().forEach(c -> captured.put(c.inner(), c.outer()));
    for (Node n : graph.nodes()) {
      Tensor outer = n.outputs().length == 1 ? captured.get(n.output(0)) : null;
      b.addNode(outer == null ? w.node(n, GraphDefWriter::plain) : w.capture(n, outer));
    }
    for (FunctionDef f : w.functions.values()) {
      b.getLibraryBuilder().addFunction(f);
    }
    List<String> inputs =
        graph.inputs().subList(0, graph.params()).stream().map(t -> Symbol.node(t).name()).toList();
    return new Written(
        b.build(),
        inputs,
        graph.outputs().stream()
            .map(Symbol::of)
            .map(s -> s.node().name() + ":" + s.index())
            .toList());
  }

  /// How inputs are called: differently in functions.
  private interface Naming {
    String of(Symbol s);
  }

  private static String plain(Symbol s) {
    return s.index() == 0 ? s.node().name() : s.node().name() + ":" + s.index();
  }

  private NodeDef capture(Node n, Tensor outer) {
    NodeDef.Builder b = NodeDef.newBuilder().setName(n.name()).setDevice(n.device());
    if (outer.isSymbolic()) {
      throw Message.what(
              "'" + n.name() + "' comes from another graph, so this one cannot be written alone")
          .given("captured " + outer.storage().symbol())
          .expected("a graph that captures variables only")
          .fix("write the graph around it")
          .typeError();
    }
    if (outer.dtype() != DType.RESOURCE) {
      return b.setOp("Const")
          .putAttr("value", AttrValues.write(outer))
          .putAttr("dtype", AttrValues.write(outer.dtype()))
          .build();
    }
    if (!(outer.storage().handles()[0] instanceof Cell cell)) {
      throw Message.what("'" + n.name() + "' is a resource that a graph file cannot name")
          .given(outer.storage().handles()[0].toString())
          .expected("variables")
          .typeError();
    }
    return b.setOp("VarHandleOp")
        .putAttr("dtype", AttrValues.write(cell.spec().dtype()))
        .putAttr("shape", AttrValues.write(cell.spec().shape()))
        .putAttr("shared_name", AttrValues.write(cell.name()))
        .putAttr("container", AttrValues.write(""))
        .putAttr("allowed_devices", AttrValues.write(new String[0]))
        .build();
  }

  private NodeDef node(Node n, Naming naming) {
    NodeDef.Builder b =
        NodeDef.newBuilder().setName(n.name()).setOp(n.op().name()).setDevice(n.device());
    for (Tensor t : n.inputs()) {
      b.addInput(naming.of(Symbol.of(t)));
    }
    for (Node c : n.controls()) {
      b.addInput("^" + c.name());
    }
    b.putAllAttr(attributes(n));
    return b.build();
  }

  /// Returns the attributes, those that the inputs decide among them.
  private Map<String, AttrValue> attributes(Node n) {
    OpDef op = n.op();
    Map<String, AttrValue> all = new LinkedHashMap<>();
    for (AttrDef def : op.attrs()) {
      Object v = n.attrs().get(def.name());
      if (v instanceof Body body) {
        all.put(def.name(), AttrValue.newBuilder().setFunc(reference(body)).build());
      } else if (v instanceof Body[] bodies) {
        AttrValue.Builder list = AttrValue.newBuilder();
        for (Body body : bodies) {
          list.getListBuilder().addFunc(reference(body));
        }
        all.put(def.name(), list.build());
      } else if (v == null || isOpen(v) || Attributes.followsFromInputs(op, def)) {
        all.put(def.name(), AttrValues.write(Types.of(n, def)));
      } else {
        if (v instanceof Tensor t) {
          count(t);
        }
        all.put(def.name(), AttrValues.write(v));
      }
    }
    int lists = (int) op.inputs().stream().filter(a -> a.list()).count();
    if (lists > 0
        && op.inputs().stream()
            .anyMatch(a -> a.list() && (a.typeVar() != null || a.fixed() != null))) {
      int length = (n.inputs().length - op.inputs().size() + lists) / lists;
      all.put("N", AttrValues.write((long) length));
    }
    return all;
  }

  /// Tells whether a list of types was left for the tensors to say.
  private static boolean isOpen(Object v) {
    return v instanceof DType[] d && d.length == 0;
  }

  private void count(Tensor t) {
    bytes += t.dtype() == DType.STRING ? 0 : t.spec().bytes();
    if (bytes > MOST_BYTES) {
      throw Message.what("the graph's constants are too large for a GraphDef message")
          .given("more than " + MOST_BYTES + " bytes")
          .expected("2 GiB in all")
          .fix("keep large values in variables and save them in a checkpoint")
          .valueError();
    }
  }

  private NameAttrList reference(Body body) {
    String known = names.get(body);
    if (known == null) {
      known = unique(body.name().replaceAll("[^A-Za-z0-9_]", "_"), taken);
      names.put(body, known);
      if (!(body instanceof Graph g)) {
        throw new IllegalStateException("This is a bug in Merapi: a body that is no graph");
      }
      functions.put(known, function(g, known));
    }
    return NameAttrList.newBuilder().setName(known).build();
  }

  private static String unique(String wanted, Set<String> taken) {
    String name = wanted;
    for (int i = 1; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  private FunctionDef function(Graph g, String name) {
    FunctionDef.Builder b = FunctionDef.newBuilder();
    b.getSignatureBuilder().setName(name);
    Map<Node, String> arguments = new IdentityHashMap<>();
    Set<String> args = new HashSet<>();
    // Nodes and arguments share one set of names.
    g.nodes().forEach(n -> args.add(n.name()));
    for (Tensor t : g.inputs()) {
      Node n = Symbol.node(t);
      args.remove(n.name());
      String arg = unique(argument(n.name()), args);
      arguments.put(n, arg);
      ArgDef.Builder a = b.getSignatureBuilder().addInputArgBuilder();
      a.setName(arg).setType(Shapes.type(t.dtype()));
    }
    Naming naming =
        s -> {
          String arg = arguments.get(s.node());
          return arg == null ? s.node().name() + ":" + output(s) : arg;
        };
    boolean stateful = false;
    for (Node n : g.nodes()) {
      if (!arguments.containsKey(n)) {
        b.addNodeDef(node(n, naming));
        if (n.hasEffect()) {
          stateful = true;
          String key = unique(argument(n.name()), args);
          b.putControlRet(key, n.name());
          b.getSignatureBuilder().addControlOutput(key);
        }
      }
    }
    b.getSignatureBuilder().setIsStateful(stateful);
    Set<String> results = new HashSet<>();
    for (Tensor t : g.outputs()) {
      String result = unique("result", results);
      b.getSignatureBuilder().addOutputArgBuilder().setName(result).setType(Shapes.type(t.dtype()));
      b.putRet(result, naming.of(Symbol.of(t)));
    }
    return b.build();
  }

  /// Returns a name as functions' arguments may have: lower case, digits, underscores.
  private static String argument(String name) {
    String s = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return s.isEmpty() || !Character.isLetter(s.charAt(0)) ? "x" + s : s;
  }

  /// Returns how a function body names an output: its argument and the position in that.
  private static String output(Symbol s) {
    OpDef op = s.node().op();
    int lists = (int) op.outputs().stream().filter(a -> a.list()).count();
    int length = lists == 0 ? 0 : (s.node().outputs().length - op.outputs().size() + lists) / lists;
    int at = s.index();
    for (dev.merapi.op.ArgDef a : op.outputs()) {
      int n = a.list() ? length : 1;
      if (at < n) {
        return a.name() + ":" + at;
      }
      at -= n;
    }
    throw new IllegalStateException(
        "This is a bug in Merapi: " + op.name() + " has no output " + s.index());
  }

  /// The element types that attributes repeat from a node's inputs and outputs.
  private static final class Types {
    private Types() {}

    static Object of(Node n, AttrDef def) {
      OpDef op = n.op();
      if (def.kind() == AttrDef.Kind.TYPES) {
        return Attributes.followsFromInputs(op, def)
            ? list(op.inputs(), n.inputs())
            : list(op.outputs(), n.outputs());
      }
      Map<String, DType> found = new HashMap<>();
      collect(op.inputs(), n.inputs(), found);
      collect(op.outputs(), n.outputs(), found);
      DType d = found.get(def.name());
      if (d == null) {
        for (dev.merapi.op.TypeVar t : op.types()) {
          d = t.name().equals(def.name()) ? t.otherwise() : d;
        }
      }
      if (d == null) {
        throw Message.what(op.name() + ": attribute " + def.name() + " has no value")
            .given(n.toString())
            .expected("a value for " + def.name())
            .attrError();
      }
      return d;
    }

    private static void collect(
        List<dev.merapi.op.ArgDef> args, Tensor[] tensors, Map<String, DType> found) {
      int lists = (int) args.stream().filter(a -> a.list()).count();
      int length = lists == 0 ? 0 : (tensors.length - args.size() + lists) / lists;
      int at = 0;
      for (dev.merapi.op.ArgDef a : args) {
        int n = a.list() ? length : 1;
        if (a.typeVar() != null && n > 0) {
          found.putIfAbsent(a.typeVar(), tensors[at].dtype());
        }
        at += n;
      }
    }

    /// Returns the types of the list argument, the only one there is.
    private static DType[] list(List<dev.merapi.op.ArgDef> args, Tensor[] tensors) {
      int fixed = 0;
      int before = -1;
      for (dev.merapi.op.ArgDef a : args) {
        if (a.list()) {
          before = fixed;
        } else {
          fixed++;
        }
      }
      DType[] types = new DType[before < 0 ? 0 : tensors.length - fixed];
      for (int i = 0; i < types.length; i++) {
        types[i] = tensors[before + i].dtype();
      }
      return types;
    }
  }
}
