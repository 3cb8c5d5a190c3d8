package dev.merapi.graph;

import dev.merapi.memory.Memory;
import dev.merapi.op.Attrs;
import dev.merapi.op.Body;
import dev.merapi.op.Grad;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.ControlOps;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The gradient of a choice between graphs: the same choice between their backward graphs. A call
/// is a choice of one.
///
/// Each branch gives what its own backward graph needs, and empty tensors in the places of the
/// other branches' values.
final class BranchGradient {
  private static final OpRef EMPTY_LIST = OpRef.to("EmptyTensorList");

  /// @param parts the branches with their gradients
  /// @param extras for each branch, the number of the node's output that is its first extra value
  private record Choice(int outputs, Differentiable[] parts, int[] extras)
      implements ControlGradients.Extended {}

  private final Grad g;
  private final Node node;
  private final String input;
  private final Choice choice;

  /// The operation's inputs after the one that chooses.
  private final Tensor[] in;

  private BranchGradient(Grad g, Node node, String input, int first) {
    this.g = g;
    this.node = node;
    this.input = input;
    Choice c = ControlGradients.done(Choice.class, g, node);
    this.choice = c == null ? extended(node) : c;
    this.in = ControlGradients.inputs(g, node, input, first);
  }

  static void of(Grad g, Node node) {
    boolean call = node.op().name().endsWith("PartitionedCall");
    BranchGradient b = new BranchGradient(g, node, call ? "args" : "input", call ? 0 : 1);
    b.write(call);
  }

  private static Body[] bodies(Node node) {
    return node.bodies().toArray(Body[]::new);
  }

  /// Makes the node give what the gradients of its branches need.
  private static Choice extended(Node node) {
    Body[] bodies = bodies(node);
    int n = node.outputs().length;
    Differentiable[] parts = new Differentiable[bodies.length];
    int[] extras = new int[bodies.length];
    List<Tensor> more = new ArrayList<>();
    for (int k = 0; k < parts.length; k++) {
      parts[k] = Differentiable.of(ControlGradients.graph(bodies[k]));
      extras[k] = n + more.size();
      List<Tensor> out = parts[k].forward().outputs();
      more.addAll(out.subList(n, out.size()));
    }
    Choice c = new Choice(n, parts, extras);
    if (!more.isEmpty()) {
      Graph[] forward = new Graph[parts.length];
      for (int k = 0; k < parts.length; k++) {
        forward[k] = parts.length == 1 ? parts[k].forward() : padded(c, k, more);
      }
      List<Tensor> like = new ArrayList<>();
      for (int i = 0; i < more.size(); i++) {
        like.add(parts.length == 1 ? more.get(i) : any(more.get(i)));
      }
      ControlGradients.extend(node, attrs(node, forward), List.of(), like);
    }
    ControlGradients.remember(node, c);
    return c;
  }

  /// Returns a tensor of which it is known what all branches agree on: the type and the rank.
  private static Tensor any(Tensor t) {
    Spec s = t.spec();
    return new Tensor(s.withShape(ControlOps.union(s.shape(), nothing(s).shape())), t.storage());
  }

  private static Spec nothing(Spec s) {
    return s.shape().isRankKnown()
        ? Spec.of(s.dtype(), new int[s.shape().rank()])
        : Spec.of(s.dtype(), 0);
  }

  /// Returns the forward graph of branch `k` with empty tensors where others give their values.
  private static Graph padded(Choice c, int k, List<Tensor> more) {
    Graph f = c.parts[k].forward();
    try (Tracer t = Tracer.openAlone(f.name())) {
      Tensor[] out = f.replay(inputsLike(t, f));
      List<Tensor> all = new ArrayList<>(Arrays.asList(out).subList(0, c.outputs));
      int own = c.extras[k] - c.outputs;
      for (int i = 0; i < more.size(); i++) {
        boolean mine = i >= own && i < own + out.length - c.outputs;
        all.add(mine ? out[c.outputs + i - own] : empty(nothing(more.get(i).spec())));
      }
      return t.finish(all);
    }
  }

  static Tensor[] inputsLike(Tracer t, Graph g) {
    return g.inputs().stream().map(x -> t.input(Symbol.node(x).name(), x)).toArray(Tensor[]::new);
  }

