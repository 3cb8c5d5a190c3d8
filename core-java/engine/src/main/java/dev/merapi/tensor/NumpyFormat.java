package dev.merapi.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Writes tensors as Python shows them: NumPy's `str` and `repr` of arrays, TensorFlow's of tensors
/// and variables.
///
/// Widths, line breaks and the choice of exponents are NumPy 2.4's (75 columns, 8 digits, three
/// items at each edge of arrays above 1000 elements). Single numbers are shown bare (`numpy=5.1`),
/// and int32 counts as the usual integer, so that `array([1, 2])` names no type.
public final class NumpyFormat {
  private static final int LINE = 75;
  private static final int THRESHOLD = 1000;
  private static final int EDGE = 3;

  private final Tensor tensor;
  private final int[] dims;
  private final String separator;
  private final boolean summary;
  private @Nullable LongFunction<String> cell;

  private NumpyFormat(Tensor t, String separator) {
    this.tensor = t;
    this.dims = t.shape().rawDims();
    this.separator = separator;
    this.summary = t.size() > THRESHOLD;
  }

  /// Returns the elements as NumPy's `str(array)`; a single element bare: `0`, `0.5`, `b'text'`.
  public static String str(Tensor t) {
    if (t.isSymbolic()) {
      return symbolStr(t);
    }
    if (t.rank() == 0) {
      return scalar(t);
    }
    return new NumpyFormat(t, " ").text(LINE, " ");
  }

  /// Returns NumPy's `repr(array)`; a single element bare.
  public static String repr(Tensor t) {
    if (t.rank() == 0) {
      return scalar(t);
    }
    String list = new NumpyFormat(t, ", ").text(LINE - 1, "       ");
    StringBuilder extras = new StringBuilder();
    boolean empty = t.size() == 0;
    if (empty && t.rank() > 1 || t.size() > THRESHOLD) {
      extras.append("shape=").append(t.shape()).append(", ");
    }
    if (empty || !implied(t.dtype())) {
      extras.append("dtype=").append(t.dtype() == DType.STRING ? "object" : t.dtype()).append(", ");
    }
    if (extras.isEmpty()) {
      return "array(" + list + ")";
    }
    String extra = extras.replace(extras.length() - 2, extras.length(), ")").toString();
    String head = "array(" + list + ",";
    int last = head.length() - (head.lastIndexOf('\n') + 1);
    return head + (last + extra.length() + 1 > LINE ? "\n      " : " ") + extra;
  }

  private static boolean implied(DType d) {
    return d == DType.I32 || d == DType.I64 || d == DType.F64 || d == DType.BOOL || d == DType.C128;
  }

  /// Returns what TensorFlow prints inside a trace: `Tensor("x:0", shape=(), dtype=int32)`.
  private static String symbolStr(Tensor t) {
    return "Tensor(\""
        + t.storage().symbol()
        + "\", shape="
        + t.shape()
        + ", dtype="
        + t.dtype()
        + ")";
  }

  /// Returns TensorFlow's `str(tensor)`: `tf.Tensor([1 2 3], shape=(3,), dtype=int32)`.
  public static String tensorStr(Tensor t) {
    if (t.isSymbolic()) {
      return symbolStr(t);
    }
    return "tf.Tensor(" + broken(str(t)) + ", shape=" + t.shape() + ", dtype=" + t.dtype() + ")";
  }

  /// Returns TensorFlow's `repr(tensor)`: `<tf.Tensor: shape=(), dtype=float32, numpy=5.1>`.
  public static String tensorRepr(Tensor t) {
    if (t.isSymbolic()) {
      return "<tf.Tensor '"
          + t.storage().symbol()
          + "' shape="
          + t.shape()
          + " dtype="
          + t.dtype()
          + ">";
    }
    return "<tf.Tensor: shape="
        + t.shape()
        + ", dtype="
        + t.dtype()
        + (t.dtype().isHandle() ? ", value=" + str(t) : ", numpy=" + broken(repr(t)))
        + ">";
  }

