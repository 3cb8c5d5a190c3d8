package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Copies rows and columns of elements between two strided views; positions and steps count
/// elements.
///
/// One loop a width: what the bytes mean does not matter here.
final class Tiles {
  /// Rows of at least this many bytes go to the bulk copy, whose call costs about as much as 16
  /// element moves.
  static final long BULK = 64;

  private Tiles() {}

  static void copy(
      int width,
      MemorySegment from,
      long fromAt,
      long fromRow,
      long fromCol,
      MemorySegment to,
      long toAt,
      long toRow,
      long toCol,
      int rows,
      int cols) {
    if (fromCol == 1 && toCol == 1 && (long) cols * width >= BULK) {
      long bytes = (long) cols * width;
      for (int r = 0; r < rows; r++) {
        MemorySegment.copy(
            from, (fromAt + r * fromRow) * width, to, (toAt + r * toRow) * width, bytes);
      }
      return;
    }
    if (fromCol == 0 && toCol == 1 && (long) cols * width >= BULK) {
      for (int r = 0; r < rows; r++) {
        repeat(
            width,
            from,
            (fromAt + r * fromRow) * width,
            to,
            (toAt + r * toRow) * width,
            (long) cols * width);
      }
      return;
    }
    int side = Crosswise.side(width);
    if (fromRow == 1 && toCol == 1 && width < 8 && rows >= side && cols >= side) {
      crosswise(width, from, fromAt, fromCol, to, toAt, toRow, rows, cols);
      return;
    }
    elements(width, from, fromAt, fromRow, fromCol, to, toAt, toRow, toCol, rows, cols);
  }

  /// Turns whole blocks round and copies what is left at two edges element by element.
  private static void crosswise(
      int width,
      MemorySegment from,
      long fromAt,
      long fromCol,
      MemorySegment to,
      long toAt,
      long toRow,
      int rows,
      int cols) {
    int side = Crosswise.side(width);
    int r = rows - rows % side;
    int c = cols - cols % side;
    Crosswise.copy(
        width, from, fromAt * width, fromCol * width, to, toAt * width, toRow * width, r, c);
    if (c < cols) {
      elements(
          width, from, fromAt + c * fromCol, 1, fromCol, to, toAt + c, toRow, 1, rows, cols - c);
    }
    if (r < rows) {
      elements(width, from, fromAt + r, 1, fromCol, to, toAt + r * toRow, toRow, 1, rows - r, c);
    }
  }

  /// Fills a run with one element, by doubling what is there.
  private static void repeat(
      int width, MemorySegment from, long f, MemorySegment to, long t, long bytes) {
    MemorySegment.copy(from, f, to, t, width);
    for (long done = width; done < bytes; done *= 2) {
      MemorySegment.copy(to, t, to, t + done, Math.min(done, bytes - done));
    }
  }

  private static void elements(
      int width,
      MemorySegment from,
      long fromAt,
      long fromRow,
      long fromCol,
      MemorySegment to,
      long toAt,
      long toRow,
      long toCol,
      int rows,
      int cols) {
    long f = fromAt * width;
    long t = toAt * width;
    long fr = fromRow * width;
    long tr = toRow * width;
    long fc = fromCol * width;
    long tc = toCol * width;
    switch (width) {
      case 1 -> bytes(from, f, fr, fc, to, t, tr, tc, rows, cols);
      case 2 -> shorts(from, f, fr, fc, to, t, tr, tc, rows, cols);
      case 4 -> ints(from, f, fr, fc, to, t, tr, tc, rows, cols);
      default -> longs(from, f, fr, fc, to, t, tr, tc, rows, cols);
    }
  }

  private static void bytes(
      MemorySegment from,
      long f,
      long fr,
      long fc,
      MemorySegment to,
      long t,
      long tr,
      long tc,
      int rows,
      int cols) {
    for (int r = 0; r < rows; r++) {
      long p = f + r * fr;
      long q = t + r * tr;
      for (int c = 0; c < cols; c++) {
        to.set(ValueLayout.JAVA_BYTE, q + c * tc, from.get(ValueLayout.JAVA_BYTE, p + c * fc));
      }
    }
  }

  private static void shorts(
      MemorySegment from,
      long f,
      long fr,
      long fc,
      MemorySegment to,
      long t,
      long tr,
      long tc,
      int rows,
      int cols) {
    for (int r = 0; r < rows; r++) {
      long p = f + r * fr;
      long q = t + r * tr;
      for (int c = 0; c < cols; c++) {
        short v = from.get(ValueLayout.JAVA_SHORT_UNALIGNED, p + c * fc);
        to.set(ValueLayout.JAVA_SHORT_UNALIGNED, q + c * tc, v);
      }
    }
  }

  private static void ints(
      MemorySegment from,
      long f,
      long fr,
      long fc,
      MemorySegment to,
      long t,
      long tr,
      long tc,
      int rows,
      int cols) {
    for (int r = 0; r < rows; r++) {
      long p = f + r * fr;
      long q = t + r * tr;
      for (int c = 0; c < cols; c++) {
        int v = from.get(ValueLayout.JAVA_INT_UNALIGNED, p + c * fc);
        to.set(ValueLayout.JAVA_INT_UNALIGNED, q + c * tc, v);
      }
    }
  }

  private static void longs(
      MemorySegment from,
      long f,
      long fr,
      long fc,
      MemorySegment to,
      long t,
      long tr,
      long tc,
      int rows,
      int cols) {
    for (int r = 0; r < rows; r++) {
      long p = f + r * fr;
      long q = t + r * tr;
      for (int c = 0; c < cols; c++) {
        long v = from.get(ValueLayout.JAVA_LONG_UNALIGNED, p + c * fc);
        to.set(ValueLayout.JAVA_LONG_UNALIGNED, q + c * tc, v);
      }
    }
  }
}
