package dev.merapi.op;

import dev.merapi.kernel.Philox;
import dev.merapi.tensor.DType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Where random operations take their seeds from, and how far each of their sequences has been
/// read.
///
/// The rules are TensorFlow's in eager mode. Without any seed, numbers differ from run to run. With
/// a seed of one operation, its first, second, … call give the same numbers in every run. With a
/// global seed, every operation gets a seed of its own, drawn in the order of the calls. One state
/// for all threads, changed as a whole.
public final class Seeds {
  /// TensorFlow cuts seeds to their rest modulo this.
  private static final long MODULUS = Integer.MAX_VALUE;

  /// TensorFlow's global seed where only the operation has one.
  private static final long DEFAULT_GLOBAL = 87654321;

  /// Sequences remembered at most; the one that was not read for the longest time starts anew
  /// beyond that.
  private static final int REMEMBERED = 1 << 16;

  private static @Nullable Long global;
  private static Twister draws = new Twister(0);
  private static final SplittableRandom ENTROPY =
      new SplittableRandom(new java.security.SecureRandom().nextLong());

  private static final Map<Key, Philox> SEQUENCES =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Philox> eldest) {
          return size() > REMEMBERED;
        }
      };

  private Seeds() {}

  /// What one of TensorFlow's cached kernels is told apart by.
  private record Key(String op, long seed, long seed2, DType in, DType out) {}

  /// The two seeds of one operation, as its attributes `seed` and `seed2`; both 0 asks for entropy.
  public record Pair(long seed, long seed2) {}

  /// Sets the global seed; every sequence starts anew.
  public static synchronized void setSeed(long seed) {
    global = seed;
    draws = new Twister(seed);
    SEQUENCES.clear();
  }

  /// Forgets the global seed; every sequence starts anew.
  public static synchronized void clearSeed() {
    global = null;
    SEQUENCES.clear();
  }

  /// Returns the global seed, or null if none was set.
  public static synchronized @Nullable Long globalSeed() {
    return global;
  }

  /// Returns the seeds for the next random operation; `opSeed` is the caller's own, or null.
  public static synchronized Pair next(@Nullable Long opSeed) {
    if (global == null && opSeed == null) {
      return new Pair(0, 0);
    }
    long first = global == null ? DEFAULT_GLOBAL : Math.floorMod(global, MODULUS);
    long second = Math.floorMod(opSeed != null ? opSeed : draws.below31(), MODULUS);
    return first == 0 && second == 0 ? new Pair(0, MODULUS) : new Pair(first, second);
  }

  /// Returns where a stateful random call reads, and moves its sequence on by `groups` counts.
  public static synchronized Philox reserve(Call c, long groups) {
    long seed = c.attrs.l("seed");
    long seed2 = c.attrs.l("seed2");
    Key k = new Key(c.op.name(), seed, seed2, c.dtype(0), c.outSpec(0).dtype());
    Philox now = SEQUENCES.get(k);
    if (now == null) {
      now =
          seed == 0 && seed2 == 0
              ? Philox.ofSeeds(ENTROPY.nextLong(), ENTROPY.nextLong())
              : Philox.ofSeeds(seed, seed2);
    }
    SEQUENCES.put(k, now.skip(groups));
    return now;
  }

  /// Returns 64 bits that differ from run to run, or follow from the global seed if one is set.
  public static synchronized long entropy() {
    return global == null ? ENTROPY.nextLong() : draws.below31() << 32 ^ draws.below31();
  }

  /// The Mersenne Twister MT19937 behind Python's `random`, from which TensorFlow draws operation
  /// seeds.
  ///
  /// Source: Matsumoto, Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), with the seeding by an
  /// array of 2002.
  private static final class Twister {
    private static final int N = 624;
    private static final int M = 397;
    private final int[] state = new int[N];
    private int at = N;

    Twister(long seed) {
      // Python seeds with the magnitude, as 32-bit digits from the lowest on.
      long s = Math.abs(seed);
      int[] digits = s >>> 32 == 0 ? new int[] {(int) s} : new int[] {(int) s, (int) (s >>> 32)};
      state[0] = 19650218;
      for (int i = 1; i < N; i++) {
        state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
      }
      int i = 1;
      int j = 0;
      for (int k = Math.max(N, digits.length); k > 0; k--) {
        state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1664525) + digits[j] + j;
        i++;
        if (i >= N) {
          state[0] = state[N - 1];
          i = 1;
        }
        j = (j + 1) % digits.length;
      }
      for (int k = N - 1; k > 0; k--) {
        state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1566083941) - i;
        i++;
        if (i >= N) {
          state[0] = state[N - 1];
          i = 1;
        }
      }
      state[0] = 0x80000000;
    }

    private int next() {
      if (at == N) {
        for (int k = 0; k < N; k++) {
          int y = state[k] & 0x80000000 | state[(k + 1) % N] & 0x7fffffff;
          state[k] = state[(k + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        at = 0;
      }
      int y = state[at++];
      y ^= y >>> 11;
      y ^= y << 7 & 0x9d2c5680;
      y ^= y << 15 & 0xefc60000;
      return y ^ y >>> 18;
    }

    /// Returns a number from 0 to 2³¹ − 1: Python's `randint(0, 2**31 - 1)`, which throws away
    /// numbers beyond.
    long below31() {
      int x = next();
      while (x < 0) {
        x = next();
      }
      return x;
    }
  }
}