  /// Returns TensorFlow's `repr(variable)`; `name` comes without `:0`.
  public static String variableRepr(String name, Tensor t) {
    return "<tf.Variable '"
        + name
        + ":0' shape="
        + t.shape()
        + " dtype="
        + t.dtype()
        + ", numpy="
        + broken(repr(t))
        + ">";
  }

  private static String broken(String text) {
    return text.indexOf('\n') < 0 ? text : "\n" + text;
  }

  private static String scalar(Tensor t) {
    DType d = t.dtype();
    if (d == DType.STRING) {
      return bytes(t.strings()[0]);
    }
    if (d.isHandle()) {
      return String.valueOf(t.handles()[0]);
    }
    MemorySegment s = t.segment();
    try {
      return switch (d.kind()) {
        case BOOL -> Elements.longAt(s, d, 0) != 0 ? "True" : "False";
        case INT, UINT -> integer(s, d, 0);
        case COMPLEX ->
            complex(Elements.doubleAt(s, d, 0), Elements.imaginaryAt(s, d, 0), d.real());
        default -> number(Elements.doubleAt(s, d, 0), d, false);
      };
    } finally {
      Reference.reachabilityFence(t);
    }
  }

  private static String integer(MemorySegment s, DType d, long i) {
    long x = Elements.longAt(s, d, i);
    return d == DType.U64 ? Long.toUnsignedString(x) : Long.toString(x);
  }

  /// Returns a single number: `1.0`, `2.5`, `1e+16`.
  private static String number(double x, DType d, boolean plus) {
    if (d == DType.BF16) {
      // bfloat16 comes from another package than NumPy's own types and prints six digits.
      return Digits.general(x, 6);
    }
    String s = part(x, d, plus);
    return s.endsWith(".") ? s + "0" : s;
  }

  private static String part(double x, DType d, boolean plus) {
    if (Double.isNaN(x)) {
      return plus ? "+nan" : "nan";
    }
    if (Double.isInfinite(x)) {
      return x < 0 ? "-inf" : plus ? "+inf" : "inf";
    }
    double a = Math.abs(x);
    double limit = d == DType.F64 ? 1e16 : d == DType.F32 ? 1e6 : 1e3;
    if (a == 0 || a < limit && a >= 1e-4) {
      return Digits.of(x, d).positional(-1, plus);
    }
    return Digits.of(x, d).scientific(-1, plus).replace(".e", "e");
  }

  private static String complex(double re, double im, DType d) {
    boolean alone = re == 0 && Double.doubleToRawLongBits(re) == 0;
    String i = bare(part(im, d, !alone)) + "j";
    return alone ? i : "(" + bare(part(re, d, false)) + i + ")";
  }

  private static String bare(String s) {
    return s.endsWith(".") ? s.substring(0, s.length() - 1) : s;
  }

  /// Returns Python's spelling of bytes: `b'hello\xff'`.
  public static String bytes(byte[] x) {
    boolean single = false;
    boolean twice = false;
    for (byte b : x) {
      single |= b == '\'';
      twice |= b == '"';
    }
    char quote = single && !twice ? '"' : '\'';
    StringBuilder s = new StringBuilder(x.length + 3).append('b').append(quote);
    for (byte b : x) {
      int c = b & 0xff;
      switch (c) {
        case '\\' -> s.append("\\\\");
        case '\n' -> s.append("\\n");
        case '\r' -> s.append("\\r");
        case '\t' -> s.append("\\t");
        default -> {
          if (c == quote) {
            s.append('\\').append(quote);
          } else if (c < 0x20 || c >= 0x7f) {
            s.append("\\x")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          } else {
            s.append((char) c);
          }
        }
      }
    }
    return s.append(quote).toString();
  }

  private String text(int width, String indent) {
    if (tensor.size() == 0) {
      return "[]";
    }
    cell = cells();
    try {
      return list(0, 0, indent, width);
    } finally {
      Reference.reachabilityFence(tensor);
    }
  }

