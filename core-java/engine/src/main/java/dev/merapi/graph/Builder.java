package dev.merapi.graph;

import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a graph: appends nodes, infers what comes out of them, keeps effects in program order.
///
/// Traces, optimiser passes and readers of graph files all write through it.
public final class Builder {
  private static final OpRef PLACEHOLDER = OpRef.to("Placeholder");
  private static final OpRef CONST = OpRef.to("Const");

  private final Graph graph;
  private final Map<Tensor, Tensor> constants = new IdentityHashMap<>();

  /// The last node that changed a resource (or, under [#EVERYTHING], printed or stopped), and those
  /// that have read it since.
  private final Map<Tensor, Node> writer = new IdentityHashMap<>();

  private final Map<Tensor, List<Node>> readers = new IdentityHashMap<>();
  private @Nullable Node lastEffect;

  /// The last node that drew from each sequence of random numbers.
  private final Map<List<Object>, Node> lastDraws = new HashMap<>();

  /// The node before which others are written; null to write at the end.
  private final @Nullable Node before;

  public Builder(String name) {
    this(name, null);
  }

  /// Starts a graph that may capture tensors of `outer`.
  public Builder(String name, @Nullable Graph outer) {
    this.graph = new Graph(name, outer);
    this.before = null;
  }

  private Builder(Graph finished) {
    this.graph = finished;
    this.before = null;
    finished.reopen();
    for (Node n : finished.nodes()) {
      remember(n);
    }
  }

  /// Goes on writing a graph that was finished but has not run yet.
  static Builder reopen(Graph finished) {
    return new Builder(finished);
  }

  /// Writes nodes before another one, into a graph that is still open; only such as have no
  /// effects.
  static Builder ahead(Node node) {
    Builder b = new Builder(node.graph(), node);
    return b;
  }

  private Builder(Graph open, Node before) {
    this.graph = open;
    this.before = before;
  }

  public Graph graph() {
    return graph;
  }

  /// Returns the node appended last.
  Node last() {
    return graph.mutableNodes().getLast();
  }

  /// Adds an input.
  public Tensor input(String name, Spec spec) {
    Tensor t = placeholder(name, spec);
    graph.addInput(t);
    return t;
  }

  /// Adds an input like a tensor of another graph; of the handle of a variable it is known which.
  public Tensor input(String name, Tensor like) {
    Tensor t = input(name, like.spec());
    know(t, like);
    return t;
  }

  private static void know(Tensor input, Tensor stoodFor) {
    if (stoodFor.dtype() == DType.RESOURCE) {
      Symbol.of(input).stand(stoodFor.isSymbolic() ? stoodFor.storage().constant() : stoodFor);
    }
  }

  /// Adds the input that stands for `outer`, a tensor from outside; the same one for the same
  /// tensor.
  public Tensor capture(Tensor outer, String name) {
    return capture(outer, name, outer.spec());
  }

  /// Does the same for a tensor of which more is known inside than outside.
  Tensor capture(Tensor outer, String name, Spec spec) {
    Tensor t = graph.capture(outer);
    if (t == null) {
      t = placeholder(name, spec);
      graph.addCapture(outer, t);
      know(t, outer);
    }
    return t;
  }

  private Tensor placeholder(String name, Spec spec) {
    Attrs a = PLACEHOLDER.attrs("dtype", spec.dtype(), "shape", spec.shape());
    return append(PLACEHOLDER.get(), a, new Tensor[0], name, "", null)[0];
  }

  /// Writes a value into the graph; the same node for the same tensor.
  public Tensor constant(Tensor value) {
    return constant(value, "Const");
  }

  public Tensor constant(Tensor value, String name) {
    Tensor t = constants.get(value);
    if (t == null) {
      // Engine code may give up its claim on the value; the graph keeps its own.
      value.storage().retain();
      Attrs a = CONST.attrs("value", value, "dtype", value.dtype());
      t = append(CONST.get(), a, new Tensor[0], name, "", null)[0];
      constants.put(value, t);
    }
    return t;
  }

  /// Appends an operation on tensors of this graph.
  public Tensor[] append(OpDef op, Attrs attrs, Tensor... in) {
    return append(op, attrs, in, op.name(), "", null);
  }

