package dev.merapi.function.autograph;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps the class files of classes with converted methods, as they were before.
final class Sources {
  /// A class file, and which of its methods (`name` + descriptor) are converted and not annotated.
  private record Source(byte[] file, Set<String> direct) {}

  private static final Map<ClassLoader, Map<String, Source>> BY_LOADER = new WeakHashMap<>();

  private Sources() {}

  static void keep(ClassLoader loader, String internalName, byte[] file, Set<String> direct) {
    synchronized (BY_LOADER) {
      BY_LOADER
          .computeIfAbsent(loader, l -> new ConcurrentHashMap<>())
          .put(internalName, new Source(file, direct));
    }
  }

  private static @Nullable Source find(@Nullable ClassLoader loader, String internalName) {
    synchronized (BY_LOADER) {
      Map<String, Source> all = loader == null ? null : BY_LOADER.get(loader);
      return all == null ? null : all.get(internalName);
    }
  }

  /// Tells whether a call of the method comes to the interpreter first of all.
  static boolean isDirect(Class<?> c, String name, String descriptor) {
    Source s = find(c.getClassLoader(), internalName(c));
    return s != null && s.direct.contains(name + descriptor);
  }

  /// Tells whether a class, or one that it inherits from, has converted methods.
  static boolean anyOf(Class<?> c) {
    if (find(c.getClassLoader(), internalName(c)) != null
        || c.getSuperclass() != null && anyOf(c.getSuperclass())) {
      return true;
    }
    for (Class<?> i : c.getInterfaces()) {
      if (anyOf(i)) {
        return true;
      }
    }
    return false;
  }

  private static String internalName(Class<?> c) {
    return c.getName().replace('.', '/');
  }

  /// Returns the code of a converted method.
  static Code code(Class<?> c, String name, String descriptor) {
    Source s = find(c.getClassLoader(), internalName(c));
    if (s == null) {
      throw new IllegalStateException("This is a bug in Merapi: no class file of " + c.getName());
    }
    ClassModel model = ClassFile.of().parse(s.file);
    String file =
        model
            .findAttribute(Attributes.sourceFile())
            .map(a -> a.sourceFile().stringValue())
            .orElse(c.getName());
    for (MethodModel m : model.methods()) {
      if (m.methodName().equalsString(name) && m.methodType().equalsString(descriptor)) {
        return new Code(m, (CodeAttribute) m.code().orElseThrow(), c.getName(), file, new Lines(model));
      }
    }
    throw new IllegalStateException("This is a bug in Merapi: no " + name + descriptor);
  }
}
