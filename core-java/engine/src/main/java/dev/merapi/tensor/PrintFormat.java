package dev.merapi.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// Writes values as `tf.print` and `tf.strings.format` do: no decimal point without need, no
/// padding, long axes cut.
public final class PrintFormat {
  private final Tensor tensor;
  private final int[] dims;
  private final int edge;
  private final StringBuilder out = new StringBuilder();

  private PrintFormat(Tensor t, int edge) {
    this.tensor = t;
    this.dims = t.shape().rawDims();
    this.edge = edge;
  }

  /// Returns the text with three items at each edge of an axis: `[0 1 2 ... 7 8 9]`.
  public static String text(Tensor t) {
    return text(t, 3);
  }

  /// Returns the text.
  ///
  /// @param summarize items at each edge of an axis; -1 shows all
  public static String text(Tensor t, int summarize) {
    PrintFormat f = new PrintFormat(t, summarize < 0 ? Integer.MAX_VALUE / 2 : summarize);
    f.write(0, 0);
    Reference.reachabilityFence(t);
    return f.out.toString();
  }

  /// Returns the first elements as TensorFlow 1 writes them, all rows in one line: `[1
  /// 2][3...]...`.
  ///
  /// @param most elements to show; -1 shows all
  public static String brief(Tensor t, int most) {
    PrintFormat f = new PrintFormat(t, 0);
    long limit = most < 0 ? t.size() : Math.min(most, t.size());
    if (f.dims.length == 0) {
      f.briefCell(0);
    } else {
      f.brief(0, 0, limit);
    }
    Reference.reachabilityFence(t);
    return f.out.append(t.size() > limit ? "..." : "").toString();
  }

  /// Writes elements of one row from the `at`-th of all on; returns where it stopped.
  private long brief(int axis, long at, long limit) {
    if (at >= limit) {
      return at;
    }
    long next = at;
    boolean last = axis == dims.length - 1;
    for (int i = 0; i < dims[axis]; i++) {
      if (next >= limit) {
        out.append(last && axis > 0 ? "..." : "");
        return next;
      }
      if (last) {
        out.append(i > 0 ? " " : "");
        briefCell(next++);
      } else {
        out.append('[');
        next = brief(axis + 1, next, limit);
        out.append(']');
      }
    }
    return next;
  }

  /// Strings stand without quotes.
  private void briefCell(long i) {
    if (tensor.dtype() == DType.STRING) {
      out.append(escaped(tensor.strings()[(int) i]));
    } else {
      cell(i);
    }
  }

  /// Returns the text with every `placeholder` replaced by the next value.
  ///
  /// Fails: `ValueError` when there are more or fewer places than values.
  public static String template(
      String template, String placeholder, int summarize, Tensor... values) {
    StringBuilder s = new StringBuilder();
    int from = 0;
    int used = 0;
    for (int at;
        (at = template.indexOf(placeholder, from)) >= 0;
        from = at + placeholder.length()) {
      if (used < values.length) {
        s.append(template, from, at).append(text(values[used], summarize));
      }
      used++;
    }
    if (used != values.length) {
      throw dev.merapi.say.Message.what(
              "the template has " + used + " places for " + values.length + " values")
          .given("'" + template + "'")
          .expected("one '" + placeholder + "' for each value")
          .valueError();
    }
    return s.append(template, from, template.length()).toString();
  }

  private void write(int axis, long base) {
    if (axis == dims.length) {
      cell(base);
      return;
    }
    int d = dims[axis];
    String between =
        axis == dims.length - 1 ? " " : "\n".repeat(dims.length - 1 - axis) + " ".repeat(axis + 1);
    out.append('[');
    for (int i = 0; i < d; i++) {
      out.append(i == 0 ? "" : between);
      if (d > 2 * (long) edge && i == edge) {
        out.append("...").append(between);
        i = d - edge;
        if (i == d) {
          break;
        }
      }
      write(axis + 1, base * d + i);
    }
    out.append(']');
  }

  private void cell(long i) {
    DType d = tensor.dtype();
    if (d == DType.STRING) {
      out.append('"').append(escaped(tensor.strings()[(int) i])).append('"');
      return;
    }
    if (d.isHandle()) {
      out.append(tensor.handles()[(int) i]);
      return;
    }
    MemorySegment s = tensor.segment();
    switch (d) {
      case U64 -> out.append(Long.toUnsignedString(Elements.longAt(s, d, i)));
      case F64 -> out.append(wide(Elements.doubleAt(s, d, i)));
      case F16, BF16, F32 -> out.append(narrow((float) Elements.doubleAt(s, d, i)));
      case C64 ->
          pair(
              narrow((float) Elements.doubleAt(s, d, i)),
              narrow((float) Elements.imaginaryAt(s, d, i)));
      case C128 -> pair(wide(Elements.doubleAt(s, d, i)), wide(Elements.imaginaryAt(s, d, i)));
      default -> out.append(Elements.longAt(s, d, i));
    }
  }

  /// TensorFlow itself writes `?` for complex numbers; this is C++'s own spelling of them.
  private void pair(String re, String im) {
    out.append('(').append(re).append(',').append(im).append(')');
  }

  /// Six digits if they read back as the same float, else nine.
  static String narrow(float x) {
    String s = Digits.general(x, 6);
    return Float.isNaN(x) || Float.isInfinite(x) || Float.parseFloat(s) == x
        ? s
        : Digits.general(x, 9);
  }

  /// Fifteen digits if they read back as the same double, else seventeen.
  static String wide(double x) {
    String s = Digits.general(x, 15);
    return Double.isNaN(x) || Double.isInfinite(x) || Double.parseDouble(s) == x
        ? s
        : Digits.general(x, 17);
  }

  /// Escapes as C does, but leaves UTF-8 as it is.
  private static String escaped(byte[] x) {
    StringBuilder s = new StringBuilder();
    String text = new String(x, java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> s.append("\\n");
        case '\r' -> s.append("\\r");
        case '\t' -> s.append("\\t");
        case '"', '\'', '\\' -> s.append('\\').append(c);
        default -> {
          if (c < 0x20 || c == 0x7f) {
            s.append(String.format("\\%03o", (int) c));
          } else {
            s.append(c);
          }
        }
      }
    }
    return s.toString();
  }
}
