package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.merapi.op.Call;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Rounds float32 numbers to the steps of a range in which 0 is a step.
public final class FakeQuantCpu {
  /// Elements rounded in about 50 µs.
  private static final int PIECE = 1 << 15;

  /// A range moved so that 0 is one of its steps; computed in float32, as TensorFlow does.
  ///
  /// @param zero steps from the lowest to 0
  /// @param none both limits are 0: everything becomes 0 and all gradients pass
  private record Range(float min, float max, float scale, float zero, boolean none) {
    static Range of(Call c, float min, float max) {
      float low = c.attrs.b("narrow_range") ? 1 : 0;
      float high = (1 << c.attrs.i("num_bits")) - 1;
      float scale = (max - min) / (high - low);
      float exact = low - min / scale;
      float step = exact < low ? low : exact > high ? high : (float) Math.floor(exact + 0.5f);
      boolean none = min == 0 && max == 0;
      return new Range((low - step) * scale, (high - step) * scale, scale, step - low, none);
    }

    float round(float x) {
      if (none) {
        return 0;
      }
      float inside = Math.min(Math.max(x, min), max) - min;
      // Steps are counted from 0, which so stays exact.
      return ((float) Math.floor(inside * (1 / scale) + 0.5f) - zero) * scale;
    }
  }

  private FakeQuantCpu() {}

  private static float get(MemorySegment s, long i) {
    return s.getAtIndex(JAVA_FLOAT, i);
  }

  private static void put(MemorySegment s, long i, float v) {
    s.setAtIndex(JAVA_FLOAT, i, v);
  }

  private interface Piece {
    void run(long from, long to);
  }

  private static void pieces(long n, Piece p) {
    int chunks = Math.toIntExact((n + PIECE - 1) / PIECE);
    Planes.share(chunks < 2, chunks, i -> p.run((long) i * PIECE, Math.min(n, (i + 1L) * PIECE)));
  }

  private static Range range(Call c) {
    return Range.of(c, (float) c.attrs.f("min"), (float) c.attrs.f("max"));
  }

  private static Range[] ranges(Call c) {
    Tensor min = c.in("min");
    Tensor max = c.in("max");
    Range[] r = new Range[Math.toIntExact(min.size())];
    for (int i = 0; i < r.length; i++) {
      float low = get(min.segment(), i);
      float high = get(max.segment(), i);
      r[i] = Range.of(c, low, high);
    }
    return r;
  }

  public static void args(Call c) {
    round(c, new Range[] {range(c)});
  }

  public static void vars(Call c) {
    round(c, ranges(c));
  }

  private static void round(Call c, Range[] ranges) {
    MemorySegment x = c.in(0).segment();
    MemorySegment y = c.out(0).segment();
    int n = ranges.length;
    pieces(
        c.in(0).size(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            put(y, i, ranges[(int) (i % n)].round(get(x, i)));
          }
        });
  }

  public static void argsGradient(Call c) {
    Range r = range(c);
    MemorySegment dy = c.in(0).segment();
    MemorySegment x = c.in(1).segment();
    MemorySegment dx = c.out(0).segment();
    pieces(
        c.in(0).size(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            float v = get(x, i);
            put(dx, i, v >= r.min && v <= r.max ? get(dy, i) : 0);
          }
        });
  }

  /// Sums are made by one thread, in float64.
  public static void varsGradient(Call c) {
    Range[] ranges = ranges(c);
    MemorySegment dy = c.in(0).segment();
    MemorySegment x = c.in(1).segment();
    MemorySegment dx = c.out(0).segment();
    int n = ranges.length;
    double[] below = new double[n];
    double[] above = new double[n];
    for (long i = 0; i < c.in(0).size(); i++) {
      int channel = (int) (i % n);
      Range r = ranges[channel];
      float v = get(x, i);
      float d = get(dy, i);
      boolean inside = r.none || v >= r.min && v <= r.max;
      put(dx, i, inside ? d : 0);
      if (!inside && v < r.min) {
        below[channel] += d;
      } else if (!inside && v > r.max) {
        above[channel] += d;
      }
    }
    for (int i = 0; i < n; i++) {
      put(c.out(1).segment(), i, (float) below[i]);
      put(c.out(2).segment(), i, (float) above[i]);
    }
  }
}
