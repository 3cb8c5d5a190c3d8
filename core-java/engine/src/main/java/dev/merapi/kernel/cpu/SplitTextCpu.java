package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts strings into pieces, given as a sparse matrix: row is the string, column the piece.
public final class SplitTextCpu {
  private SplitTextCpu() {}

  /// Cuts at every separator; the empty separator stands for runs of white space.
  public static void split(Call c) {
    byte[] separator = c.in(1).strings()[0];
    int most = c.attrs.i("maxsplit");
    List<List<byte[]>> rows = new ArrayList<>();
    for (byte[] x : c.in(0).strings()) {
      rows.add(separator.length == 0 ? words(x, most) : pieces(x, separator, most));
    }
    write(c, rows);
  }

  /// Cuts at every byte that occurs in the delimiter; the empty delimiter cuts everywhere.
  public static void splitAtBytes(Call c) {
    byte[] delimiter = c.in(1).strings()[0];
    boolean skipEmpty = c.attrs.b("skip_empty");
    List<List<byte[]>> rows = new ArrayList<>();
    for (byte[] x : c.in(0).strings()) {
      List<byte[]> row = new ArrayList<>();
      if (delimiter.length == 0) {
        for (byte b : x) {
          row.add(new byte[] {b});
        }
      } else if (x.length > 0) {
        int from = 0;
        for (int i = 0; i <= x.length; i++) {
          if (i == x.length || contains(delimiter, x[i])) {
            if (i > from || !skipEmpty) {
              row.add(Arrays.copyOfRange(x, from, i));
            }
            from = i + 1;
          }
        }
      }
      rows.add(row);
    }
    write(c, rows);
  }

  /// Cuts between all characters of UTF-8.
  public static void splitCharacters(Call c) {
    List<List<byte[]>> rows = new ArrayList<>();
    for (byte[] x : c.in(0).strings()) {
      List<byte[]> row = new ArrayList<>();
      new String(x, StandardCharsets.UTF_8)
          .codePoints()
          .forEach(p -> row.add(Character.toString(p).getBytes(StandardCharsets.UTF_8)));
      rows.add(row);
    }
    write(c, rows);
  }

  private static boolean contains(byte[] set, byte b) {
    for (byte s : set) {
      if (s == b) {
        return true;
      }
    }
    return false;
  }

  private static List<byte[]> pieces(byte[] x, byte[] separator, int most) {
    List<byte[]> row = new ArrayList<>();
    int from = 0;
    for (int i = 0; i + separator.length <= x.length && (most < 0 || row.size() < most); ) {
      if (Arrays.equals(x, i, i + separator.length, separator, 0, separator.length)) {
        row.add(Arrays.copyOfRange(x, from, i));
        i += separator.length;
        from = i;
      } else {
        i++;
      }
    }
    row.add(Arrays.copyOfRange(x, from, x.length));
    return row;
  }

  private static List<byte[]> words(byte[] x, int most) {
    List<byte[]> row = new ArrayList<>();
    int i = 0;
    while (true) {
      while (i < x.length && TextCpu.isSpace(x[i])) {
        i++;
      }
      if (i == x.length) {
        return row;
      }
      if (most >= 0 && row.size() == most) {
        row.add(TextCpu.strip(Arrays.copyOfRange(x, i, x.length)));
        return row;
      }
      int from = i;
      while (i < x.length && !TextCpu.isSpace(x[i])) {
        i++;
      }
      row.add(Arrays.copyOfRange(x, from, i));
    }
  }

  private static void write(Call c, List<List<byte[]>> rows) {
    int n = 0;
    int widest = 0;
    for (List<byte[]> r : rows) {
      n += r.size();
      widest = Math.max(widest, r.size());
    }
    MemorySegment indices = c.out(0, Shape.of(n, 2)).segment();
    byte[][] values = c.out(1, Shape.of(n)).strings();
    MemorySegment shape = c.out(2).segment();
    int p = 0;
    for (int r = 0; r < rows.size(); r++) {
      for (int k = 0; k < rows.get(r).size(); k++, p++) {
        indices.setAtIndex(ValueLayout.JAVA_LONG, 2 * p, r);
        indices.setAtIndex(ValueLayout.JAVA_LONG, 2 * p + 1, k);
        values[p] = rows.get(r).get(k);
      }
    }
    shape.setAtIndex(ValueLayout.JAVA_LONG, 0, rows.size());
    shape.setAtIndex(ValueLayout.JAVA_LONG, 1, widest);
  }
}
