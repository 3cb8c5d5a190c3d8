package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Copies short runs of elements, or one element many times; positions count elements.
final class Copies {
  private Copies() {}

  static void bytes(
      MemorySegment from, long at, long step, MemorySegment to, long first, long length) {
    for (int i = 0; i < (int) length; i++) {
      byte v = from.get(ValueLayout.JAVA_BYTE, at + i * step);
      to.set(ValueLayout.JAVA_BYTE, first + i, v);
    }
  }

  static void shorts(
      MemorySegment from, long at, long step, MemorySegment to, long first, long length) {
    for (int i = 0; i < (int) length; i++) {
      short v = from.get(ValueLayout.JAVA_SHORT_UNALIGNED, (at + i * step) * 2);
      to.set(ValueLayout.JAVA_SHORT_UNALIGNED, (first + i) * 2, v);
    }
  }

  static void ints(
      MemorySegment from, long at, long step, MemorySegment to, long first, long length) {
    for (int i = 0; i < (int) length; i++) {
      int v = from.get(ValueLayout.JAVA_INT_UNALIGNED, (at + i * step) * 4);
      to.set(ValueLayout.JAVA_INT_UNALIGNED, (first + i) * 4, v);
    }
  }

  static void longs(
      MemorySegment from, long at, long step, MemorySegment to, long first, long length) {
    for (int i = 0; i < (int) length; i++) {
      long v = from.get(ValueLayout.JAVA_LONG_UNALIGNED, (at + i * step) * 8);
      to.set(ValueLayout.JAVA_LONG_UNALIGNED, (first + i) * 8, v);
    }
  }

  static void pairs(
      MemorySegment from, long at, long step, MemorySegment to, long first, long length) {
    for (int i = 0; i < (int) length; i++) {
      long source = (at + i * step) * 16;
      long target = (first + i) * 16;
      long low = from.get(ValueLayout.JAVA_LONG_UNALIGNED, source);
      long high = from.get(ValueLayout.JAVA_LONG_UNALIGNED, source + 8);
      to.set(ValueLayout.JAVA_LONG_UNALIGNED, target, low);
      to.set(ValueLayout.JAVA_LONG_UNALIGNED, target + 8, high);
    }
  }
}
