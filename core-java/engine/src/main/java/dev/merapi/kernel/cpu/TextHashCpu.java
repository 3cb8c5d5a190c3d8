package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.ToLongFunction;

/// Maps strings to numbers of buckets, by the hash functions that TensorFlow uses: results are the
/// same everywhere.
public final class TextHashCpu {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  // FarmHash's constants: primes between 2^63 and 2^64.
  private static final long K0 = 0xc3a5c85c97cb3127L;
  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;

  private TextHashCpu() {}

  /// Returns a kernel that takes the hash modulo `num_buckets`.
  public static Kernel buckets(ToLongFunction<byte[]> hash) {
    return c -> write(c, hash);
  }

  /// The keyed hash, hard to attack; the attribute `key` holds its two halves.
  public static void keyed(Call c) {
    int[] key = c.attrs.ints("key");
    write(c, x -> sip(x, key[0], key[1]));
  }

  private static void write(Call c, ToLongFunction<byte[]> hash) {
    long n = c.attrs.l("num_buckets");
    byte[][] x = c.in(0).strings();
    MemorySegment y = c.out(0).segment();
    for (int i = 0; i < x.length; i++) {
      y.setAtIndex(ValueLayout.JAVA_LONG, i, Long.remainderUnsigned(hash.applyAsLong(x[i]), n));
    }
  }

  private static long at(byte[] x, int i) {
    return (long) LONG.get(x, i);
  }

  private static long shiftMix(long x) {
    return x ^ x >>> 47;
  }

  private static long mix(long u, long v, long by) {
    long a = shiftMix((u ^ v) * by);
    return shiftMix((v ^ a) * by) * by;
  }

  /// FarmHash's 64-bit fingerprint (`farmhashna`).
  ///
  /// Source: Pike, FarmHash, https://github.com/google/farmhash, 2014.
  public static long farm(byte[] x) {
    int n = x.length;
    long by = K2 + 2L * n;
    if (n > 64) {
      return farmLong(x);
    }
    if (n > 32) {
      long a = at(x, 0) * K2;
      long b = at(x, 8);
      long y = turn(a + b, 43) + turn(at(x, n - 8) * by, 30) + at(x, n - 16) * K2;
      long z = mix(y, a + turn(b + K2, 18) + at(x, n - 8) * by, by);
      long e = at(x, 16) * by;
      long f = at(x, 24);
      long g = (y + at(x, n - 32)) * by;
      long h = (z + at(x, n - 24)) * by;
      return mix(turn(e + f, 43) + turn(g, 30) + h, e + turn(f + a, 18) + g, by);
    }
    if (n > 16) {
      long a = at(x, 0) * K1;
      long b = at(x, 8);
      long c = at(x, n - 8) * by;
      long d = at(x, n - 16) * K2;
      return mix(turn(a + b, 43) + turn(c, 30) + d, a + turn(b + K2, 18) + c, by);
    }
    if (n >= 8) {
      long a = at(x, 0) + K2;
      long b = at(x, n - 8);
      return mix(turn(b, 37) * by + a, (turn(a, 25) + b) * by, by);
    }
    if (n >= 4) {
      long a = Integer.toUnsignedLong((int) INT.get(x, 0));
      return mix(n + (a << 3), Integer.toUnsignedLong((int) INT.get(x, n - 4)), by);
    }
    if (n > 0) {
      int y = (x[0] & 0xff) + ((x[n >> 1] & 0xff) << 8);
      int z = n + ((x[n - 1] & 0xff) << 2);
      return shiftMix(y * K2 ^ z * K0) * K2;
    }
    return K2;
  }

  private static long turn(long x, int right) {
    return Long.rotateRight(x, right);
  }

  /// Texts of more than 64 bytes: 64 at a time, with 56 bytes of state.
  private static long farmLong(byte[] s) {
    long seed = 81;
    long x = seed * K2 + at(s, 0);
    long y = seed * K1 + 113;
    long z = shiftMix(y * K2 + 113) * K2;
    long[] v = new long[2];
    long[] w = new long[2];
    int end = (s.length - 1) / 64 * 64;
    int rest = s.length - 1 & 63;
    for (int i = 0; i < end; i += 64) {
      x = turn(x + y + v[0] + at(s, i + 8), 37) * K1 ^ w[1];
      long y1 = turn(y + v[1] + at(s, i + 48), 42) * K1 + v[0] + at(s, i + 40);
      long z1 = turn(z + w[0], 33) * K1;
      weak(s, i, v[1] * K1, x + w[0], v);
      weak(s, i + 32, z1 + w[1], y1 + at(s, i + 16), w);
      y = y1;
      z = x;
      x = z1;
    }
    long by = K1 + ((z & 0xff) << 1);
    int i = end + rest - 63;
    w[0] += rest;
    v[0] += w[0];
    w[0] += v[0];
    x = turn(x + y + v[0] + at(s, i + 8), 37) * by ^ w[1] * 9;
    y = turn(y + v[1] + at(s, i + 48), 42) * by + v[0] * 9 + at(s, i + 40);
    z = turn(z + w[0], 33) * by;
    weak(s, i, v[1] * by, x + w[0], v);
    weak(s, i + 32, z + w[1], y + at(s, i + 16), w);
    return mix(mix(v[0], w[0], by) + shiftMix(y) * K0 + x, mix(v[1], w[1], by) + z, by);
  }

  private static void weak(byte[] s, int i, long a, long b, long[] out) {
    long c = a + at(s, i);
    long d = turn(b + c + at(s, i + 24), 21);
    long e = c + at(s, i + 8) + at(s, i + 16);
    out[0] = e + at(s, i + 24);
    out[1] = d + turn(e, 44) + c;
  }

  /// SipHash-2-4.
  ///
  /// Source: Aumasson, Bernstein, "SipHash: a fast short-input PRF", 2012.
  static long sip(byte[] x, long k0, long k1) {
    long[] v = {
      k0 ^ 0x736f6d6570736575L,
      k1 ^ 0x646f72616e646f6dL,
      k0 ^ 0x6c7967656e657261L,
      k1 ^ 0x7465646279746573L
    };
    int whole = x.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      absorb(v, at(x, i));
    }
    long last = (long) x.length << 56;
    for (int i = whole; i < x.length; i++) {
      last |= (x[i] & 0xffL) << 8 * (i - whole);
    }
    absorb(v, last);
    v[2] ^= 0xff;
    for (int r = 0; r < 4; r++) {
      sipRound(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void absorb(long[] v, long m) {
    v[3] ^= m;
    sipRound(v);
    sipRound(v);
    v[0] ^= m;
  }

  private static void sipRound(long[] v) {
    v[0] += v[1];
    v[2] += v[3];
    v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
    v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
    v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
    v[2] = Long.rotateLeft(v[2], 32);
  }

  /// The older hash behind `StringToHashBucket`: MurmurHash2 for 64 bits.
  ///
  /// Source: Appleby, MurmurHash2, 2008.
  public static long murmur(byte[] x) {
    long by = 0xc6a4a7935bd1e995L;
    long h = 0xDECAFCAFFEL ^ x.length * by;
    int whole = x.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      long k = at(x, i) * by;
      h = (h ^ (k ^ k >>> 47) * by) * by;
    }
    if (whole < x.length) {
      for (int i = whole; i < x.length; i++) {
        h ^= (x[i] & 0xffL) << 8 * (i - whole);
      }
      h *= by;
    }
    h = (h ^ h >>> 47) * by;
    return h ^ h >>> 47;
  }
}