  /// Appends an operation on tensors of this graph under the given name, made unique.
  public Tensor[] append(
      OpDef op,
      Attrs attrs,
      Tensor[] in,
      String name,
      String device,
      @Nullable StackTraceElement where) {
    Call call = new Call(op, attrs, in);
    op.infer().infer(call);
    Spec[] specs = new Spec[call.outs()];
    for (int i = 0; i < specs.length; i++) {
      specs[i] = call.outSpec(i);
    }
    return append(op, attrs, in, specs, name, device, where);
  }

  /// Appends an operation whose outputs are already known.
  public Tensor[] append(
      OpDef op,
      Attrs attrs,
      Tensor[] in,
      Spec[] specs,
      String name,
      String device,
      @Nullable StackTraceElement where) {
    if (!graph.isOpen()) {
      throw new IllegalStateException(
          "This is a bug in Merapi: graph '" + graph.name() + "' is finished");
    }
    Node probe = new Node(graph, -1, name, op, attrs, in, List.of(), device, where);
    List<Node> controls = before(probe);
    List<Node> nodes = graph.mutableNodes();
    Node node =
        new Node(graph, nodes.size(), graph.unique(name), op, attrs, in, controls, device, where);
    Tensor[] out = new Tensor[specs.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = new Tensor(specs[i], new Symbol(node, i));
    }
    node.setOutputs(out);
    if (before != null) {
      graph.insert(node, before);
      return out;
    }
    nodes.add(node);
    remember(node);
    return out;
  }

  /// Copies a node of another graph: `in` are its inputs here.
  public Tensor[] copy(Node node, Tensor[] in) {
    if (node.is("Const")) {
      return new Tensor[] {constant(node.attrs().tensor("value"), node.name())};
    }
    Call call = new Call(node.op(), node.attrs(), in);
    node.op().infer().infer(call);
    Spec[] specs = new Spec[call.outs()];
    for (int i = 0; i < specs.length; i++) {
      specs[i] = narrower(call.outSpec(i), node.output(i).spec());
    }
    return append(node.op(), node.attrs(), in, specs, node.name(), node.device(), node.where());
  }

  /// A copy never knows less than its original did.
  private static Spec narrower(Spec inferred, Spec known) {
    return inferred.shape().isKnown() || !known.shape().isKnown() ? inferred : known;
  }

  /// Ends the graph.
  public Graph finish(List<Tensor> outputs) {
    graph.close(outputs);
    return graph;
  }

  /// Returns the nodes that must run before `n` because of what they change or read.
  private List<Node> before(Node n) {
    LinkedHashSet<Node> all = new LinkedHashSet<>();
    boolean writes = n.hasEffect();
    for (Tensor t : n.inputs()) {
      if (t.dtype() == DType.RESOURCE) {
        Node w = writer.get(t);
        if (w != null) {
          all.add(w);
        }
        if (writes) {
          all.addAll(readers.getOrDefault(t, List.of()));
        }
      }
    }
    if (writes && lastEffect != null && !onlyResources(n)) {
      all.add(lastEffect);
    }
    Node d = draws(n) ? lastDraws.get(sequence(n)) : null;
    if (d != null) {
      all.add(d);
    }
    return new ArrayList<>(all);
  }

  private void remember(Node n) {
    boolean writes = n.hasEffect();
    for (Tensor t : n.inputs()) {
      if (t.dtype() == DType.RESOURCE) {
        if (writes) {
          writer.put(t, n);
          readers.remove(t);
        } else {
          readers.computeIfAbsent(t, k -> new ArrayList<>()).add(n);
        }
      }
    }
    if (writes && !onlyResources(n)) {
      lastEffect = n;
    }
    if (draws(n)) {
      lastDraws.put(sequence(n), n);
    }
  }

  /// Tells whether a node reads on in a sequence of random numbers that follows from seeds.
  private static boolean draws(Node n) {
    return n.op().effect() == OpDef.Effect.DRAWS
        && (n.attrs().l("seed") != 0 || n.attrs().l("seed2") != 0);
  }

  private static List<Object> sequence(Node n) {
    return List.of(n.op().name(), n.attrs().l("seed"), n.attrs().l("seed2"));
  }

  /// Tells whether a node's effects are changes of the resources among its inputs and no others.
  private static boolean onlyResources(Node n) {
    if (!n.bodies().isEmpty()) {
      return false;
    }
    for (Tensor t : n.inputs()) {
      if (t.dtype() == DType.RESOURCE) {
        return true;
      }
    }
    return false;
  }
}
