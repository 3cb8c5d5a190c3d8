package dev.merapi.formats.graphdef;

import dev.merapi.graph.Control;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Names;
import dev.merapi.graph.Tracer;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.op.family.ControlOps;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;

/// Writes branches and loops under the names that the file gives them; faults name the node.
final class Structure {
  private Structure() {}

  /// Writes a branch; both graphs have no declared inputs.
  static Tensor[] branch(Scope s, Item item, Tensor predicate, Graph yes, Graph no) {
    return named(s, item, item.name(), () -> Control.emitIf(truth(s.tracer, predicate), yes, no));
  }

  /// Writes a choice among several branches; their graphs have no declared inputs.
  static Tensor[] choice(Scope s, Item item, Tensor index, List<Graph> branches) {
    Graph[] all = branches.toArray(Graph[]::new);
    return named(s, item, item.name(), () -> Control.emitCase(index, all));
  }

  /// Writes a loop; both graphs have one declared input for each of `first`.
  static Tensor[] loop(
      Scope s, Item item, String name, List<Tensor> first, Graph test, Graph body) {
    Tensor[] init = first.toArray(Tensor[]::new);
    return named(s, item, name, () -> Control.emitWhile(test, body, init));
  }

  private static Tensor[] named(Scope s, Item item, String name, Supplier<Tensor[]> write) {
    try (Names.Scope _ = Names.open(s.prefix + name)) {
      return write.get();
    } catch (IllegalArgumentException e) {
      throw item.place.fault(Attributes.firstLine(e), item.toString(), "", "", e);
    }
  }

  /// Returns a predicate as a truth value: TensorFlow takes a number for one, true unless zero.
  static Tensor truth(Tracer into, Tensor t) {
    Tensor inside = into.inside(t);
    if (inside.dtype() == DType.BOOL
        || !inside.dtype().isInteger() && !inside.dtype().isFloating()) {
      return inside;
    }
    OpDef cast = Registry.find("Cast");
    return into.builder().append(cast, cast.attrs("DstT", DType.BOOL), inside)[0];
  }

  /// Forgets the axes that a turn of the loop changes; tells whether there were any.
  static boolean widen(List<Spec> specs, Graph body) {
    boolean changed = false;
    Spec[] out = body.outputSpecs();
    for (int i = 0; i < specs.size(); i++) {
      Shape before = specs.get(i).shape();
      Shape after = ControlOps.union(before, out[i].shape());
      if (!after.equals(before)) {
        specs.set(i, specs.get(i).withShape(after));
        changed = true;
      }
    }
    return changed;
  }
}
