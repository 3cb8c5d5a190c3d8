package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;
import dev.merapi.formats.proto.AttrValue;
import dev.merapi.formats.proto.FunctionDef;
import dev.merapi.formats.proto.GraphDef;
import dev.merapi.formats.proto.NodeDef;
import dev.merapi.formats.proto.OpDef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The nodes of one graph or function body, linked by what their input names say.
final class Wiring {
  /// Stands for an argument of a function.
  static final String ARGUMENT = "_Arg";

  private static final Map<String, Integer> LEAST_INPUTS =
      Map.ofEntries(
          Map.entry("Switch", 2),
          Map.entry("Merge", 1),
          Map.entry("Enter", 1),
          Map.entry("Exit", 1),
          Map.entry("NextIteration", 1),
          Map.entry("LoopCond", 1),
          Map.entry("Identity", 1),
          Map.entry("If", 1),
          Map.entry("StatelessIf", 1),
          Map.entry("Case", 1),
          Map.entry("StatelessCase", 1),
          Map.entry("TensorArrayV3", 1),
          Map.entry("TensorArrayWriteV3", 4),
          Map.entry("TensorArrayReadV3", 3),
          Map.entry("TensorArrayGatherV3", 3),
          Map.entry("TensorArrayScatterV3", 4),
          Map.entry("TensorArraySizeV3", 2),
          Map.entry("TensorArrayConcatV3", 2),
          Map.entry("TensorArraySplitV3", 4));

  private final Place place;
  private final boolean ofFunction;
  private final Map<String, Item> items = new LinkedHashMap<>();

  private Wiring(Place place, boolean ofFunction) {
    this.place = place;
    this.ofFunction = ofFunction;
  }

  static Wiring of(GraphDef graph, Place place) {
    Wiring w = new Wiring(place, false);
    w.add(graph.getNodeList(), Map.of());
    w.link();
    return w;
  }

  static Wiring of(FunctionDef f, Map<String, AttrValue> given, Place place) {
    Wiring w = new Wiring(place, true);
    for (OpDef.ArgDef a : f.getSignature().getInputArgList()) {
      NodeDef def = NodeDef.newBuilder().setName(a.getName()).setOp(ARGUMENT).build();
      w.add(List.of(def), given);
    }
    w.add(f.getNodeDefList(), given);
    w.link();
    return w;
  }

  private void add(List<NodeDef> defs, Map<String, AttrValue> given) {
    for (NodeDef def : defs) {
      Item item = new Item(def, place.at(def.getName()), given);
      if (items.put(def.getName(), item) != null) {
        throw item.place.fault(
            "two nodes have the name '" + def.getName() + "'",
            def.getName(),
            "a name of its own for each node",
            "the file is damaged, or two graphs were joined without a prefix");
      }
    }
  }

  private void link() {
    for (Item item : items.values()) {
      for (String input : item.def.getInputList()) {
        if (input.startsWith("^")) {
          item.controls.add(find(input.substring(1), item.place));
        } else if (!item.controls.isEmpty()) {
          throw item.place.fault(
              "input '" + input + "' comes after a control input",
              String.join(", ", item.def.getInputList()),
              "values first, then ^names",
              "the file is damaged");
        } else {
          Ref r = ref(input, item.place);
          r.item().indexWanted |= r.index() == 1;
          item.in.add(r);
        }
      }
      arity(item);
    }
  }

  /// Refuses nodes that the reader itself understands when they lack inputs; of all others the
  /// declarations say how many they take.
  private static void arity(Item item) {
    Integer least = LEAST_INPUTS.get(item.op());
    References.Twin twin = References.twin(item);
    int n = twin != null ? twin.references() : least == null ? 0 : least;
    if (item.in.size() < n) {
      throw item.place.fault(
          item.op() + " lacks inputs",
          item.in.size() + " inputs",
          n + " at least",
          "the file is damaged");
    }
  }

  Collection<Item> items() {
    return items.values();
  }

  /// Returns the output that `name` speaks of: `node`, `node:1`, inside functions `node:out:0`.
  Ref ref(String name, Place from) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      return new Ref(find(name, from), 0);
    }
    Item item = find(name.substring(0, colon), from);
    String rest = name.substring(colon + 1);
    int second = rest.indexOf(':');
    if (!ofFunction) {
      return new Ref(item, number(rest, name, from));
    }
    return second < 0
        ? new Ref(item, rest, 0)
        : new Ref(item, rest.substring(0, second), number(rest.substring(second + 1), name, from));
  }

  private static int number(String digits, String name, Place from) {
    try {
      int n = Integer.parseInt(digits);
      if (n >= 0) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Said below, together with negative numbers.
    }
    throw from.fault(
        "'" + name + "' names no output", name, "node:number, the first output is 0", "");
  }

  /// Returns the node called `name`.
  ///
  /// Fails: `GraphDefError` naming who asked for it.
  Item find(String name, Place from) {
    Item item = items.get(name);
    if (item == null) {
      throw from.fault(
          "there is no node '" + name + "'",
          "'" + name + "'",
          "one of the graph's " + items.size() + " nodes",
          "check the spelling; a name has no ':0' and no '^' in it");
    }
    return item;
  }

  /// Returns the items in an order in which they can run; what a loop brings back is not waited
  /// for.
  ///
  /// Fails: `GraphDefError` naming a node of a cycle that is no loop.
  List<Item> sorted() {
    Map<Item, List<Item>> users = new IdentityHashMap<>();
    Map<Item, Integer> waiting = new IdentityHashMap<>();
    ArrayDeque<Item> ready = new ArrayDeque<>();
    for (Item item : items.values()) {
      int n = 0;
      for (Ref r : item.in) {
        if (!(item.is("Merge") && r.item().is("NextIteration"))) {
          users.computeIfAbsent(r.item(), k -> new ArrayList<>()).add(item);
          n++;
        }
      }
      for (Item c : item.controls) {
        users.computeIfAbsent(c, k -> new ArrayList<>()).add(item);
        n++;
      }
      Loop left = item.is("Exit") && !item.in.isEmpty() ? item.in.get(0).item().loop : null;
      if (left != null) {
        for (Item enter : left.enters) {
          users.computeIfAbsent(enter, k -> new ArrayList<>()).add(item);
          n++;
        }
      }
      waiting.put(item, n);
      if (n == 0) {
        ready.add(item);
      }
    }
    List<Item> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      Item item = ready.poll();
      sorted.add(item);
      for (Item u : users.getOrDefault(item, List.of())) {
        if (waiting.merge(u, -1, Integer::sum) == 0) {
          ready.add(u);
        }
      }
    }
    if (sorted.size() < items.size()) {
      for (Item item : items.values()) {
        if (waiting.get(item) > 0) {
          throw item.place.fault(
              "the graph has a cycle that is no loop",
              "node '" + item.name() + "' waits for itself, or for a node that does",
              "cycles only through NextIteration and Merge",
              "the file is damaged");
        }
      }
    }
    return sorted;
  }
}
