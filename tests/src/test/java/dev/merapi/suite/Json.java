package dev.merapi.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON into maps, lists, strings, `Long`, `Double`, `Boolean` and null; enough for goldens,
/// which are long lines of base64.
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Map<String, Object> object(String line) {
    Json j = new Json(line);
    Map<String, Object> m = j.map();
    j.blank();
    if (j.at != line.length()) {
      throw j.wrong("nothing after the object");
    }
    return m;
  }

  private @Nullable Object value() {
    blank();
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> map();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> map() {
    Map<String, Object> m = new LinkedHashMap<>();
    expect('{');
    if (next('}')) {
      return m;
    }
    do {
      blank();
      String key = string();
      expect(':');
      m.put(key, value());
    } while (next(','));
    expect('}');
    return m;
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> l = new ArrayList<>();
    expect('[');
    if (next(']')) {
      return l;
    }
    do {
      l.add(value());
    } while (next(','));
    expect(']');
    return l;
  }

  private String string() {
    expect('"');
    int end = text.indexOf('"', at);
    int escape = text.indexOf('\\', at);
    if (escape < 0 || escape > end) {
      String s = text.substring(at, end);
      at = end + 1;
      return s;
    }
    StringBuilder s = new StringBuilder();
    for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
      s.append(c == '\\' ? escaped() : c);
    }
    return s.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text, at - 4, at, 16);
      }
      default -> c;
    };
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String s = text.substring(start, at);
    if (s.isEmpty()) {
      throw wrong("a value");
    }
    return s.matches("-?\\d+") ? (Object) Long.valueOf(s) : Double.valueOf(s);
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return value;
  }

  private boolean next(char c) {
    blank();
    if (text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!next(c)) {
      throw wrong("'" + c + "'");
    }
  }

  private void blank() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private IllegalStateException wrong(String expected) {
    return new IllegalStateException(
        "not JSON at "
            + at
            + ": expected "
            + expected
            + ", found "
            + text.substring(Math.min(at, text.length()), Math.min(text.length(), at + 20)));
  }
}
