package dev.merapi.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes `docs/acceptance.md`: each acceptance row, and the tests whose names start with its id.
public final class AcceptancePage {
  private static final Pattern NAME =
      Pattern.compile("\"((?:[A-Z][A-Z0-9]{2}-\\d{2}(?:, | and )?)+)(?!\\d)[^\"\\n]*\"");
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]{2}-\\d{2}");
  private static final Pattern ROW =
      Pattern.compile("^\\| ([A-Z][A-Z0-9]{2}-\\d{2}) \\| (.*?) \\|.*$");

  private AcceptancePage() {}

  /// Returns the ids and capabilities of the rows: from the list beside the repository where there
  /// is one, else from the page itself.
  public static Map<String, String> rows(Path root) throws IOException {
    Path list = root.resolveSibling("shared").resolve("acceptance").resolve("ROWS.md");
    Path source = Files.exists(list) ? list : root.resolve("docs/acceptance.md");
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(source)) {
      Matcher m = ROW.matcher(line);
      if (m.matches()) {
        rows.putIfAbsent(m.group(1), m.group(2));
      }
    }
    return rows;
  }

  /// Returns the tests that name a row: id → `File: name`.
  public static Map<String, List<String>> tests(Path root) throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root.resolve("tests/src/test"))) {
      List<Path> sources =
          files
              .filter(p -> p.toString().endsWith("Spec.kt") || p.toString().endsWith("Test.java"))
              .sorted()
              .toList();
      for (Path p : sources) {
        Matcher m = NAME.matcher(Files.readString(p));
        while (m.find()) {
          String name = m.group().substring(1, m.group().length() - 1);
          Matcher id = ID.matcher(m.group(1));
          while (id.find()) {
            String file = p.getFileName().toString().replaceAll("\\.\\w+$", "");
            found.computeIfAbsent(id.group(), k -> new ArrayList<>()).add(file + ": " + name);
          }
        }
      }
    }
    return found;
  }

  /// Returns ids that tests name but no row has.
  public static List<String> strangers(Path root) throws IOException {
    List<String> ids = new ArrayList<>(tests(root).keySet());
    ids.removeAll(rows(root).keySet());
    return ids;
  }

  /// Returns the whole page.
  public static String text(Path root) throws IOException {
    Map<String, String> rows = rows(root);
    Map<String, List<String>> tests = tests(root);
    StringBuilder s = new StringBuilder("# Acceptance rows\n\n");
    long tested = rows.keySet().stream().filter(tests::containsKey).count();
    s.append(
        "Written by `PagesSpec` from the names of the tests; do not edit. A row is *tested* when a"
            + " test's name starts ");
    s.append("with its id; that the test passes is what the build says. ");
    s.append(
        tested
            + " of "
            + rows.size()
            + " rows are tested.\n\n| group | tested | rows |\n|---|---|---|\n");
    Map<String, int[]> groups = new LinkedHashMap<>();
    rows.keySet()
        .forEach(id -> {
          int[] n = groups.computeIfAbsent(id.substring(0, 3), k -> new int[2]);
          n[0] += tests.containsKey(id) ? 1 : 0;
          n[1]++;
        });
    groups.forEach((g, n) ->
        s.append("| ")
            .append(g)
            .append(" | ")
            .append(n[0])
            .append(" | ")
            .append(n[1])
            .append(" |\n"));
    s.append("\n| row | capability | state | test |\n|---|---|---|---|\n");
    rows.forEach((id, capability) -> {
      List<String> t = tests.get(id);
      s.append("| ").append(id).append(" | ").append(capability).append(" | ");
      s.append(t == null ? "open" : "tested").append(" | ").append(cell(t)).append(" |\n");
    });
    return s.toString();
  }

  private static String cell(@Nullable List<String> tests) {
    return tests == null ? "" : String.join("<br>", tests).replace("|", "\\|");
  }
}
