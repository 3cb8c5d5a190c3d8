package dev.merapi.function.intercept;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Reads the class path for classes with annotated methods, so that a program which has none
/// neither waits for instrumentation nor sees the JVM's warnings about it.
///
/// Folders come before jars, since a program under development lies in folders; Merapi's own
/// classes and those of well-known libraries are passed over. What cannot be read has no annotated
/// methods: the program could not load it either.
///
/// Written without lambdas, streams and text templates, the first of which would cost more than the
/// whole search.
final class Survey {
  enum Finding {
    ANNOTATED,
    NOTHING,
    /// The time was up; [#resume] goes on.
    UNFINISHED
  }

  private static final byte[] ANNOTATION = ClassBytes.text(Annotated.DESCRIPTOR);

  /// Packages, as they begin in a jar, whose authors do not know Merapi; and Merapi's own.
  private static final String[] KNOWN = {
    "META-INF/",
    "dev/merapi/",
    "kotlin/",
    "kotlinx/",
    "java/",
    "javax/",
    "jakarta/",
    "org/junit/",
    "io/kotest/",
    "org/jetbrains/",
    "org/joml/",
    "com/google/",
    "org/apache/commons/",
    "org/bytedeco/",
    "jcuda/",
    "scala/",
    "groovy/",
    "org/slf4j/",
    "ch/qos/",
    "com/fasterxml/"
  };

  private final Deque<File> folders = new ArrayDeque<>();
  private final Deque<File> jars = new ArrayDeque<>();
  private final Set<File> seen = new HashSet<>();
  private byte[] buffer = new byte[1 << 16];

  /// `own` is where Merapi itself lies.
  Survey(String classPath, File own) {
    seen.add(own.getAbsoluteFile());
    for (String entry : classPath.split(File.pathSeparator)) {
      add(new File(entry.isEmpty() ? "." : entry));
    }
  }

  /// Adds a module path, whose folders hold classes or jars.
  void addModules(String modulePath) {
    for (String entry : modulePath.split(File.pathSeparator)) {
      File f = new File(entry);
      File[] inside = f.listFiles();
      if (inside != null) {
        for (File jar : inside) {
          if (jar.getName().endsWith(".jar")) {
            add(jar);
          }
        }
      }
      add(f);
    }
  }

  /// Returns whether a source file, or another beside it, speaks of the annotation: `java
  /// Program.java` compiles them in memory.
  static boolean sources(File program) {
    File[] beside = program.getAbsoluteFile().getParentFile().listFiles();
    if (beside == null) {
      return false;
    }
    for (File f : beside) {
      if (f.getName().endsWith(".java")) {
        try {
          if (Files.readString(f.toPath(), StandardCharsets.ISO_8859_1).contains("GraphFunction")) {
            return true;
          }
        } catch (IOException e) {
          continue;
        }
      }
    }
    return false;
  }

  private void add(File entry) {
    File f = entry.getAbsoluteFile();
    if (seen.add(f)) {
      (f.isDirectory() ? folders : jars).add(f);
    }
  }

  /// Looks until something is found, all has been read, or the clock shows `deadline`, in
  /// nanoseconds of `System.nanoTime`.
  Finding resume(long deadline) {
    while (!folders.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        return Finding.UNFINISHED;
      }
      if (folder(folders.pop())) {
        return Finding.ANNOTATED;
      }
    }
    while (!jars.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        return Finding.UNFINISHED;
      }
      switch (jar(jars.peek(), deadline)) {
        case ANNOTATED -> {
          return Finding.ANNOTATED;
        }
        case UNFINISHED -> {
          return Finding.UNFINISHED;
        }
        case NOTHING -> jars.pop();
      }
    }
    return Finding.NOTHING;
  }

  /// Reads one folder; its folders come later.
  private boolean folder(File folder) {
    File[] entries = folder.listFiles();
    if (entries == null) {
      return false;
    }
    for (File f : entries) {
      if (!f.getName().endsWith(".class")) {
        if (f.isDirectory()) {
          folders.add(f);
        }
        continue;
      }
      try (InputStream in = new FileInputStream(f)) {
        if (annotated(in)) {
          return true;
        }
      } catch (IOException e) {
        continue;
      }
    }
    return false;
  }

  private Finding jar(File jar, long deadline) {
    if (!jar.isFile()) {
      return Finding.NOTHING;
    }
    try (ZipFile zip = new ZipFile(jar)) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      for (ZipEntry e : entries) {
        String name = e.getName();
        if (!name.endsWith(".class") || known(name)) {
          continue;
        }
        try (InputStream in = zip.getInputStream(e)) {
          if (annotated(in)) {
            return Finding.ANNOTATED;
          }
        }
        if (System.nanoTime() - deadline > 0) {
          return Finding.UNFINISHED;
        }
      }
      classPathOf(zip, jar);
    } catch (IOException | IllegalArgumentException e) {
      return Finding.NOTHING;
    }
    return Finding.NOTHING;
  }

  private static boolean known(String name) {
    for (String k : KNOWN) {
      if (name.startsWith(k)) {
        return true;
      }
    }
    return false;
  }

  /// Adds what the manifest says belongs to the class path too: build tools hand long class paths
  /// over in this way.
  private void classPathOf(ZipFile zip, File jar) throws IOException {
    ZipEntry manifest = zip.getEntry("META-INF/MANIFEST.MF");
    if (manifest == null) {
      return;
    }
    String text;
    try (InputStream in = zip.getInputStream(manifest)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    // A line that starts with a space continues the one before it.
    for (String line : text.replace("\r\n", "\n").replace("\n ", "").split("\n")) {
      if (line.regionMatches(true, 0, "Class-Path:", 0, 11)) {
        for (String part : line.substring(11).trim().split(" +")) {
          URI at = jar.toURI().resolve(part);
          if ("file".equals(at.getScheme())) {
            add(new File(at));
          }
        }
      }
    }
  }

  private boolean annotated(InputStream in) throws IOException {
    int length = 0;
    while (true) {
      int n = in.read(buffer, length, buffer.length - length);
      if (n < 0) {
        return ClassBytes.mentions(buffer, length, ANNOTATION);
      }
      length += n;
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * length);
      }
    }
  }
}
