package dev.merapi.function.autograph;

import dev.merapi.function.autograph.Symbolic.Truth;
import dev.merapi.say.Where;
import dev.merapi.tensor.Tensor;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Interprets one call of a method while a graph is traced.
///
/// Instructions on host values do what the JVM does. At a condition that the graph will compute,
/// [Branching] runs both ways and merges, and [Looping] makes a loop of the graph.
final class Activation {
  final Code code;

  /// The part of the method that is being run: all of it, or one turn of a loop.
  Flow.Region region = Flow.Region.ALL;

  /// Whether a turn of that loop begins after its test, not at its header.
  boolean rotated;

  /// The variables that the next turn of that loop reads.
  BitSet liveAgain = new BitSet();

  /// Branches out of loops that host values decided so far.
  final Set<Integer> decided = new HashSet<>();

  /// How many branches on tensors lie around the current instruction.
  int inside;

  /// Why a branch on a tensor failed, once one has.
  @Nullable Throwable failed;

  private final Deque<State> states = new ArrayDeque<>();
  final Branching branching;
  private final Looping looping;

  Activation(Code code) {
    this.code = code;
    this.branching = new Branching(this);
    this.looping = new Looping(this);
  }

  /// Runs the method; `args` and the result are in the interpreter's form.
  @Nullable Object call(@Nullable Object[] args) throws Throwable {
    State s = new State(code.maxLocals, code.maxStack + 1);
    int slot = 0;
    for (Object a : args) {
      s.locals[slot] = a;
      slot += a instanceof Wide || a instanceof Symbolic.Num n && n.kind().slotSize() == 2 ? 2 : 1;
    }
    Supplier<StackTraceElement> before = Where.interpreting(this::where);
    try {
      Outcome o = run(s, Flow.END, false);
      if (failed != null) {
        throw Refusal.caught(code.place(s.at), failed);
      }
      if (o.isThrown()) {
        throw Refusal.endless(code.place(0));
      }
      return o.state().result;
    } finally {
      Where.interpreting(before);
    }
  }

  private StackTraceElement where() {
    State s = states.peek();
    return code.element(s == null ? 0 : s.at);
  }

  /// Runs until `stop`, or until the region ends. `entering` says that the first instruction is the
  /// one at which a turn of the region's loop begins and ends.
  Outcome run(State s, int stop, boolean entering) throws Throwable {
    states.push(s);
    try {
      for (boolean first = entering; ; first = false) {
        if (!first) {
          if (s.at == stop) {
            return Outcome.at(s.at, code, s);
          }
          Outcome end = ended(s);
          if (end != null) {
            return end;
          }
          Loop l = code.flow.irregularAt(s.at);
          if (l != null && l != region.loop()) {
            Outcome o = looping.fromHeader(s, l);
            if (o != null) {
              return o;
            }
            continue;
          }
        }
        Outcome o;
        try {
          o = step(s);
        } catch (Throwable t) {
          handle(s, t);
          o = null;
        }
        if (o != null) {
          return o;
        }
      }
    } finally {
      states.pop();
    }
  }

  /// Returns how the turn ended if it has: at the loop's test or header, or outside the loop.
  private @Nullable Outcome ended(State s) {
    Loop l = region.loop();
    if (l == Loop.NONE) {
      return null;
    }
    if (s.at == region.cut()) {
      return rotated ? looping.tested(s, l) : Outcome.turn(true, null, liveAgain, s);
    }
    return l.body().get(s.at) ? null : Outcome.at(s.at, code, s);
  }

  /// Carries out one instruction; returns how the way ended if it did.
  private @Nullable Outcome step(State s) throws Throwable {
    Instruction i = code.instructions[s.at];
    switch (i) {
      case LoadInstruction l -> s.push(s.locals[l.slot()]);
      case StoreInstruction st -> s.locals[st.slot()] = s.pop();
      case ConstantInstruction c -> s.push(constant(s.at, c));
      case InvokeInstruction v -> Calls.invoke(s, v, code);
      case FieldInstruction f -> Calls.field(s, f, code);
      case InvokeDynamicInstruction v -> Calls.dynamic(s, v, code);
      case BranchInstruction b -> {
        return branch(s, b);
      }
      case OperatorInstruction o -> Arithmetic.operate(s, o.opcode(), code);
      case ConvertInstruction c -> Arithmetic.convert(s, c, code);
      case IncrementInstruction inc -> increment(s, inc);
      case StackInstruction st -> Stacks.move(s, st.opcode());
      case TypeCheckInstruction t -> check(s, t);
      case NewObjectInstruction n -> s.push(new Calls.Raw(n.className().asSymbol()));
      case NewReferenceArrayInstruction n ->
          s.push(Array.newInstance(type(n.componentType().asSymbol()), hostInt(s)));
      case NewPrimitiveArrayInstruction n ->
          s.push(Array.newInstance(Stacks.primitive(n.typeKind()), hostInt(s)));
      case NewMultiArrayInstruction n -> multi(s, n);
      case ArrayLoadInstruction a -> load(s, a);
      case ArrayStoreInstruction a -> store(s, a);
      case TableSwitchInstruction t -> {
        return branching.select(s, t);
      }
      case LookupSwitchInstruction t -> {
        return branching.select(s, t);
      }
      case ReturnInstruction r -> {
        s.result = r.typeKind() == TypeKind.VOID ? null : s.pop();
        return Outcome.at(Code.RETURN, code, s);
      }
      case ThrowInstruction t -> {
        return thrown(s);
      }
      case NopInstruction n -> {}
      default -> throw new IllegalStateException("This is a bug in Merapi: " + i);
    }
    s.at++;
    return null;
  }

