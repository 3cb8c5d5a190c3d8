package dev.merapi.suite;

import dev.merapi.op.OpDef;
import dev.merapi.tensor.Tensor;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Compiles and runs the examples of declarations: each is one Java expression whose value prints
/// as said, tensors by their `format()`.
public final class Examples {
  private Examples() {}

  /// Returns what is wrong with the examples of an operation.
  public static List<String> check(OpDef op) {
    List<String> wrong = new ArrayList<>();
    for (OpDef.Example e : op.examples()) {
      try {
        Object value = run(e.code());
        String printed = value instanceof Tensor t ? t.format() : String.valueOf(value);
        if (!printed.equals(e.prints())) {
          wrong.add(e.code() + " prints\n" + printed + "\nand not\n" + e.prints());
        }
      } catch (IOException | ReflectiveOperationException | IllegalStateException x) {
        Throwable cause = x.getCause() == null ? x : x.getCause();
        wrong.add(e.code() + ": " + cause);
      }
    }
    return wrong;
  }

  private static @Nullable Object run(String code)
      throws IOException, ReflectiveOperationException {
    String source =
        "import dev.merapi.tf; import dev.merapi.tensor.*; import java.util.*;\n"
            + "public class Example { public static Object run() { return "
            + code
            + "; } }";
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    Path folder = Files.createTempDirectory("merapi-example");
    try {
      JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
      StringWriter messages = new StringWriter();
      String path =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      List<String> flags = List.of("-d", folder.toString(), "-cp", path, "-proc:none");
      if (!javac.getTask(messages, null, null, flags, null, List.of(file)).call()) {
        throw new IllegalStateException("does not compile: " + messages);
      }
      try (URLClassLoader loader =
          new URLClassLoader(new URL[] {folder.toUri().toURL()}, Examples.class.getClassLoader())) {
        return loader.loadClass("Example").getMethod("run").invoke(null);
      }
    } finally {
      try (Stream<Path> all = Files.list(folder)) {
        for (Path p : all.toList()) {
          Files.delete(p);
        }
      }
      Files.delete(folder);
    }
  }
}
