package dev.merapi.graph;

import dev.merapi.op.Body;
import dev.merapi.op.Context;
import dev.merapi.op.Executor;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A program as a value: nodes in an order in which they can run, inputs, outputs.
///
/// Each tensor is made by one node and used by later ones. A graph may use tensors of the graph
/// around it (a branch does) and the resources of variables: these are its captures, inputs that
/// come after those that were declared. Written by a [Builder]; fixed once it has outputs.
public final class Graph implements Body {
  /// A value from outside and the input that stands for it inside.
  public record Capture(Tensor outer, Tensor inner) {}

  /// Runs graphs; found by name because its room comes after this one.
  public interface Engine {
    Tensor[] run(Graph graph, Tensor[] in);
  }

  private static final class TheEngine {
    static final Engine ENGINE = load();

    private static Engine load() {
      try {
        return (Engine) Class.forName("dev.merapi.compile.Plans").getField("ENGINE").get(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("This is a bug in Merapi: no engine for graphs", e);
      }
    }
  }

  private final String name;
  private final @Nullable Graph outer;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Capture> captures = new ArrayList<>();
  private final Map<Tensor, Tensor> captured = new IdentityHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private List<Tensor> outputs = List.of();
  private boolean open = true;
  private volatile @Nullable Object plan;
  private Spec @Nullable [] inputSpecs;
  private Spec @Nullable [] outputSpecs;

  Graph(String name, @Nullable Graph outer) {
    this.name = name;
    this.outer = outer;
  }

  @Override
  public String name() {
    return name;
  }

  /// Returns the graph whose tensors this one may capture, or null.
  public @Nullable Graph outer() {
    return outer;
  }

  /// Returns the nodes in an order in which they can run; of nodes with effects, the program's.
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /// Returns the inputs: the declared ones, then the captures.
  public List<Tensor> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /// Returns how many inputs were declared; the others are captures.
  public int params() {
    return inputs.size() - captures.size();
  }

  public List<Capture> captures() {
    return Collections.unmodifiableList(captures);
  }

  public List<Tensor> outputs() {
    return outputs;
  }

  /// Tells whether nodes are still being added.
  public boolean isOpen() {
    return open;
  }

  @Override
  public Spec[] inputSpecs() {
    Spec[] s = inputSpecs;
    if (s == null) {
      s = inputs.stream().map(Tensor::spec).toArray(Spec[]::new);
      inputSpecs = open ? null : s;
    }
    return s;
  }

  @Override
  public Spec[] outputSpecs() {
    Spec[] s = outputSpecs;
    if (s == null) {
      s = outputs.stream().map(Tensor::spec).toArray(Spec[]::new);
      outputSpecs = open ? null : s;
    }
    return s;
  }

  @Override
  public int passed(int i) {
    for (int k = 0; k < inputs.size(); k++) {
      if (inputs.get(k) == outputs.get(i)) {
        return k;
      }
    }
    return -1;
  }

  @Override
  public boolean hasEffect() {
    for (Node n : nodes) {
      if (n.hasEffect()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isStateful() {
    for (Node n : nodes) {
      if (n.op().isStateful() || n.bodies().stream().anyMatch(Body::isStateful)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the node of the given name, or null.
  public @Nullable Node find(String nodeName) {
    for (Node n : nodes) {
      if (n.name().equals(nodeName)) {
        return n;
      }
    }
    return null;
  }

  /// Tells whether `other` is this graph or one around it.
  public boolean within(Graph other) {
    for (Graph g = this; g != null; g = g.outer) {
      if (g == other) {
        return true;
      }
    }
    return false;
  }

  /// Runs the graph now: values for all inputs, captures included.
  @Override
  public Tensor[] run(Tensor... in) {
    return TheEngine.ENGINE.run(this, in);
  }

  /// Calls this graph's operations again, one by one, through the executor of this thread: at once,
  /// or into the graph that is being traced. A tape that looks on sees each of them.
  @Override
  public Tensor[] replay(Tensor... in) {
    Map<Tensor, Tensor> values = new IdentityHashMap<>();
    for (int i = 0; i < in.length; i++) {
      values.put(inputs.get(i), in[i]);
    }
    Executor executor = Context.get().executor();
    for (Node n : nodes) {
      if (n.is("Placeholder")) {
        continue;
      }
      if (n.is("Const")) {
        values.put(n.output(0), n.attrs().tensor("value"));
        continue;
      }
      Tensor[] args = new Tensor[n.inputs().length];
      for (int i = 0; i < args.length; i++) {
        args[i] = values.get(n.input(i));
      }
      Tensor[] out = executor.run(n.op(), n.attrs(), args);
      for (int i = 0; i < out.length; i++) {
        values.put(n.output(i), out[i]);
      }
    }
    return outputs.stream().map(values::get).toArray(Tensor[]::new);
  }

  /// Returns what the engine keeps beside this graph: its plan, null before the first run.
  public @Nullable Object plan() {
    return plan;
  }

  public void setPlan(Object p) {
    plan = p;
  }

  @Override
  public String toString() {
    return GraphText.of(this);
  }

  // What follows is the builder's side.

  List<Node> mutableNodes() {
    return nodes;
  }

  void insert(Node node, Node before) {
    nodes.add(nodes.indexOf(before), node);
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).setPosition(i);
    }
  }

  void addInput(Tensor t) {
    // Captures stay behind: a loop finds some of its variables only while its body is traced.
    inputs.add(params(), t);
  }

  void addCapture(Tensor outerTensor, Tensor inner) {
    inputs.add(inner);
    captures.add(new Capture(outerTensor, inner));
    captured.put(outerTensor, inner);
  }

  @Nullable Tensor capture(Tensor outerTensor) {
    return captured.get(outerTensor);
  }

  String unique(String wanted) {
    if (names.add(wanted)) {
      return wanted;
    }
    for (int i = numbers.getOrDefault(wanted, 0) + 1; ; i++) {
      String s = wanted + "_" + i;
      if (names.add(s)) {
        numbers.put(wanted, i);
        return s;
      }
    }
  }

  void close(List<Tensor> results) {
    outputs = List.copyOf(results);
    open = false;
    plan = null;
    inputSpecs = null;
    outputSpecs = null;
  }

  /// Opens the graph again, to give it more inputs or outputs.
  void reopen() {
    open = true;
  }

  /// Puts the captures into the order of `outers`, each of which must be captured already.
  void order(List<Tensor> outers) {
    int declared = params();
    List<Capture> sorted = new ArrayList<>();
    for (Tensor t : outers) {
      sorted.add(new Capture(t, captured.get(t)));
    }
    inputs.subList(declared, inputs.size()).clear();
    captures.clear();
    for (Capture c : sorted) {
      inputs.add(c.inner());
      captures.add(c);
    }
    plan = null;
    inputSpecs = null;
  }
}
