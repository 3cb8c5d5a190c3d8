package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Fusion;
import dev.merapi.kernel.Loop;
import dev.merapi.kernel.Program;
import dev.merapi.kernel.cpu.vector.VectorLoop;
import dev.merapi.tensor.DType;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Cuts a fusion's operations into loops.
///
/// Values are numbered as in [Fusion]: inputs, then operations. A value that follows from inputs of
/// one element alone is itself one element; loops compute such values before they begin.
final class StagePlanner {
  /// Steps of one loop. Up to 190, a loop took 0.27 ns a step and vector, with 350 steps 0.37, as
  /// values no longer stay in registers, and its compilation 4 seconds instead of 1.5 (Zen 5,
  /// AVX-512, chains of tanh).
  private static final int MOST_STEPS = 200;

  /// Tensors and slots of one loop: each access costs the compiler part of its inlining budget.
  private static final int MOST_OPERANDS = 20;

  private final FusedCode.Key key;
  private final int inputs;
  private final int values;
  private final boolean[] once;
  private final boolean[] live;

  StagePlanner(FusedCode.Key key) {
    this.key = key;
    inputs = key.inputs().size();
    values = inputs + key.nodes().size();
    once = new boolean[values];
    live = new boolean[values];
    for (int v = 0; v < values; v++) {
      once[v] = v < inputs ? (key.single() >>> v & 1) != 0 : all(args(v), a -> once[a]);
    }
    for (int v : key.outputs()) {
      live[v] = true;
    }
    for (int v = values - 1; v >= inputs; v--) {
      if (live[v]) {
        args(v).forEach(a -> live[a] = true);
      }
    }
  }

  private static boolean all(List<Integer> values, IntPredicate test) {
    return values.stream().allMatch(test::test);
  }

  private List<Integer> args(int v) {
    return v < inputs ? List.of() : key.nodes().get(v - inputs).args();
  }

  private DType dtype(int v) {
    return v < inputs ? key.inputs().get(v) : key.nodes().get(v - inputs).dtype();
  }

  /// Returns the operations that are live and are computed for every position, if `each`, or once.
  private List<Integer> operations(boolean each) {
    List<Integer> found = new ArrayList<>();
    for (int v = inputs; v < values; v++) {
      if (live[v] && once[v] != each) {
        found.add(v);
      }
    }
    return found;
  }

