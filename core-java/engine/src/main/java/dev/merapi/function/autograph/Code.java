package dev.merapi.function.autograph;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A method's bytecode in a form that can be walked: instructions by number, what may follow each,
/// which local variables are still read after it, names and lines for messages.
final class Code {
  /// Where an exception goes: from instructions `start` to `end` (not included) to `at`.
  record Handler(int start, int end, int at, @Nullable ClassDesc type) {}

  /// A local variable as the source calls it.
  record Var(int slot, int start, int end, String name, String descriptor) {}

  /// Stands among an instruction's successors for the end of the method.
  static final int RETURN = -1;

  final String className;
  final String name;
  final MethodTypeDesc type;
  final boolean isStatic;
  final int maxLocals;
  final int maxStack;
  final Instruction[] instructions;
  final List<Handler> handlers = new ArrayList<>();

  /// What may come after each instruction, exceptions apart.
  final int[][] next;

  /// The local variables read after the beginning of each instruction before they are written.
  final BitSet[] live;

  final Flow flow;

  /// What instructions refer to, found on first use: method handles, classes, constants.
  final @Nullable Object[] linked;

  /// The static fields that the method uses, once they have been asked for.
  @Nullable Object statics;

  private final int[] lines;
  private final List<Var> vars = new ArrayList<>();
  private final String file;
  private MethodHandles.@Nullable Lookup lookup;

  Code(MethodModel method, CodeAttribute code, String className, String file, Lines source) {
    this.className = className;
    this.file = file;
    this.name = method.methodName().stringValue();
    this.type = method.methodTypeSymbol();
    this.isStatic = method.flags().has(AccessFlag.STATIC);
    this.maxLocals = code.maxLocals();
    this.maxStack = code.maxStack();
    List<Instruction> all = new ArrayList<>();
    List<Integer> lineOf = new ArrayList<>();
    Map<Integer, Integer> number = new HashMap<>();
    int at = 0;
    int line = 0;
    for (CodeElement e : code) {
      switch (e) {
        case Instruction i -> {
          number.put(at, all.size());
          all.add(i);
          lineOf.add(line);
          at += i.sizeInBytes();
        }
        case LineNumber l -> line = source.called(l.line());
        default -> {}
      }
    }
    number.put(at, all.size());
    this.instructions = all.toArray(Instruction[]::new);
    this.lines = lineOf.stream().mapToInt(Integer::intValue).toArray();
    this.linked = new Object[instructions.length];
    Labels labels = l -> number.get(code.labelToBci(l));
    for (CodeElement e : code) {
      switch (e) {
        case ExceptionCatch c ->
            handlers.add(
                new Handler(
                    labels.of(c.tryStart()),
                    labels.of(c.tryEnd()),
                    labels.of(c.handler()),
                    c.catchType().map(t -> t.asSymbol()).orElse(null)));
        case LocalVariable v ->
            vars.add(
                new Var(
                    v.slot(),
                    labels.of(v.startScope()),
                    labels.of(v.endScope()),
                    v.name().stringValue(),
                    v.typeSymbol().descriptorString()));
        default -> {}
      }
    }
    this.next = new int[instructions.length][];
    this.targets = new int[instructions.length][];
    for (int i = 0; i < next.length; i++) {
      targets[i] = targets(instructions[i], labels);
      next[i] = next(i);
    }
    this.live = liveness();
    this.flow = new Flow(this);
  }

  private interface Labels {
    int of(Label label);
  }

  /// The jump targets of each instruction; of a switch the default comes first.
  final int[][] targets;

  private static int[] targets(Instruction i, Labels labels) {
    return switch (i) {
      case BranchInstruction b -> new int[] {labels.of(b.target())};
      case TableSwitchInstruction t -> {
        List<Integer> to = new ArrayList<>(List.of(labels.of(t.defaultTarget())));
        t.cases().forEach(c -> to.add(labels.of(c.target())));
        yield to.stream().mapToInt(Integer::intValue).toArray();
      }
      case LookupSwitchInstruction t -> {
        List<Integer> to = new ArrayList<>(List.of(labels.of(t.defaultTarget())));
        t.cases().forEach(c -> to.add(labels.of(c.target())));
        yield to.stream().mapToInt(Integer::intValue).toArray();
      }
      default -> new int[0];
    };
  }

