package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Lengths, cases, pieces and joins of strings. Strings are bytes; only where asked for are they
/// read as UTF-8.
public final class TextCpu {
  private TextCpu() {}

  /// Returns a kernel that changes every string by itself.
  public static Kernel each(UnaryOperator<byte[]> change) {
    return c -> {
      byte[][] x = c.in(0).strings();
      byte[][] y = c.out(0).strings();
      for (int i = 0; i < y.length; i++) {
        y[i] = change.apply(x[i]);
      }
    };
  }

  public static void length(Call c) {
    boolean characters = c.attrs.s("unit").equals("UTF8_CHAR");
    byte[][] x = c.in(0).strings();
    MemorySegment y = c.out(0).segment();
    for (int i = 0; i < x.length; i++) {
      y.setAtIndex(ValueLayout.JAVA_INT, i, characters ? characters(x[i]) : x[i].length);
    }
  }

  /// Tells whether a byte begins a character: all do but those of the form 10xxxxxx.
  private static boolean begins(byte b) {
    return (b & 0xc0) != 0x80;
  }

  private static int characters(byte[] x) {
    int n = 0;
    for (byte b : x) {
      n += begins(b) ? 1 : 0;
    }
    return n;
  }

  /// Changes letters' case: those of ASCII, or with the encoding `utf-8` all that Unicode knows.
  public static void changeCase(Call c, boolean upper) {
    boolean unicode = !c.attrs.s("encoding").isEmpty();
    each(x -> unicode ? unicodeCase(x, upper) : asciiCase(x, upper)).run(c);
  }

  private static byte[] unicodeCase(byte[] x, boolean upper) {
    String s = new String(x, StandardCharsets.UTF_8);
    return (upper ? s.toUpperCase(Locale.ROOT) : s.toLowerCase(Locale.ROOT))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] asciiCase(byte[] x, boolean upper) {
    byte[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      boolean letter = upper ? y[i] >= 'a' && y[i] <= 'z' : y[i] >= 'A' && y[i] <= 'Z';
      y[i] = (byte) (letter ? y[i] ^ 0x20 : y[i]);
    }
    return y;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  /// Cuts white space of ASCII off both ends.
  public static byte[] strip(byte[] x) {
    int from = 0;
    int to = x.length;
    while (from < to && isSpace(x[from])) {
      from++;
    }
    while (to > from && isSpace(x[to - 1])) {
      to--;
    }
    return java.util.Arrays.copyOfRange(x, from, to);
  }

  public static void join(Call c) {
    byte[] separator = c.attrs.s("separator").getBytes(StandardCharsets.UTF_8);
    byte[][] y = c.out(0).strings();
    ByteArrayOutputStream b = new ByteArrayOutputStream();
    for (int i = 0; i < y.length; i++) {
      b.reset();
      for (int k = 0; k < c.ins(); k++) {
        if (k > 0) {
          b.writeBytes(separator);
        }
        byte[][] x = c.in(k).strings();
        b.writeBytes(x[c.in(k).rank() == 0 ? 0 : i]);
      }
      y[i] = b.toByteArray();
    }
  }

  /// Joins along axes; the axis named first varies fastest, as if joins were done one axis after
  /// the other.
  public static void reduceJoin(Call c) {
    byte[] separator = c.attrs.s("separator").getBytes(StandardCharsets.UTF_8);
    Shape in = c.shape(0);
    int rank = in.rank();
    int[] axes = c.in(1).toIntArray();
    byte[][] x = c.in(0).strings();
    byte[][] y = c.out(0).strings();
    int[] step = new int[rank];
    int s = 1;
    for (int i = rank - 1; i >= 0; i--) {
      step[i] = s;
      s *= in.dim(i);
    }
    boolean[] folded = new boolean[rank];
    int joined = 1;
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axes[i] < 0 ? axes[i] + rank : axes[i];
      folded[axes[i]] = true;
      joined *= in.dim(axes[i]);
    }
    ByteArrayOutputStream b = new ByteArrayOutputStream();
    for (int o = 0; o < y.length; o++) {
      int base = 0;
      int rest = o;
      for (int i = rank - 1; i >= 0; i--) {
        if (!folded[i]) {
          base += rest % in.dim(i) * step[i];
          rest /= in.dim(i);
        }
      }
      b.reset();
      for (int k = 0; k < joined; k++) {
        int at = base;
        int left = k;
        for (int a : axes) {
          at += left % in.dim(a) * step[a];
          left /= in.dim(a);
        }
        if (k > 0) {
          b.writeBytes(separator);
        }
        b.writeBytes(x[at]);
      }
      y[o] = b.toByteArray();
    }
  }

  /// Takes pieces by position and length; positions below zero count from the end.
  public static void substr(Call c) {
    boolean characters = c.attrs.s("unit").equals("UTF8_CHAR");
    Shape out = c.outSpec(0).shape();
    int[] xi = Positions.of(c.shape(0), out);
    int[] pi = Positions.of(c.shape(1), out);
    byte[][] x = c.in(0).strings();
    long[] pos = c.in(1).toLongArray();
    long[] len = c.in(2).toLongArray();
    byte[][] y = c.out(0).strings();
    for (int i = 0; i < y.length; i++) {
      y[i] = piece(c, x[xi[i]], pos[pi[i]], len[pi[i]], i, characters);
    }
  }

  private static byte[] piece(Call c, byte[] x, long pos, long len, int index, boolean characters) {
    int n = characters ? characters(x) : x.length;
    long from = pos < 0 ? pos + n : pos;
    if (from < 0 || from > n) {
      throw c.fault(
              "pos "
                  + pos
                  + " out of range for string b'"
                  + new String(x, StandardCharsets.UTF_8)
                  + "' at index "
                  + index)
          .expected("a position from " + -n + " to " + n)
          .valueError();
    }
    long to = Math.min(n, from + Math.max(0, len));
    return characters
        ? java.util.Arrays.copyOfRange(x, offset(x, from), offset(x, to))
        : java.util.Arrays.copyOfRange(x, (int) from, (int) to);
  }

  /// Returns where character number `k` begins.
  private static int offset(byte[] x, long k) {
    int i = 0;
    for (long seen = -1; i < x.length; i++) {
      if (begins(x[i]) && ++seen == k) {
        return i;
      }
    }
    return i;
  }
}
