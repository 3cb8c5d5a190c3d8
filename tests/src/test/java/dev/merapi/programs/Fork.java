package dev.merapi.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a program in a JVM of its own, so that neither the heap nor the compiled code of other
/// tests blurs what is measured.
public final class Fork {
  private static final long LIMIT_SECONDS = 300;

  private Fork() {}

  /// What the program left: its exit status and what it wrote.
  public record Result(int status, String out, String err) {
    /// Returns the lines `name value` of the output as a map.
    public Map<String, String> values() {
      Map<String, String> values = new LinkedHashMap<>();
      for (String line : out.lines().toList()) {
        int space = line.indexOf(' ');
        values.put(space < 0 ? line : line.substring(0, space), line.substring(space + 1));
      }
      return values;
    }

    public double number(String name) {
      String v = values().get(name);
      if (v == null) {
        throw new AssertionError("the program did not print " + name + ":\n" + out + err);
      }
      return Double.parseDouble(v);
    }
  }

  /// Runs `program` on the class path of the tests.
  public static Result run(List<String> options, Class<?> program, String... args) {
    return run(System.getProperty("java.class.path"), options, program, args);
  }

  public static Result run(
      String classPath, List<String> options, Class<?> program, String... args) {
    return launch(classPath, options, program.getName(), args);
  }

  /// Runs a source file on the class path of the tests, as `java File.java` does.
  public static Result source(List<String> options, Path file) {
    return launch(System.getProperty("java.class.path"), options, file.toString());
  }

  private static Result launch(
      String classPath, List<String> options, String program, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program));
    command.addAll(List.of(args));
    try {
      Path out = Files.createTempFile("merapi", ".out");
      Path err = Files.createTempFile("merapi", ".err");
      try {
        Process p =
            new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!p.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          p.destroyForcibly();
          throw new AssertionError(program + " did not end within " + LIMIT_SECONDS + " s");
        }
        return new Result(p.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
