package dev.merapi.function.intercept;

import dev.merapi.say.Message;
import java.lang.classfile.ClassFile;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes classes as they are loaded or retransformed.
///
/// Nobody's class loading ever breaks here: what goes wrong is reported and the class stays as it
/// is.
final class Transformer implements ClassFileTransformer {
  private static final String OWN = "dev/merapi/function/intercept/";

  private final List<Stage> stages;
  private final Report report;

  Transformer(List<Stage> stages, Report report) {
    this.stages = List.copyOf(stages);
    this.report = report;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    // Our own classes are let through before any of them is used: they may be loading right here.
    if (loader == null || name == null || name.startsWith(OWN)) {
      return null;
    }
    try {
      return concerns(name, file, file.length) ? change(loader, name, file) : null;
    } catch (Throwable e) {
      report.warn(unchanged(name), e);
      return null;
    }
  }

  /// Returns whether any stage may change the class in the first `length` bytes.
  boolean concerns(String name, byte[] file, int length) {
    for (Stage stage : stages) {
      if (stage.concerns(name, file, length)) {
        return true;
      }
    }
    return false;
  }

  private byte @Nullable [] change(ClassLoader loader, String name, byte[] file) {
    Visibility seen = Visibility.from(loader);
    if (seen != Visibility.THIS) {
      if (seen == Visibility.NONE) {
        report.warn(
            Message.what(
                    "@GraphFunction: the methods of "
                        + name.replace('/', '.')
                        + " stay as they are")
                .given("its class loader " + loader + " does not find Merapi's classes")
                .fix("make Merapi visible to that class loader"),
            null);
      }
      return null;
    }
    byte @Nullable [] changed = null;
    for (Stage stage : stages) {
      byte[] now = changed == null ? file : changed;
      try {
        byte @Nullable [] next =
            stage.concerns(name, now, now.length)
                ? stage.apply(ClassFile.of().parse(now), now, loader, report)
                : null;
        changed = next == null ? changed : next;
      } catch (Throwable e) {
        report.warn(unchanged(name), e);
      }
    }
    return changed;
  }

  private static Message unchanged(String name) {
    return Message.what(
            "@GraphFunction: the methods of " + name.replace('/', '.') + " stay as they are")
        .fix("wrap them with tf.function(f), and report this with the class file");
  }

  /// Which copy of Merapi a class loader sees. Where each of two programs in one JVM has its own,
  /// each copy changes the classes that see it and no others.
  private enum Visibility {
    THIS,
    OTHER,
    NONE;

    static Visibility from(ClassLoader loader) {
      try {
        Class<?> seen = Class.forName(CallSites.class.getName(), false, loader);
        return seen == CallSites.class ? THIS : OTHER;
      } catch (ClassNotFoundException | LinkageError e) {
        return NONE;
      }
    }
  }
}
