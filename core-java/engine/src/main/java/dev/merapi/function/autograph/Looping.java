package dev.merapi.function.autograph;

import dev.merapi.function.autograph.Refusal.Label;
import dev.merapi.function.autograph.Symbolic.Truth;
import dev.merapi.graph.Control;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.op.Literals;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.classfile.instruction.BranchInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a loop of the graph out of a loop of the program that a tensor ends.
///
/// A loop with a test that each turn passes is turned so that it begins there: what comes before the
/// test is traced once ahead of the loop and once at the end of its body, the graph's condition is a
/// loop variable that says whether the test held, and other ways out of the body make it false.
final class Looping {
  private final Activation a;
  private final Code code;

  Looping(Activation a) {
    this.a = a;
    this.code = a.code;
  }

  /// Returns the loop that the graph is to repeat because a tensor decides at `at` about leaving it,
  /// or null: there is none, or it runs while tracing because host values decide about it too.
  @Nullable Loop leftAt(int at) {
    for (Loop l : code.flow.loops) {
      if (l == a.region.loop()) {
        return null;
      }
      if (l.exits().containsKey(at)
          && !l.irregular()
          && code.flow.isPassed(l, at)
          && !isHostDriven(l, at)) {
        return l;
      }
    }
    return null;
  }

  private boolean isHostDriven(Loop l, int at) {
    for (Map.Entry<Integer, Loop.Exit> e : l.exits().entrySet()) {
      if (e.getKey() != at
          && (e.getValue() == Loop.Exit.HOST
              || e.getValue() == Loop.Exit.ITERATOR && a.decided.contains(e.getKey()))) {
        return true;
      }
    }
    return false;
  }

  /// Loops from a test that a tensor decides; the test's operands have been taken from the stack.
  @Nullable Outcome fromTest(State s, Loop l, Symbolic.Way way) throws Throwable {
    int to = code.targets[s.at][0];
    boolean stayJumps = l.body().get(to);
    int in = stayJumps ? to : s.at + 1;
    int out = stayJumps ? s.at + 1 : to;
    BitSet again = (BitSet) code.live[in].clone();
    again.or(code.live[out]);
    return loop(s, l, s.at, way.is(stayJumps), in, out, again);
  }

  /// Loops from the header; whether there is another turn comes out of the body.
  @Nullable Outcome fromHeader(State s, Loop l) throws Throwable {
    return loop(s, l, s.at, null, s.at, Code.RETURN, code.live[s.at]);
  }

  /// Returns how a turn ended that has come to the test again.
  Outcome tested(State s, Loop l) {
    int to = code.targets[s.at][0];
    boolean stayJumps = l.body().get(to);
    BranchInstruction b = (BranchInstruction) code.instructions[s.at];
    Object jumps = a.jumps(s, b.opcode(), to > s.at);
    int out = stayJumps ? s.at + 1 : to;
    Object go =
        jumps instanceof Boolean yes
            ? (Object) (yes == stayJumps)
            : ((Symbolic.Way) jumps).is(stayJumps);
    return Outcome.turn(go, go.equals(true) ? null : out, a.liveAgain, s);
  }

  private @Nullable Outcome loop(
      State s, Loop l, int cut, @Nullable Truth go, int in, int out, BitSet again)
      throws Throwable {
    String place = code.place(l.header());
    Variables vars = new Variables(place);
    for (int tries = 0; tries < 20; tries++) {
      Turn turn = new Turn(s, l, cut, go, in, out, again, vars);
      if (turn.trace()) {
        return turn.finish();
      }
    }
    throw new IllegalStateException("This is a bug in Merapi: the loop at " + place + " never settles");
  }

  /// One trace of a loop's body. More than one is needed when it shows that a value has to be a loop
  /// variable, or to know less of its shape.
  private final class Turn {
    private final State s;
    private final Loop loop;
    private final int cut;
    private final @Nullable Truth go;
    private final int in;
    private final int out;
    private final BitSet again;
    private final Variables vars;
    private final Surroundings around;
    private final Tracer body = Tracer.open("while_body");
    private final List<Runner> makers = new ArrayList<>();
    private final String where;
    private final State after;
    private Set<Integer> keys = new LinkedHashSet<>();
    private @Nullable Object which;