  private int[] next(int i) {
    return switch (instructions[i]) {
      case BranchInstruction b ->
          b.opcode() == Opcode.GOTO || b.opcode() == Opcode.GOTO_W
              ? targets[i]
              : new int[] {targets[i][0], i + 1};
      case TableSwitchInstruction t -> targets[i];
      case LookupSwitchInstruction t -> targets[i];
      case ReturnInstruction r -> new int[] {RETURN};
      case ThrowInstruction t -> new int[0];
      default -> new int[] {i + 1};
    };
  }

  private BitSet[] liveness() {
    int n = instructions.length;
    BitSet[] all = new BitSet[n];
    for (int i = 0; i < n; i++) {
      all[i] = new BitSet();
    }
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int i = n - 1; i >= 0; i--) {
        BitSet now = new BitSet();
        for (int s : next[i]) {
          if (s >= 0) {
            now.or(all[s]);
          }
        }
        switch (instructions[i]) {
          case StoreInstruction st -> now.clear(st.slot());
          case LoadInstruction l -> now.set(l.slot());
          case IncrementInstruction inc -> now.set(inc.slot());
          default -> {}
        }
        for (Handler h : handlers) {
          if (h.start() <= i && i < h.end()) {
            now.or(all[h.at()]);
          }
        }
        if (!now.equals(all[i])) {
          all[i] = now;
          changed = true;
        }
      }
    }
    return all;
  }

  /// Returns what may act for the class: it reaches whatever the method's code may reach.
  MethodHandles.Lookup lookup() {
    MethodHandles.Lookup l = lookup;
    if (l == null) {
      throw new IllegalStateException("This is a bug in Merapi: " + name + " has not been linked");
    }
    return l;
  }

  void setLookup(MethodHandles.Lookup l) {
    lookup = l;
  }

  int line(int at) {
    return at >= 0 && at < lines.length ? lines[at] : 0;
  }

  /// Returns an instruction's place as `Model.kt:41`.
  String place(int at) {
    return line(at) > 0 ? file + ":" + line(at) : file;
  }

  /// Returns the last instruction that has a line.
  int last() {
    int at = lines.length - 1;
    while (at > 0 && lines[at] == 0) {
      at--;
    }
    return at;
  }

  StackTraceElement element(int at) {
    return new StackTraceElement(className, name, file, line(at));
  }

  /// Returns what the source calls a local variable near an instruction, or null when the class file
  /// does not tell or the compiler made the variable.
  @Nullable Var var(int slot, int at) {
    Var near = null;
    for (Var v : vars) {
      if (v.slot() != slot) {
        continue;
      }
      // The store that begins a variable's life lies just before its scope.
      if (v.start() <= at + 1 && at < v.end()) {
        return v;
      }
      near = near == null || Math.abs(v.start() - at) < Math.abs(near.start() - at) ? v : near;
    }
    return near;
  }

  /// Returns the type of a local variable at an instruction, or null when the class file does not
  /// tell.
  @Nullable String descriptor(int slot, int at) {
    Var v = var(slot, at);
    return v != null && v.start() <= at + 1 && at < v.end() ? v.descriptor() : null;
  }

  /// Returns the local variables that some instruction in `where` writes.
  BitSet stored(BitSet where) {
    BitSet slots = new BitSet();
    for (int i = where.nextSetBit(0); i >= 0; i = where.nextSetBit(i + 1)) {
      switch (instructions[i]) {
        case StoreInstruction s -> slots.set(s.slot());
        case IncrementInstruction s -> slots.set(s.slot());
        default -> {}
      }
    }
    return slots;
  }

  @Override
  public String toString() {
    return className + "." + name;
  }
}
