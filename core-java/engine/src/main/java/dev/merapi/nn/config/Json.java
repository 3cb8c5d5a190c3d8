package dev.merapi.nn.config;

import dev.merapi.say.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Configurations as JSON, spelled as Python's `json.dumps` spells them.
///
/// The engine has no libraries below it, so this small reader and writer is its own. The reader
/// takes any text for hostile: depth and length are bounded, numbers must be numbers.
public final class Json {
  private static final int DEEPEST = 200;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /// Returns maps, lists, texts, `Long`, `Double`, `Boolean` and null as one line.
  public static String write(@Nullable Object value) {
    StringBuilder s = new StringBuilder();
    write(s, value);
    return s.toString();
  }

  private static void write(StringBuilder s, @Nullable Object value) {
    switch (value) {
      case null -> s.append("null");
      case Boolean b -> s.append(b);
      case String t -> quote(s, t);
      case Double d -> s.append(number(d));
      case Float f -> s.append(number(Double.parseDouble(f.toString())));
      case Number n -> s.append(n.longValue());
      case Map<?, ?> m -> {
        s.append('{');
        String between = "";
        for (Map.Entry<?, ?> e : m.entrySet()) {
          s.append(between);
          quote(s, String.valueOf(e.getKey()));
          s.append(": ");
          write(s, e.getValue());
          between = ", ";
        }
        s.append('}');
      }
      default -> {
        s.append('[');
        String between = "";
        for (Object o : Kinds.items(value)) {
          s.append(between);
          write(s, o);
          between = ", ";
        }
        s.append(']');
      }
    }
  }

  /// Returns a number as Python prints it: `0.001`, `1e-07`, `2.0`.
  static String number(double d) {
    if (Double.isNaN(d)) {
      return "NaN";
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? "Infinity" : "-Infinity";
    }
    double size = Math.abs(d);
    if (d == 0 || size >= 1e-4 && size < 1e16) {
      String plain = new java.math.BigDecimal(Double.toString(d)).toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String[] parts = Double.toString(d).split("E", 2);
    String digits =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    int exponent = Integer.parseInt(parts[1]);
    return String.format(
        Locale.ROOT, "%se%s%02d", digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static void quote(StringBuilder s, String t) {
    s.append('"');
    for (int i = 0; i < t.length(); i++) {
      char c = t.charAt(i);
      switch (c) {
        case '"' -> s.append("\\\"");
        case '\\' -> s.append("\\\\");
        case '\n' -> s.append("\\n");
        case '\r' -> s.append("\\r");
        case '\t' -> s.append("\\t");
        default -> {
          if (c < 32 || c > 126) {
            s.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            s.append(c);
          }
        }
      }
    }
    s.append('"');
  }

  /// Reads one JSON value and nothing after it.
  ///
  /// Fails: `ValueError` naming the place where the text is no JSON.
  public static @Nullable Object read(String text) {
    Json j = new Json(text);
    Object value = j.value(0);
    j.blank();
    if (j.at != text.length()) {
      throw j.wrong("the end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong("at most " + DEEPEST + " lists and objects inside each other");
    }
    blank();
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      case 'N' -> word("NaN", Double.NaN);
      case 'I' -> word("Infinity", Double.POSITIVE_INFINITY);
      default -> numberAt();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> m = new LinkedHashMap<>();
    at++;
    if (next('}')) {
      return m;
    }
    do {
      blank();
      if (peek() != '"') {
        throw wrong("a name in quotes");
      }
      String key = string();
      if (!next(':')) {
        throw wrong("':'");
      }
      m.put(key, value(depth + 1));
    } while (next(','));
    if (!next('}')) {
      throw wrong("',' or '}'");
    }
    return m;
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> l = new ArrayList<>();
    at++;
    if (next(']')) {
      return l;
    }
    do {
      l.add(value(depth + 1));
    } while (next(','));
    if (!next(']')) {
      throw wrong("',' or ']'");
    }
    return l;
  }

  private String string() {
    StringBuilder s = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return s.toString();
      }
      s.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> c;
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(peek(), 16);
          if (digit < 0) {
            throw wrong("four hexadecimal digits");
          }
          code = 16 * code + digit;
          at++;
        }
        yield (char) code;
      }
      default -> throw wrong("an escape that JSON knows");
    };
  }

  private Object numberAt() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String n = text.substring(from, at);
    try {
      if (n.equals("-") && text.startsWith("Infinity", at)) {
        at += "Infinity".length();
        return Double.NEGATIVE_INFINITY;
      }
      return n.matches("-?\\d{1,18}") ? (Object) Long.valueOf(n) : (Object) Double.valueOf(n);
    } catch (NumberFormatException e) {
      at = from;
      throw wrong("a value");
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("a value");
    }
    at += word.length();
    return value;
  }

  private boolean next(char c) {
    blank();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more text");
    }
    return text.charAt(at);
  }

  private RuntimeException wrong(String expected) {
    String near = text.substring(Math.min(at, text.length()), Math.min(text.length(), at + 30));
    return Message.what("this text is no JSON from character " + at + " on")
        .given(near.isEmpty() ? "the end of the text" : "'" + near + "'")
        .expected(expected)
        .valueError();
  }
}
