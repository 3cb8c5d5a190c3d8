package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.kernel.Program;
import dev.merapi.kernel.cpu.vector.VectorLoop;
import dev.merapi.tensor.DType;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Compiles expressions to loops and remembers them.
public final class Loops {
  private record Key(Expr e, List<DType> in, DType out, int scalars) {}

  /// Compiled loops are a few KB each; a program that makes more kinds than this starts over.
  private static final int REMEMBERED = 4096;

  private static final ConcurrentHashMap<Key, Loop> KNOWN = new ConcurrentHashMap<>();

  private Loops() {}

  /// Returns the loop that computes `e` of inputs of the given dtypes and converts the result to
  /// `out`. Bit i of `scalars` says that input i is one element for the whole run.
  ///
  /// Fails: `IllegalArgumentException` when the expression does not take these dtypes.
  public static Loop of(Expr e, List<DType> in, DType out, int scalars) {
    Key key = new Key(e, List.copyOf(in), out, scalars);
    Loop loop = KNOWN.get(key);
    if (loop == null) {
      Loop made = compile(e, in.toArray(new DType[0]), out, scalars);
      if (KNOWN.size() >= REMEMBERED) {
        KNOWN.clear();
      }
      Loop earlier = KNOWN.putIfAbsent(key, made);
      loop = earlier == null ? made : earlier;
    }
    return loop;
  }

  /// As the other method, for an array of dtypes.
  public static Loop of(Expr e, DType[] in, DType out, int scalars) {
    return of(e, List.of(in), out, scalars);
  }

  /// Compiles all variants afresh: the scalar loop and, if there is one here, the vector loop,
  /// which runs over whole vectors only. For tests and measurements.
  public static List<Loop> variants(Expr e, DType[] in, DType out, int scalars) {
    Program p = Program.of(e, in, out);
    Loop scalar = new ScalarLoop(p, scalars, false).make(MethodHandles.lookup(), null);
    Loop vector = Tier.current() == Tier.VECTOR ? VectorLoop.make(p, scalars, false, scalar) : null;
    return vector == null ? List.of(scalar) : List.of(scalar, vector);
  }

  private static Loop compile(Expr e, DType[] in, DType out, int scalars) {
    Program p = Program.of(e, in, out);
    Loop scalar = new ScalarLoop(p, scalars, false).make(MethodHandles.lookup(), null);
    return Tier.current() == Tier.VECTOR ? withVectors(p, scalars, scalar) : scalar;
  }

  /// Apart, so that the vector classes are not looked for where they are absent.
  private static Loop withVectors(Program p, int scalars, Loop scalar) {
    Loop vector = VectorLoop.make(p, scalars, false, scalar);
    if (vector == null) {
      return scalar;
    }
    int[] strides = new int[p.inputs()];
    Arrays.setAll(strides, scalar::stride);
    return new MixedLoop(strides, scalar.outStride(), scalar, vector, VectorLoop.lanes(p));
  }
}
