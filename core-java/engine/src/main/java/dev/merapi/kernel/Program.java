package dev.merapi.kernel;

import dev.merapi.tensor.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds an expression for given dtypes, lowered to primitive steps on machine words.
///
/// Every step is exact IEEE or two's-complement arithmetic, so whoever executes the steps (scalar
/// bytecode, vector bytecode) gets the same bits; only NaN payloads are left open. The exceptions
/// are calls of Java methods, which only scalar code can execute.
///
/// Steps are in static single assignment: a step names earlier steps by number, equal steps are
/// merged.
public final class Program {
  /// What a step's result is held in. BIT is a truth value: an int 0 or 1, or a lane of a mask.
  public enum Word {
    I32,
    I64,
    F32,
    F64,
    BIT
  }

  /// The primitive operations. Meaning follows the Java operator or `Math` method of that name.
  public enum Prim {
    /// Reads component `bits` of input `a` as stored, extended to a word (float16 and bfloat16: as
    /// short).
    LOAD,
    CONST,
    ADD,
    SUB,
    MUL,
    DIV,
    REM,
    NEG,
    ABS,
    SQRT,
    FMA,
    MIN,
    MAX,
    AND,
    OR,
    XOR,
    SHL,
    SHR,
    USHR,
    LT,
    LE,
    EQ,
    NE,
    /// `a ? b : c`.
    SELECT,
    /// Converts between words as a Java cast does.
    CONVERT,
    /// Reinterprets the bits of a word as the other word of that width.
    BITCAST,
    /// Calls a static Java method.
    CALL,
    /// `a ? c : b` where a is rarely true and c is a call: vector code computes b in all lanes and
    /// leaves the group of lanes to the scalar code if any a is true.
    RESCUE
  }

  /// A static method with words for parameters (at most three) and result.
  public record Callee(Class<?> owner, String method) {}

  /// One step; operands not used are −1. `bits` is the value of a constant or the component of a
  /// load.
  public record Step(Prim prim, Word word, int a, int b, int c, long bits, Callee callee) {}

  private static final Callee NOTHING = new Callee(Program.class, "");

  private final List<Step> steps = new ArrayList<>();
  private final Map<Step, Integer> numbers = new HashMap<>();
  private final DType[] inputs;
  private final DType[] outs;
  private final int[][] results;

  Program(DType[] inputs, DType... outs) {
    this.inputs = inputs.clone();
    this.outs = outs.clone();
    this.results = new int[outs.length][];
  }

  /// Lowers an expression whose inputs have the given dtypes; the result is converted to `out`.
  ///
  /// Fails: `IllegalArgumentException` when the expression does not take these dtypes.
  public static Program of(Expr e, DType[] inputs, DType out) {
    return Lowering.lower(e, inputs, out);
  }

  /// Lowers several expressions of which later ones read the results of earlier ones.
  ///
  /// Values are numbered: first the inputs, then the results of `nodes`. Input i of a node's
  /// expression is value `args(i)`. Each node's result is rounded to its dtype, so all have the
  /// bits that they would have if each were computed and stored on its own. Output o is the value
  /// `outputs[o]`.
  ///
  /// Fails: `IllegalArgumentException` when an expression does not take the dtypes of its inputs.
  public static Program of(DType[] inputs, List<Fusion.Node> nodes, int... outputs) {
    return Lowering.lower(inputs, nodes, outputs);
  }

  public int size() {
    return steps.size();
  }

  public Step step(int i) {
    return steps.get(i);
  }

  public int inputs() {
    return inputs.length;
  }

  public DType input(int i) {
    return inputs[i];
  }

  /// Returns how many results there are.
  public int outputs() {
    return outs.length;
  }

  /// Returns the dtype of result `o`.
  public DType out(int o) {
    return outs[o];
  }

  /// Returns how many numbers an element of result `o` has: 2 if it is complex.
  public int components(int o) {
    return results[o].length;
  }

  /// Returns the step that gives component `i` of result `o`, as a word that is stored by cutting
  /// it.
  public int result(int o, int i) {
    return results[o][i];
  }

  void finish(int o, int... resultSteps) {
    results[o] = resultSteps;
  }

  /// Marks the steps that the results need. `rescued` tells whether the calls behind RESCUE count.
  public boolean[] live(boolean rescued) {
    boolean[] live = new boolean[steps.size()];
    for (int[] parts : results) {
      for (int r : parts) {
        live[r] = true;
      }
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step s = steps.get(i);
      if (!live[i]) {
        continue;
      }
      if (s.prim != Prim.LOAD) {
        mark(live, s.a);
        mark(live, s.b);
        if (rescued || s.prim != Prim.RESCUE) {
          mark(live, s.c);
        }
      }
    }
    return live;
  }

  private static void mark(boolean[] live, int i) {
    if (i >= 0) {
      live[i] = true;
    }
  }

  /// Estimates the work for one element in picoseconds on one core, by vector code if `vector`.
  public long cost(boolean vector) {
    boolean[] live = live(!vector);
    long cost = 0;
    for (int i = 0; i < live.length; i++) {
      if (live[i]) {
        cost += cost(steps.get(i), vector);
      }
    }
    return Math.max(cost, 1);
  }

  private static long cost(Step s, boolean vector) {
    return switch (s.prim) {
      case CONST, BITCAST -> 0;
      case LOAD -> vector ? 30 : 200;
      case CALL -> 15_000;
      case DIV, REM, SQRT -> vector ? 150 : 1_500;
      default -> vector ? 20 : 250;
    };
  }

  int word(Prim prim, Word word, int a, int b, int c) {
    return put(new Step(prim, word, a, b, c, 0, NOTHING));
  }

  int load(int input, int component, Word word) {
    return put(new Step(Prim.LOAD, word, input, -1, -1, component, NOTHING));
  }

  int constant(Word word, long bits) {
    return put(new Step(Prim.CONST, word, -1, -1, -1, bits, NOTHING));
  }

  int call(Word word, Callee callee, int a, int b, int c) {
    return put(new Step(Prim.CALL, word, a, b, c, 0, callee));
  }

  private int put(Step s) {
    Integer known = numbers.get(s);
    if (known != null) {
      return known;
    }
    int n = steps.size();
    steps.add(s);
    numbers.put(s, n);
    return n;
  }

  /// Writes one step a line, as `7 F32 ADD 5 6`.
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      Step p = steps.get(i);
      s.append(i).append(' ').append(p.word).append(' ').append(p.prim);
      for (int operand : new int[] {p.a, p.b, p.c}) {
        if (operand >= 0) {
          s.append(' ').append(operand);
        }
      }
      switch (p.prim) {
        case LOAD -> s.append('.').append(p.bits);
        case CONST -> s.append(' ').append(value(p));
        case CALL ->
            s.append(' ')
                .append(p.callee.owner.getSimpleName())
                .append('.')
                .append(p.callee.method);
        default -> {}
      }
      s.append('\n');
    }
    for (int o = 0; o < outs.length; o++) {
      for (int r : results[o]) {
        s.append("-> ").append(r).append(' ').append(outs[o]).append('\n');
      }
    }
    return s.toString();
  }

  private static String value(Step s) {
    return switch (s.word) {
      case F32 -> Float.toString(Float.intBitsToFloat((int) s.bits));
      case F64 -> Double.toString(Double.longBitsToDouble(s.bits));
      default -> Long.toString(s.bits);
    };
  }
}
