package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The variables that an optimizer keeps for each variable that it changes: running means and the
/// like.
final class Slots {
  private final Map<Variable, Map<String, Variable>> all = new IdentityHashMap<>();
  private final List<Variable> known = new ArrayList<>();
  private final List<Variable> order = new ArrayList<>();

  /// Returns those of the variables that were not met before, and takes note of them.
  List<Variable> meet(List<Variable> variables) {
    List<Variable> fresh = new ArrayList<>();
    for (Variable v : variables) {
      if (!all.containsKey(v)) {
        all.put(v, new HashMap<>());
        known.add(v);
        fresh.add(v);
      }
    }
    return fresh;
  }

  /// Makes slots: all of the first variable, all of the second, …
  void add(String owner, List<Variable> variables, double initial, String... names) {
    for (Variable v : variables) {
      for (String name : names) {
        add(owner, v, name, v.shape(), initial);
      }
    }
  }

  void add(String owner, Variable v, String name, Shape shape, double initial) {
    Spec spec = new Spec(v.dtype(), shape);
    String called = owner + "/" + v.name().replace('/', '_').replace(':', '_') + "_" + name;
    Variable slot = new Variable(Values.filled(spec, initial), called, false);
    of(v).put(name, slot);
    order.add(slot);
  }

  /// Makes a scalar that belongs to no single variable.
  Variable addShared(String name, DType dtype, double initial) {
    Variable made = new Variable(Values.filled(Spec.of(dtype), initial), name, false);
    order.add(made);
    return made;
  }

  private Map<String, Variable> of(Variable v) {
    Map<String, Variable> mine = all.get(v);
    if (mine == null) {
      throw Message.what("Unknown variable: " + v.name())
          .given("variable '" + v.name() + "' " + v.shape())
          .fix("call build(variables) first")
          .valueError();
    }
    return mine;
  }

  /// Returns a slot of a variable.
  Variable get(Variable v, String name) {
    Variable slot = of(v).get(name);
    if (slot == null) {
      throw new IllegalStateException("This is a bug in Merapi: no slot " + name);
    }
    return slot;
  }

  /// Returns all variables that have slots, in the order in which they were met.
  List<Variable> variables() {
    return known;
  }

  /// Returns all slots in the order in which they were made.
  List<Variable> all() {
    return order;
  }
}
