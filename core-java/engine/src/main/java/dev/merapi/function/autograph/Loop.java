package dev.merapi.function.autograph;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A loop of a method.
///
/// @param header the instruction through which it is entered
/// @param body its instructions
/// @param exits the branches that may leave it, by instruction
/// @param irregular whether tensors alone decide about leaving it, but at no place that each turn
///     passes
record Loop(int header, BitSet body, Map<Integer, Exit> exits, boolean irregular) {
  /// What a way out hangs on, as far as the instructions tell.
  enum Exit {
    /// On host values that may change from turn to turn: the loop runs while tracing, and its body
    /// is traced once a turn.
    HOST,
    /// On an iterator, of a collection or of a tensor.
    ITERATOR,
    /// On a truth value kept in a variable, which may hang on a tensor.
    FLAG,
    /// On host values that no turn changes.
    CONSTANT,
    TENSOR
  }

  static final Loop NONE = new Loop(-1, new BitSet(), Map.of(), false);

  static Loop of(Code code, Flow flow, int header, BitSet body, BitSet latches) {
    Map<Integer, Exit> exits = new TreeMap<>();
    BitSet stored = code.stored(body);
    boolean regular = false;
    for (int i = body.nextSetBit(0); i >= 0; i = body.nextSetBit(i + 1)) {
      if (leaves(code, flow, body, i)) {
        Exit e = exit(code, body, stored, i);
        exits.put(i, e);
        regular |= e != Exit.CONSTANT && (e != Exit.TENSOR || flow.cuts(i, latches));
      }
    }
    boolean irregular = !regular && exits.containsValue(Exit.TENSOR);
    return new Loop(header, body, exits, irregular);
  }

  private static Exit exit(Code code, BitSet body, BitSet stored, int at) {
    if (!(code.instructions[at] instanceof BranchInstruction b)) {
      return Exit.HOST;
    }
    List<Instruction> from = operands(code, at, width(b.opcode()));
    if (!from.isEmpty() && from.getLast() instanceof InvokeInstruction v) {
      return v.name().equalsString("hasNext") ? Exit.ITERATOR : Exit.TENSOR;
    }
    if (from.size() == 1
        && from.get(0) instanceof LoadInstruction l
        && l.typeKind() == TypeKind.INT
        && stored.get(l.slot())) {
      return Exit.FLAG;
    }
    boolean constant = !from.isEmpty() && from.stream().allMatch(x -> stays(x, stored, code, body));
    return constant ? Exit.CONSTANT : Exit.HOST;
  }

  /// Tells whether a branch may leave the loop.
  private static boolean leaves(Code code, Flow flow, BitSet body, int at) {
    if (code.next[at].length < 2) {
      return false;
    }
    for (int s : code.next[at]) {
      // A way that only throws is an assertion, not a way out.
      if (!body.get(s) && flow.ends(Flow.Region.ALL, s)) {
        return true;
      }
    }
    return false;
  }

  private static int width(Opcode o) {
    return switch (o) {
      case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
      case GOTO, GOTO_W -> 0;
      default -> 2;
    };
  }

  private static boolean stays(Instruction i, BitSet stored, Code code, BitSet body) {
    return switch (i) {
      case LoadInstruction l -> !stored.get(l.slot());
      case ConstantInstruction c -> true;
      case OperatorInstruction o -> true;
      case FieldInstruction f -> {
        for (int k = body.nextSetBit(0); k >= 0; k = body.nextSetBit(k + 1)) {
          if (code.instructions[k] instanceof FieldInstruction w
              && (w.opcode() == Opcode.PUTFIELD || w.opcode() == Opcode.PUTSTATIC)
              && w.name().equalsString(f.name().stringValue())) {
            yield false;
          }
        }
        yield true;
      }
      default -> false;
    };
  }

  /// Returns the instructions that make the topmost `want` values before `at`, the last first; none
  /// when that cannot be told from the instructions just before.
  private static List<Instruction> operands(Code code, int at, int want) {
    List<Instruction> all = new ArrayList<>();
    int k = at - 1;
    for (int open = want; open > 0; k--) {
      if (k < 0 || isTarget(code, k + 1)) {
        return List.of();
      }
      Instruction i = code.instructions[k];
      all.add(i);
      switch (i) {
        case LoadInstruction l -> open--;
        case ConstantInstruction c -> open--;
        case OperatorInstruction o -> open += takes(o) - 1;
        case FieldInstruction f when f.opcode() == Opcode.GETSTATIC -> open--;
        case FieldInstruction f when f.opcode() == Opcode.GETFIELD -> {}
        case InvokeInstruction v when Conditions.mayTell(v) -> {
          // What the condition is computed from does not matter.
          return all;
        }
        case StoreInstruction s -> {
          return List.of();
        }
        case IncrementInstruction s -> {}
        default -> {
          return List.of();
        }
      }
    }
    return all;
  }

  private static int takes(OperatorInstruction o) {
    return switch (o.opcode()) {
      case INEG, LNEG, FNEG, DNEG, ARRAYLENGTH -> 1;
      default -> 2;
    };
  }

  private static boolean isTarget(Code code, int at) {
    for (int[] t : code.targets) {
      for (int x : t) {
        if (x == at) {
          return true;
        }
      }
    }
    return false;
  }
}
