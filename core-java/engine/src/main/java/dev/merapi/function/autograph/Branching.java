package dev.merapi.function.autograph;

import dev.merapi.function.autograph.Refusal.Label;
import dev.merapi.function.autograph.Symbolic.Num;
import dev.merapi.function.autograph.Symbolic.Ops;
import dev.merapi.function.autograph.Symbolic.Truth;
import dev.merapi.graph.Control;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.op.Literals;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes both ways at a condition that the graph will compute, each in a graph of its own, up to where
/// they meet again, and lets the graph choose between what they leave behind.
final class Branching {
  /// Branches inside one another; TensorFlow's own graphs rarely exceed ten, a loop that is unrolled
  /// by mistake any number.
  private static final int DEEPEST = 100;

  /// One way.
  private interface Arm {
    Outcome run(State s) throws Throwable;
  }

  private final Activation a;
  private final Code code;

  Branching(Activation a) {
    this.a = a;
    this.code = a.code;
  }

  /// Branches at the current instruction. Returns null when the ways have met again, at `s`.
  @Nullable Outcome fork(State s, Truth t, int yes, int no) throws Throwable {
    int join = code.flow.join(a.region, s.at);
    return meet(s, t, join, c -> arm(c, yes, join), c -> arm(c, no, join));
  }

  private Outcome arm(State s, int at, int join) throws Throwable {
    s.at = at;
    if (at == Code.RETURN) {
      return Outcome.at(Code.RETURN, code, s);
    }
    int before = a.entry;
    a.entry = at;
    try {
      return a.run(s, join, false);
    } finally {
      a.entry = before;
    }
  }

  /// If one of two ways only throws, writes an assertion and goes the other.
  boolean asserts(State s, Truth t, int yes, int no) throws Throwable {
    boolean yesEnds = code.flow.ends(a.region, yes);
    boolean noEnds = code.flow.ends(a.region, no);
    if (yesEnds == noEnds) {
      return false;
    }
    Throwable raised = raised(s, yesEnds ? no : yes);
    Assertions.must((yesEnds ? t : t.not()).tensor(), raised);
    s.at = yesEnds ? yes : no;
    return true;
  }

  /// Runs a way that only throws, into a graph that is thrown away.
  private Throwable raised(State s, int at) throws Throwable {
    Surroundings around = a.surroundings(s);
    a.inside++;
    a.raised = null;
    Tracer scratch = Tracer.open("assertion");
    try {
      arm(s.copy(at), at, Flow.END);
    } catch (Exception | AssertionError e) {
      if (e.getClass().getName().startsWith(Message.class.getPackageName())) {
        throw e;
      }
      a.raised = e;
    } finally {
      scratch.close();
      a.inside--;
      around.restore();
    }
    Throwable t = a.raised;
    if (t == null) {
      throw new IllegalStateException("This is a bug in Merapi: nothing thrown in " + code);
    }
    return t;
  }

  /// Goes to one of several places, by a number that the graph computes: a `switch`.
  @Nullable Outcome select(State s, Instruction i) throws Throwable {
    List<SwitchCase> cases =
        i instanceof TableSwitchInstruction t ? t.cases() : ((LookupSwitchInstruction) i).cases();
    int[] to = code.targets[s.at];
    Object x = s.pop();
    if (x instanceof Integer k) {
      int at = to[0];
      for (int c = 0; c < cases.size(); c++) {
        at = cases.get(c).caseValue() == k ? to[c + 1] : at;
      }
      s.at = at;
      return null;
    }
    if (!(x instanceof Num n)) {
      throw Refusal.hostUse((Symbolic) x, "used in a switch", code.place(s.at));
    }
    List<Choice> choices = new ArrayList<>();
    for (int c = 0; c < cases.size(); c++) {
      if (to[c + 1] != to[0]) {
        choices.add(new Choice(cases.get(c).caseValue(), to[c + 1]));
      }
    }
    return choose(s, n.tensor(), choices, to[0], code.flow.join(a.region, s.at));
  }

  /// What a number means for the way to go.
  record Choice(int value, int to) {}

