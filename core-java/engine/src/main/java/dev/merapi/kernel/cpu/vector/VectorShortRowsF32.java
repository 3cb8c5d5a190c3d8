package dev.merapi.kernel.cpu.vector;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.kernel.cpu.Fold;
import dev.merapi.kernel.cpu.FoldLoopsF32;
import dev.merapi.kernel.cpu.ShortRowsF32;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Short rows with up to four vectors of 256 bits each.
///
/// The last vector of a row may reach into the next one: what it reads there is taken out, what it
/// writes there is written again. The last rows, which have no next one, stay with the plain loops.
public final class VectorShortRowsF32 extends ShortRowsF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final int W = FoldLoopsF32.WIDTH;
  private static final int BYTES = Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorShuffle<Float> HALF = VectorShuffle.iota(S, W / 2, 1, true);
  private static final VectorShuffle<Float> QUARTER = VectorShuffle.iota(S, W / 4, 1, true);
  private static final VectorShuffle<Float> EIGHTH = VectorShuffle.iota(S, W / 8, 1, true);
  private static final FloatVector NUMBERS = FloatVector.zero(S).addIndex(1);

  /// Public for the loader.
  public VectorShortRowsF32() {}

  @Override
  public boolean fits() {
    return FloatVector.SPECIES_PREFERRED.length() >= W;
  }

  @Override
  public void fold(Fold f, MemorySegment x, long at, int from, int rows, int n, MemorySegment y) {
    int vectors = (n + W - 1) / W;
    int safe = within(x.byteSize() / BYTES - at, rows, n, vectors);
    float limit = n - (vectors - 1) * W;
    if (f == Fold.SUM) {
      sums(x, at * BYTES, from, safe, n, vectors, limit, y);
    } else {
      maxima(x, at * BYTES, from, safe, n, vectors, y);
    }
    super.fold(f, x, at, Math.max(from, safe), rows, n, y);
  }

  /// Returns how many rows may be read or written by whole vectors in `room` elements.
  private static int within(long room, int rows, int n, int vectors) {
    long last = room - (long) vectors * W;
    return last < 0 ? 0 : (int) Math.min(rows, last / n + 1);
  }

  private static void sums(
      MemorySegment x,
      long from,
      int first,
      int rows,
      int n,
      int vectors,
      float limit,
      MemorySegment y) {
    long back = (vectors - 1) * (long) W * BYTES;
    for (int r = first; r < rows; r++) {
      long p = from + (long) r * n * BYTES;
      FloatVector v = FloatVector.fromMemorySegment(S, x, p + back, ORDER);
      FloatVector end = v.blend(0f, NUMBERS.compare(VectorOperators.GE, limit));
      FloatVector zero = FloatVector.zero(S);
      FloatVector t;
      if (vectors == 2) {
        t = FloatVector.fromMemorySegment(S, x, p, ORDER).add(zero).add(end.add(zero));
      } else if (vectors == 3) {
        FloatVector second = FloatVector.fromMemorySegment(S, x, p + W * BYTES, ORDER);
        t = FloatVector.fromMemorySegment(S, x, p, ORDER).add(end).add(second.add(zero));
      } else if (vectors == 4) {
        FloatVector second = FloatVector.fromMemorySegment(S, x, p + W * BYTES, ORDER);
        FloatVector third = FloatVector.fromMemorySegment(S, x, p + 2L * W * BYTES, ORDER);
        t = FloatVector.fromMemorySegment(S, x, p, ORDER).add(third).add(second.add(end));
      } else {
        t = end.add(zero).add(zero);
      }
      t = t.add(t.rearrange(HALF));
      t = t.add(t.rearrange(QUARTER));
      if (W == 8) {
        t = t.add(t.rearrange(EIGHTH));
      }
      y.set(JAVA_FLOAT_UNALIGNED, (long) r * BYTES, t.lane(0));
    }
  }

  /// The last vector begins early instead: an element that is compared twice changes nothing.
  private static void maxima(
      MemorySegment x, long from, int first, int rows, int n, int vectors, MemorySegment y) {
    long back = (n - W) * (long) BYTES;
    for (int r = first; r < rows; r++) {
      long p = from + (long) r * n * BYTES;
      FloatVector t = FloatVector.fromMemorySegment(S, x, p, ORDER);
      if (vectors > 2) {
        t = t.max(FloatVector.fromMemorySegment(S, x, p + W * BYTES, ORDER));
      }
      if (vectors > 3) {
        t = t.max(FloatVector.fromMemorySegment(S, x, p + 2L * W * BYTES, ORDER));
      }
      t = t.max(FloatVector.fromMemorySegment(S, x, p + back, ORDER));
      t = t.max(t.rearrange(HALF));
      t = t.max(t.rearrange(QUARTER));
      if (W == 8) {
        t = t.max(t.rearrange(EIGHTH));
      }
      y.set(JAVA_FLOAT_UNALIGNED, (long) r * BYTES, t.lane(0));
    }
  }

  @Override
  public void repeat(MemorySegment s, int from, int rows, int n, MemorySegment to) {
    int vectors = (n + W - 1) / W;
    int safe = within(to.byteSize() / BYTES, rows, n, vectors);
    for (int r = from; r < safe; r++) {
      FloatVector v = FloatVector.broadcast(S, s.get(JAVA_FLOAT_UNALIGNED, (long) r * BYTES));
      long p = (long) r * n * BYTES;
      for (int i = 0; i < n; i += W) {
        v.intoMemorySegment(to, p + (long) i * BYTES, ORDER);
      }
    }
    super.repeat(s, Math.max(from, safe), rows, n, to);
  }
}
