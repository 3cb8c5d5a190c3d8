package dev.merapi.formats.graphdef;

import dev.merapi.formats.proto.AttrValue;
import dev.merapi.formats.proto.NodeDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One node of a message, linked to the nodes it reads and waits for.
final class Item {
  /// Variants of control flow for references to variables; they mean the same for what flows.
  private static final Set<String> OF_REFERENCES =
      Set.of("RefSwitch", "RefMerge", "RefEnter", "RefExit", "RefNextIteration", "RefIdentity");

  /// One output of an item. Function bodies name it by its argument (`output`) and the position in
  /// that; elsewhere `output` is empty and `index` counts all outputs.
  record Ref(Item item, String output, int index) {
    Ref(Item item, int index) {
      this(item, "", index);
    }

    @Override
    public String toString() {
      return item.name() + (output.isEmpty() ? "" : ":" + output) + ":" + index;
    }
  }

  final NodeDef def;
  final Place place;
  final List<Ref> in = new ArrayList<>();
  final List<Item> controls = new ArrayList<>();

  /// Values of the attributes that the node leaves to its function's caller.
  private final Map<String, AttrValue> given;

  /// The innermost loop that the item runs in; null outside of all.
  @Nullable Loop loop;

  /// What has to hold for the item to run, within its loop.
  When when = When.ALWAYS;

  /// For a Merge: the two sides it joins.
  @Nullable Join join;

  /// For a Merge that joins what cannot be joined: why; only who needs it is told.
  @Nullable GraphDefError fault;

  /// For a Merge: whether somebody asks which of its inputs came.
  boolean indexWanted;

  Item(NodeDef def, Place place, Map<String, AttrValue> given) {
    this.def = def;
    this.place = place;
    this.given = given;
  }

  String name() {
    return def.getName();
  }

  /// Returns the operation's name; control flow of references has the name of that of values.
  String op() {
    String op = def.getOp();
    return OF_REFERENCES.contains(op) ? op.substring(3) : op;
  }

  boolean is(String op) {
    return op().equals(op);
  }

  /// Returns an attribute's value, or null when the node has none of that name.
  @Nullable AttrValue attr(String attribute) {
    AttrValue v = def.getAttrMap().get(attribute);
    return v == null ? null : bound(v);
  }

  /// Returns the value, taken from the function's caller where the node says so.
  AttrValue bound(AttrValue v) {
    if (v.getValueCase() != AttrValue.ValueCase.PLACEHOLDER) {
      return v;
    }
    AttrValue b = given.get(v.getPlaceholder());
    if (b == null) {
      throw place.fault(
          "attribute " + v.getPlaceholder() + " of the function has no value",
          "a placeholder for " + v.getPlaceholder(),
          "a call that gives it",
          "");
    }
    return b;
  }

  @Override
  public String toString() {
    return name() + " = " + def.getOp();
  }
}
