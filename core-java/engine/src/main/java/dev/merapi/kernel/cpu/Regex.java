package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions in the syntax of RE2, matched with Java's.
///
/// What RE2 does not know (look-around, back references, possessive repetition) is refused, so that a pattern means
/// the same in both. RE2 runs in linear time; Java's matcher may go back and try again, so the steps of one match
/// are counted, and a match that takes too many is given up with an error instead of running for hours.
final class Regex {
  /// Characters that one match may look at, for each character of the text, and at least.
  private static final long STEPS_PER_CHARACTER = 10_000;

  private static final long STEPS = 1_000_000;

  private final Call call;
  private final String source;
  private final Pattern pattern;

  private Regex(Call call, String source, Pattern pattern) {
    this.call = call;
    this.source = source;
    this.pattern = pattern;
  }

  /// Reads a pattern.
  ///
  /// Fails: `ValueError` quoting the pattern.
  static Regex of(Call c, String source) {
    try {
      return new Regex(c, source, Pattern.compile(translate(source), Pattern.UNIX_LINES));
    } catch (PatternSyntaxException e) {
      String why = e.getDescription().startsWith("Unclosed group") ? "missing ): " + source : e.getDescription();
      throw c.fault("Invalid pattern: " + source + ", error: " + why)
          .expected("a regular expression in the syntax of RE2")
          .valueError();
    }
  }

  boolean matches(byte[] x) {
    return pattern.matcher(new Counted(text(x, charset(x)))).matches();
  }

  /// Replaces the first or every match; `\1` … `\9` in the rewrite stand for groups, `\0` for the match.
  byte[] replace(byte[] x, String rewrite, boolean every) {
    Charset charset = charset(x);
    String s = text(x, charset);
    Matcher m = pattern.matcher(new Counted(s));
    StringBuilder y = new StringBuilder();
    int from = 0;
    int last = -1;
    while (m.find()) {
      // As in RE2, nothing is found between a match and what follows right behind it.
      if (m.end() > m.start() || m.start() != last) {
        y.append(s, from, m.start());
        expand(rewrite, m, y);
        from = m.end();
        if (!every) {
          break;
        }
      }
      last = m.end();
    }
    return y.append(s, from, s.length()).toString().getBytes(charset);
  }

  private void expand(String rewrite, Matcher m, StringBuilder y) {
    for (int i = 0; i < rewrite.length(); i++) {
      char c = rewrite.charAt(i);
      if (c != '\\') {
        y.append(c);
        continue;
      }
      char next = ++i < rewrite.length() ? rewrite.charAt(i) : ' ';
      if (next == '\\') {
        y.append('\\');
      } else if (next >= '0' && next <= '9' && next - '0' <= m.groupCount()) {
        String group = m.group(next - '0');
        y.append(group == null ? "" : group);
      } else {
        throw call.fault("the rewrite '" + rewrite + "' does not fit the pattern '" + source + "'")
            .expected("\\\\ or \\0 to \\" + Math.min(9, m.groupCount()) + ": the pattern has " + m.groupCount() + " groups")
            .valueError();
      }
    }
  }

