package dev.merapi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private void assertNotUnderstood(String complaint, String... args) {
    assertEquals(2, run(args));
    assertEquals("", out.toString());
    assertEquals(complaint, err.toString().lines().findFirst().orElse(""));
    assertTrue(err.toString().contains("Usage: merapi"), err.toString());
  }

  @Test
  @DisplayName("a command that does not exist gets the usage on the error stream and status 2")
  void unknownCommand() {
    assertNotUnderstood("Unmatched argument at index 0: 'trian'", "trian");
    assertTrue(err.toString().contains("train"), err.toString());
  }

  @Test
  @DisplayName("a flag that does not exist gets the usage on the error stream and status 2")
  void unknownFlag() {
    assertNotUnderstood("Unknown option: '--fast'", "--fast");
  }

  @Test
  @DisplayName("no command at all gets the usage on the error stream and status 2")
  void missingCommand() {
    assertNotUnderstood("merapi: a command is missing.");
  }

  @Test
  @DisplayName("train without a model gets its own usage on the error stream and status 2")
  void missingModel() {
    assertNotUnderstood("merapi train: the model is missing.", "train");
    assertTrue(err.toString().contains("Usage: merapi train"), err.toString());
  }

  @Test
  @DisplayName("help goes to the output stream and names the commands")
  void help() {
    assertEquals(0, run("--help"));
    assertEquals("", err.toString());
    assertTrue(out.toString().contains("train"), out.toString());
  }

  @Test
  @DisplayName("the version tells the JVM too")
  void version() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().startsWith("Merapi "), out.toString());
    assertTrue(out.toString().contains("JVM " + Runtime.version()), out.toString());
  }
}
