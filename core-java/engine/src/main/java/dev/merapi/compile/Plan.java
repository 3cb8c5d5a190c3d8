package dev.merapi.compile;

import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A graph made ready to run: steps in order, prepared calls, one stretch of memory for all that
/// nobody sees outside.
///
/// Re-entrant: each run works in a [Frame] of its own, and finished frames are used again. Values
/// that somebody may keep (outputs, what is assigned to variables or handed to inner graphs) have
/// memory of their own; all others lie in the frame's arena, where one takes over another's bytes
/// when that one is dead.
final class Plan {
  private static final boolean LOGGED = System.getProperty("merapi.log", "").contains("schedule");

  /// Frames kept beside the last one: as many as can run at once. Others give their memory back.
  private static final int MOST_SPARES = Runtime.getRuntime().availableProcessors();

  final List<Value> values = new ArrayList<>();
  long arenaBytes;
  int numCalls;
  int numTasks;

  private final Graph graph;
  private final Map<Tensor, Value> of = new IdentityHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Value[] arguments;
  private final Value[] results;
  private final Step[] program;
  private final AtomicReference<@Nullable Frame> spare = new AtomicReference<>();
  private final ArrayBlockingQueue<Frame> spares = new ArrayBlockingQueue<>(MOST_SPARES);

  Plan(Graph graph) {
    this.graph = graph;
    arguments = new Value[graph.inputs().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = add(graph.inputs().get(i));
      arguments[i].kind = Value.Kind.ARGUMENT;
    }
    List<Node> nodes = new ArrayList<>();
    for (Node n : graph.nodes()) {
      boolean isArgument = n.is("Placeholder") && of.containsKey(n.output(0));
      if (!isArgument) {
        nodes.add(n);
      }
    }
    for (Node n : nodes) {
      declare(n);
    }
    results = graph.outputs().stream().map(of::get).toArray(Value[]::new);
    for (Value v : results) {
      keep(v);
    }
    for (Node n : nodes) {
      if (Keeping.inputs(n)) {
        for (Tensor t : n.inputs()) {
          keep(of.get(t));
        }
      }
    }
    if (LOGGED) {
      System.err.println("# schedule of " + graph.name() + "\n" + Schedule.text(graph));
    }
    for (Schedule.Unit u : Schedule.of(nodes)) {
      switch (u) {
        case Schedule.Unit.One o -> step(o.node());
        case Schedule.Unit.Rows r ->
            parts(Collections.nCopies(r.pieces(), r.nodes()), r.rows(), r.some());
        case Schedule.Unit.Branches b -> parts(b.branches(), 0, 0);
      }
    }
    lives();
    List<Value> inArena = new ArrayList<>();
    for (Value v : values) {
      if (v.kind == Value.Kind.ARENA && v.spec().dtype().bytes() > 0) {
        inArena.add(v);
      }
    }
    Arena arena = new Arena();
    arena.place(inArena);
    arenaBytes = arena.bytes();
    program = steps.toArray(Step[]::new);
  }

  private Value add(Tensor t) {
    Value v = new Value(t, values.size());
    values.add(v);
    of.put(t, v);
    return v;
  }

  /// Says where a node's outputs lie, before anybody has asked to keep them.
  private void declare(Node n) {
    for (int i = 0; i < n.outputs().length; i++) {
      Value v = add(n.output(i));
      if (n.is("Const")) {
        v.kind = Value.Kind.CONSTANT;
        v.constant = n.attrs().tensor("value");
      } else if (Keeping.isAlias(n) && v.isKnown()) {
        v.kind = Value.Kind.ALIAS;
        v.base = of.get(n.input(i)).base;
      } else if (n.is("ReadVariableOp")) {
        v.kind = Value.Kind.LENT;
      } else if (!Keeping.inputs(n) && isStatic(n)) {
        v.kind = Value.Kind.ARENA;
      } else {
        v.kind = Value.Kind.FOUND;
      }
    }
  }

