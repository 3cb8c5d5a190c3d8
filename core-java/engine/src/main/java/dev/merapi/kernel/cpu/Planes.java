package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;

/// Turns a stack of matrices: what moves channels from behind the batch to the end, and back.
final class Planes {
  /// Rows and columns of one block: 64 rows of 16 float32 fill one cache line each.
  private static final int ROWS = 64;

  private static final int COLUMNS = 16;

  /// Elements moved in about 50 µs.
  private static final long SERIAL_WORK = 50_000;

  private Planes() {}

  /// Copies `batch` matrices of `rows` by `columns` elements to matrices of `columns` by `rows`.
  static void turn(
      MemorySegment from, MemorySegment to, int batch, int rows, int columns, int bytes) {
    if ((long) batch * rows * columns == 0) {
      return;
    }
    if (rows == 1 || columns == 1) {
      MemorySegment.copy(from, 0, to, 0, (long) batch * rows * columns * bytes);
      return;
    }
    int strips = (rows + ROWS - 1) / ROWS;
    Workers.Task task =
        chunk -> {
          long at = (long) (chunk / strips) * rows * columns;
          int r0 = chunk % strips * ROWS;
          int r1 = Math.min(rows, r0 + ROWS);
          for (int c0 = 0; c0 < columns; c0 += COLUMNS) {
            int c1 = Math.min(columns, c0 + COLUMNS);
            switch (bytes) {
              case 1 -> block1(from, to, at, rows, columns, r0, r1, c0, c1);
              case 2 -> block2(from, to, at, rows, columns, r0, r1, c0, c1);
              case 4 -> block4(from, to, at, rows, columns, r0, r1, c0, c1);
              case 8 -> block8(from, to, at, rows, columns, r0, r1, c0, c1);
              default -> blockAny(from, to, at, rows, columns, r0, r1, c0, c1, bytes);
            }
          }
        };
    share((long) batch * rows * columns < SERIAL_WORK, batch * strips, task);
  }

  /// Runs chunks on this thread if the work is small, else on all.
  static void share(boolean small, int chunks, Workers.Task task) {
    if (small) {
      for (int i = 0; i < chunks; i++) {
        task.run(i);
      }
    } else {
      Workers.run(chunks, task);
    }
  }

  private static void block1(
      MemorySegment from,
      MemorySegment to,
      long at,
      int rows,
      int columns,
      int r0,
      int r1,
      int c0,
      int c1) {
    for (int c = c0; c < c1; c++) {
      for (int r = r0; r < r1; r++) {
        byte v = from.get(JAVA_BYTE, at + (long) r * columns + c);
        to.set(JAVA_BYTE, at + (long) c * rows + r, v);
      }
    }
  }

  private static void block2(
      MemorySegment from,
      MemorySegment to,
      long at,
      int rows,
      int columns,
      int r0,
      int r1,
      int c0,
      int c1) {
    for (int c = c0; c < c1; c++) {
      for (int r = r0; r < r1; r++) {
        short v = from.get(JAVA_SHORT, 2 * (at + (long) r * columns + c));
        to.set(JAVA_SHORT, 2 * (at + (long) c * rows + r), v);
      }
    }
  }

  private static void block4(
      MemorySegment from,
      MemorySegment to,
      long at,
      int rows,
      int columns,
      int r0,
      int r1,
      int c0,
      int c1) {
    for (int c = c0; c < c1; c++) {
      for (int r = r0; r < r1; r++) {
        int v = from.get(JAVA_INT, 4 * (at + (long) r * columns + c));
        to.set(JAVA_INT, 4 * (at + (long) c * rows + r), v);
      }
    }
  }

  private static void block8(
      MemorySegment from,
      MemorySegment to,
      long at,
      int rows,
      int columns,
      int r0,
      int r1,
      int c0,
      int c1) {
    for (int c = c0; c < c1; c++) {
      for (int r = r0; r < r1; r++) {
        long v = from.get(JAVA_LONG, 8 * (at + (long) r * columns + c));
        to.set(JAVA_LONG, 8 * (at + (long) c * rows + r), v);
      }
    }
  }

  private static void blockAny(
      MemorySegment from,
      MemorySegment to,
      long at,
      int rows,
      int columns,
      int r0,
      int r1,
      int c0,
      int c1,
      int bytes) {
    for (int c = c0; c < c1; c++) {
      for (int r = r0; r < r1; r++) {
        MemorySegment.copy(
            from,
            bytes * (at + (long) r * columns + c),
            to,
            bytes * (at + (long) c * rows + r),
            bytes);
      }
    }
  }
}