  /// Returns the positions of all elements that are shown.
  private long[] shown() {
    long n = 1;
    for (int d : dims) {
      n *= summary && d > 2 * EDGE ? 2 * EDGE : d;
    }
    long[] all = new long[(int) n];
    fill(all, 0, 0, 0);
    return all;
  }

  private int fill(long[] all, int at, int axis, long base) {
    if (axis == dims.length) {
      all[at] = base;
      return at + 1;
    }
    int d = dims[axis];
    boolean cut = summary && d > 2 * EDGE;
    int next = at;
    for (int i = 0; i < d; i++) {
      if (cut && i == EDGE) {
        i = d - EDGE;
      }
      next = fill(all, next, axis + 1, base * d + i);
    }
    return next;
  }

  private LongFunction<String> cells() {
    DType d = tensor.dtype();
    if (d == DType.STRING) {
      byte[][] strings = tensor.strings();
      return i -> bytes(strings[(int) i]);
    }
    if (d.isHandle()) {
      Object[] handles = tensor.handles();
      return i -> String.valueOf(handles[(int) i]);
    }
    MemorySegment s = tensor.segment();
    if (d == DType.BF16) {
      return i -> Digits.general(Elements.doubleAt(s, d, i), 6);
    }
    if (d == DType.BOOL) {
      return i -> Elements.longAt(s, d, i) != 0 ? " True" : "False";
    }
    long[] shown = shown();
    if (d.isInteger()) {
      int width = 0;
      for (long i : shown) {
        width = Math.max(width, integer(s, d, i).length());
      }
      int w = width;
      return i -> FloatColumn.padLeft(integer(s, d, i), w);
    }
    double[] re = new double[shown.length];
    for (int i = 0; i < re.length; i++) {
      re[i] = Elements.doubleAt(s, d, shown[i]);
    }
    FloatColumn real = new FloatColumn(re, d.real(), false);
    if (!d.isComplex()) {
      return i -> real.format(Elements.doubleAt(s, d, i));
    }
    for (int i = 0; i < re.length; i++) {
      re[i] = Elements.imaginaryAt(s, d, shown[i]);
    }
    FloatColumn imaginary = new FloatColumn(re, d.real(), true);
    return i -> {
      String im = imaginary.format(Elements.imaginaryAt(s, d, i));
      String tight = im.stripTrailing();
      return real.format(Elements.doubleAt(s, d, i)) + tight + "j" + im.substring(tight.length());
    };
  }

  /// Writes the list at `axis` whose elements start at `base` (counted in lists of this axis).
  private String list(int axis, long base, String indent, int width) {
    int d = dims[axis];
    boolean cut = summary && d > 2 * EDGE;
    StringBuilder s = new StringBuilder();
    if (axis == dims.length - 1) {
      row(s, base, indent, width, cut);
    } else {
      String between = separator.stripTrailing() + "\n".repeat(dims.length - 1 - axis);
      for (int i = 0; i < d; i++) {
        if (cut && i == EDGE) {
          s.append(indent).append("...").append(between);
          i = d - EDGE;
        }
        s.append(indent).append(list(axis + 1, base * d + i, indent + " ", width - 1));
        s.append(i == d - 1 ? "" : between);
      }
    }
    return "[" + s.substring(indent.length()) + "]";
  }

  private void row(StringBuilder s, long base, String indent, int width, boolean cut) {
    int d = dims[dims.length - 1];
    // The separator or the closing bracket still has to fit behind the last word.
    int room = width - 1;
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < d; i++) {
      if (cut && i == EDGE) {
        word(s, line, "...", room, indent);
        line.append(separator);
        i = d - EDGE;
      }
      word(s, line, java.util.Objects.requireNonNull(cell).apply(base * d + i), room, indent);
      if (i < d - 1) {
        line.append(separator);
      }
    }
    s.append(line);
  }

  private static void word(
      StringBuilder s, StringBuilder line, String word, int room, String indent) {
    if (line.length() + word.length() > room && line.length() > indent.length()) {
      s.append(line.toString().stripTrailing()).append('\n');
      line.setLength(0);
      line.append(indent);
    }
    line.append(word);
  }
}
