package dev.merapi.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.programs.Fork;
import dev.merapi.tf;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Annotated functions of a Kotlin script, which sees Merapi through a class loader of the script
/// engine's and not on the program's class path.
class ScriptTest {
  private static final long LIMIT_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void functionsOfAMainKtsScript() throws Exception {
    Path script = folder.resolve("functions.main.kts");
    try (InputStream in = ScriptTest.class.getResourceAsStream("/intercept/functions.main.kts")) {
      Files.copy(in, script);
    }
    Fork.Result r = run(script);
    assertEquals(0, r.status(), r.err());
    assertEquals(
        Map.of("way", "SELF_ATTACH", "member", "3.0 1", "step", "4.0 1", "lambda", "4.0 1"),
        r.values(),
        r.err());
  }

  private Fork.Result run(Path script) throws Exception {
    List<String> compiler = compiler();
    Set<String> seen = new LinkedHashSet<>();
    for (String jar : compiler) {
      if (jar.contains("kotlin-stdlib")
          || jar.contains("script-runtime")
          || jar.contains("main-kts")) {
        seen.add(jar);
      }
    }
    seen.add(location(tf.class));
    seen.add(location(Toys.class));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-XX:+UseSerialGC",
                "-cp",
                String.join(File.pathSeparator, compiler),
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-jvm-target",
                "25",
                "-cp",
                String.join(File.pathSeparator, seen),
                "-script",
                script.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(p.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "the script did not end");
    } finally {
      p.destroyForcibly();
    }
    return new Fork.Result(p.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static List<String> compiler() throws IOException {
    Path folder = Path.of(System.getProperty("merapi.root"), "tests", "target", "script-compiler");
    assertTrue(Files.isDirectory(folder), "Maven copies the compiler of scripts to " + folder);
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(all.map(Path::toString).sorted().toList());
    }
  }

  private static String location(Class<?> c) throws URISyntaxException {
    return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