  private static Tensor empty(Spec s) {
    if (s.dtype() == DType.VARIANT) {
      return EMPTY_LIST.of(Values.scalar(-1), Values.scalar(0));
    }
    if (s.dtype() == DType.STRING) {
      Tensor t = Memory.empty(s);
      Arrays.fill(t.strings(), new byte[0]);
      return t;
    }
    return Values.filled(s, 0);
  }

  private static Attrs attrs(Node node, Graph[] bodies) {
    DType[] in = node.attrs().get("Tin") instanceof DType[] d ? d : new DType[0];
    DType[] out = Control.types(bodies[0].outputs());
    if (node.op().hasAttr("then_branch")) {
      return node.op()
          .attrs("Tin", in, "Tout", out, "then_branch", bodies[0], "else_branch", bodies[1]);
    }
    return node.op().hasAttr("f")
        ? node.op().attrs("Tin", in, "Tout", out, "f", bodies[0])
        : node.op().attrs("Tin", in, "Tout", out, "branches", bodies);
  }

  private void write(boolean call) {
    Differentiable[] parts = choice.parts;
    // The inputs for which somebody asks and some branch has an answer.
    List<Integer> asked = new ArrayList<>();
    List<Tensor> like = new ArrayList<>();
    for (int i = 0; i < g.keptList(input).length; i++) {
      for (Differentiable d : parts) {
        if (d.sources()[i] >= 0 && g.needs(input, i)) {
          asked.add(i);
          like.add(d.backward().outputs().get(d.sources()[i]));
          break;
        }
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    Tensor[] dx;
    if (call) {
      Tensor[] all = backward(0);
      dx = asked.stream().map(i -> all[parts[0].sources()[i]]).toArray(Tensor[]::new);
    } else {
      Function<Integer, Graph> branch = k -> branch(k, asked, like);
      dx =
          node.op().hasAttr("then_branch")
              ? Control.emitIf(chooser(), branch.apply(0), branch.apply(1))
              : Control.emitCase(chooser(), branches(branch));
    }
    for (int p = 0; p < dx.length; p++) {
      g.to(input, asked.get(p), dx[p]);
    }
  }

  private Graph[] branches(Function<Integer, Graph> branch) {
    Graph[] all = new Graph[choice.parts.length];
    for (int k = 0; k < all.length; k++) {
      all[k] = branch.apply(k);
    }
    return all;
  }

  private Tensor chooser() {
    return g.kept(node.op().inputs().get(0).name());
  }

  private Graph branch(int k, List<Integer> asked, List<Tensor> like) {
    Differentiable d = choice.parts[k];
    try (Tracer t = Tracer.open(d.backward().name())) {
      // What this branch gave has the shape that it has here, whatever the others give.
      List<Tensor> out = d.forward().outputs();
      for (int i = choice.outputs; i < out.size(); i++) {
        Tensor outer = node.output(choice.extras[k] + i - choice.outputs);
        if (t.graph().outer() == node.graph()) {
          t.builder().capture(outer, Symbol.node(outer).name(), out.get(i).spec());
        }
      }
      Tensor[] all = backward(k);
      List<Tensor> dx = new ArrayList<>();
      for (int p = 0; p < asked.size(); p++) {
        int i = asked.get(p);
        int s = d.sources()[i];
        dx.add(s >= 0 ? all[s] : ControlGradients.zeros(in[i], like.get(p)));
      }
      return t.finish(dx);
    }
  }

  /// Writes the backward graph of one branch into the trace of now.
  private Tensor[] backward(int k) {
    Differentiable d = choice.parts[k];
    List<Tensor> args = new ArrayList<>();
    for (int t : d.targets()) {
      args.add(ControlGradients.arriving(g, node, t));
    }
    Tensor[] out = new Tensor[d.forward().outputs().size()];
    for (int i = 0; i < out.length; i++) {
      int from = i < choice.outputs ? i : choice.extras[k] + i - choice.outputs;
      out[i] = node.output(from);
    }
    args.addAll(List.of(d.saved(in, out)));
    return d.backward().replay(args.toArray(Tensor[]::new));
  }
}