  private @Nullable Outcome branch(State s, BranchInstruction b) throws Throwable {
    if (b.opcode() == Opcode.GOTO || b.opcode() == Opcode.GOTO_W) {
      s.at = code.targets[s.at][0];
      return null;
    }
    int at = s.at;
    Object jumps = jumps(s, b.opcode(), code.targets[at][0] > at);
    if (jumps instanceof Boolean yes) {
      decided.add(at);
      s.at = yes ? code.targets[at][0] : at + 1;
      return null;
    }
    Symbolic.Way way = (Symbolic.Way) jumps;
    int yes = way.when() ? code.targets[at][0] : at + 1;
    int no = way.when() ? at + 1 : code.targets[at][0];
    if (branching.asserts(s, way.truth(), yes, no)) {
      return null;
    }
    Loop l = looping.leftAt(at);
    if (l != null) {
      return looping.fromTest(s, l, way);
    }
    Tensor known = way.truth().tensor().storage().constant();
    if (known != null) {
      s.at = known.booleanValue() ? yes : no;
      return null;
    }
    return branching.fork(s, way.truth(), yes, no);
  }

  /// Takes a branch's operands from the stack; returns whether it jumps, a `Boolean` or a [Symbolic.Way].
  Object jumps(State s, Opcode o, boolean forward) {
    if (o == Opcode.IFNULL || o == Opcode.IFNONNULL) {
      return (s.pop() == null) == (o == Opcode.IFNULL);
    }
    if (o == Opcode.IF_ACMPEQ || o == Opcode.IF_ACMPNE) {
      return (s.pop() == s.pop()) == (o == Opcode.IF_ACMPEQ);
    }
    Opcode zero = Stacks.againstZero(o);
    if (zero != o) {
      Object b = s.pop();
      Object a = s.pop();
      if (a instanceof Truth || b instanceof Truth) {
        return equal(s, a, b, zero);
      }
      if (a instanceof Symbolic || b instanceof Symbolic) {
        return Arithmetic.order(a, b, 0).jumps(zero, forward);
      }
      return Stacks.holds(zero, Integer.compare((Integer) a, (Integer) b));
    }
    return switch (s.pop()) {
      case Integer i -> Stacks.holds(o, i);
      case Truth t when o == Opcode.IFNE || o == Opcode.IFGT -> new Symbolic.Way(t, true);
      case Truth t when o == Opcode.IFEQ || o == Opcode.IFLE -> new Symbolic.Way(t, false);
      case Symbolic.Order x -> x.jumps(o, forward);
      case Symbolic.Num n -> Arithmetic.order(n, 0, 0).jumps(o, forward);
      case Object x -> throw Refusal.hostUse((Symbolic) x, "compared", code.place(s.at));
    };
  }

  /// Compares two truth values, at least one of them symbolic.
  private Symbolic.Way equal(State s, Object a, Object b, Opcode o) {
    if (!Merge.isTruth(a) || !Merge.isTruth(b) || o != Opcode.IFEQ && o != Opcode.IFNE) {
      throw Refusal.hostUse(
          a instanceof Symbolic x ? x : (Symbolic) b, "compared", code.place(s.at));
    }
    State two = new State(0, 2);
    two.push(a);
    two.push(b);
    Arithmetic.operate(two, Opcode.IXOR, code);
    Truth differ = (Truth) two.pop();
    return new Symbolic.Way(differ, o == Opcode.IFNE);
  }

  private void increment(State s, IncrementInstruction inc) {
    Object x = s.locals[inc.slot()];
    if (x instanceof Symbolic y) {
      throw Refusal.hostUse(y, "calculated with", code.place(s.at));
    }
    s.locals[inc.slot()] = (Integer) x + inc.constant();
  }

  private @Nullable Object constant(int at, ConstantInstruction c) throws Throwable {
    if (c.opcode() == Opcode.ACONST_NULL) {
      return null;
    }
    ConstantDesc d = c.constantValue();
    return switch (d) {
      case Long l -> Arithmetic.j(l);
      case Double x -> Arithmetic.d(x);
      case Integer i -> i;
      case Float f -> f;
      case String t -> t;
      default -> {
        Object known = code.linked[at];
        if (known == null) {
          known = d.resolveConstantDesc(code.lookup());
          code.linked[at] = known;
        }
        yield Calls.interpreted(known, c.typeKind());
      }
    };
  }

