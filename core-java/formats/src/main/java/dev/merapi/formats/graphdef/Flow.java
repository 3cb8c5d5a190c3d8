package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;
import dev.merapi.formats.proto.AttrValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the structure in TensorFlow 1's control flow: which nodes make up a loop, and under which
/// predicates each node runs; see decision 007.
///
/// Loops come from frames: Enter opens one, Exit leaves it. Conditions come from dead values: what
/// reads side 1 of a Switch runs only if its predicate is true. A Merge of the two sides of one
/// predicate is the end of an `if`.
final class Flow {
  /// A frame's name is unique in the frame around it only.
  private record FrameKey(@Nullable Loop parent, String name) {}

  private final Map<FrameKey, Loop> loops = new HashMap<>();

  private Flow() {}

  /// Marks every item with its loop and its condition.
  static void analyse(Wiring wiring) {
    boolean any = false;
    List<Item> sorted = wiring.sorted();
    for (Item item : sorted) {
      any |= item.is("Switch") || item.is("Merge") || item.is("Enter");
    }
    if (!any) {
      return;
    }
    Flow flow = new Flow();
    for (Item item : sorted) {
      flow.frame(item);
    }
    flow.check();
    // Now that loops are known, what comes out of one is sorted behind all that goes in.
    for (Item item : wiring.sorted()) {
      condition(item);
    }
  }

  private void frame(Item item) {
    Loop around = null;
    for (Ref r : item.in) {
      if (!(item.is("Merge") && r.item().is("NextIteration"))) {
        around = deeper(around, r.item().loop);
      }
    }
    for (Item c : item.controls) {
      around = deeper(around, c.loop);
    }
    item.loop = around;
    switch (item.op()) {
      case "Enter" -> {
        Loop parent = around;
        Loop loop =
            loops.computeIfAbsent(
                new FrameKey(parent, frameName(item)), k -> new Loop(k.name(), parent));
        item.loop = loop;
        loop.enters.add(item);
      }
      case "Exit" -> {
        if (around == null) {
          throw outside(item);
        }
        around.exits.add(item);
        item.loop = around.parent;
      }
      case "LoopCond" -> {
        if (around == null) {
          throw outside(item);
        }
        if (around.condition != null) {
          throw item.place.fault(
              "loop '" + around.name + "' has two conditions",
              around.condition.name() + " and " + item.name(),
              "one LoopCond in each frame",
              "");
        }
        around.condition = item;
      }
      case "Merge" -> {
        if (item.in.stream().anyMatch(r -> r.item().is("NextIteration"))) {
          loopVariable(item, around);
        }
      }
      default -> {
        // Runs in the loop of its inputs.
      }
    }
  }

  private static @Nullable Loop deeper(@Nullable Loop a, @Nullable Loop b) {
    return Loop.depth(b) > Loop.depth(a) ? b : a;
  }

  private static String frameName(Item enter) {
    AttrValue v = enter.attr("frame_name");
    return v == null ? "" : v.getS().toStringUtf8();
  }

  private static GraphDefError outside(Item item) {
    return item.place.fault(
        item.op() + " outside of a loop", item.toString(), "an Enter before it", "");
  }

  private static void loopVariable(Item merge, @Nullable Loop around) {
    if (around == null || merge.in.size() != 2 || !Loop.first(merge).item().is("Enter")) {
      throw merge.place.fault(
          "a loop's Merge does not join an Enter and a NextIteration",
          merge.in.toString(),
          "Enter and NextIteration",
          "write loops with tf.while_loop");
    }
    around.merges.add(merge);
  }

  private void check() {
    for (Loop loop : loops.values()) {
      if (loop.condition == null && !loop.exits.isEmpty()) {
        throw loop.exits
            .get(0)
            .place
            .fault(
                "loop '" + loop.name + "' has no condition",
                loop.merges.size() + " variables, no LoopCond",
                "a LoopCond",
                "write loops with tf.while_loop");
      }
    }
  }

