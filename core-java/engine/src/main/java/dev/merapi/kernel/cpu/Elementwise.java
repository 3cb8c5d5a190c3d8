package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntFunction;

/// Runs loops over whole row-major tensors, with broadcasting and on all processors.
///
/// Inputs of the shape of the result and inputs of one element run straight from their memory,
/// without allocating anything. Other inputs run row by row where rows are long, else through tiles
/// of a few thousand elements ([Broadcast]). An element's value does not depend on how the work is
/// cut.
///
/// Shapes are the caller's business: each input's axes, counted from the right, equal those of the
/// result or are 1. Failing loops end with their `ArithmeticException`.
public final class Elementwise {
  /// Work in picoseconds below which waking other threads costs more than it gains: a parked worker
  /// took 16–24 µs to wake (2 cores, Zen 5), so from 100 µs on it pays.
  private static final long SERIAL = 100_000_000L;

  private static final int MIN_CHUNK = 1 << 12;
  private static final int MAX_CHUNK = 1 << 16;

  private static final int[] SCALAR = {};
  private static final LoopTable COPY = LoopTable.of(Expr.in(0));

  private Elementwise() {}

  /// Runs a loop of one input over whole tensors of dtype `t`.
  public static void run(
      LoopTable table, DType t, MemorySegment a, int[] aDims, MemorySegment out, int[] outDims) {
    run(table, t, a, aDims, a, SCALAR, a, SCALAR, out, outDims);
  }

  /// Runs a loop of two inputs over whole tensors of dtype `t`.
  public static void run(
      LoopTable table,
      DType t,
      MemorySegment a,
      int[] aDims,
      MemorySegment b,
      int[] bDims,
      MemorySegment out,
      int[] outDims) {
    run(table, t, a, aDims, b, bDims, a, SCALAR, out, outDims);
  }

  /// Runs a loop of at most three inputs over whole tensors of dtype `t`; surplus inputs are
  /// ignored.
  public static void run(
      LoopTable table,
      DType t,
      MemorySegment a,
      int[] aDims,
      MemorySegment b,
      int[] bDims,
      MemorySegment c,
      int[] cDims,
      MemorySegment out,
      int[] outDims) {
    long n = size(outDims);
    if (n == 0) {
      return;
    }
    int arity = table.arity();
    int one = 0;
    int partial = 0;
    if (n > 1) {
      int kindA = arity > 0 ? kind(aDims, outDims, n) : 0;
      int kindB = arity > 1 ? kind(bDims, outDims, n) : 0;
      int kindC = arity > 2 ? kind(cDims, outDims, n) : 0;
      one = (kindA & 1) | (kindB & 1) << 1 | (kindC & 1) << 2;
      partial = (kindA | kindB | kindC) & 2;
    }
    if (partial == 0) {
      dense(table.get(t, one), a, b, c, out, n);
      return;
    }
    MemorySegment[] in = new MemorySegment[arity];
    int[][] dims = new int[arity][];
    int[] bytes = new int[arity];
    for (int i = 0; i < arity; i++) {
      in[i] = i == 0 ? a : i == 1 ? b : c;
      dims[i] = i == 0 ? aDims : i == 1 ? bDims : cDims;
      bytes[i] = table.input(i, t).bytes();
    }
    new Broadcast(mask -> table.get(t, mask), in, dims, bytes, out, outDims).run();
  }

  /// Runs a loop of any number of inputs. `loops` gives the loop for a mask of inputs that are one
  /// element; `bytes` are the sizes of the inputs' elements.
  public static void run(
      IntFunction<Loop> loops,
      MemorySegment[] in,
      int[][] dims,
      int[] bytes,
      MemorySegment out,
      int[] outDims) {
    if (size(outDims) > 0) {
      new Broadcast(loops, in, dims, bytes, out, outDims).run();
    }
  }

  /// Copies a tensor of any dtype of numbers or bools, repeating it along axes where it is 1 long.
  public static void broadcast(
      DType t, MemorySegment in, int[] inDims, MemorySegment out, int[] outDims) {
    long n = size(outDims);
    if (n == size(inDims)) {
      MemorySegment.copy(in, 0, out, 0, n * t.bytes());
      return;
    }
    switch (t.bytes()) {
      case 1 -> run(COPY, DType.U8, in, inDims, out, outDims);
      case 2 -> run(COPY, DType.U16, in, inDims, out, outDims);
      case 4 -> run(COPY, DType.I32, in, inDims, out, outDims);
      case 8 -> run(COPY, DType.I64, in, inDims, out, outDims);
      default -> run(COPY, DType.I64, in, withPair(inDims), out, withPair(outDims));
    }
  }

  private static int[] withPair(int[] dims) {
    int[] d = Arrays.copyOf(dims, dims.length + 1);
    d[dims.length] = 2;
    return d;
  }

  static long size(int[] dims) {
    long n = 1;
    for (int d : dims) {
      n *= d;
    }
    return n;
  }

  /// Returns 0 for an input as large as the result, 1 for one element, 2 for anything else.
  private static int kind(int[] dims, int[] outDims, long n) {
    if (dims == outDims) {
      return 0; // The result took its shape from this input.
    }
    long size = size(dims);
    return size == n ? 0 : size == 1 ? 1 : 2;
  }

  private static void dense(
      Loop loop, MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment out, long n) {
    if (n <= MIN_CHUNK || !isWorthSharing(n, loop.cost())) {
      loop.run(a, 0, b, 0, c, 0, out, 0, n);
    } else {
      parallel(loop, a, b, c, out, n, chunk(loop.cost()));
    }
  }

  private static void parallel(
      Loop loop,
      MemorySegment a,
      MemorySegment b,
      MemorySegment c,
      MemorySegment out,
      long n,
      long chunk) {
    Workers.run(
        (int) ((n + chunk - 1) / chunk),
        i -> {
          long at = i * chunk;
          loop.run(
              a,
              at * loop.stride(0),
              b,
              at * loop.stride(1),
              c,
              at * loop.stride(2),
              out,
              at * loop.outStride(),
              Math.min(chunk, n - at));
        });
  }

  /// Returns the elements per chunk: a power of two, about 50 µs of work or the largest that keeps
  /// a chunk's operands in the second-level cache.
  static long chunk(long cost) {
    long elements = Long.highestOneBit(SERIAL / 2 / cost + 1);
    return Math.clamp(elements, MIN_CHUNK, MAX_CHUNK);
  }

  /// Tells whether the work pays for waking other threads.
  static boolean isWorthSharing(long n, long cost) {
    return n > MIN_CHUNK && n * cost >= SERIAL;
  }
}
