package dev.merapi.graph;

import dev.merapi.op.Attrs;
import dev.merapi.op.Body;
import dev.merapi.op.Grad;
import dev.merapi.op.family.ControlOps;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// Gradients of branches, loops and calls.
///
/// The graphs that an operation runs are made differentiable, and the operation, which still stands
/// in a trace that is open, gets outputs for what the gradient needs from inside: its [Node] is
/// extended in place, its graphs are replaced by others and never changed. All tapes that look on
/// hear of the new outputs, so that a gradient of the gradient finds its way through them.
public final class ControlGradients {
  public static final ControlOps.Slopes SLOPES = (g, dy) -> of(g);

  /// What was done to a node so that a gradient can be asked of its first `outputs` outputs.
  interface Extended {
    int outputs();
  }

  private static final Map<Node, List<Extended>> DONE =
      Collections.synchronizedMap(new WeakHashMap<>());

  private ControlGradients() {}

  private static void of(Grad g) {
    Tensor first = g.kept("output");
    if (!first.isSymbolic()) {
      throw Message.what("the gradient of a branch or loop that was run at once is not known")
          .given("an operation of control flow called outside a tf.function")
          .expected("tf.cond, tf.whileLoop or tf.switchCase, which record their parts then")
          .gradientError();
    }
    Node node = Symbol.node(first);
    if (!node.graph().isOpen()) {
      throw Message.what(
              "the gradient of " + node.name() + " is asked for after its trace has ended")
          .given("graph '" + node.graph().name() + "'")
          .expected("tape.gradient inside the function that uses the tape")
          .gradientError();
    }
    if (node.op().name().endsWith("While")) {
      LoopGradient.of(g, node);
    } else {
      BranchGradient.of(g, node);
    }
  }

  /// Returns what was done already for a gradient like this one, or null.
  static <E extends Extended> @Nullable E done(Class<E> kind, Grad g, Node node) {
    for (Extended e : DONE.getOrDefault(node, List.of())) {
      boolean serves = kind.isInstance(e);
      for (int i = e.outputs(); i < g.outs(); i++) {
        serves &= g.dy(i) == null;
      }
      if (serves) {
        return kind.cast(e);
      }
    }
    return null;
  }

  static void remember(Node node, Extended e) {
    DONE.computeIfAbsent(node, k -> new ArrayList<>()).add(e);
  }

  /// Returns the graph that an attribute holds.
  static Graph graph(Body b) {
    if (b instanceof Graph g) {
      return g;
    }
    throw new IllegalStateException("This is a bug in Merapi: " + b.name() + " is no graph");
  }

  /// Gives a node other attributes and more inputs and outputs, and tells all tapes.
  static void extend(Node node, Attrs attrs, List<Tensor> moreInputs, List<Tensor> like) {
    Tensor[] in = node.inputs();
    Tensor[] out = node.outputs();
    int n = out.length;
    Tensor[] allIn = Arrays.copyOf(in, in.length + moreInputs.size());
    for (int i = 0; i < moreInputs.size(); i++) {
      allIn[in.length + i] = moreInputs.get(i);
    }
    Tensor[] allOut = Arrays.copyOf(out, n + like.size());
    for (int i = 0; i < like.size(); i++) {
      allOut[n + i] = new Tensor(like.get(i).spec(), new Symbol(node, n + i));
    }
    node.extend(attrs, allIn, allOut);
    Tracer.extended(allOut[0], Arrays.copyOfRange(allOut, n, allOut.length));
  }

  /// Returns the gradient that arrives at an output, zeros if none does.
  static Tensor arriving(Grad g, Node node, int i) {
    Tensor dy = i < g.outs() ? g.dy(i) : null;
    return dy == null ? Differentiable.zeros(node.output(i)) : dy;
  }

  /// Returns the inputs as the tapes know them; of inputs added later the node's own.
  static Tensor[] inputs(Grad g, Node node, String name, int first) {
    Tensor[] told = g.keptList(name);
    Tensor[] all = Arrays.copyOfRange(node.inputs(), first, node.inputs().length);
    System.arraycopy(told, 0, all, 0, told.length);
    return all;
  }

  /// Returns zeros for the gradient of an input whose gradient elsewhere is like `gradient`.
  static Tensor zeros(Tensor input, Tensor gradient) {
    if (!input.dtype().isHandle() || input.dtype() == gradient.dtype()) {
      return Differentiable.zeros(input);
    }
    return StateZeros.of(input, gradient.spec());
  }
}
