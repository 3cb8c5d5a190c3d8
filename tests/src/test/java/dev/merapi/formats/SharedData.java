package dev.merapi.formats;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds data that lies beside the repository, in `../shared/data`, and not in it.
public final class SharedData {
  private SharedData() {}

  /// Returns the path of `name`; where it is absent, the test is skipped and the reason printed.
  public static Path of(String name) {
    String root = System.getProperty("merapi.root");
    assertNotNull(root, "merapi.root is not set: run the tests through ./mvnw");
    Path path = Path.of(root, "../shared/data").resolve(name).normalize();
    if (!Files.exists(path)) {
      System.out.println("skipped: this test reads " + path + ", which is not there");
    }
    assumeTrue(Files.exists(path), () -> path + " is not there");
    return path;
  }
}
