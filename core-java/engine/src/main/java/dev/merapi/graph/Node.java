package dev.merapi.graph;

import dev.merapi.op.AttrDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Body;
import dev.merapi.op.Call;
import dev.merapi.op.OpDef;
import dev.merapi.say.ArgumentError;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One operation of a graph: what it is, where its inputs come from, what must run before it.
public final class Node {
  private final Graph graph;
  private int position;
  private final String name;
  private final OpDef op;
  private final String device;
  private final @Nullable StackTraceElement where;
  private final List<Node> controls;
  private Attrs attrs;
  private Tensor[] inputs;
  private Tensor[] outputs;

  Node(
      Graph graph,
      int position,
      String name,
      OpDef op,
      Attrs attrs,
      Tensor[] inputs,
      List<Node> controls,
      String device,
      @Nullable StackTraceElement where) {
    this.graph = graph;
    this.position = position;
    this.name = name;
    this.op = op;
    this.attrs = attrs;
    this.inputs = inputs;
    this.controls = List.copyOf(controls);
    this.device = device;
    this.where = where;
    this.outputs = new Tensor[0];
  }

  public Graph graph() {
    return graph;
  }

  /// Returns the place in the graph's order.
  public int position() {
    return position;
  }

  public String name() {
    return name;
  }

  public OpDef op() {
    return op;
  }

  public boolean is(String opName) {
    return op.name().equals(opName);
  }

  public Attrs attrs() {
    return attrs;
  }

  /// Returns the inputs, tensors of the same graph; the caller only reads the array.
  public Tensor[] inputs() {
    return inputs;
  }

  public Tensor input(int i) {
    return inputs[i];
  }

  /// Returns the outputs; the caller only reads the array.
  public Tensor[] outputs() {
    return outputs;
  }

  public Tensor output(int i) {
    return outputs[i];
  }

  /// Returns the nodes that must have run before, besides those that give the inputs.
  public List<Node> controls() {
    return controls;
  }

  /// Returns the device asked for, empty for none.
  public String device() {
    return device;
  }

  /// Returns the user's line that made this node, if it is known.
  public @Nullable StackTraceElement where() {
    return where;
  }

  /// Returns the graphs that the node runs: branches, loop bodies, called functions.
  public List<Body> bodies() {
    List<Body> all = new ArrayList<>();
    for (AttrDef a : op.attrs()) {
      Object v = attrs.get(a.name());
      if (v instanceof Body b) {
        all.add(b);
      } else if (v instanceof Body[] list) {
        all.addAll(List.of(list));
      }
    }
    return all;
  }

  /// Tells whether running it does more than give results.
  public boolean hasEffect() {
    return op.hasEffect() || bodies().stream().anyMatch(Body::hasEffect);
  }

  /// Returns the node as a finished call, the form in which tapes see it.
  public Call call() {
    return call(inputs);
  }

  /// Returns the node as a call on other tensors, which stand for its inputs outside of the graph.
  Call call(Tensor[] in) {
    Call c = new Call(op, attrs, in);
    c.outs(outputs.length);
    for (int i = 0; i < outputs.length; i++) {
      c.out(i, outputs[i].spec());
      c.give(i, outputs[i]);
    }
    return c;
  }

  void setPosition(int place) {
    position = place;
  }

  /// Carries the operation out now; `in` are values for its inputs. No tape looks on.
  public Tensor[] compute(Tensor[] in) {
    Call c = new Call(op, attrs, in);
    op.infer().infer(c);
    op.cpu().run(c);
    return c.finish();
  }

  /// Does so ahead of the graph's run, or returns null when the operation refuses: whether it is
  /// ever carried out is for the run to say.
  public Tensor @Nullable [] computeAhead(Tensor[] in) {
    try {
      return compute(in);
    } catch (ArgumentError e) {
      return null;
    }
  }

  void setOutputs(Tensor[] all) {
    outputs = all;
  }

  /// Gives the node other attributes and inputs, and outputs beyond those it has; for gradients of
  /// control flow, which need to look into what has run.
  void extend(Attrs newAttrs, Tensor[] newInputs, Tensor[] newOutputs) {
    attrs = newAttrs;
    inputs = newInputs;
    outputs = newOutputs;
  }

  @Override
  public String toString() {
    return name + " = " + op.name();
  }
}
