package dev.merapi.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the float64 and int64 kernels equal to the float32 and int32 ones, from which they are
/// derived.
///
/// After a change to an `…F32` or `…I32` class, run this test with `-Dmerapi.derive=true`: it then
/// writes the twins under `src/generated`.
class TwinsTest {
  private static final String PACKAGE = "java/dev/merapi/kernel/cpu";

  private static final String[][] DOUBLES = {
    {"F32", "F64"},
    {"FloatVector", "DoubleVector"},
    {"\\bFloat\\b", "Double"},
    {"\\bfloat\\b", "double"},
    {"JAVA_FLOAT", "JAVA_DOUBLE"},
    {"float32", "float64"}
  };

  private static final String[][] LONGS = {
    {"I32", "I64"},
    {"JAVA_INT", "JAVA_LONG"},
    {"Integer\\.BYTES", "Long.BYTES"},
    {"int\\[\\]", "long[]"},
    {"new int\\[", "new long["},
    {"int factor", "long factor"},
    {"int before", "long before"},
    {"int32", "int64"}
  };

  @Test
  void twinsAreDerived() throws IOException {
    Path engine = Path.of(System.getProperty("merapi.root")).resolve("core-java/engine/src");
    Path written = engine.resolve("main").resolve(PACKAGE);
    Path generated = engine.resolve("generated").resolve(PACKAGE);
    List<Path> stale = new ArrayList<>();
    int twins = 0;
    try (Stream<Path> all = Files.walk(written)) {
      for (Path file : all.sorted().toList()) {
        String name = file.getFileName().toString();
        boolean whole = name.endsWith("I32.java");
        if (!whole && !name.endsWith("F32.java")) {
          continue;
        }
        Path folder = generated.resolve(written.relativize(file.getParent()));
        Path twin = folder.resolve(whole ? name.replace("I32", "I64") : name.replace("F32", "F64"));
        String derived = derive(name, Files.readString(file), whole ? LONGS : DOUBLES);
        if (Boolean.getBoolean("merapi.derive")) {
          Files.writeString(twin, derived);
        }
        if (!Files.exists(twin) || !Files.readString(twin).equals(derived)) {
          stale.add(engine.relativize(twin));
        }
        twins++;
      }
    }
    assertEquals(List.of(), stale, "write them anew: run TwinsTest with -Dmerapi.derive=true");
    assertTrue(twins >= 20, "only " + twins + " twins were found");
  }

  private static String derive(String name, String text, String[][] rules) {
    String derived = text;
    for (String[] rule : rules) {
      derived = derived.replaceAll(rule[0], rule[1]);
    }
    return "// Derived from "
        + name
        + " by TwinsTest (-Dmerapi.derive=true): do not edit.\n"
        + derived;
  }
}