  /// Tells whether all inputs and outputs of a node have known shapes.
  static boolean isStatic(Node n) {
    for (Tensor t : n.inputs()) {
      if (!t.shape().isKnown()) {
        return false;
      }
    }
    for (Tensor t : n.outputs()) {
      if (!t.shape().isKnown() || t.dtype() == DType.VARIANT || t.dtype() == DType.RESOURCE) {
        return false;
      }
    }
    return true;
  }

  private static void keep(Value v) {
    if (v.base.kind == Value.Kind.ARENA) {
      v.base.kind = Value.Kind.OWN;
    }
  }

  private void step(Node n) {
    Value[] in = valuesOf(n.inputs());
    Value[] out = valuesOf(n.outputs());
    if (n.is("Const") || out.length > 0 && out[0].kind == Value.Kind.ALIAS) {
      return;
    }
    Step s;
    if (n.is("ReadVariableOp")) {
      s = new Step.Read(n, in[0], out[0], isResult(out[0]));
    } else if (isStatic(n) && !Keeping.inputs(n)) {
      s = new Step.Run(n, numCalls++, own(out), isOpen(n));
    } else {
      s = new Step.Find(n, in, out);
    }
    for (Value v : out) {
      v.hosts = Keeping.hosts(n, in, v);
    }
    use(in, out);
    steps.add(s);
  }

  /// Notes that the step now made reads and makes values.
  private void use(Value[] in, Value[] out) {
    int at = steps.size();
    for (Value v : out) {
      v.made = at;
      v.base.lastUse = Math.max(v.base.lastUse, at);
    }
    for (Value v : in) {
      v.base.lastUse = Math.max(v.base.lastUse, at);
    }
  }

  private static Value[] own(Value[] out) {
    return Arrays.stream(out).filter(v -> v.kind == Value.Kind.OWN).toArray(Value[]::new);
  }

  /// Adds a step of parts that run at the same time: pieces of `some` of all `rows` rows, or
  /// branches if that is 0. All values live for the whole step, so that no part writes over what
  /// another reads.
  private void parts(List<List<Node>> parts, int rows, int some) {
    List<Value> own = new ArrayList<>();
    Kernel[][] kernels = new Kernel[parts.size()][];
    int calls = 0;
    for (int p = 0; p < kernels.length; p++) {
      List<Node> nodes = parts.get(p);
      kernels[p] = new Kernel[nodes.size()];
      for (int i = 0; i < nodes.size(); i++) {
        Node n = nodes.get(i);
        kernels[p][i] = n.op().cpu(Piece.of(p, rows, some).attrs(n));
        if (p == 0 || rows == 0) {
          Value[] out = valuesOf(n.outputs());
          own.addAll(List.of(own(out)));
          use(valuesOf(n.inputs()), out);
        }
      }
      calls += nodes.size();
    }
    steps.add(
        new Step.Parts(
            parts, kernels, numCalls, numTasks++, rows, some, own.toArray(Value[]::new)));
    numCalls += calls;
  }

  /// Tells whether a node's shape rule has not yet seen all values that it wants to judge.
  static boolean isOpen(Node n) {
    Call c = new Call(n.op(), n.attrs(), n.inputs());
    n.op().infer().infer(c);
    return c.isOpen();
  }

  private boolean isResult(Value v) {
    for (Value r : results) {
      if (r.base == v) {
        return true;
      }
    }
    return false;
  }

  private Value[] valuesOf(Tensor[] tensors) {
    Value[] v = new Value[tensors.length];
    for (int i = 0; i < v.length; i++) {
      v[i] = of.get(tensors[i]);
    }
    return v;
  }

