package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;
import dev.merapi.op.Registry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the items that run together in one graph into an order, and gathers the Merges that one
/// `If` can serve.
final class Block {
  /// An item, or the Merges (all of one predicate) that become one `If`.
  record Unit(List<Item> items, @Nullable Join join) {}

  private final Scope scope;

  /// The unit that a Merge belongs to.
  private final Map<Item, Unit> joins = new IdentityHashMap<>();

  private final Map<Unit, Set<Item>> needs = new IdentityHashMap<>();
  private final List<Unit> order = new ArrayList<>();
  private boolean cyclic;

  private Block(Scope scope) {
    this.scope = scope;
  }

  /// Returns the units, each after those it needs, that compute `targets` and must have run for
  /// `controls`, without those that the scope has already.
  static List<Unit> of(Scope scope, List<Ref> targets, List<Item> controls) {
    Set<Item> roots = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Item> ordered = new ArrayList<>();
    for (Ref r : targets) {
      if (roots.add(r.item())) {
        ordered.add(r.item());
      }
    }
    for (Item c : controls) {
      if (roots.add(c)) {
        ordered.add(c);
      }
    }
    Block b = new Block(scope);
    b.gather(ordered, true);
    b.sort(ordered);
    if (b.cyclic) {
      // Two `if`s of one predicate, one inside the other's way: each Merge for itself.
      b = new Block(scope);
      b.gather(ordered, false);
      b.sort(ordered);
    }
    return b.wanted(targets);
  }

  /// Finds the Merges and joins those of the same predicate.
  private void gather(List<Item> roots, boolean together) {
    Map<Ref, List<Item>> byPredicate = new LinkedHashMap<>();
    Set<Item> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Item> todo = new ArrayDeque<>(roots);
    while (!todo.isEmpty()) {
      Item item = todo.poll();
      if (scope.has(item) || !seen.add(item)) {
        continue;
      }
      if (isJoin(item)) {
        byPredicate.computeIfAbsent(item.join.predicate(), k -> new ArrayList<>()).add(item);
        todo.addAll(outside(item));
      } else {
        todo.addAll(before(item));
      }
    }
    for (List<Item> merges : byPredicate.values()) {
      if (together) {
        unit(merges);
      } else {
        merges.forEach(m -> unit(List.of(m)));
      }
    }
  }

  private static boolean isJoin(Item item) {
    return item.is("Merge") && item.join != null && !item.join.isDecided();
  }

  private void unit(List<Item> merges) {
    Unit u = new Unit(List.copyOf(merges), merges.get(0).join);
    Set<Item> all = new LinkedHashSet<>();
    for (Item m : merges) {
      joins.put(m, u);
      all.addAll(outside(m));
    }
    needs.put(u, all);
  }

  /// Returns what an item waits for in its own graph.
  private static List<Item> before(Item item) {
    List<Item> all = new ArrayList<>();
    if (item.is("Exit")) {
      Loop left = item.in.get(0).item().loop;
      for (Item enter : left.enters) {
        all.add(enter.in.get(0).item());
        for (Item c : enter.controls) {
          if (c.loop != left) {
            all.add(c);
          }
        }
      }
      return all;
    }
    if (item.is("Merge") && item.join != null) {
      all.add(item.join.yes().item());
      return all;
    }
    for (Ref r : item.in) {
      all.add(r.item());
    }
    all.addAll(item.controls);
    return all;
  }

  /// Returns what both sides of a Merge need from outside of them, and the predicate.
  private static List<Item> outside(Item merge) {
    List<Item> all = new ArrayList<>();
    Join j = merge.join;
    all.add(j.predicate().item());
    outside(merge, j.yes(), true, all);
    outside(merge, j.no(), false, all);
    all.addAll(merge.controls);
    return all;
  }

  private static void outside(Item merge, Ref from, boolean side, List<Item> all) {
    Ref predicate = merge.join.predicate();
    Set<Item> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Item> todo = new ArrayDeque<>();
    todo.add(from.item());
    while (!todo.isEmpty()) {
      Item item = todo.poll();
      if (!seen.add(item)) {
        continue;
      }
      Boolean mine = Flow.when(item, merge.loop).side(predicate);
      if (mine == null || mine != side) {
        all.add(item);
      } else {
        todo.addAll(isJoin(item) ? outside(item) : before(item));
      }
    }
  }

  /// Sorts by depth first, without recursion: graphs are deeper than stacks.
  private void sort(List<Item> roots) {
    Map<Object, Boolean> state = new IdentityHashMap<>();
    for (Item root : roots) {
      visit(root, state);
    }
  }

  private record Frame(Object key, Item item, java.util.Iterator<Item> rest) {}

  private void visit(Item root, Map<Object, Boolean> done) {
    ArrayDeque<Frame> stack = new ArrayDeque<>();
    push(root, stack, done);
    while (!stack.isEmpty()) {
      Frame f = stack.peek();
      if (f.rest().hasNext()) {
        push(f.rest().next(), stack, done);
      } else {
        stack.pop();
        done.put(f.key(), true);
        Unit u = joins.get(f.item());
        order.add(u == null ? new Unit(List.of(f.item()), null) : u);
      }
    }
  }

  private void push(Item item, ArrayDeque<Frame> stack, Map<Object, Boolean> done) {
    if (scope.has(item)) {
      return;
    }
    Unit u = joins.get(item);
    Object key = u == null ? item : u;
    Boolean state = done.get(key);
    if (state != null) {
      cyclic |= !state;
      return;
    }
    done.put(key, false);
    stack.push(new Frame(key, item, (u == null ? before(item) : needs.get(u)).iterator()));
  }

  /// Leaves out what is only waited for and does nothing but compute.
  private List<Unit> wanted(List<Ref> targets) {
    Set<Item> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
    targets.forEach(r -> wanted.add(r.item()));
    List<Unit> kept = new ArrayList<>();
    for (Unit u : order.reversed()) {
      Item item = u.items().get(0);
      if (u.join() != null) {
        wanted.addAll(needs.get(u));
        kept.add(u);
      } else if (wanted.contains(item) || hasEffect(item)) {
        if (item.is("Exit") || item.is("Merge")) {
          wanted.addAll(before(item));
        }
        item.in.forEach(r -> wanted.add(r.item()));
        kept.add(u);
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  /// Tells whether an item does more than compute its outputs.
  private static boolean hasEffect(Item item) {
    return item.is("Exit")
        || References.twin(item) != null
        || !Registry.has(item.op())
        || Registry.find(item.op()).isStateful();
  }
}