  /// Bytes that are no UTF-8 are matched one by one, as RE2 does with Latin-1.
  private static Charset charset(byte[] x) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(x));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  private static String text(byte[] x, Charset charset) {
    return new String(x, charset);
  }

  /// Rewrites what the two syntaxes spell differently; refuses what only Java knows.
  private static String translate(String p) {
    StringBuilder s = new StringBuilder();
    boolean inClass = false;
    boolean lines = p.startsWith("(?") && p.indexOf(')') > 0 && p.substring(2, p.indexOf(')')).matches("[imsU]*m[imsU]*");
    for (int i = 0; i < p.length(); i++) {
      char c = p.charAt(i);
      if (c == '\\') {
        i = escape(p, i, s);
      } else if (inClass) {
        if (c == '[' && p.startsWith("[:", i) && p.indexOf(":]", i) > 0) {
          int end = p.indexOf(":]", i);
          s.append(posix(p.substring(i + 2, end), p, i));
          i = end + 1;
        } else if (c == '[' || c == '&') {
          s.append('\\').append(c);
        } else {
          inClass = c != ']';
          s.append(c);
        }
      } else if (c == '[') {
        inClass = true;
        s.append(c);
        if (p.startsWith("^", i + 1)) {
          s.append('^');
          i++;
        }
        if (p.startsWith("]", i + 1)) {
          // A bracket that comes first is an element, not the end.
          s.append("\\]");
          i++;
        }
      } else if (c == '(' && p.startsWith("(?", i)) {
        i = group(p, i, s);
      } else if (c == '$' && !lines) {
        s.append("\\z");
      } else if (c == '+' && i > 0 && "*+?}".indexOf(p.charAt(i - 1)) >= 0 && !(i > 1 && p.charAt(i - 2) == '\\')) {
        throw new PatternSyntaxException("bad repetition operator: " + p.charAt(i - 1) + "+", p, i);
      } else {
        s.append(c);
      }
    }
    return s.toString();
  }

  private static int escape(String p, int i, StringBuilder s) {
    if (i + 1 == p.length()) {
      throw new PatternSyntaxException("trailing \\", p, i);
    }
    char next = p.charAt(i + 1);
    if (next == 'Q') {
      int end = p.indexOf("\\E", i + 2);
      String literal = p.substring(i + 2, end < 0 ? p.length() : end);
      s.append(Pattern.quote(literal));
      return end < 0 ? p.length() : end + 1;
    }
    if (next == 'v') {
      s.append("\\x0B");
    } else if (next >= '1' && next <= '9' || "GRXZehkHcuNVE".indexOf(next) >= 0) {
      throw new PatternSyntaxException("invalid escape sequence: \\" + next, p, i);
    } else {
      s.append('\\').append(next);
    }
    return i + 1;
  }

  private static int group(String p, int i, StringBuilder s) {
    if (p.startsWith("(?P<", i)) {
      s.append("(?<");
      return i + 3;
    }
    int end = i + 2;
    while (end < p.length() && "imsU-".indexOf(p.charAt(end)) >= 0) {
      end++;
    }
    char stop = end < p.length() ? p.charAt(end) : ' ';
    boolean named = stop == '<' && end == i + 2 && end + 1 < p.length() && Character.isLetter(p.charAt(end + 1));
    if (stop != ':' && stop != ')' && !named || p.substring(i, end).indexOf('U') >= 0) {
      throw new PatternSyntaxException("invalid perl operator: " + p.substring(i, Math.min(p.length(), end + 1)), p, i);
    }
    String flags = p.substring(i + 2, end);
    // RE2 folds case in all of Unicode.
    s.append("(?").append(flags.startsWith("-") ? flags : flags.replace("i", "iu")).append(stop);
    return end;
  }

  private static String posix(String name, String p, int at) {
    boolean not = name.startsWith("^");
    String java =
        switch (not ? name.substring(1) : name) {
          case "alnum" -> "Alnum";
          case "alpha" -> "Alpha";
          case "ascii" -> "ASCII";
          case "blank" -> "Blank";
          case "cntrl" -> "Cntrl";
          case "digit" -> "Digit";
          case "graph" -> "Graph";
          case "lower" -> "Lower";
          case "print" -> "Print";
          case "punct" -> "Punct";
          case "space" -> "Space";
          case "upper" -> "Upper";
          case "xdigit" -> "XDigit";
          case "word" -> "";
          default -> throw new PatternSyntaxException("invalid character class range: [:" + name + ":]", p, at);
        };
    return java.isEmpty() ? (not ? "\\W" : "\\w") : (not ? "\\P{" : "\\p{") + java + "}";
  }

  /// A text that counts how often the matcher looks at it.
  private final class Counted implements CharSequence {
    private final String s;
    private long left;

    Counted(String s) {
      this.s = s;
      this.left = STEPS + STEPS_PER_CHARACTER * s.length();
    }

    @Override
    public char charAt(int i) {
      if (--left < 0) {
        throw call.fault("the pattern '" + source + "' takes too long on a text of " + s.length() + " characters")
            .expected("a pattern without nested repetition such as (a+)+")
            .fix("write it so that each character can be matched in one way only")
            .valueError();
      }
      return s.charAt(i);
    }

    @Override
    public int length() {
      return s.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return s.substring(from, to);
    }

    @Override
    public String toString() {
      return s;
    }
  }
}