  /// Finds out when an item runs; all before it are done.
  private static void condition(Item item) {
    if (item.is("Merge")) {
      if (item.loop == null || !item.loop.merges.contains(item)) {
        merge(item);
      }
      return;
    }
    if (item.is("Enter")) {
      Loop loop = item.loop;
      if (loop != null) {
        loop.when = loop.when.and(when(item.in.get(0), loop.parent));
        for (Item c : item.controls) {
          loop.when = loop.when.and(when(c, loop.parent));
        }
      }
      return;
    }
    if (item.is("Exit")) {
      return;
    }
    item.when = inputs(item);
  }

  private static When inputs(Item item) {
    When all = When.ALWAYS;
    for (Ref r : item.in) {
      all = all.and(when(r, item.loop));
    }
    for (Item c : item.controls) {
      all = all.and(when(c, item.loop));
    }
    return all;
  }

  /// Returns when an item of loop `inside` runs; items of loops around it always have.
  static When when(Item item, @Nullable Loop inside) {
    if (item.is("Exit")) {
      Loop left = item.in.get(0).item().loop;
      return left != null && item.loop == inside ? left.when : When.ALWAYS;
    }
    return item.loop == inside ? item.when : When.ALWAYS;
  }

  /// Returns when an output has a value.
  static When when(Ref r, @Nullable Loop inside) {
    Item item = r.item();
    When base = when(item, inside);
    if (item.is("Switch") && item.loop == inside && !ofLoop(item)) {
      return base.and(root(item.in.get(1)), r.index() == 1);
    }
    return base;
  }

  /// Tells whether a Switch lets a loop's values go on or leave, rather than choosing a branch.
  static boolean ofLoop(Item split) {
    Loop loop = split.loop;
    return loop != null && root(split.in.get(1)).item() == loop.condition;
  }

  /// Returns where a predicate was computed: TensorFlow hands it on through Identity and Switch.
  static Ref root(Ref r) {
    Ref at = r;
    while (at.item().is("Identity") || at.item().is("Switch") || at.item().is("Enter")) {
      at = at.item().in.get(0);
    }
    return at;
  }

  private static void merge(Item item) {
    When[] sides = new When[item.in.size()];
    int alive = -1;
    int count = 0;
    for (int i = 0; i < sides.length; i++) {
      sides[i] = when(item.in.get(i), item.loop);
      if (!sides[i].isNever()) {
        alive = i;
        count++;
      }
    }
    if (count == 1) {
      // The other sides never come: this is an Identity.
      item.when = sides[alive];
      Ref only = item.in.get(alive);
      item.join = new Join(only, only, only, alive);
      return;
    }
    if (sides.length == 2 && count == 2) {
      for (Map.Entry<Ref, Boolean> e : entries(sides[0])) {
        Ref p = e.getKey();
        Boolean other = sides[1].side(p);
        if (other != null
            && !other.equals(e.getValue())
            && sides[0].without(p).equals(sides[1].without(p))) {
          int yes = e.getValue() ? 0 : 1;
          item.when = sides[0].without(p);
          item.join = new Join(p, item.in.get(yes), item.in.get(1 - yes), yes);
          return;
        }
      }
    }
    StringBuilder given = new StringBuilder();
    for (int i = 0; i < sides.length; i++) {
      given.append(i == 0 ? "" : " · ").append(item.in.get(i)).append(" if ").append(sides[i]);
    }
    item.when = When.NEVER;
    item.fault =
        item.place.fault(
            "a Merge joins more, or other, than the two sides of one predicate",
            given.toString(),
            "two inputs, one for true and one for false of the same predicate",
            "write branches with tf.cond or tf.case");
  }

  private static Iterable<Map.Entry<Ref, Boolean>> entries(When w) {
    Map<Ref, Boolean> sides = w.sides();
    return sides == null ? List.of() : sides.entrySet();
  }
}
