package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.merapi.kernel.Fusion;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// One folded output of a fusion: passes over blocks `(outer, n, inner)`, innermost axes first, and
/// what happens to the folded numbers at the end.
///
/// The first pass folds tiles as they are computed, or, where its block differs from that of
/// another output, the values stored whole.
final class FusedFold {
  final Fold fold;
  final TileFold tile;

  /// The type in which values are folded; of uint64 compared, the highest bit is turned over.
  final DType wide;

  final boolean flip;

  /// The first pass.
  final long outer;

  final long n;
  final long inner;

  private final Nest nest;
  private final boolean mean;
  private final DType dtype;
  private final long results;
  private final long folded;

  /// The number of passes, at least 1.
  private final int passes;

  FusedFold(Fusion f, int o) {
    Fusion.Output out = f.outputs().get(o);
    dtype = f.dtype(out.value());
    wide = Wide.of(dtype);
    fold =
        switch (Objects.requireNonNull(out.way())) {
          case SUM, MEAN -> Fold.SUM;
          case PROD -> Fold.PROD;
          case MAX -> Fold.MAX;
          case MIN -> Fold.MIN;
        };
    mean = out.way() == Fusion.Way.MEAN;
    flip = dtype == DType.U64 && (fold == Fold.MAX || fold == Fold.MIN);
    tile = TileFold.of(wide);
    int[] dims = f.shape().dims();
    nest = new Nest(dims, out.axes().stream().mapToInt(a -> a).toArray());
    results = f.outSpec(o).shape().size();
    long count = 1;
    for (int a : out.axes()) {
      count *= dims[a];
    }
    folded = count;
    int marked = 0;
    int first = -1;
    for (int i = 0; i < nest.runs; i++) {
      if (nest.marked[i]) {
        marked++;
        first = i;
      }
    }
    passes = Math.max(1, marked);
    outer = first < 0 ? f.shape().size() : before(first);
    n = first < 0 ? 1 : nest.sizes[first];
    inner = first < 0 ? 1 : after(first);
  }

  private long before(int run) {
    long size = 1;
    for (int i = 0; i < run; i++) {
      size *= nest.sizes[i];
    }
    return size;
  }

  private long after(int run) {
    long size = 1;
    for (int i = run + 1; i < nest.runs; i++) {
      size *= nest.sizes[i];
    }
    return size;
  }

  int passes() {
    return passes;
  }

  boolean hasBlockOf(FusedFold other) {
    return outer == other.outer && n == other.n && inner == other.inner;
  }

  /// Tells whether the first pass can give the output itself.
  private boolean isDirect() {
    return passes == 1 && (dtype == wide || dtype == DType.U64);
  }

  /// Returns the bytes of a run's own memory that the results of the first pass need, and all that
  /// follow.
  long bytes() {
    if (isDirect()) {
      return 0;
    }
    return (outer * inner + results) * wide.bytes();
  }

  /// Returns where the results of the first pass go.
  MemorySegment first(MemorySegment own, MemorySegment out) {
    return isDirect() ? out : own;
  }

  /// Makes the first pass over values stored whole.
  void whole(MemorySegment values, MemorySegment own, MemorySegment out) {
    tile.block(fold, values, outer, n, inner, first(own, out));
  }

  /// Makes all passes but the first, and turns what they leave into the output.
  void finish(MemorySegment own, MemorySegment out) {
    MemorySegment y = first(own, out);
    if (passes > 1) {
      y = further(own);
    }
    if (flip) {
      for (long i = 0; i < results; i++) {
        y.setAtIndex(JAVA_LONG_UNALIGNED, i, y.getAtIndex(JAVA_LONG_UNALIGNED, i) ^ Long.MIN_VALUE);
      }
    }
    if (folded == 0 && wide == DType.I64 && (fold == Fold.MAX || fold == Fold.MIN)) {
      for (long i = 0; i < results; i++) {
        y.setAtIndex(JAVA_LONG_UNALIGNED, i, ReduceCpu.extreme(dtype, fold));
      }
    }
    if (mean) {
      divide(y);
    }
    if (y != out) {
      narrow(y, out);
    }
  }

  private MemorySegment further(MemorySegment own) {
    MemorySegment x = own;
    MemorySegment last = own.asSlice(outer * inner * wide.bytes());
    int left = passes;
    long below = 1;
    for (int i = nest.runs - 1; i >= 0; i--) {
      if (!nest.marked[i]) {
        below *= nest.sizes[i];
        continue;
      }
      if (left < passes) {
        long above = before(i);
        MemorySegment to = left == 1 ? last : Scratch.bytes(above * below * wide.bytes());
        tile.block(fold.further(), x, above, nest.sizes[i], below, to);
        x = to;
      }
      left--;
    }
    return x;
  }

  private void divide(MemorySegment y) {
    for (long i = 0; i < results; i++) {
      switch (wide) {
        case F32 ->
            y.setAtIndex(JAVA_FLOAT_UNALIGNED, i, y.getAtIndex(JAVA_FLOAT_UNALIGNED, i) / folded);
        case F64 ->
            y.setAtIndex(JAVA_DOUBLE_UNALIGNED, i, y.getAtIndex(JAVA_DOUBLE_UNALIGNED, i) / folded);
        default -> {
          long v = y.getAtIndex(JAVA_LONG_UNALIGNED, i);
          long q =
              folded == 0 ? 0 : dtype == DType.U64 ? Long.divideUnsigned(v, folded) : v / folded;
          y.setAtIndex(JAVA_LONG_UNALIGNED, i, q);
        }
      }
    }
  }

  private void narrow(MemorySegment y, MemorySegment out) {
    if (dtype == wide || dtype == DType.U64) {
      MemorySegment.copy(y, 0, out, 0, results * wide.bytes());
      return;
    }
    for (long i = 0; i < results; i++) {
      switch (dtype) {
        case F16 ->
            out.setAtIndex(
                JAVA_SHORT_UNALIGNED, i, Half.toF16(y.getAtIndex(JAVA_FLOAT_UNALIGNED, i)));
        case BF16 ->
            out.setAtIndex(
                JAVA_SHORT_UNALIGNED, i, Half.toBf16(y.getAtIndex(JAVA_FLOAT_UNALIGNED, i)));
        case I8, U8, BOOL -> out.set(JAVA_BYTE, i, (byte) y.getAtIndex(JAVA_LONG_UNALIGNED, i));
        case I16, U16 ->
            out.setAtIndex(JAVA_SHORT_UNALIGNED, i, (short) y.getAtIndex(JAVA_LONG_UNALIGNED, i));
        default ->
            out.setAtIndex(JAVA_INT_UNALIGNED, i, (int) y.getAtIndex(JAVA_LONG_UNALIGNED, i));
      }
    }
  }
}
