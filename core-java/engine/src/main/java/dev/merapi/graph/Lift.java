package dev.merapi.graph;

import dev.merapi.say.Message;
import dev.merapi.say.Where;
import dev.merapi.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;

/// Computes a tensor of a trace at once, for the first value of a variable: possible when it
/// depends on no argument.
final class Lift {
  private Lift() {}

  static Tensor value(Tensor t) {
    return value(t, new IdentityHashMap<>());
  }

  private static Tensor value(Tensor t, Map<Tensor, Tensor> known) {
    if (!t.isSymbolic()) {
      return t;
    }
    Tensor found = known.get(t);
    if (found != null) {
      return found;
    }
    Node n = Symbol.node(t);
    if (n.is("Placeholder")) {
      for (Graph.Capture c : n.graph().captures()) {
        if (c.inner() == t) {
          return value(c.outer(), known);
        }
      }
      throw Message.what(
              "the initial value of a tf.Variable depends on "
                  + Symbol.of(t).symbol()
                  + ", an argument of the function being traced")
          .given(t + " · used at " + Where.userLine())
          .expected("a value that is the same for every call")
          .fix("make the variable outside of the function, then assign to it inside")
          .symbolError();
    }
    Tensor[] in = new Tensor[n.inputs().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = value(n.input(i), known);
    }
    Tensor[] out = n.compute(in);
    for (int i = 0; i < out.length; i++) {
      known.put(n.output(i), out[i]);
    }
    return out[Symbol.of(t).index()];
  }
}