    Turn(
        State s, Loop l, int cut, @Nullable Truth go, int in, int out, BitSet again, Variables vars)
        throws ReflectiveOperationException {
      this.s = s;
      this.loop = l;
      this.cut = cut;
      this.go = go;
      this.in = in;
      this.out = out;
      this.again = again;
      this.vars = vars;
      this.around = a.surroundings(s);
      this.where = "the loop on a tensor at " + code.place(cut);
      this.after = s.copy(s.at);
    }

    private Label label(int slot) {
      Code.Var v = code.var(slot, in);
      return new Label(v == null ? "a value" : "'" + v.name() + "'", where);
    }

    private String name(int slot) {
      Code.Var v = code.var(slot, in);
      return v == null ? "loop_var" : v.name();
    }

    /// Traces the body; returns whether that was all.
    boolean trace() throws Throwable {
      vars.begin(body);
      Tensor first = go == null ? Literals.of(true, DType.BOOL) : go.tensor();
      Variables.Var going = vars.add("go", "go", first);
      State turn = s.copy(in);
      BitSet stored = code.stored(loop.body());
      List<Variables.Lifted> lifted = new ArrayList<>();
      for (int i = 0; i < turn.locals.length; i++) {
        Variables.Lifted v = null;
        if (again.get(i) && stored.get(i)) {
          v = vars.lift("local " + i, name(i), turn.locals[i], label(i));
          turn.locals[i] = v.value();
        }
        lifted.add(v);
      }
      List<Place> places = lift();
      Outcome o;
      Map<Image, @Nullable Object[]> changes;
      try (body) {
        o = run(turn);
      } finally {
        changes = around.changes();
        around.restore();
      }
      if (o.isThrown()) {
        throw Refusal.endless(code.place(cut));
      }
      keys.addAll(o.keys());
      if (go != null) {
        keys.add(out);
      }
      if (keys.isEmpty()) {
        throw Refusal.endless(code.place(cut));
      }
      going.out = Branching.bool(o.go());
      locals(o, lifted);
      objects(changes, places);
      if (keys.contains(Code.RETURN) && o.returns()) {
        Variables.Maker m = vars.fresh("result", o.state().result, new Label("the result", where));
        makers.add(results -> after.result = m.make(results));
      }
      way(o);
      if (keys.stream().anyMatch(k -> k >= 0)) {
        sameStack(o);
      }
      return vars.settled();
    }

    private Outcome run(State turn) throws Throwable {
      Flow.Region region = a.region;
      boolean rotated = a.rotated;
      BitSet live = a.liveAgain;
      int entry = a.entry;
      a.region = new Flow.Region(loop, cut);
      a.rotated = go != null;
      a.liveAgain = again;
      a.entry = in;
      a.inside++;
      try {
        return a.run(turn, Flow.END, go == null);
      } catch (Throwable e) {
        a.failed = e;
        throw e;
      } finally {
        a.inside--;
        a.region = region;
        a.rotated = rotated;
        a.liveAgain = live;
        a.entry = entry;
      }
    }

    /// A place in an object that is a loop variable.
    private record Place(Image image, int index, Variables.Lifted lifted) {}

    /// Makes loop variables of what earlier traces saw change in objects.
    private List<Place> lift() {
      List<Place> all = new ArrayList<>();
      for (Image image : around.images()) {
        Object[] content = image.before().clone();
        boolean any = false;
        for (int i = 0; i < content.length; i++) {
          String key = vars.key(image.of, i);
          boolean row = image.of instanceof Rows r && r.isSymbolic();
          if (!row && !vars.isPromoted(key)) {
            continue;
          }
          Label label = new Label("'" + image.name(i) + "'", where);
          String name = image.of instanceof Rows ? "position" : image.name(i);
          Variables.Lifted v = vars.lift(key, name, content[i], label);
          content[i] = v.value();
          all.add(new Place(image, i, v));
          any = true;
        }
        if (any) {
          image.write(content);
        }
      }
      return all;
    }

