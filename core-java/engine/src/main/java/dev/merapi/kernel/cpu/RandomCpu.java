package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Philox;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.Seeds;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Fills tensors with random numbers, bit for bit those of TensorFlow's CPU kernels (normal numbers
/// may differ in the last place, where the libraries' sine, cosine and logarithm do).
///
/// Element i depends on the sequence's start and on i alone, so chunks run on any thread.
public final class RandomCpu {
  /// Elements of one chunk: about 100 µs of normal numbers.
  private static final int CHUNK = 1 << 14;

  /// Counts that TensorFlow sets aside for one output of a distribution that rejects numbers.
  static final int RESERVED = 256;

  private RandomCpu() {}

  /// Where a call's sequence starts.
  @FunctionalInterface
  public interface Start {
    Philox of(Call c);
  }

  /// Turns 32-bit numbers into elements.
  private interface Distribution {
    /// Writes `n` elements from `at` on. `bits` holds whole groups of four numbers; `start` is the
    /// first one's place.
    void write(int[] bits, MemorySegment out, long at, int n, Philox start);
  }

  /// The start of stateful operations: by the attributes `seed` and `seed2`; moves on with every
  /// call.
  public static Philox stateful(Call c) {
    return Seeds.reserve(c, c.outSpec(0).shape().size() * RESERVED);
  }

  /// The start of stateless operations: by the input `seed`.
  public static Philox stateless(Call c) {
    long[] seed = c.in("seed").toLongArray();
    return Philox.stirred(seed[0], seed[1]);
  }

  /// The start by the inputs `key` and `counter`.
  public static Philox counted(Call c) {
    long[] counter = c.in("counter").toLongArray();
    return new Philox(c.in("key").toLongArray()[0], counter[0], counter[1]);
  }

  public static Kernel uniform(Start start) {
    return c -> fill(c, start.of(c), 1, uniform(c.outSpec(0).dtype()));
  }

  public static Kernel normal(Start start) {
    return c -> fill(c, start.of(c), 1, Normals.of(c.outSpec(0).dtype(), false)::write);
  }

  public static Kernel truncatedNormal(Start start) {
    return c -> {
      DType d = c.outSpec(0).dtype();
      long stride = (long) perGroup(d) * RESERVED / 4;
      fill(c, start.of(c), stride, Normals.of(d, true)::write);
    };
  }

  /// Whole numbers from `minval` up to but not including `maxval`.
  public static Kernel uniformInt(Start start) {
    return c -> {
      long low = c.in("minval").toLongArray()[0];
      long range = c.in("maxval").toLongArray()[0] - low;
      boolean narrow = c.outSpec(0).dtype().bytes() == 4;
      fill(c, start.of(c), 1, narrow ? ints((int) low, (int) range) : longs(low, range));
    };
  }

  /// Whole numbers, every bit random.
  public static Kernel fullInt(Start start) {
    return c -> {
      boolean narrow = c.outSpec(0).dtype().bytes() == 4;
      fill(
          c,
          start.of(c),
          1,
          narrow
              ? (bits, out, at, n, p) ->
                  MemorySegment.copy(bits, 0, out, ValueLayout.JAVA_INT, at * 4, n)
              : (bits, out, at, n, p) ->
                  MemorySegment.copy(bits, 0, out, ValueLayout.JAVA_INT, at * 8, 2 * n));
    };
  }

  private static Distribution ints(int low, int range) {
    return (bits, out, at, n, p) -> {
      for (int i = 0; i < n; i++) {
        bits[i] = low + Integer.remainderUnsigned(bits[i], range);
      }
      MemorySegment.copy(bits, 0, out, ValueLayout.JAVA_INT, at * 4, n);
    };
  }

  private static Distribution longs(long low, long range) {
    return (bits, out, at, n, p) -> {
      for (int i = 0; i < n; i++) {
        long x = bits[2 * i] & 0xffffffffL | (long) bits[2 * i + 1] << 32;
        out.setAtIndex(ValueLayout.JAVA_LONG, at + i, low + Long.remainderUnsigned(x, range));
      }
    };
  }

  private static Distribution uniform(DType d) {
    return switch (d) {
      case F32 ->
          (bits, out, at, n, p) -> {
            float[] y = new float[n];
            for (int i = 0; i < n; i++) {
              y[i] = Float.intBitsToFloat(bits[i] & 0x7fffff | 0x3f800000) - 1;
            }
            MemorySegment.copy(y, 0, out, ValueLayout.JAVA_FLOAT, at * 4, n);
          };
      case F64 ->
          (bits, out, at, n, p) -> {
            for (int i = 0; i < n; i++) {
              out.setAtIndex(
                  ValueLayout.JAVA_DOUBLE, at + i, Philox.unit(bits[2 * i], bits[2 * i + 1]));
            }
          };
      // 10 and 7 random bits: the fractions of the two formats.
      case F16 ->
          (bits, out, at, n, p) -> {
            for (int i = 0; i < n; i++) {
              out.setAtIndex(
                  ValueLayout.JAVA_SHORT, at + i, Half.toF16((bits[i] & 0x3ff) * 0x1p-10f));
            }
          };
      case BF16 ->
          (bits, out, at, n, p) -> {
            for (int i = 0; i < n; i++) {
              out.setAtIndex(
                  ValueLayout.JAVA_SHORT, at + i, Half.toBf16((bits[i] & 0x7f) * 0x1p-7f));
            }
          };
      default ->
          throw new IllegalStateException("This is a bug in Merapi: no uniform numbers of " + d);
    };
  }

  /// Returns how many elements a group of four numbers makes.
  static int perGroup(DType d) {
    return d.bytes() == 8 ? 2 : 4;
  }

  private static void fill(Call c, Philox start, long stride, Distribution distribution) {
    Tensor t = c.out(0);
    long size = t.size();
    int per = perGroup(t.dtype());
    MemorySegment out = t.segment();
    int chunks = Math.toIntExact((size + CHUNK - 1) / CHUNK);
    Workers.run(
        chunks,
        chunk -> {
          long from = (long) chunk * CHUNK;
          long to = Math.min(size, from + CHUNK);
          int[] bits = new int[(int) Math.min(Normals.BLOCK, (to - from + per - 1) / per) * 4];
          for (long at = from; at < to; ) {
            int n = (int) Math.min((long) Normals.BLOCK * per, to - at);
            int groups = (n + per - 1) / per;
            Philox p = start.skip(at / per * stride);
            p.fill(bits, groups, stride);
            distribution.write(bits, out, at, n, p);
            at += n;
          }
        });
  }
}
