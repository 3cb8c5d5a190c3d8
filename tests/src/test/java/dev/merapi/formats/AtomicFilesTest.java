package dev.merapi.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFilesTest {
  @TempDir private Path folder;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName("a file is made, then replaced, and nothing else is left behind")
  void replace() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFiles.write(file, out -> out.write(utf8("one")));
    AtomicFiles.write(file, out -> out.write(utf8("two")));
    assertEquals("two", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  @DisplayName("the target keeps its old content until the new is whole")
  void oldUntilWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    AtomicFiles.write(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          assertEquals("old", Files.readString(file));
        });
    assertEquals(1 << 20, Files.size(file));
  }

  @Test
  @DisplayName("when writing fails, the old content stays and the part goes")
  void failure() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("the disk is full");
                    }));
    assertEquals("the disk is full", thrown.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  @DisplayName("a symbolic link stays one, and its target gets the content")
  void link() throws IOException {
    Path file = Files.writeString(folder.resolve("real.txt"), "old");
    Path link = folder.resolve("link.txt");
    try {
      Files.createSymbolicLink(link, file);
    } catch (UnsupportedOperationException | IOException e) {
      assumeTrue(false, "this system makes no symbolic links here");
    }
    AtomicFiles.write(link, out -> out.write(utf8("new")));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  @DisplayName(
      "a program ended in the middle of writing leaves the old file and no part of the new")
  void endedEarly() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classes =
        Path.of(AtomicFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    String own =
        Path.of(Endless.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    Process writer =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                classes + File.pathSeparator + own,
                Endless.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("writing", said.readLine());
      assertEquals(2, names().size(), "the part is there while it is being written");
      // SIGTERM runs the same hooks as Ctrl-C's SIGINT.
      writer.destroy();
      assertTrue(writer.waitFor(30, TimeUnit.SECONDS), "the writer did not end");
    } finally {
      writer.destroyForcibly();
    }
    assumeTrue(writer.supportsNormalTermination(), "here a process can only be killed outright");
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  /// Starts to write a file and never comes to an end.
  public static final class Endless {
    public static void main(String[] args) throws IOException {
      AtomicFiles.write(
          Path.of(args[0]),
          out -> {
            out.write(new byte[1 << 20]);
            System.out.println("writing");
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          });
    }
  }
}
