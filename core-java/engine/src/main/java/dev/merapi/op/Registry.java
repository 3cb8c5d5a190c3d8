package dev.merapi.op;

import dev.merapi.say.Message;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;

/// All declared operations, by TensorFlow's name.
public final class Registry {
  private static final TreeMap<String, OpDef> OPS = new TreeMap<>();

  private Registry() {}

  static synchronized void enter(OpDef op) {
    if (OPS.putIfAbsent(op.name(), op) != null) {
      throw new IllegalStateException("operation " + op.name() + " is declared twice");
    }
  }

  /// Returns the operation called `name`.
  ///
  /// Fails: `ValueError` when no family that was loaded declares it.
  public static synchronized OpDef find(String name) {
    OpDef op = OPS.get(name);
    if (op == null) {
      throw Message.what("there is no operation called '" + name + "'")
          .expected("one of the catalogue's " + OPS.size() + " names, spelled as TensorFlow spells them")
          .fix("see docs/operations.md")
          .valueError();
    }
    return op;
  }

  public static synchronized boolean has(String name) {
    return OPS.containsKey(name);
  }

  /// Returns the operations declared so far in alphabetical order; `Catalog.load()` makes it all of them.
  public static synchronized Collection<OpDef> all() {
    return Collections.unmodifiableCollection(new TreeMap<>(OPS).values());
  }
}