  /// Goes to one of several places; returns null when all ways have met again, at `s`.
  @Nullable Outcome choose(State s, Tensor which, List<Choice> choices, int otherwise, int join)
      throws Throwable {
    if (choices.isEmpty()) {
      Outcome o = arm(s, otherwise, join);
      return o.keys().equals(Set.of(join)) ? null : o;
    }
    Choice first = choices.get(0);
    List<Choice> rest = choices.subList(1, choices.size());
    Tensor is = Ops.EQUAL.of(which, Literals.of(first.value(), which.dtype()));
    return meet(
        s,
        new Truth(is, null),
        join,
        c -> arm(c, first.to(), join),
        c -> {
          Outcome o = choose(c, which, rest, otherwise, join);
          return o == null ? Outcome.at(join, code, c) : o;
        });
  }

  private @Nullable Outcome meet(State s, Truth t, int join, Arm yes, Arm no) throws Throwable {
    String place = code.place(s.at);
    int at = s.at;
    if (DEPTH.get() >= DEEPEST) {
      throw Refusal.deep(place, DEEPEST);
    }
    Surroundings around = a.surroundings(s);
    Tracer traceA = Tracer.open("cond_true");
    Outcome x = traced(traceA, yes, s.copy(at));
    Map<Image, @Nullable Object[]> changesX = around.changes();
    around.restore();
    Tracer traceB = Tracer.open("cond_false");
    Outcome y = traced(traceB, no, s.copy(at));
    Map<Image, @Nullable Object[]> changesY = around.changes();
    around.restore();

    Merge merge = new Merge(t, traceA, traceB);
    Where where = new Where(place, join < 0 ? at : join);
    State m = s.copy(join < 0 ? at : join);
    List<Runner> makers = new ArrayList<>();
    BitSet live = new BitSet();
    live.or(x.live());
    live.or(y.live());
    for (int i = 0; i < m.locals.length; i++) {
      int slot = i;
      Merge.Maker k =
          merged(merge, x.live().get(i) ? x : null, y.live().get(i) ? y : null, o -> o.state().locals[slot], where.label(slot), where.type(slot));
      makers.add(chosen -> m.locals[slot] = k.make(chosen));
    }
    stacks(merge, x, y, m, place, makers);
    Merge.Maker result =
        merged(merge, x.returns() ? x : null, y.returns() ? y : null, o -> o.state().result, new Label("the result", where.text()), resultType());
    makers.add(chosen -> m.result = result.make(chosen));
    Label way = new Label("the way", where.text());
    Merge.Maker go =
        merged(merge, thrown(x) ? null : x, thrown(y) ? null : y, o -> o.go() instanceof Boolean b ? (b ? 1 : 0) : o.go(), way, "Z");
    Merge.Maker which =
        merged(merge, x.which() == null ? null : x, y.which() == null ? null : y, o -> which(o, x, y), way, "I");
    objects(merge, changesX, changesY, thrown(x), thrown(y), where, makers);

    Graph first = traceA.finish(merge.ofA());
    Graph second = traceB.finish(merge.ofB());
    Tensor[] chosen =
        merge.ofA().isEmpty() && !first.hasEffect() && !second.hasEffect()
            ? new Tensor[0]
            : Control.emitIf(t.tensor(), first, second);
    for (Runner r : makers) {
      r.run(chosen);
    }
    Set<Integer> keys = new LinkedHashSet<>(x.keys());
    keys.addAll(y.keys());
    Object goes = go.make(chosen);
    if (join >= 0 && keys.equals(Set.of(join))) {
      s.become(m);
      s.at = join;
      return null;
    }
    return new Outcome(
        keys,
        which.make(chosen),
        goes == null ? false : goes instanceof Integer i ? (Object) (i == 1) : goes,
        live,
        m);
  }

  /// Puts a merged value in its place.
  private interface Runner {
    void run(Tensor[] chosen);
  }

  /// Branches that this thread is in, of all activations: a recursion on a tensor shows here.
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private Outcome traced(Tracer trace, Arm arm, State s) throws Throwable {
    int depth = DEPTH.get();
    DEPTH.set(depth + 1);
    a.inside++;
    try (trace) {
      return arm.run(s);
    } catch (Throwable e) {
      a.failed = e;
      throw e;
    } finally {
      a.inside--;
      DEPTH.set(depth);
    }
  }

  private static boolean thrown(Outcome o) {
    return o.isThrown();
  }

  /// Returns where a way ended in a form that can be merged: the number itself where both agree.
  private static @Nullable Object which(Outcome o, Outcome x, Outcome y) {
    boolean agree = x.which() instanceof Integer i && i.equals(y.which());
    return !agree && o.which() instanceof Integer i && x.which() != null && y.which() != null
        ? Values.scalar((int) i)
        : o.which();
  }

