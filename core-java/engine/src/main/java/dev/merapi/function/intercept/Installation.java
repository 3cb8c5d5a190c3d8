package dev.merapi.function.intercept;

import dev.merapi.say.Message;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gives the transformer to the JVM and brings classes that are loaded already up to date.
///
/// A class of its own, loaded only where there is something to install.
final class Installation {
  /// Packages whose loaded classes have no annotated methods.
  private static final String[] KNOWN = {
    "dev.merapi.function.intercept.",
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "kotlin.",
    "kotlinx.",
    "org.junit.",
    "io.kotest.",
    "org.jetbrains."
  };

  private Installation() {}

  static void into(Instrumentation instrumentation) {
    if (!instrumentation.isRetransformClassesSupported()) {
      throw new IllegalStateException("the agent's jar does not say Can-Retransform-Classes");
    }
    Report report = new Report();
    // A stage that rewrites bodies belongs before the prologue, which hands stack maps through.
    Transformer transformer = new Transformer(List.of(new AutoGraph(), new Prologue()), report);
    instrumentation.addTransformer(transformer, true);
    Set<String> running = running();
    for (Class<?> c : instrumentation.getAllLoadedClasses()) {
      // One class that cannot be changed must not keep the others from it.
      try {
        if (mayBeAnnotated(c)
            && concerned(c, c.getClassLoader(), transformer, running.contains(c.getName()))) {
          instrumentation.retransformClasses(c);
        }
      } catch (Throwable e) {
        report.warn(
            Message.what(
                    "@GraphFunction: the methods of "
                        + c.getName()
                        + " stay as they are, it was loaded before the first tensor was made")
                .fix("start java with -javaagent:merapi-core.jar"),
            e);
      }
    }
  }

  /// Returns the classes whose methods are being run.
  ///
  /// The JVM forgets the lines of a method that is replaced while it runs. So such a class is
  /// changed only if it has annotated methods; one that merely holds helpers stays as it is.
  private static Set<String> running() {
    Set<String> names = new HashSet<>();
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      for (StackTraceElement e : stack) {
        names.add(e.getClassName());
      }
    }
    return names;
  }

  private static boolean mayBeAnnotated(Class<?> c) {
    ClassLoader loader = c.getClassLoader();
    return loader != null
        && loader != ClassLoader.getPlatformClassLoader()
        && !c.isArray()
        && !c.isHidden()
        && !known(c.getName());
  }

  private static boolean known(String name) {
    for (String k : KNOWN) {
      if (name.startsWith(k)) {
        return true;
      }
    }
    return false;
  }

  private static boolean concerned(
      Class<?> c, ClassLoader loader, Transformer transformer, boolean isRunning) {
    String name = c.getName().replace('.', '/');
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      if (in != null) {
        byte[] file = in.readAllBytes();
        return isRunning
            ? new Prologue().concerns(name, file, file.length)
            : transformer.concerns(name, file, file.length);
      }
    } catch (IOException | RuntimeException e) {
      // As good as no file: the loader does not show its classes.
    }
    return annotated(c);
  }

  /// Asks the class itself. Only for classes without a file, because it loads the types that the
  /// methods name.
  private static boolean annotated(Class<?> c) {
    try {
      for (Method m : c.getDeclaredMethods()) {
        for (Annotation a : m.getAnnotations()) {
          if (a.annotationType().descriptorString().equals(Annotated.DESCRIPTOR)) {
            return true;
          }
        }
      }
    } catch (LinkageError e) {
      // A method names a class that does not exist; such a class cannot be asked.
    }
    return false;
  }
}