    private void locals(Outcome o, List<Variables.@Nullable Lifted> lifted) {
      BitSet exits = new BitSet();
      for (int k : keys) {
        if (k >= 0) {
          exits.or(code.live[k]);
        }
      }
      for (int i = 0; i < lifted.size(); i++) {
        int slot = i;
        Object now = o.state().locals[i];
        Variables.Lifted v = lifted.get(i);
        if (v != null) {
          boolean given = o.live().get(i);
          Variables.Maker m =
              vars.close(v, given ? now : v.value(), label(i), code.descriptor(i, in));
          makers.add(results -> after.locals[slot] = m.make(results));
        } else if (!again.get(i) && exits.get(i) && o.live().get(i)) {
          Variables.Maker m = vars.fresh(name(i), now, label(i));
          makers.add(results -> after.locals[slot] = m.make(results));
        } else if (!again.get(i)) {
          after.locals[i] = null;
        }
      }
    }

    private void objects(Map<Image, @Nullable Object[]> changes, List<Place> places) {
      for (Map.Entry<Image, @Nullable Object[]> e : changes.entrySet()) {
        Image image = e.getKey();
        Object[] before = image.before();
        Object[] now = e.getValue();
        if (before.length != now.length) {
          throw Refusal.grows(
              new Label("'" + image.path + "'", where), before.length, now.length);
        }
        for (int i = 0; i < now.length; i++) {
          int k = i;
          if (Image.same(before[i], now[i])
              || places.stream().anyMatch(p -> p.image() == image && p.index() == k)) {
            continue;
          }
          Label label = new Label("'" + image.name(i) + "'", where);
          if (!(before[i] instanceof Tensor) || !(now[i] instanceof Tensor)) {
            throw Refusal.changes(label, before[i], now[i]);
          }
          vars.promote(vars.key(image.of, i));
        }
      }
      for (Place p : places) {
        Object[] now = changes.getOrDefault(p.image(), p.image().before());
        Label label = new Label("'" + p.image().name(p.index()) + "'", where);
        Variables.Maker m = vars.close(p.lifted(), now[p.index()], label, "");
        makers.add(
            results -> {
              Object[] content = p.image().read();
              content[p.index()] = m.make(results);
              p.image().write(content);
            });
      }
    }

    /// Notes on which way the loop is left, if there are several.
    private void way(Outcome o) {
      if (keys.size() == 1) {
        which = keys.iterator().next();
        return;
      }
      Variables.Var v = vars.add("exit", "exit", Values.scalar(go == null ? 0 : out));
      Object w = o.which();
      v.out = w == null ? v.input : w instanceof Integer i ? Values.scalar((int) i) : (Tensor) w;
      makers.add(results -> which = results[v.index]);
    }

    private void sameStack(Outcome o) {
      for (int i = 0; i < s.depth; i++) {
        if (o.state().depth < s.depth || !Image.same(s.stack[i], o.state().stack[i])) {
          throw Refusal.stack(code.place(cut));
        }
      }
    }

    /// Writes the loop into the graph and goes on behind it.
    @Nullable Outcome finish() throws Throwable {
      Graph turns = body.finish(vars.outs());
      Graph cond;
      try (Tracer c = Tracer.open("while_cond")) {
        Tensor holds = vars.inputsOf(c);
        cond = c.finish(List.of(holds));
      }
      Tensor[] results = Control.emitWhile(cond, turns, vars.inits());
      for (Runner r : makers) {
        r.run(results);
      }
      if (which instanceof Integer key) {
        after.at = key;
        s.become(after);
        return key == Code.RETURN ? Outcome.at(key, code, s) : null;
      }
      List<Branching.Choice> choices = new ArrayList<>();
      for (int k : keys) {
        choices.add(new Branching.Choice(k, k));
      }
      int last = choices.removeLast().to();
      List<Integer> to = new ArrayList<>(keys);
      int join = to.contains(Code.RETURN) || !to.stream().allMatch(a.region::contains)
          ? Flow.END
          : code.flow.join(a.region, to);
      s.become(after);
      return a.branching.choose(s, (Tensor) which, choices, last, join);
    }
  }

  /// Puts a result of the loop in its place.
  private interface Runner {
    void run(Tensor[] results);
  }
}
