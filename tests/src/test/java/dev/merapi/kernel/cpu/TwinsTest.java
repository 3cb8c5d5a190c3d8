package dev.merapi.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the float64 and int64 kernels equal to the float32 and int32 ones, from which they are
/// derived.
///
/// After a change to an `…F32` or `…I32` class, run this test with `-Dmerapi.derive=true`: it then
/// writes the twins; format them afterwards.
class TwinsTest {
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
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("core-java/engine"))) {
      root = root.getParent();
    }
    assertTrue(root != null, "run inside the repository");
    Path home = root.resolve("core-java/engine/src/main/java/dev/merapi/kernel/cpu");
    int twins = 0;
    for (Path folder : List.of(home, home.resolve("vector"))) {
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.sorted().toList();
      }
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (isStructural(name)) {
          boolean whole = name.contains("I32");
          String[][] rules = whole ? LONGS : DOUBLES;
          Path twin =
              folder.resolve(whole ? name.replace("I32", "I64") : name.replace("F32", "F64"));
          String derived = derive(Files.readString(file), rules);
          if (Boolean.getBoolean("merapi.derive")) {
            Files.writeString(twin, derived);
          }
          assertEquals(bare(derived), bare(Files.readString(twin)), twin.getFileName().toString());
          twins++;
        }
      }
    }
    assertTrue(twins >= 15, "only " + twins + " twins were found");
  }

  private static boolean isStructural(String name) {
    return List.of(
            "TileF32",
            "PlainTileF32",
            "LoopsF32",
            "PlainLoopsF32",
            "ScratchF32",
            "SlabsF32",
            "GemmF32",
            "GemmI32",
            "ConvF32",
            "DepthwiseF32",
            "PoolingF32",
            "VectorTileF32",
            "VectorLoopsF32",
            "VectorDirectF32",
            "VectorRowsF32",
            "VectorColumnsF32",
            "VectorScatteredF32")
        .contains(name.replace(".java", ""));
  }

  /// Leaves out what a formatter may change.
  private static String bare(String text) {
    return text.replaceAll("\\s|///", "");
  }

  private static String derive(String text, String[][] rules) {
    String derived = text;
    for (String[] rule : rules) {
      derived = derived.replaceAll(rule[0], rule[1]);
    }
    return derived;
  }
}
