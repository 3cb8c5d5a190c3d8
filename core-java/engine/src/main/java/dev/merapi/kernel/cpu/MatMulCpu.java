package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.device.Workers;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Matrix products of all types of numbers, single and in stacks, on [Gemm].
///
/// 16-bit floats are multiplied in float32, small integers in 64 bits, complex numbers as four real
/// products.
public final class MatMulCpu {
  /// Multiplications of one matrix below which a stack is spread over threads matrix by matrix.
  private static final long SMALL = 1 << 20;

  private MatMulCpu() {}

  public static void matMul(Call c) {
    run(c, c.attrs.b("transpose_a"), c.attrs.b("transpose_b"), false);
  }

  /// Stacks of matrices whose leading axes broadcast; `adj` also conjugates.
  public static void batch(Call c) {
    run(c, c.attrs.b("adj_x"), c.attrs.b("adj_y"), true);
  }

  private static void run(Call c, boolean transA, boolean transB, boolean conjugate) {
    Tensor a = c.in(0);
    Tensor b = c.in(1);
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    DType d = y.dtype();
    boolean real = (d == DType.F32 || d == DType.F64) && a.dtype() == d && b.dtype() == d;
    if (real && y.rank() == 2 && a.rank() == 2 && b.rank() == 2) {
      plain(a, transA, b, transB, y);
      return;
    }
    product(
        a.dtype(),
        a.segment(),
        a.shape().rawDims(),
        transA,
        b.dtype(),
        b.segment(),
        b.shape().rawDims(),
        transB,
        conjugate,
        y);
  }

  /// Computes one product of two matrices of real numbers, which needs no memory.
  private static void plain(Tensor a, boolean transA, Tensor b, boolean transB, Tensor y) {
    int m = y.shape().dim(0);
    int n = y.shape().dim(1);
    int lda = a.shape().dim(1);
    int ldb = b.shape().dim(1);
    int k = transA ? a.shape().dim(0) : lda;
    MemorySegment as = a.segment();
    MemorySegment bs = b.segment();
    MemorySegment ys = y.segment();
    if (y.dtype() == DType.F32) {
      GemmF32.run(transA, transB, m, n, k, as, 0, lda, bs, 0, ldb, ys, 0, n, false);
    } else {
      GemmF64.run(transA, transB, m, n, k, as, 0, lda, bs, 0, ldb, ys, 0, n, false);
    }
  }

  /// Computes a product and finishes it: adds the bias (third input) to each column and, if the
  /// attribute `relu` says so, keeps what is above zero. For float32 and float64.
  public static void fused(Call c) {
    boolean transA = c.attrs.b("transpose_a");
    boolean transB = c.attrs.b("transpose_b");
    boolean relu = c.attrs.b("relu");
    Tensor a = c.in(0);
    Tensor b = c.in(1);
    Tensor y = c.out(0);
    int m = y.shape().dim(0);
    int n = y.shape().dim(1);
    int k = a.shape().dim(transA ? 0 : 1);
    int lda = a.shape().dim(1);
    int ldb = b.shape().dim(1);
    MemorySegment as = a.segment();
    MemorySegment bs = b.segment();
    MemorySegment ys = y.segment();
    MemorySegment bias = c.in(2).segment();
    if (y.dtype() == DType.F32) {
      TailF32 tail = new TailF32(bias, 0, relu);
      GemmF32.run(transA, transB, m, n, k, as, 0, lda, bs, 0, ldb, ys, 0, n, false, tail);
    } else {
      TailF64 tail = new TailF64(bias, 0, relu);
      GemmF64.run(transA, transB, m, n, k, as, 0, lda, bs, 0, ldb, ys, 0, n, false, tail);
    }
  }

  static void product(
      DType aType,
      MemorySegment a,
      int[] aDims,
      boolean transA,
      DType bType,
      MemorySegment b,
      int[] bDims,
      boolean transB,
      boolean conjugate,
      Tensor y) {
    DType d = y.dtype();
    int[] yDims = y.shape().rawDims();
    int rank = yDims.length;
    int m = yDims[rank - 2];
    int n = yDims[rank - 1];
    int k = aDims[aDims.length - (transA ? 2 : 1)];
    Stack s = new Stack(aDims, bDims, yDims, m, n, k, transA, transB);
    try (Scope _ = Scope.open()) {
      if (d.isComplex()) {
        complex(s, d, a, b, conjugate, y.segment());
        return;
      }
      DType w = wide(d);
      boolean direct = same(d, w);
      MemorySegment to = direct ? y.segment() : Scratch.bytes(y.size() * w.bytes());
      s.run(
          w,
          same(aType, w) ? a : Wide.widen(a, aType, Shape.of(aDims).size(), w),
          same(bType, w) ? b : Wide.widen(b, bType, Shape.of(bDims).size(), w),
          to,
          false);
      if (!direct) {
        Wide.narrow(to, d, y.segment(), y.size());
      }
    }
  }

  /// The low bits of a product do not depend on signs, so unsigned types share the signed ones'
  /// loops.
  private static DType wide(DType d) {
    return switch (d) {
      case I32, U32 -> DType.I32;
      default -> Wide.of(d);
    };
  }

  private static boolean same(DType d, DType wide) {
    return d == wide || d == DType.U32 && wide == DType.I32 || d == DType.U64 && wide == DType.I64;
  }

