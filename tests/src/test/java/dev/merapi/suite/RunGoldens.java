package dev.merapi.suite;

import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Checks declared operations from the command line: `RunGoldens [regular expression of names]
/// [--all] [--ask=regular expression of questions]`.
///
/// Prints one line an operation and its first failure; with `--all` every failure. The questions
/// are those of [Suite.Check].
public final class RunGoldens {
  private RunGoldens() {}

  /// What one operation was asked and what went wrong.
  ///
  /// @param asked number of questions
  record Result(String check, int asked, List<String> failures) {}

  public static void main(String[] args) {
    Pattern names = Pattern.compile(args.length > 0 && !args[0].startsWith("--") ? args[0] : ".*");
    boolean everything = List.of(args).contains("--all");
    Pattern asked =
        Pattern.compile(
            List.of(args).stream()
                .filter(a -> a.startsWith("--ask="))
                .map(a -> a.substring("--ask=".length()))
                .findFirst()
                .orElse(".*"));
    int ops = 0;
    int bad = 0;
    int cases = 0;
    int wrong = 0;
    List<String> bare = new ArrayList<>();
    for (OpDef op : Registry.all()) {
      if (!names.matcher(op.name()).matches()) {
        continue;
      }
      ops++;
      if (Goldens.of(op.name()).isEmpty()) {
        bare.add(op.name());
      }
      List<Result> results = Suite.of(op, asked);
      StringBuilder line = new StringBuilder();
      List<String> failures = new ArrayList<>();
      for (Result r : results) {
        cases += r.asked();
        wrong += r.failures().size();
        line.append(
            String.format(" %s %d/%d", r.check(), r.asked() - r.failures().size(), r.asked()));
        r.failures().forEach(f -> failures.add(r.check() + " " + f));
      }
      System.out.printf("%s %-28s%s%n", failures.isEmpty() ? "ok  " : "FAIL", op.name(), line);
      if (!failures.isEmpty()) {
        bad++;
        for (String f : everything ? failures : failures.subList(0, 1)) {
          System.out.println("    " + f);
        }
      }
    }
    if (!bare.isEmpty()) {
      System.out.println("without goldens: " + String.join(" ", bare));
    }
    List<String> missing = new ArrayList<>(Goldens.all().keySet());
    missing.removeIf(n -> n.startsWith("tf.") || Registry.has(n) || !names.matcher(n).matches());
    System.out.println(
        "goldens without an operation here: " + missing.size() + " " + String.join(" ", missing));
    System.out.printf(
        "%d operations, %d with failures; %d questions, %d failed%n", ops, bad, cases, wrong);
    if (bad > 0 || ops == 0) {
      System.exit(1);
    }
  }
}
