package dev.merapi.formats.graphdef;

import dev.merapi.formats.proto.AttrValue;
import dev.merapi.memory.Cell;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The places of a graph's variables, by name; all graphs that one reader makes share them.
final class Variables {
  private final Map<String, Cell> cells;
  private final Map<Item, Cell> frozen = new IdentityHashMap<>();
  private final Set<Item> begun = Collections.newSetFromMap(new IdentityHashMap<>());

  Variables(Map<String, Cell> given) {
    this.cells = new LinkedHashMap<>(given);
  }

  Map<String, Cell> cells() {
    return Collections.unmodifiableMap(cells);
  }

  /// Starts another graph, in which frozen variables begin anew.
  void startGraph() {
    begun.clear();
  }

  /// Returns the handle of the variable that a node names; nodes with the same `shared_name` share
  /// it.
  Tensor handle(Item item) {
    AttrValue shared = item.attr("shared_name");
    String name =
        shared == null || shared.getS().isEmpty() ? item.name() : shared.getS().toStringUtf8();
    Cell cell = cells.get(name);
    Spec spec = declared(item);
    if (cell == null) {
      cell = new Cell(name, spec);
      cells.put(name, cell);
    } else if (cell.spec().dtype() != spec.dtype() || !spec.shape().accepts(cell.spec().shape())) {
      throw item.place.fault(
          "variable '" + name + "' is of another type or shape than its node says",
          "the variable " + cell.spec() + " · the node " + spec,
          spec.toString(),
          "");
    }
    return cell.handle();
  }

  private static Spec declared(Item item) {
    AttrValue dtype = item.attr("dtype");
    if (dtype == null) {
      throw item.place.fault(
          "a variable has no element type", item.toString(), "attribute dtype", "");
    }
    AttrValue shape = item.attr("shape");
    DType d = Shapes.type(dtype.getTypeValue(), item.place);
    return new Spec(d, shape == null ? Shape.UNKNOWN : Shapes.read(shape.getShape(), item.place));
  }

  /// Returns the handle of the place that a constant, once a variable, becomes again.
  Tensor frozen(Item item, Spec spec) {
    return frozen.computeIfAbsent(item, k -> new Cell(k.name(), spec)).handle();
  }

  /// Tells whether a frozen variable is met for the first time in this graph, so that its first
  /// value has to be put there.
  boolean begin(Scope s, Item item) {
    if (!begun.add(item)) {
      return false;
    }
    if (s.parent != null) {
      throw item.place.fault(
          "a constant that was a variable is changed inside a branch or loop",
          item.toString(),
          "a change outside of it",
          "freeze the graph without this variable");
    }
    return true;
  }

  /// Returns type and shape of the variable behind a handle.
  Spec spec(Tensor handle) {
    if (!handle.isSymbolic() && handle.storage().handles()[0] instanceof Cell c) {
      return c.spec();
    }
    throw new IllegalStateException("This is a bug in Merapi: a reference without a place");
  }
}
