package dev.merapi.op;

import dev.merapi.say.Message;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// All declared operations, by TensorFlow's name.
public final class Registry {
  private static final Map<String, OpDef> OPS = new ConcurrentHashMap<>();

  private Registry() {}

  static void enter(OpDef op) {
    if (OPS.putIfAbsent(op.name(), op) != null) {
      throw new IllegalStateException("operation " + op.name() + " is declared twice");
    }
  }

  /// Declares every family; found by name because the families' room comes after this one.
  private static final class Families {
    static final boolean LOADED = load();

    private static boolean load() {
      try {
        Class.forName("dev.merapi.op.family.Catalog").getMethod("load").invoke(null);
        return true;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "This is a bug in Merapi: the catalogue of operations does not load", e);
      }
    }
  }

  /// Returns the operation called `name`.
  ///
  /// Fails: `ValueError` when there is none.
  public static OpDef find(String name) {
    OpDef op = OPS.get(name);
    if (op == null && Families.LOADED) {
      op = OPS.get(name);
    }
    if (op == null) {
      throw Message.what("there is no operation called '" + name + "'")
          .expected(
              "one of the catalogue's " + OPS.size() + " names, spelled as TensorFlow spells them")
          .fix("see docs/operations.md")
          .valueError();
    }
    return op;
  }

  public static boolean has(String name) {
    return OPS.containsKey(name) || Families.LOADED && OPS.containsKey(name);
  }

  /// Returns all operations in alphabetical order.
  public static Collection<OpDef> all() {
    return Families.LOADED ? new TreeMap<>(OPS).values() : OPS.values();
  }
}
