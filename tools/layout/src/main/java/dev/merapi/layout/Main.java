package dev.merapi.layout;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Checks that every hand-written source is laid out by the formatter, or lays it out.
///
/// Arguments: `check` or `write`, and the repository's root. Java goes to google-java-format,
/// Kotlin to ktlint; generated sources are left alone.
public final class Main {
  private static final String REPAIR = "./mvnw -q -Dlayout=write -pl tools/layout verify";

  private final boolean write;
  private final Path root;
  private final List<Path> java = new ArrayList<>();
  private final List<Path> kotlin = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private Main(boolean write, Path root) {
    this.write = write;
    this.root = root;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 2 || !List.of("check", "write").contains(args[0])) {
      System.err.println(
          "layout: give 'check' or 'write' and the repository's root, not " + List.of(args));
      System.exit(2);
    }
    System.exit(new Main(args[0].equals("write"), Path.of(args[1])).run());
  }

  private int run() throws IOException, InterruptedException {
    find();
    layOutJava();
    boolean kotlinIsFine = layOutKotlin();
    for (String complaint : complaints) {
      System.err.println(complaint);
    }
    if (complaints.isEmpty() && kotlinIsFine) {
      return 0;
    }
    System.err.println(
        write
            ? "layout: the formatter cannot repair the lines above; please do it by hand."
            : "layout: the sources above are not laid out as the formatter does. To repair: "
                + REPAIR);
    return 1;
  }

  private void find() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean foreign =
                name.equals("target")
                    || name.equals("out")
                    || (name.startsWith(".") && !folder.equals(root))
                    || folder.endsWith("src/generated");
            return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (name.endsWith(".java")) {
              java.add(file);
            } else if (name.endsWith(".kt") || name.endsWith(".kts")) {
              kotlin.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void layOutJava() throws IOException {
    Formatter formatter = new Formatter();
    for (Path file : java) {
      String source = Files.readString(file);
      try {
        String laidOut = formatter.formatSourceAndFixImports(source);
        if (laidOut.equals(source)) {
          continue;
        }
        if (write) {
          Files.writeString(file, laidOut);
        } else {
          complaints.add(root.relativize(file) + ":" + firstDifference(source, laidOut));
        }
      } catch (FormatterException e) {
        e.diagnostics().forEach(it -> complaints.add(root.relativize(file) + ":" + it));
      }
    }
  }

  private static String firstDifference(String given, String expected) {
    List<String> lines = given.lines().toList();
    List<String> wanted = expected.lines().toList();
    int at = 0;
    while (at < lines.size() && at < wanted.size() && lines.get(at).equals(wanted.get(at))) {
      at++;
    }
    String line = at < wanted.size() ? "'" + wanted.get(at).strip() + "'" : "the end of the file";
    return (at + 1) + ": expected " + line;
  }

  /// Runs ktlint in a process of its own: its entry point ends the process it is in.
  private boolean layOutKotlin() throws IOException, InterruptedException {
    if (kotlin.isEmpty()) {
      return true;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("com.pinterest.ktlint.Main", "--relative", "--log-level=error"));
    if (write) {
      command.add("--format");
    }
    kotlin.forEach(
        it -> command.add(root.relativize(it).toString().replace(File.separatorChar, '/')));
    return new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor() == 0;
  }
}