  private interface Part {
    @Nullable Object of(Outcome o);
  }

  private static Merge.Maker merged(
      Merge merge,
      @Nullable Outcome x,
      @Nullable Outcome y,
      Part part,
      Label label,
      @Nullable String type) {
    if (x != null && y != null) {
      return merge.pair(part.of(x), part.of(y), label, type);
    }
    if (x == null && y == null) {
      return chosen -> null;
    }
    return merge.single(part.of(x != null ? x : y), x != null, label);
  }

  private void stacks(
      Merge merge, Outcome x, Outcome y, State m, String place, List<Runner> makers) {
    boolean hasX = x.keys().stream().anyMatch(k -> k >= 0) || !x.go().equals(false);
    boolean hasY = y.keys().stream().anyMatch(k -> k >= 0) || !y.go().equals(false);
    if (hasX && hasY && x.state().depth != y.state().depth) {
      throw Refusal.stack(place);
    }
    int depth = hasX ? x.state().depth : hasY ? y.state().depth : 0;
    m.depth = depth;
    for (int i = 0; i < depth; i++) {
      int k = i;
      Merge.Maker v =
          merged(
              merge,
              hasX ? x : null,
              hasY ? y : null,
              o -> o.state().stack[k],
              new Label(k == depth - 1 ? goal(m.at) : "a value", "the `if` on a tensor at " + place),
              null);
      makers.add(chosen -> m.stack[k] = v.make(chosen));
    }
  }

  /// Names the value on top of the stack by what becomes of it.
  private String goal(int at) {
    if (code.instructions[at] instanceof StoreInstruction st) {
      Code.Var v = code.var(st.slot(), at);
      return v == null ? "the value" : "'" + v.name() + "'";
    }
    return code.instructions[at] instanceof ReturnInstruction ? "the result" : "the value";
  }

  private static void objects(
      Merge merge,
      Map<Image, @Nullable Object[]> ofX,
      Map<Image, @Nullable Object[]> ofY,
      boolean thrownX,
      boolean thrownY,
      Where where,
      List<Runner> makers) {
    Map<Image, Boolean> all = new HashMap<>();
    ofX.keySet().forEach(i -> all.put(i, true));
    ofY.keySet().forEach(i -> all.put(i, true));
    for (Image image : all.keySet()) {
      Object[] before = image.before();
      Object[] p = ofX.getOrDefault(image, before);
      Object[] q = ofY.getOrDefault(image, before);
      Object[] x = thrownX ? q : p;
      Object[] y = thrownY ? p : q;
      if (x.length != y.length) {
        throw Refusal.sizes(new Label("'" + image.path + "'", where.text()), x.length, y.length);
      }
      List<Merge.Maker> parts = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        Label label = new Label("'" + image.name(i) + "'", where.text());
        if (image.of instanceof Replay && !Image.same(x[i], y[i])) {
          parts.add(chosen -> Replay.NOWHERE);
          continue;
        }
        parts.add(
            thrownX || thrownY
                ? merged(merge, x, y, thrownX, i, label)
                : merge.pair(x[i], y[i], label, ""));
      }
      makers.add(
          chosen -> image.write(parts.stream().map(k -> k.make(chosen)).toArray()));
    }
  }

  /// Of an object that only one way can leave behind, for the other threw.
  private static Merge.Maker merged(
      Merge merge, @Nullable Object[] x, @Nullable Object[] y, boolean thrownX, int i, Label label) {
    return merge.single(thrownX ? y[i] : x[i], !thrownX, label);
  }

  private @Nullable String resultType() {
    return code.type.returnType().descriptorString();
  }

  /// Names variables at a meeting place.
  private final class Where {
    private final String place;
    private final int at;

    Where(String place, int at) {
      this.place = place;
      this.at = at;
    }

    String text() {
      return "the `if` on a tensor at " + place;
    }

    Label label(int slot) {
      Code.Var v = code.var(slot, at);
      return new Label(v == null ? "a value" : "'" + v.name() + "'", text());
    }

    @Nullable String type(int slot) {
      return code.descriptor(slot, at);
    }
  }

  static Tensor bool(Object o) {
    return o instanceof Truth t ? t.tensor() : Literals.of(o, DType.BOOL);
  }
}