  /// Finds the last use of each value, and what dies after each step.
  private void lives() {
    for (Value v : results) {
      v.base.lastUse = Integer.MAX_VALUE;
    }
    List<List<Integer>> dying = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      dying.add(new ArrayList<>());
    }
    for (Value v : values) {
      boolean counted =
          v.base == v
              && (v.kind == Value.Kind.OWN
                  || v.kind == Value.Kind.FOUND
                  || v.kind == Value.Kind.LENT);
      if (counted && v.lastUse >= 0 && v.lastUse < steps.size()) {
        dying.get(v.lastUse).add(v.index);
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).dying = dying.get(i).stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private Frame frame() {
    Frame f = new Frame(this);
    for (Value v : values) {
      f.open(v);
    }
    for (Step s : program) {
      if (s instanceof Step.Run r) {
        prepare(f, r.node, r.number, Piece.ALL);
      } else if (s instanceof Step.Parts p) {
        int number = p.number;
        for (int i = 0; i < p.parts.size(); i++) {
          for (Node n : p.parts.get(i)) {
            prepare(f, n, number++, p.piece(i));
          }
        }
        f.tasks[p.task] = part -> p.run(f, part);
      }
    }
    return f;
  }

  private void prepare(Frame f, Node n, int number, Piece piece) {
    boolean[] cut = piece.inputs(n);
    Tensor[] in = new Tensor[n.inputs().length];
    for (int i = 0; i < in.length; i++) {
      Tensor whole = f.tensors[of.get(n.input(i)).index];
      in[i] = cut[i] ? piece.of(whole) : whole;
    }
    Call c = new Call(n.op(), piece.attrs(n), in);
    c.outs(n.outputs().length);
    Tensor[] out = new Tensor[n.outputs().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = piece.of(f.tensors[of.get(n.output(i)).index]);
      c.out(i, out[i].spec());
      c.give(i, out[i]);
    }
    f.calls[number] = c;
    f.outputs[number] = out;
  }

  /// Runs the plan; `in` are the values of the graph's inputs, with the shapes planned for.
  Tensor[] run(Tensor[] in) {
    Frame f = spare.getAndSet(null);
    if (f == null) {
      f = spares.poll();
    }
    if (f == null) {
      f = frame();
    }
    Scope scope = Scope.suspend();
    Tensor[] out;
    try {
      out = run(f, in);
    } catch (Throwable t) {
      f.clear();
      throw t;
    } finally {
      Scope.resume(scope);
      Reference.reachabilityFence(in);
    }
    if (scope != null) {
      for (Tensor t : out) {
        scope.adopt(t);
      }
    }
    if (!spare.compareAndSet(null, f) && !spares.offer(f)) {
      f.close();
    }
    return out;
  }

  private Tensor[] run(Frame f, Tensor[] in) {
    for (int i = 0; i < in.length; i++) {
      f.slots[arguments[i].index].put(in[i], false);
    }
    for (Step s : program) {
      s.run(f);
      for (int d : s.dying) {
        f.slots[d].clear();
      }
    }
    Tensor[] out = new Tensor[results.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = result(f, results[i], out, i);
    }
    // Every output has a claim of its own now.
    f.clear();
    return out;
  }

  /// Returns an output with a claim that belongs to the caller.
  private Tensor result(Frame f, Value v, Tensor[] before, int n) {
    for (int i = 0; i < n; i++) {
      if (results[i] == v) {
        before[i].storage().retain();
        return before[i];
      }
    }
    Tensor t = f.tensor(v);
    if (v.base == v && v.kind != Value.Kind.CONSTANT && v.kind != Value.Kind.ARGUMENT) {
      Slot s = f.slots[v.index];
      if (s.owned && !sharedLater(v, n)) {
        s.owned = false;
        return t;
      }
    }
    t.storage().retain();
    return t;
  }

  /// Tells whether a later output shares the memory of `v`.
  private boolean sharedLater(Value v, int n) {
    for (int i = n + 1; i < results.length; i++) {
      if (results[i].base == v.base) {
        return true;
      }
    }
    return false;
  }

  Graph graph() {
    return graph;
  }

  /// Returns how many frames wait for a run.
  int numSpares() {
    return spares.size() + (spare.get() == null ? 0 : 1);
  }
}