  /// Returns a plan in which every operation has its own loop: there at once, as these loops are
  /// those of single operations. If only `meanwhile`, they are not warmed up for it.
  StagePlan single(boolean meanwhile) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int v = inputs; v < values; v++) {
      if (live[v]) {
        groups.add(List.of(v));
      }
    }
    return new Assignment(groups, false, meanwhile).plan();
  }

  /// Returns a plan with as few loops as do well, compiled afresh, or null if that is the plan of
  /// single loops.
  @Nullable StagePlan joint() {
    List<List<Integer>> groups = new ArrayList<>();
    List<Integer> each = operations(true);
    List<Integer> group = new ArrayList<>();
    for (int v : each) {
      List<Integer> larger = new ArrayList<>(group);
      larger.add(v);
      if (!group.isEmpty() && !belongTogether(group, v, larger)) {
        groups.add(group);
        larger = new ArrayList<>(List.of(v));
      }
      group = larger;
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    if (groups.size() == each.size()) {
      return null;
    }
    return new Assignment(groups, true, false).plan();
  }

  private boolean belongTogether(List<Integer> group, int v, List<Integer> larger) {
    Program p = program(larger);
    boolean small = p.inputs() + p.outputs() <= MOST_OPERANDS && steps(p) <= MOST_STEPS;
    return small
        && (hasVectors(p) || (!hasVectors(program(group)) && !hasVectors(program(List.of(v)))));
  }

  private static int steps(Program p) {
    boolean[] live = p.live(false);
    int n = 0;
    for (int i = 0; i < live.length; i++) {
      n += live[i] && p.step(i).prim() != Program.Prim.CONST ? 1 : 0;
    }
    return n;
  }

  private static boolean hasVectors(Program p) {
    return Tier.current() == Tier.VECTOR && VectorLoop.isPossible(p);
  }

  /// Returns what a group reads: inputs and values of other groups, but none that can be computed
  /// before the loop.
  private List<Integer> reads(List<Integer> group) {
    List<Integer> found = new ArrayList<>();
    for (int v : group) {
      collect(v, group, found);
    }
    return found;
  }

  private void collect(int v, List<Integer> group, List<Integer> found) {
    for (int a : args(v)) {
      boolean inside = group.contains(a);
      if (a >= inputs && once[a] && !inside) {
        collect(a, group, found);
      } else if (!inside && !found.contains(a)) {
        found.add(a);
      }
    }
  }

  /// Returns which values of a group others need.
  private List<Integer> writes(List<Integer> group) {
    List<Integer> found = new ArrayList<>();
    for (int v : group) {
      boolean needed = key.outputs().contains(v);
      for (int user = v + 1; user < values; user++) {
        needed |= live[user] && !group.contains(user) && args(user).contains(v);
      }
      if (needed) {
        found.add(v);
      }
    }
    return found;
  }

  /// Lowers a group to one program, whose inputs are what it reads and whose outputs what it
  /// writes.
  private Program program(List<Integer> group) {
    List<Integer> reads = reads(group);
    int[] number = new int[values];
    Arrays.fill(number, -1);
    DType[] types = new DType[reads.size()];
    for (int i = 0; i < types.length; i++) {
      number[reads.get(i)] = i;
      types[i] = dtype(reads.get(i));
    }
    List<Fusion.Node> nodes = new ArrayList<>();
    for (int v : group) {
      number(v, types.length, number, nodes);
    }
    int[] outs = writes(group).stream().mapToInt(v -> number[v]).toArray();
    return Program.of(types, nodes, outs);
  }

  private void number(int v, int first, int[] number, List<Fusion.Node> nodes) {
    if (number[v] >= 0) {
      return;
    }
    List<Integer> args = new ArrayList<>();
    for (int a : args(v)) {
      number(a, first, number, nodes);
      args.add(number[a]);
    }
    Fusion.Node n = key.nodes().get(v - inputs);
    number[v] = first + nodes.size();
    nodes.add(new Fusion.Node(n.meaning(), n.dtype(), args));
  }

  /// Tells whether there is anything to be joined.
  boolean canJoin() {
    return operations(true).size() > 1;
  }

  /// Estimates the work for one element in picoseconds on one core.
  long cost() {
    List<Integer> each = operations(true);
    if (each.isEmpty()) {
      return 100;
    }
    Program p = program(each);
    return p.cost(Tier.current() == Tier.VECTOR);
  }

  /// Gives buffers to the values of one plan.
  private final class Assignment {
    private final List<List<Integer>> groups;
    private final boolean joint;
    private final boolean meanwhile;
    private final int firstSlot = inputs + key.outputs().size();
    private final int[] buffer = new int[values];
    private final int[] lastUse = new int[values];
    private final boolean[] written = new boolean[key.outputs().size()];
    private final List<Integer> free = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private int slots;
    private int elementBytes = 1;

    Assignment(List<List<Integer>> groups, boolean joint, boolean meanwhile) {
      this.groups = groups;
      this.joint = joint;
      this.meanwhile = meanwhile;
      Arrays.fill(buffer, -1);
      for (int i = 0; i < inputs; i++) {
        buffer[i] = i;
      }
      for (int g = 0; g < groups.size(); g++) {
        List<Integer> group = groups.get(g);
        for (int v : joint ? reads(group) : args(group.getFirst())) {
          lastUse[v] = g;
        }
      }
    }

    StagePlan plan() {
      List<Integer> ones = new ArrayList<>();
      for (int o = 0; o < written.length; o++) {
        int v = key.outputs().get(o);
        if (v < inputs || once[v]) {
          lastUse[v] = groups.size();
        }
        if (joint && v >= inputs && once[v]) {
          need(v, ones);
        }
      }
      for (int v : ones) {
        buffer[v] = slot();
        stages.add(stage(v));
      }
      for (int g = 0; g < groups.size(); g++) {
        List<Integer> group = groups.get(g);
        for (int v : writes(group)) {
          place(v, g);
        }
        stages.add(joint ? stage(group) : stage(group.getFirst()));
        release(g);
      }
      // Inputs first: an output that comes from a slot may lie over one.
      copies(true);
      copies(false);
      return new StagePlan(stages.toArray(new Stage[0]), firstSlot, slots, elementBytes);
    }

    private void copies(boolean ofInputs) {
      for (int o = 0; o < written.length; o++) {
        int v = key.outputs().get(o);
        if (!written[o] && v < inputs == ofInputs) {
          stages.add(copy(v, inputs + o));
        }
      }
    }

    private void need(int v, List<Integer> ones) {
      if (v >= inputs && !ones.contains(v)) {
        args(v).forEach(a -> need(a, ones));
        ones.add(v);
      }
    }

    /// Lets a value be written where it leaves, or to a slot.
    ///
    /// An output may lie over an input, so it is not written before the last loop that reads inputs
    /// of its size.
    private void place(int v, int g) {
      int o = once[v] ? -1 : key.outputs().indexOf(v);
      if (o < 0) {
        buffer[v] = slot();
        return;
      }
      boolean early = false;
      for (int i = 0; i < inputs; i++) {
        early |= !once[i] && dtype(i).bytes() == dtype(v).bytes() && lastUse[i] > g;
      }
      if (early) {
        buffer[v] = slot();
        lastUse[v] = groups.size();
      } else {
        buffer[v] = inputs + o;
        written[o] = true;
      }
      if (key.outputs().lastIndexOf(v) != o) {
        lastUse[v] = groups.size();
      }
    }

    private int slot() {
      return free.isEmpty() ? firstSlot + slots++ : free.removeLast();
    }

    private void release(int g) {
      for (int v = inputs; v < values; v++) {
        if (buffer[v] >= firstSlot && lastUse[v] == g) {
          free.add(buffer[v]);
          lastUse[v] = -1;
        }
      }
    }

    private int move(int v) {
      elementBytes = Math.max(elementBytes, dtype(v).bytes());
      return once[v] || buffer[v] >= firstSlot ? 0 : dtype(v).bytes();
    }

    private Stage stage(int v) {
      List<Integer> args = args(v);
      DType[] types = new DType[args.size()];
      int[] buffers = new int[types.length + 1];
      int[] moves = new int[types.length + 1];
      int mask = 0;
      for (int i = 0; i < types.length; i++) {
        int a = args.get(i);
        types[i] = dtype(a);
        buffers[i] = buffer[a];
        moves[i] = move(a);
        mask |= once[a] && !once[v] ? 1 << i : 0;
      }
      buffers[types.length] = buffer[v];
      moves[types.length] = move(v);
      Expr e = key.nodes().get(v - inputs).meaning();
      Loop loop = Loops.of(e, types, dtype(v), mask);
      return new Stage.Single(loop, meanwhile, once[v], buffers, moves);
    }

    /// Copies the value as the integer of its size, or as two.
    private Stage copy(int v, int to) {
      DType t = dtype(v);
      DType raw =
          switch (t.bytes()) {
            case 1 -> DType.U8;
            case 2 -> DType.U16;
            case 4 -> DType.I32;
            case 8 -> DType.I64;
            default -> t;
          };
      Loop loop = Loops.of(Expr.in(0), new DType[] {raw}, raw, once[v] ? 1 : 0);
      return new Stage.Single(
          loop, meanwhile, false, new int[] {buffer[v], to}, new int[] {move(v), t.bytes()});
    }

    private Stage stage(List<Integer> group) {
      Program p = program(group);
      List<Integer> reads = reads(group);
      List<Integer> writes = writes(group);
      int[] buffers = new int[reads.size() + writes.size()];
      int[] moves = new int[buffers.length];
      long mask = 0;
      for (int i = 0; i < buffers.length; i++) {
        int v = i < reads.size() ? reads.get(i) : writes.get(i - reads.size());
        buffers[i] = buffer[v];
        moves[i] = move(v);
        mask |= once[v] ? 1L << i : 0;
      }
      Loop scalar = new ScalarLoop(p, mask, true).make(MethodHandles.lookup(), null);
      if (!hasVectors(p)) {
        return new Stage.Joint(scalar, scalar, 1, writes.size(), buffers, moves);
      }
      Loop vector = VectorLoop.make(p, mask, true, scalar);
      if (vector == null) {
        throw new IllegalStateException("This is a bug in Merapi: no vectors for\n" + p);
      }
      return new Stage.Joint(scalar, vector, VectorLoop.lanes(p), writes.size(), buffers, moves);
    }
  }
}