  private Class<?> type(ClassDesc d) throws ReflectiveOperationException {
    MethodHandles.Lookup l = code.lookup();
    return (Class<?>) d.resolveConstantDesc(l);
  }

  private int hostInt(State s) {
    Object x = s.pop();
    if (x instanceof Symbolic y) {
      throw Refusal.hostUse(y, "used as a size or an index", code.place(s.at));
    }
    return (Integer) x;
  }

  private void multi(State s, NewMultiArrayInstruction n) throws ReflectiveOperationException {
    int[] sizes = new int[n.dimensions()];
    for (int i = sizes.length - 1; i >= 0; i--) {
      sizes[i] = hostInt(s);
    }
    Class<?> part = type(n.arrayType().asSymbol());
    for (int i = 0; i < sizes.length; i++) {
      part = part.getComponentType();
    }
    s.push(Array.newInstance(part, sizes));
  }

  private void load(State s, ArrayLoadInstruction a) {
    int i = hostInt(s);
    Object from = s.pop();
    Object x = Array.get(java.util.Objects.requireNonNull(from), i);
    s.push(Calls.interpreted(x, kind(from, a.typeKind())));
  }

  private void store(State s, ArrayStoreInstruction a) {
    Object x = s.pop();
    int i = hostInt(s);
    Object to = s.pop();
    if (x instanceof Symbolic y) {
      throw Refusal.hostUse(y, "put into an array", code.place(s.at));
    }
    Object host = Calls.host(x, kind(java.util.Objects.requireNonNull(to), a.typeKind()));
    if (host != null && !to.getClass().getComponentType().isPrimitive()
        && !to.getClass().getComponentType().isInstance(host)) {
      throw new ArrayStoreException(host.getClass().getName());
    }
    Array.set(to, i, host);
  }

  /// One instruction serves arrays of bytes and of truth values.
  private static TypeKind kind(Object array, TypeKind k) {
    return array instanceof boolean[] ? TypeKind.BOOLEAN : k;
  }

  private void check(State s, TypeCheckInstruction t) throws ReflectiveOperationException {
    Class<?> c = (Class<?>) code.linked[s.at];
    if (c == null) {
      c = type(t.type().asSymbol());
      code.linked[s.at] = c;
    }
    if (t.opcode() == Opcode.INSTANCEOF) {
      s.push(c.isInstance(s.pop()) ? 1 : 0);
      return;
    }
    Object x = s.stack[s.depth - 1];
    if (x != null) {
      c.cast(x);
    }
  }

  private @Nullable Outcome thrown(State s) throws Throwable {
    Throwable t = (Throwable) java.util.Objects.requireNonNull(s.pop());
    if (inside == 0 || handler(s, t) != null) {
      throw t;
    }
    for (Code.Handler h : code.handlers) {
      if (h.start() <= s.at && s.at < h.end() && h.type() != null && catches(h, t)) {
        throw Refusal.caught(code.place(s.at), t);
      }
    }
    raised = t;
    Assertions.fail(t);
    return Outcome.thrown(s);
  }

  /// The last exception that a branch on a tensor threw by itself.
  @Nullable Throwable raised;

  /// Notes the mutable objects that the code at `s` can reach.
  Surroundings surroundings(State s) throws ReflectiveOperationException {
    Surroundings all = new Surroundings();
    for (int i = 0; i < s.locals.length; i++) {
      Code.Var v = code.var(i, s.at);
      String name = v != null ? v.name() : i == 0 && !code.isStatic ? "this" : "a value";
      all.reach(s.locals[i], name);
    }
    for (int i = 0; i < s.depth; i++) {
      all.reach(s.stack[i], "a value");
    }
    Image statics = Statics.of(code);
    if (statics != null) {
      all.add(statics);
      all.reach(null, "");
    }
    return all;
  }

  /// Goes to the handler of an exception, or throws it on.
  private void handle(State s, Throwable t) throws Throwable {
    Code.Handler h = handler(s, t);
    if (h == null) {
      throw t;
    }
    while (s.depth > 0) {
      s.pop();
    }
    s.push(t);
    s.at = h.at();
  }

  /// Returns who catches here. A branch on a tensor catches only what it throws inside a `try` of its
  /// own: around it the graph would go another way than the program.
  private Code.@Nullable Handler handler(State s, Throwable t) throws Throwable {
    for (Code.Handler h : code.handlers) {
      if (h.start() <= s.at && s.at < h.end() && catches(h, t)) {
        if (inside == 0) {
          return h;
        }
        return code.flow.dominates(entry, h.start()) ? h : null;
      }
    }
    return null;
  }

  /// The first instruction of the innermost branch on a tensor.
  int entry;

  private boolean catches(Code.Handler h, Throwable t) throws ReflectiveOperationException {
    return h.type() == null
        || h.type().equals(ConstantDescs.CD_Throwable)
        || type(h.type()).isInstance(t);
  }
}
