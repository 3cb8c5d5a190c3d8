package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions in the syntax of RE2, matched with Java's.
///
/// What RE2 does not know (look-around, back references, possessive repetition) is refused, so that
/// a pattern means the same in both. RE2 runs in linear time; Java's matcher may go back and try
/// again, so the steps of one match are counted, and a match that takes too many is given up with
/// an error instead of running for hours.
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
      return new Regex(
          c, source, Pattern.compile(new Translation(source).run(), Pattern.UNIX_LINES));
    } catch (PatternSyntaxException e) {
      String why =
          e.getDescription().startsWith("Unclosed group")
              ? "missing ): " + source
              : e.getDescription();
      throw c.fault("Invalid pattern: " + source + ", error: " + why)
          .expected("a regular expression in the syntax of RE2")
          .valueError();
    }
  }

  boolean matches(byte[] x) {
    String s = text(x, charset(x));
    try {
      return pattern.matcher(new Counted(s)).matches();
    } catch (StackOverflowError e) {
      throw tooMuch("needs too deep a stack", s.length());
    }
  }

  /// Replaces the first or every match; `\1` … `\9` in the rewrite stand for groups, `\0` for the
  /// match.
  byte[] replace(byte[] x, String rewrite, boolean every) {
    Charset charset = charset(x);
    String s = text(x, charset);
    Matcher m = pattern.matcher(new Counted(s));
    StringBuilder y = new StringBuilder();
    int from = 0;
    int last = -1;
    while (find(m, s.length())) {
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

  private boolean find(Matcher m, int length) {
    try {
      return m.find();
    } catch (StackOverflowError e) {
      throw tooMuch("needs too deep a stack", length);
    }
  }

  /// Java goes one step deeper for every repetition of a group.
  private RuntimeException tooMuch(String why, int length) {
    return call.fault(
            "the pattern '" + source + "' " + why + " on a text of " + length + " characters")
        .expected("a pattern without nested repetition such as (a|b)* or a*a*a*b")
        .fix("use a class instead of a group, as in [ab]*, or shorter texts")
        .valueError();
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
            .expected(
                "\\\\ or \\0 to \\"
                    + Math.min(9, m.groupCount())
                    + ": the pattern has "
                    + m.groupCount()
                    + " groups")
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
  private static final class Translation {
    private final String p;
    private final StringBuilder s = new StringBuilder();

    /// Whether `^` and `$` stand for lines here, and in the groups around.
    private boolean lines;

    private final Deque<Boolean> outer = new ArrayDeque<>();

    Translation(String pattern) {
      p = pattern;
    }

    String run() {
      int i = 0;
      while (i < p.length()) {
        char c = p.charAt(i);
        switch (c) {
          case '\\' -> i = escape(i);
          case '[' -> i = characters(i);
          case '(' -> i = group(i);
          case ')' -> {
            lines = outer.isEmpty() ? lines : outer.pop();
            s.append(c);
            i++;
          }
          case '^' -> {
            // Java finds no line after a line break at the end of the text.
            s.append(lines ? "(?<![^\n])" : "^");
            i++;
          }
          case '$' -> {
            s.append(lines ? "$" : "\\z");
            i++;
          }
          case '{' -> {
            s.append(isRepetition(i) ? "{" : "\\{");
            i++;
          }
          case '+' -> {
            if (i > 0
                && "*+?".indexOf(p.charAt(i - 1)) >= 0
                && !(i > 1 && p.charAt(i - 2) == '\\')) {
              throw new PatternSyntaxException(
                  "bad repetition operator: " + p.charAt(i - 1) + "+", p, i);
            }
            s.append(c);
            i++;
          }
          default -> {
            s.append(c);
            i++;
          }
        }
      }
      return s.toString();
    }

    /// Braces that hold no numbers mean themselves.
    private boolean isRepetition(int i) {
      int end = p.indexOf('}', i);
      return end > 0 && p.substring(i + 1, end).matches("[0-9]+(,[0-9]*)?");
    }

    private int characters(int from) {
      int i = from + 1;
      s.append('[');
      if (p.startsWith("^", i)) {
        s.append('^');
        i++;
      }
      if (p.startsWith("]", i)) {
        // A bracket that comes first is an element, not the end.
        s.append("\\]");
        i++;
      }
      while (i < p.length()) {
        char c = p.charAt(i);
        if (c == ']') {
          s.append(c);
          return i + 1;
        }
        if (c == '\\') {
          i = escape(i);
        } else if (p.startsWith("[:", i) && p.indexOf(":]", i) > 0) {
          int end = p.indexOf(":]", i);
          s.append(posix(p.substring(i + 2, end), p, i));
          i = end + 2;
        } else {
          s.append(c == '[' || c == '&' ? "\\" : "").append(c);
          i++;
        }
      }
      throw new PatternSyntaxException("missing ]: " + p.substring(from), p, from);
    }

    private int escape(int i) {
      if (i + 1 == p.length()) {
        throw new PatternSyntaxException("trailing \\", p, i);
      }
      char next = p.charAt(i + 1);
      if (next == 'Q') {
        int end = p.indexOf("\\E", i + 2);
        s.append(Pattern.quote(p.substring(i + 2, end < 0 ? p.length() : end)));
        return end < 0 ? p.length() : end + 2;
      }
      if (next == 'v') {
        s.append("\\x0B");
      } else if (next >= '1' && next <= '9' || "CGRXZehkHcuNVE".indexOf(next) >= 0) {
        throw new PatternSyntaxException("invalid escape sequence: \\" + next, p, i);
      } else if ((next == 'p' || next == 'P')
          && p.startsWith("{", i + 2)
          && p.indexOf('}', i) > 0) {
        int end = p.indexOf('}', i);
        String name = p.substring(i + 3, end);
        // Names longer than a category's two letters are scripts, which Java wants marked.
        s.append('\\')
            .append(next)
            .append('{')
            .append(name.length() > 2 ? "Is" : "")
            .append(name)
            .append('}');
        return end + 1;
      } else {
        s.append('\\').append(next);
      }
      return i + 2;
    }

    private int group(int i) {
      outer.push(lines);
      if (!p.startsWith("(?", i)) {
        s.append('(');
        return i + 1;
      }
      if (p.startsWith("(?P<", i)) {
        s.append("(?<");
        return i + 4;
      }
      int end = i + 2;
      while (end < p.length() && "imsU-".indexOf(p.charAt(end)) >= 0) {
        end++;
      }
      String flags = p.substring(i + 2, end);
      char stop = end < p.length() ? p.charAt(end) : ' ';
      boolean named =
          stop == '<'
              && flags.isEmpty()
              && end + 1 < p.length()
              && Character.isLetter(p.charAt(end + 1));
      if (stop != ':' && stop != ')' && !named || flags.indexOf('U') >= 0) {
        String shown = p.substring(i, Math.min(p.length(), end + 1));
        throw new PatternSyntaxException("invalid perl operator: " + shown, p, i);
      }
      int off = flags.indexOf('-');
      int m = flags.indexOf('m');
      lines = m >= 0 ? off < 0 || m < off : lines;
      if (stop == ')') {
        // Flags hold until the end of the group around them.
        outer.pop();
      }
      int fold = flags.indexOf('i');
      // RE2 folds case in all of Unicode.
      s.append("(?")
          .append(fold >= 0 && (off < 0 || fold < off) ? "u" : "")
          .append(flags)
          .append(stop);
      return end + 1;
    }
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
          default ->
              throw new PatternSyntaxException(
                  "invalid character class range: [:" + name + ":]", p, at);
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
        throw tooMuch("takes too long", s.length());
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
