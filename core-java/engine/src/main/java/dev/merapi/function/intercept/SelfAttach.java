package dev.merapi.function.intercept;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Starts [Agent] in the JVM that runs this, by one of two ways. Each fails by an exception that
/// says why.
@SuppressWarnings("restricted") // the JVM itself warns the user, who has the say
final class SelfAttach {
  private static final long HELPER_SECONDS = 30;

  private SelfAttach() {}

  /// Calls, in this process, what the JVM calls when another process attaches: `Agent_OnAttach` of
  /// the JDK's instrument library. It needs neither a second process nor the attach mechanism.
  static void inProcess() throws Exception {
    if (ModuleLayer.boot().findModule("java.instrument").isEmpty()) {
      throw new IllegalStateException(
          "the module java.instrument is not there; java --add-modules java.instrument adds it");
    }
    Path home = Path.of(System.getProperty("java.home"));
    Path jar = jar();
    try (Arena arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      MethodHandle machines =
          linker.downcallHandle(
              symbol(library(home, "server", "jvm"), "JNI_GetCreatedJavaVMs"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS));
      MethodHandle attach =
          linker.downcallHandle(
              symbol(library(home, "", "instrument"), "Agent_OnAttach"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS));
      MemorySegment machine = arena.allocate(ValueLayout.ADDRESS);
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      int status = (int) machines.invokeExact(machine, 1, count);
      if (status != 0 || count.get(ValueLayout.JAVA_INT, 0) != 1) {
        throw new IllegalStateException("JNI_GetCreatedJavaVMs answered " + status);
      }
      status =
          (int)
              attach.invokeExact(
                  machine.get(ValueLayout.ADDRESS, 0),
                  arena.allocateFrom(jar + "=" + Agent.KEEP),
                  MemorySegment.NULL);
      if (status != 0) {
        throw new IllegalStateException("Agent_OnAttach answered " + status);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      delete(jar);
    }
  }

  /// Has another JVM attach to this one.
  static void byHelper() throws Exception {
    Path jar = jar();
    try {
      Process p =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-XX:TieredStopAtLevel=1",
                      "-XX:+UseSerialGC",
                      "-cp",
                      jar.toString(),
                      Attacher.class.getName(),
                      Long.toString(ProcessHandle.current().pid()),
                      jar.toString(),
                      Agent.KEEP))
              .redirectErrorStream(true)
              .start();
      p.getOutputStream().close();
      if (!p.waitFor(HELPER_SECONDS, TimeUnit.SECONDS)) {
        p.destroyForcibly();
        throw new IllegalStateException("the helper did not end in " + HELPER_SECONDS + " s");
      }
      if (p.exitValue() != 0) {
        String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        throw new IllegalStateException(
            said.lines().findFirst().orElse("the helper ended with " + p.exitValue()));
      }
    } finally {
      delete(jar);
    }
  }

  private static SymbolLookup library(Path home, String folder, String name) {
    String file = System.mapLibraryName(name);
    boolean windows = file.endsWith(".dll");
    Path at = home.resolve(windows ? "bin" : "lib").resolve(folder).resolve(file);
    return SymbolLookup.libraryLookup(at, Arena.global());
  }

  private static MemorySegment symbol(SymbolLookup library, String name) {
    return library
        .find(name)
        .orElseThrow(() -> new IllegalStateException("this JVM does not have " + name));
  }

  /// Writes a jar with the agent and what the helper runs, and nothing else of Merapi.
  private static Path jar() throws IOException {
    Path jar =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "merapi-agent-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".jar");
    String manifest =
        "Manifest-Version: 1.0\nAgent-Class: "
            + Agent.class.getName()
            + "\nCan-Retransform-Classes: true\n\n";
    try (OutputStream file = Files.newOutputStream(jar, StandardOpenOption.CREATE_NEW);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(0);
      put(zip, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
      for (Class<?> c : List.of(Agent.class, Attacher.class)) {
        String name = c.getName().replace('.', '/') + ".class";
        try (InputStream in = c.getResourceAsStream("/" + name)) {
          if (in == null) {
            throw new IOException("Merapi's own class file " + name + " cannot be read");
          }
          put(zip, name, in.readAllBytes());
        }
      }
    }
    return jar;
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  /// The agent's class has been read by now; a system that still holds the file lets it go at the
  /// end.
  private static void delete(Path jar) {
    File file = jar.toFile();
    if (!file.delete()) {
      file.deleteOnExit();
    }
  }
}
