package dev.merapi.kernel.cpu;

import java.util.Arrays;

/// Sorts keys together with their positions, stably, in time proportional to their number.
///
/// Least significant digit first, 11 bits a digit; a digit that is the same in all keys costs one
/// look. Narrow keys travel with their position in one `long`; wide keys in two arrays. Below a few
/// hundred elements the JDK's sort of `long`s is faster, and stable here because positions are part
/// of what is compared.
final class RadixSort {
  private static final int BITS = 11;
  private static final int DIGITS = 1 << BITS;

  /// Elements from which counting digits pays for clearing the counters (1000 against 2048
  /// counters, Zen 5).
  private static final int WORTH = 1024;

  private RadixSort() {}

  /// Sorts `n` packed values by their upper 32 bits, which are compared as signed numbers; equal
  /// ones keep their order if their lower halves ascend.
  static void packed(long[] a, int n) {
    if (n < WORTH) {
      Arrays.sort(a, 0, n);
      return;
    }
    long[] from = a;
    long[] to = new long[n];
    for (int shift = 32; shift < 64; shift += BITS) {
      int[] start = new int[DIGITS];
      for (int i = 0; i < n; i++) {
        start[digit(from[i], shift)]++;
      }
      if (start[digit(from[0], shift)] == n) {
        continue;
      }
      starts(start);
      for (int i = 0; i < n; i++) {
        long v = from[i];
        to[start[digit(v, shift)]++] = v;
      }
      long[] swap = from;
      from = to;
      to = swap;
    }
    if (from != a) {
      System.arraycopy(from, 0, a, 0, n);
    }
  }

  private static int digit(long v, int shift) {
    return (int) ((v ^ Long.MIN_VALUE) >>> shift) & DIGITS - 1;
  }

  private static void starts(int[] count) {
    int sum = 0;
    for (int i = 0; i < DIGITS; i++) {
      int c = count[i];
      count[i] = sum;
      sum += c;
    }
  }

  /// Sorts `n` positions by their keys, stably; both arrays are permuted.
  static void pairs(long[] keys, int[] positions, int n) {
    if (n < 2) {
      return;
    }
    long[] from = keys;
    int[] fromAt = positions;
    long[] to = new long[n];
    int[] toAt = new int[n];
    if (n < 64) {
      insertion(keys, positions, n);
      return;
    }
    for (int shift = 0; shift < 64; shift += BITS) {
      int[] start = new int[DIGITS];
      for (int i = 0; i < n; i++) {
        start[digit(from[i], shift)]++;
      }
      if (start[digit(from[0], shift)] == n) {
        continue;
      }
      starts(start);
      for (int i = 0; i < n; i++) {
        int p = start[digit(from[i], shift)]++;
        to[p] = from[i];
        toAt[p] = fromAt[i];
      }
      long[] k = from;
      from = to;
      to = k;
      int[] p = fromAt;
      fromAt = toAt;
      toAt = p;
    }
    if (from != keys) {
      System.arraycopy(from, 0, keys, 0, n);
      System.arraycopy(fromAt, 0, positions, 0, n);
    }
  }

  private static void insertion(long[] keys, int[] positions, int n) {
    for (int i = 1; i < n; i++) {
      long k = keys[i];
      int p = positions[i];
      int j = i;
      for (; j > 0 && keys[j - 1] > k; j--) {
        keys[j] = keys[j - 1];
        positions[j] = positions[j - 1];
      }
      keys[j] = k;
      positions[j] = p;
    }
  }
}
