package dev.merapi.function.autograph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The shape of a method's control flow: loops, and where ways that part come together again.
///
/// Exceptions are no ways here: an instruction that throws ends the trace, or its way.
final class Flow {
  /// Means that two ways meet only where the region that is looked at ends.
  static final int END = -2;

  private final Code code;
  private final int n;
  private final List<List<Integer>> before = new ArrayList<>();
  private final BitSet[] dominators;
  final List<Loop> loops;
  private final Map<Region, int[]> joins = new HashMap<>();

  /// What is looked at: all of the method (`loop` null) or one turn of a loop, which ends where it
  /// leaves the loop or comes to `cut`.
  record Region(Loop loop, int cut) {
    static final Region ALL = new Region(Loop.NONE, END);

    boolean contains(int i) {
      return loop == Loop.NONE || loop.body().get(i);
    }
  }

  Flow(Code code) {
    this.code = code;
    this.n = code.instructions.length;
    for (int i = 0; i < n; i++) {
      before.add(new ArrayList<>());
    }
    for (int i = 0; i < n; i++) {
      for (int s : code.next[i]) {
        if (s >= 0) {
          before.get(s).add(i);
        }
      }
    }
    this.dominators = dominators();
    this.loops = loops();
  }

  private BitSet[] dominators() {
    BitSet[] d = new BitSet[n];
    for (int i = 0; i < n; i++) {
      d[i] = new BitSet();
      d[i].set(0, n);
    }
    BitSet entries = new BitSet();
    entries.set(0);
    code.handlers.forEach(h -> entries.set(h.at()));
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int i = 0; i < n; i++) {
        BitSet now = null;
        if (entries.get(i)) {
          now = new BitSet();
        } else {
          for (int p : before.get(i)) {
            if (now == null) {
              now = (BitSet) d[p].clone();
            } else {
              now.and(d[p]);
            }
          }
        }
        if (now == null) {
          continue;
        }
        now.set(i);
        if (!now.equals(d[i])) {
          d[i] = now;
          changed = true;
        }
      }
    }
    return d;
  }

  /// Tells whether every way to `b` leads through `a`.
  boolean dominates(int a, int b) {
    return dominators[b].get(a);
  }

  /// Returns the natural loops, inner ones first. Loops that share a header are one.
  private List<Loop> loops() {
    Map<Integer, BitSet> bodies = new TreeMap<>();
    Map<Integer, BitSet> latches = new HashMap<>();
    for (int i = 0; i < n; i++) {
      for (int h : code.next[i]) {
        if (h < 0 || !dominates(h, i)) {
          continue;
        }
        BitSet body = bodies.computeIfAbsent(h, k -> new BitSet());
        latches.computeIfAbsent(h, k -> new BitSet()).set(i);
        body.set(h);
        Deque<Integer> work = new ArrayDeque<>(List.of(i));
        while (!work.isEmpty()) {
          int x = work.pop();
          if (!body.get(x)) {
            body.set(x);
            before.get(x).forEach(work::push);
          }
        }
      }
    }
    List<Loop> all = new ArrayList<>();
    bodies.forEach((h, b) -> all.add(Loop.of(code, this, h, b, latches.get(h))));
    all.sort(Comparator.comparingInt(l -> l.body().cardinality()));
    return all;
  }

  /// Returns the loop that begins at an instruction if it is an irregular one, else null.
  @Nullable Loop irregularAt(int at) {
    for (Loop l : loops) {
      if (l.header() == at && l.irregular()) {
        return l;
      }
    }
    return null;
  }

  /// Tells whether every turn of a loop comes by `at`.
  boolean isPassed(Loop l, int at) {
    BitSet latches = new BitSet();
    before.get(l.header()).stream().filter(l.body()::get).forEach(latches::set);
    return cuts(at, latches);
  }

  boolean cuts(int at, BitSet latches) {
    for (int l = latches.nextSetBit(0); l >= 0; l = latches.nextSetBit(l + 1)) {
      if (!dominates(at, l)) {
        return false;
      }
    }
    return true;
  }

  /// Returns the first instruction that all ways from `at` come by, or [#END].
  int join(Region region, int at) {
    return joins.computeIfAbsent(region, this::joins)[at];
  }

  /// Returns the first instruction that all ways from all of these come by, themselves included.
  int join(Region region, List<Integer> from) {
    int[] up = joins.computeIfAbsent(region, this::joins);
    int meet = from.get(0);
    for (int f : from) {
      meet = meet(up, meet, f);
    }
    return meet;
  }

  private int meet(int[] up, int a, int b) {
    BitSet seen = new BitSet();
    for (int x = a; x >= 0; x = up[x]) {
      seen.set(x);
    }
    for (int x = b; x >= 0; x = up[x]) {
      if (seen.get(x)) {
        return x;
      }
    }
    return END;
  }

  /// Tells whether any way from `at` comes to the region's end: if not, it throws.
  boolean ends(Region region, int at) {
    return at < 0 || leaves(region, at) || reaching(region).get(at);
  }

  private final Map<Region, BitSet> reaching = new HashMap<>();

  private BitSet reaching(Region region) {
    return reaching.computeIfAbsent(
        region,
        r -> {
          BitSet found = new BitSet();
          for (boolean changed = true; changed; ) {
            changed = false;
            for (int i = n - 1; i >= 0; i--) {
              if (found.get(i) || !r.contains(i)) {
                continue;
              }
              for (int s : code.next[i]) {
                if (s < 0 || leaves(r, s) || found.get(s)) {
                  found.set(i);
                  changed = true;
                  break;
                }
              }
            }
          }
          return found;
        });
  }

  private static boolean leaves(Region r, int to) {
    return to == r.cut() || !r.contains(to);
  }

  /// Computes for each instruction of a region its immediate post-dominator.
  private int[] joins(Region region) {
    BitSet ending = reaching(region);
    BitSet[] after = new BitSet[n];
    for (int i = 0; i < n; i++) {
      after[i] = new BitSet();
      after[i].set(0, n + 1);
    }
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int i = n - 1; i >= 0; i--) {
        if (!ending.get(i)) {
          continue;
        }
        BitSet now = null;
        for (int s : code.next[i]) {
          BitSet from;
          if (s < 0 || leaves(region, s)) {
            from = new BitSet();
            from.set(n);
          } else if (ending.get(s)) {
            from = after[s];
          } else {
            continue;
          }
          if (now == null) {
            now = (BitSet) from.clone();
          } else {
            now.and(from);
          }
        }
        if (now == null) {
          continue;
        }
        now.set(i);
        if (!now.equals(after[i])) {
          after[i] = now;
          changed = true;
        }
      }
    }
    int[] up = new int[n];
    Arrays.fill(up, END);
    for (int i = 0; i < n; i++) {
      if (!ending.get(i)) {
        continue;
      }
      int size = after[i].cardinality() - 1;
      for (int j = after[i].nextSetBit(0); j >= 0 && j < n; j = after[i].nextSetBit(j + 1)) {
        if (j != i && after[j].cardinality() == size) {
          up[i] = j;
        }
      }
    }
    return up;
  }
}
