package dev.merapi.suite;

import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Computes digests of element-wise results in a JVM of another kind, to compare with this one's.
public final class Tiers {
  private Tiers() {}

  /// Prints `name digest` lines for all element-wise operations.
  public static void main(String[] args) {
    digests().forEach((op, d) -> System.out.println("digest " + op + " " + d));
  }

  /// Returns a digest for each element-wise operation, or the exception in its place.
  public static Map<String, String> digests() {
    Map<String, String> all = new TreeMap<>();
    for (OpDef op : Registry.all()) {
      if (Widths.asks(op)) {
        String d;
        try {
          d = Long.toHexString(Widths.digest(op));
        } catch (RuntimeException e) {
          d = e.toString().replaceAll("\\s+", " ");
        }
        all.put(op.name(), d);
      }
    }
    return all;
  }

  /// Returns the digests that a JVM with the given flags computes.
  public static Map<String, String> digestsOf(String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of(flags));
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(
        List.of("-Dmerapi.seed=" + Differences.SEED, "-cp", path, Tiers.class.getName()));
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text;
    try (InputStream in = p.getInputStream()) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (p.waitFor() != 0) {
      throw new IllegalStateException("the other JVM failed: " + text);
    }
    Map<String, String> all = new TreeMap<>();
    for (String line : text.split("\\R")) {
      String[] words = line.split(" ", 3);
      if (words.length == 3 && words[0].equals("digest")) {
        all.put(words[1], words[2]);
      }
    }
    return all;
  }
}
