package dev.merapi.function.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.merapi.function.intercept.Survey.Finding;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTest {
  @TempDir private Path folder;

  private final byte[] annotated = file("/dev/merapi/intercept/Cell.class");
  private final byte[] plain = file("/dev/merapi/intercept/Toys.class");

  private static byte[] file(String name) {
    try (InputStream in = SurveyTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Survey survey(Path... entries) {
    return new Survey(
        Arrays.stream(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
        new File("nowhere"));
  }

  private static Finding all(Path... entries) {
    return survey(entries).resume(System.nanoTime() + 60_000_000_000L);
  }

  private Path in(String name, byte[] content) throws IOException {
    Path p = folder.resolve(name);
    Files.createDirectories(p.getParent());
    return Files.write(p, content);
  }

  private Path jar(String name, String entry, byte[] content) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
      zip.closeEntry();
    }
    return jar;
  }

  @Test
  void foldersAtAnyDepth() throws IOException {
    in("classes/a/Plain.class", plain);
    in("classes/a/Notes.txt", annotated);
    assertEquals(Finding.NOTHING, all(folder.resolve("classes")));
    in("classes/a/b/c/Cell.class", annotated);
    assertEquals(Finding.ANNOTATED, all(folder.resolve("classes")));
  }

  @Test
  void jars() throws IOException {
    Path without = jar("without.jar", "a/Plain.class", plain);
    Path with = jar("with.jar", "a/Cell.class", annotated);
    assertEquals(Finding.NOTHING, all(without));
    assertEquals(Finding.ANNOTATED, all(without, with));
  }

  @Test
  void wellKnownLibrariesArePassedOver() throws IOException {
    assertEquals(Finding.NOTHING, all(jar("kotlin.jar", "kotlin/Cell.class", annotated)));
  }

  @Test
  void whatAManifestAdds() throws IOException {
    jar("with.jar", "a/Cell.class", annotated);
    // A long line is broken after 72 bytes and goes on after a space.
    String manifest = "Manifest-Version: 1.0\r\nClass-Path: missing.jar wi\r\n th.jar\r\n\r\n";
    Path pathing =
        jar("pathing.jar", "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
    assertEquals(Finding.ANNOTATED, all(pathing));
  }

  @Test
  void whatCannotBeReadHasNothing() throws IOException {
    Path broken = in("broken.jar", new byte[] {'P', 'K', 3, 4, 0, 0, 0});
    in("classes/Cut.class", Arrays.copyOf(annotated, 20));
    in("classes/Empty.class", new byte[0]);
    in("classes/Zeros.class", new byte[1000]);
    assertEquals(
        Finding.NOTHING, all(broken, folder.resolve("missing"), folder.resolve("classes")));
  }

  @Test
  void theDeadlineInterruptsAndTheRestComesLater() throws IOException {
    Path without = jar("without.jar", "a/Plain.class", plain);
    Path with = jar("with.jar", "a/Cell.class", annotated);
    Survey s = survey(without, with);
    assertEquals(Finding.UNFINISHED, s.resume(System.nanoTime() - 1));
    assertEquals(Finding.ANNOTATED, s.resume(System.nanoTime() + 60_000_000_000L));
  }

  @Test
  void ownClassesArePassedOver() throws IOException {
    Path own = jar("own.jar", "a/Cell.class", annotated);
    Survey s = new Survey(own.toString(), own.toFile());
    assertEquals(Finding.NOTHING, s.resume(System.nanoTime() + 60_000_000_000L));
  }
}
