package dev.merapi.function.autograph;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the lines of a source file at which inlined code was called: Kotlin gives inlined code line
/// numbers behind the end of the file and says in the attribute SourceDebugExtension (JSR 45) where it
/// came from.
final class Lines {
  /// `called[#file][,count]:first[,step]`
  private static final Pattern RANGE = Pattern.compile("(\\d+)(?:#\\d+)?(?:,(\\d+))?:(\\d+)(?:,(\\d+))?");

  private record Range(int last, int called) {}

  private final Map<Integer, Range> ranges = new TreeMap<>();

  Lines(ClassModel model) {
    String all =
        model
            .findAttribute(Attributes.sourceDebugExtension())
            .map(a -> new String(a.contents(), StandardCharsets.UTF_8))
            .orElse("");
    int at = all.indexOf("*S KotlinDebug\n");
    int lines = at < 0 ? -1 : all.indexOf("*L\n", at);
    if (lines < 0) {
      return;
    }
    for (String line : all.substring(lines + 3).split("\n")) {
      Matcher m = RANGE.matcher(line);
      if (!m.matches()) {
        break;
      }
      int first = Integer.parseInt(m.group(3));
      int count = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
      int step = m.group(4) == null ? 1 : Integer.parseInt(m.group(4));
      ranges.put(first, new Range(first + count * step - 1, Integer.parseInt(m.group(1))));
    }
  }

  /// Returns the line of the source file that a line number stands for.
  int called(int line) {
    for (Map.Entry<Integer, Range> e : ranges.entrySet()) {
      if (e.getKey() <= line && line <= e.getValue().last()) {
        return e.getValue().called();
      }
    }
    return line;
  }
}
