package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.memory.Memory;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Brings tensors into the form in which structural kernels compute: one wide type, channels last.
///
/// A tensor that has this form already is used in place. Copies belong to the scope that the caller
/// has opened.
final class Staged {
  private static final LoopTable TO_F32 = LoopTable.to(DType.F32, Expr.in(0));
  private static final LoopTable TO_F64 = LoopTable.to(DType.F64, Expr.in(0));
  private static final LoopTable TO_I64 = LoopTable.to(DType.I64, Expr.in(0));

  private static final LoopTable[] NARROW = new LoopTable[DType.values().length];

  static {
    for (DType d : DType.values()) {
      if (d.isFloating() || d.isInteger()) {
        NARROW[d.ordinal()] = LoopTable.to(d, Expr.in(0));
      }
    }
  }

  private Staged() {}

  /// Returns the type in which floats of type `t` are computed: float64 for itself, else float32.
  static DType wide(DType t) {
    return t == DType.F64 ? DType.F64 : DType.F32;
  }

  /// Makes memory for `n` elements.
  static MemorySegment temporary(DType t, long n) {
    return Memory.empty(new Spec(t, Shape.of(Math.toIntExact(n)))).segment();
  }

  /// Returns the elements of `x` as `wide`, channels last.
  static MemorySegment in(Tensor x, DType wide, boolean channelsFirst) {
    MemorySegment s = x.segment();
    if (channelsFirst) {
      MemorySegment turned = temporary(x.dtype(), x.size());
      turn(s, turned, x.shape(), true, x.dtype().bytes());
      s = turned;
    }
    return convert(s, x.dtype(), wide, x.size());
  }

  static MemorySegment in(Tensor x, DType wide) {
    return convert(x.segment(), x.dtype(), wide, x.size());
  }

  /// Returns `n` elements as another type; no copy if the type is the same.
  static MemorySegment convert(MemorySegment s, DType from, DType to, long n) {
    if (from == to) {
      return s;
    }
    MemorySegment t = temporary(to, n);
    convert(s, from, t, to, n);
    return t;
  }

  private static void convert(MemorySegment s, DType from, MemorySegment t, DType to, long n) {
    LoopTable table =
        switch (to) {
          case F32 -> TO_F32;
          case F64 -> TO_F64;
          case I64 -> TO_I64;
          default -> NARROW[to.ordinal()];
        };
    int[] dims = {Math.toIntExact(n)};
    Elementwise.run(table, from, s, dims, t, dims);
  }

  /// Returns where to compute the elements of `y`: its own memory, or a copy for [#finish].
  static MemorySegment out(Tensor y, DType wide, boolean channelsFirst) {
    return y.dtype() == wide && !channelsFirst ? y.segment() : temporary(wide, y.size());
  }

  /// Brings what was computed in the memory that [#out] gave into `y`.
  static void finish(MemorySegment computed, Tensor y, DType wide, boolean channelsFirst) {
    DType t = y.dtype();
    if (t == wide && !channelsFirst) {
      return;
    }
    if (!channelsFirst) {
      convert(computed, wide, y.segment(), t, y.size());
      return;
    }
    turn(convert(computed, wide, t, y.size()), y.segment(), y.shape(), false, t.bytes());
  }

  /// Moves the channels of a tensor whose outer shape is channels first.
  private static void turn(
      MemorySegment from, MemorySegment to, Shape s, boolean toLast, int bytes) {
    int batch = s.dim(0);
    int channels = s.dim(1);
    if (s.size() == 0) {
      return;
    }
    int pixels = Math.toIntExact(s.size() / ((long) batch * channels));
    if (toLast) {
      Planes.turn(from, to, batch, channels, pixels, bytes);
    } else {
      Planes.turn(from, to, batch, pixels, channels, bytes);
    }
  }
}
