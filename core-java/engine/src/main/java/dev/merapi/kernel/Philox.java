package dev.merapi.kernel;

/// A place in the sequence of the random generator Philox 4x32-10: key and 128-bit counter;
/// immutable.
///
/// Every count gives four 32-bit numbers that depend on nothing but key and counter, so any part of
/// a sequence can be computed on any thread. Key and counter are read as TensorFlow reads them, so
/// sequences are the same.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public record Philox(long key, long low, long high) {
  private static final long MULTIPLY_A = 0xD2511F53L;
  private static final long MULTIPLY_B = 0xCD9E8D57L;
  // The golden ratio and √3 − 1 as fractions of 2³²: the paper's Weyl sequence of keys.
  private static final int WEYL_A = 0x9E3779B9;
  private static final int WEYL_B = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final long MASK = 0xffffffffL;

  /// Groups computed side by side: four arrays of longs of this length stay in the nearest cache.
  private static final int LANES = 128;

  /// The sequence that TensorFlow's stateful operations start from their attributes `seed` and
  /// `seed2`.
  public static Philox ofSeeds(long seed, long seed2) {
    return new Philox(seed, 0, seed2);
  }

  /// The sequence of a stateless operation's two seeds, stirred so that either may be weak.
  public static Philox stirred(long seed0, long seed1) {
    int[] mix = new int[4];
    new Philox(0x02461e293ec8f720L, seed0, seed1).fill(mix, 1);
    return new Philox(pair(mix[0], mix[1]), 0, pair(mix[2], mix[3]));
  }

  private static long pair(int lowHalf, int highHalf) {
    return (lowHalf & MASK) | (long) highHalf << 32;
  }

  /// Returns the place `groups` counts further on.
  public Philox skip(long groups) {
    long l = low + groups;
    return new Philox(key, l, Long.compareUnsigned(l, low) < 0 ? high + 1 : high);
  }

  /// Writes the next `groups` groups, four numbers each.
  public void fill(int[] out, int groups) {
    fill(out, groups, 1);
  }

  /// Writes `groups` groups, four numbers each, `stride` counts apart.
  public void fill(int[] out, int groups, long stride) {
    if (groups < 8) {
      for (int g = 0; g < groups; g++) {
        one(g == 0 ? this : skip(g * stride), out, 4 * g);
      }
      return;
    }
    Lanes lanes = new Lanes();
    for (int g = 0; g < groups; g += LANES) {
      lanes.run(skip(g * stride), stride, Math.min(LANES, groups - g), out, 4 * g);
    }
  }

  private static void one(Philox p, int[] out, int at) {
    int k0 = (int) p.key;
    int k1 = (int) (p.key >>> 32);
    int c0 = (int) p.low;
    int c1 = (int) (p.low >>> 32);
    int c2 = (int) p.high;
    int c3 = (int) (p.high >>> 32);
    for (int r = 0; r < ROUNDS; r++) {
      long a = (c0 & MASK) * MULTIPLY_A;
      long b = (c2 & MASK) * MULTIPLY_B;
      c0 = (int) (b >>> 32) ^ c1 ^ k0;
      c2 = (int) (a >>> 32) ^ c3 ^ k1;
      c1 = (int) b;
      c3 = (int) a;
      k0 += WEYL_A;
      k1 += WEYL_B;
    }
    out[at] = c0;
    out[at + 1] = c1;
    out[at + 2] = c2;
    out[at + 3] = c3;
  }

  /// Many groups at once, one array a word: loops without dependencies that the compiler turns into
  /// vector code.
  private static final class Lanes {
    private final long[] w0 = new long[LANES];
    private final long[] w1 = new long[LANES];
    private final long[] w2 = new long[LANES];
    private final long[] w3 = new long[LANES];

    void run(Philox p, long stride, int n, int[] out, int at) {
      for (int i = 0; i < n; i++) {
        long l = p.low + i * stride;
        w0[i] = l & MASK;
        w1[i] = l >>> 32;
      }
      for (int i = 0; i < n; i++) {
        long h = Long.compareUnsigned(p.low + i * stride, p.low) < 0 ? p.high + 1 : p.high;
        w2[i] = h & MASK;
        w3[i] = h >>> 32;
      }
      int k0 = (int) p.key;
      int k1 = (int) (p.key >>> 32);
      for (int r = 0; r < ROUNDS; r++) {
        round(w0, w1, w2, w3, n, k0 & MASK, k1 & MASK);
        k0 += WEYL_A;
        k1 += WEYL_B;
      }
      for (int i = 0; i < n; i++) {
        out[at + 4 * i] = (int) w0[i];
        out[at + 4 * i + 1] = (int) w1[i];
        out[at + 4 * i + 2] = (int) w2[i];
        out[at + 4 * i + 3] = (int) w3[i];
      }
    }

    private static void round(long[] w0, long[] w1, long[] w2, long[] w3, int n, long k0, long k1) {
      for (int i = 0; i < n; i++) {
        long a = (w0[i] & MASK) * MULTIPLY_A;
        long b = (w2[i] & MASK) * MULTIPLY_B;
        w0[i] = b >>> 32 ^ w1[i] ^ k0;
        w2[i] = a >>> 32 ^ w3[i] ^ k1;
        w1[i] = b & MASK;
        w3[i] = a & MASK;
      }
    }
  }

  /// Reads a sequence number by number.
  public static final class Reader {
    private Philox next;
    private final int[] group = new int[4];
    private int used = 4;

    public Reader(Philox start) {
      next = start;
    }

    /// Returns the next number; all 32 bits are random.
    public int nextInt() {
      if (used == 4) {
        one(next, group, 0);
        next = next.skip(1);
        used = 0;
      }
      return group[used++];
    }

    /// Returns a number from 0 up to but not including 1, with 52 random bits.
    public double nextDouble() {
      int upper = nextInt();
      return Philox.unit(upper, nextInt());
    }
  }

  /// Returns a float64 in [0, 1) from two numbers.
  public static double unit(int upper, int lower) {
    return Double.longBitsToDouble(0x3ff0000000000000L | (upper & 0xfffffL) << 32 | lower & MASK)
        - 1;
  }

  /// Returns a float32 in [0, 1) from one number.
  public static float unit(int bits) {
    return Float.intBitsToFloat(bits & 0x7fffff | 0x3f800000) - 1;
  }
}
