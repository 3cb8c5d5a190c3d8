package dev.merapi.autodiff;

/// A set of positive numbers without boxing: open addressing, grown at half full.
final class LongSet {
  private long[] slots = new long[64];
  private int size;

  boolean has(long x) {
    if (x == 0) {
      return false;
    }
    int mask = slots.length - 1;
    for (int i = spread(x) & mask; slots[i] != 0; i = (i + 1) & mask) {
      if (slots[i] == x) {
        return true;
      }
    }
    return false;
  }

  void add(long x) {
    if (size * 2 >= slots.length) {
      long[] old = slots;
      slots = new long[old.length * 2];
      size = 0;
      for (long o : old) {
        if (o != 0) {
          add(o);
        }
      }
    }
    int mask = slots.length - 1;
    int i = spread(x) & mask;
    while (slots[i] != 0) {
      if (slots[i] == x) {
        return;
      }
      i = (i + 1) & mask;
    }
    slots[i] = x;
    size++;
  }

  private static int spread(long x) {
    return (int) ((x * 0x9E3779B97F4A7C15L) >>> 32);
  }
}
