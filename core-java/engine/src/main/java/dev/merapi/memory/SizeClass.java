package dev.merapi.memory;

/// Rounds sizes up to classes: four a power of two, so that at most a fifth of a block is unused.
final class SizeClass {
  static final int SMALLEST_BYTES = 64;

  /// Number of classes; the last holds 2^47 bytes, more than a process can address here.
  static final int COUNT = of(1L << 47) + 1;

  private SizeClass() {}

  static int of(long bytes) {
    if (bytes <= SMALLEST_BYTES) {
      return 0;
    }
    // Position of the leading bit, then the next two bits; sizes are counted from 64 bytes.
    int log = 63 - Long.numberOfLeadingZeros(bytes - 1);
    int quarter = (int) ((bytes - 1) >>> (log - 2)) & 3;
    return ((log - 6) << 2) + quarter + 1;
  }

  /// Returns the bytes of a block of the class, a multiple of 16 (of 64 from 256 bytes on).
  static long bytes(int sizeClass) {
    if (sizeClass == 0) {
      return SMALLEST_BYTES;
    }
    int log = ((sizeClass - 1) >>> 2) + 6;
    int quarter = (sizeClass - 1) & 3;
    long bytes = (1L << log) + ((quarter + 1L) << (log - 2));
    return (bytes + 63) & ~63L;
  }
}