  private static void complex(
      Stack s, DType d, MemorySegment a, MemorySegment b, boolean conjugate, MemorySegment y) {
    DType w = d.real();
    long na = Shape.of(s.aDims).size();
    long nb = Shape.of(s.bDims).size();
    long ny = Shape.of(s.yDims).size();
    MemorySegment ar = plane(a, w, na, 0, 1);
    MemorySegment ai = plane(a, w, na, 1, conjugate && s.transA ? -1 : 1);
    MemorySegment br = plane(b, w, nb, 0, 1);
    MemorySegment bi = plane(b, w, nb, 1, conjugate && s.transB ? -1 : 1);
    MemorySegment minus = negated(ai, w, na);
    MemorySegment re = Scratch.bytes(ny * w.bytes());
    MemorySegment im = Scratch.bytes(ny * w.bytes());
    s.run(w, ar, br, re, false);
    s.run(w, minus, bi, re, true);
    s.run(w, ar, bi, im, false);
    s.run(w, ai, br, im, true);
    for (long i = 0; i < ny; i++) {
      if (w == DType.F32) {
        y.setAtIndex(JAVA_FLOAT_UNALIGNED, 2 * i, re.getAtIndex(JAVA_FLOAT_UNALIGNED, i));
        y.setAtIndex(JAVA_FLOAT_UNALIGNED, 2 * i + 1, im.getAtIndex(JAVA_FLOAT_UNALIGNED, i));
      } else {
        y.setAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * i, re.getAtIndex(JAVA_DOUBLE_UNALIGNED, i));
        y.setAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * i + 1, im.getAtIndex(JAVA_DOUBLE_UNALIGNED, i));
      }
    }
  }

  /// Takes the real (0) or imaginary (1) parts out, times a sign.
  private static MemorySegment plane(MemorySegment x, DType w, long n, int part, int sign) {
    MemorySegment p = Scratch.bytes(n * w.bytes());
    for (long i = 0; i < n; i++) {
      if (w == DType.F32) {
        p.setAtIndex(
            JAVA_FLOAT_UNALIGNED, i, sign * x.getAtIndex(JAVA_FLOAT_UNALIGNED, 2 * i + part));
      } else {
        p.setAtIndex(
            JAVA_DOUBLE_UNALIGNED, i, sign * x.getAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * i + part));
      }
    }
    return p;
  }

  private static MemorySegment negated(MemorySegment x, DType w, long n) {
    MemorySegment p = Scratch.bytes(n * w.bytes());
    for (long i = 0; i < n; i++) {
      if (w == DType.F32) {
        p.setAtIndex(JAVA_FLOAT_UNALIGNED, i, -x.getAtIndex(JAVA_FLOAT_UNALIGNED, i));
      } else {
        p.setAtIndex(JAVA_DOUBLE_UNALIGNED, i, -x.getAtIndex(JAVA_DOUBLE_UNALIGNED, i));
      }
    }
    return p;
  }

  /// The shapes of a stack of products.
  private static final class Stack {
    final int[] aDims;
    final int[] bDims;
    final int[] yDims;
    final boolean transA;
    final boolean transB;
    private final int m;
    private final int n;
    private final int k;
    private final int count;

    Stack(
        int[] aDims,
        int[] bDims,
        int[] yDims,
        int m,
        int n,
        int k,
        boolean transA,
        boolean transB) {
      this.aDims = aDims;
      this.bDims = bDims;
      this.yDims = yDims;
      this.transA = transA;
      this.transB = transB;
      int matrices = 1;
      for (int i = 0; i < yDims.length - 2; i++) {
        matrices = Math.multiplyExact(matrices, yDims[i]);
      }
      // One matrix on the right of a stack: the stack is one tall matrix.
      boolean tall = matrices > 1 && !transA && size(bDims) == 1 && size(aDims) == matrices;
      this.m = tall ? Math.multiplyExact(m, matrices) : m;
      this.n = n;
      this.k = k;
      this.count = tall ? 1 : matrices;
    }

    private static int size(int[] dims) {
      int s = 1;
      for (int i = 0; i < dims.length - 2; i++) {
        s *= dims[i];
      }
      return s;
    }

    void run(DType w, MemorySegment a, MemorySegment b, MemorySegment y, boolean accumulate) {
      if (count == 1) {
        one(w, a, 0, b, 0, y, 0, accumulate);
      } else if ((long) m * n * k >= SMALL) {
        for (int i = 0; i < count; i++) {
          one(w, a, position(aDims, i), b, position(bDims, i), y, i, accumulate);
        }
      } else {
        int some = (int) Math.max(1, SMALL / Math.max(1, (long) m * n * k));
        Workers.run(
            (count + some - 1) / some,
            chunk -> {
              for (int i = chunk * some; i < Math.min(count, (chunk + 1) * some); i++) {
                one(w, a, position(aDims, i), b, position(bDims, i), y, i, accumulate);
              }
            });
      }
    }

    /// Returns which of an operand's matrices goes into result `i`.
    private int position(int[] dims, int i) {
      int p = 0;
      int scale = 1;
      int rest = i;
      for (int axis = 1; axis <= yDims.length - 2; axis++) {
        int at = rest % yDims[yDims.length - 2 - axis];
        rest /= yDims[yDims.length - 2 - axis];
        int own = dims.length - 2 - axis;
        if (own >= 0) {
          p += dims[own] == 1 ? 0 : at * scale;
          scale *= dims[own];
        }
      }
      return p;
    }

    private void one(
        DType w,
        MemorySegment a,
        long i,
        MemorySegment b,
        long j,
        MemorySegment y,
        long o,
        boolean accumulate) {
      long aOff = i * m * k;
      long bOff = j * k * n;
      long yOff = o * m * n;
      int lda = transA ? m : k;
      int ldb = transB ? k : n;
      switch (w) {
        case F32 ->
            Gemm.f32(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, y, yOff, n, accumulate);
        case F64 ->
            Gemm.f64(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, y, yOff, n, accumulate);
        case I32 ->
            Gemm.i32(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, y, yOff, n, accumulate);
        default ->
            Gemm.i64(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, y, yOff, n, accumulate);
      }
    }
  }
}
