package dev.merapi.autograph;

import dev.merapi.function.Function;
import dev.merapi.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The public functions of a class that has been converted, each of one tensor.
record Corpus(String className, List<Method> functions, @Nullable Object receiver) {
  static Corpus of(String className) throws ReflectiveOperationException {
    Class<?> c = new Converting(className).loadClass(className);
    Object receiver = null;
    for (var f : c.getFields()) {
      // The one instance of a Kotlin object.
      receiver = f.getName().equals("INSTANCE") ? f.get(null) : receiver;
    }
    List<Method> all = new ArrayList<>();
    for (Method m : c.getDeclaredMethods()) {
      if (Modifier.isPublic(m.getModifiers()) && !m.isSynthetic() && m.getParameterCount() == 1) {
        all.add(m);
      }
    }
    all.sort(Comparator.comparing(Method::getName));
    return new Corpus(className, all, receiver);
  }

  /// Runs a function as it stands.
  Tensor eager(Method m, Tensor x) throws Throwable {
    try {
      return (Tensor) m.invoke(receiver, x);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /// Makes a function that runs as a graph.
  Function graph(Method m) {
    return new Function(
        m.getName(), List.of("x"), args -> eager(m, (Tensor) args[0]), Function.Options.DEFAULT);
  }

  @Override
  public String toString() {
    return className + Arrays.toString(functions.toArray());
  }
}
