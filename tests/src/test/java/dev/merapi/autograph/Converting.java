package dev.merapi.autograph;

import dev.merapi.function.autograph.Rewriting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;

/// Loads classes of some packages anew and converts them, as the agent does in a program.
public final class Converting extends ClassLoader {
  private final String prefix;

  /// Converts the classes whose names begin with `prefix`.
  public Converting(String prefix) {
    super(Converting.class.getClassLoader());
    this.prefix = prefix;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(prefix)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> c = findLoadedClass(name);
      return c == null ? define(name) : c;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(path)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] file = in.readAllBytes();
      byte[] changed = Rewriting.apply(ClassFile.of().parse(file), file, this);
      byte[] made = changed == null ? file : changed;
      return defineClass(name, made, 0, made.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
