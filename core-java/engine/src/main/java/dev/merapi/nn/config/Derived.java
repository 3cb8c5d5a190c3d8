package dev.merapi.nn.config;

import dev.merapi.say.Message;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Configurations of a program's own classes, from the parameters of their constructors.
///
/// A parameter is written from the field of the same name, as Kotlin's `class Block(val units:
/// Int)` and Java's `this.units = units` have it. The names come from the class file: parameter
/// names where the compiler kept them, else the table of local variables, which Kotlin and Maven
/// builds keep.
final class Derived {
  private Derived() {}

  /// @param known keys that the configuration has already
  static Map<String, @Nullable Object> config(Object o, Set<String> known) {
    Class<?> type = o.getClass();
    Constructor<?> c = constructor(type);
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    for (String name : names(type, c)) {
      if (known.contains(key(name))) {
        continue;
      }
      Object value = field(o, type, name);
      config.put(
          key(name), value instanceof Configurable ? Saved.write(value) : plain(type, name, value));
    }
    return config;
  }

  static Object make(Class<?> type, Map<String, ?> config) {
    Constructor<?> c = constructor(type);
    List<String> names = names(type, c);
    Object[] args = new Object[names.size()];
    for (int i = 0; i < args.length; i++) {
      String name = names.get(i);
      if (!config.containsKey(key(name)) && !config.containsKey(name)) {
        throw Message.what(type.getSimpleName() + " cannot be made: '" + key(name) + "' is missing")
            .given("a configuration with " + config.keySet())
            .expected("a value for each parameter of its constructor: " + names)
            .valueError();
      }
      Object value = config.containsKey(key(name)) ? config.get(key(name)) : config.get(name);
      args[i] = fitting(type, name, c.getParameters()[i], value);
    }
    try {
      c.setAccessible(true);
      return c.newInstance(args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw new IllegalStateException(type.getName() + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw refused(type, "its constructor cannot be called: " + e.getMessage());
    }
  }

  /// The constructor with most parameters, Kotlin's synthetic ones apart.
  private static Constructor<?> constructor(Class<?> type) {
    if (type.isAnonymousClass() || type.isLocalClass()) {
      throw refused(type, "it is a local class, which no other program can name");
    }
    return Arrays.stream(type.getDeclaredConstructors())
        .filter(c -> !c.isSynthetic())
        .max(Comparator.comparingInt(Constructor::getParameterCount))
        .orElseThrow(() -> refused(type, "it has no constructor"));
  }

  private static List<String> names(Class<?> type, Constructor<?> c) {
    if (Arrays.stream(c.getParameters()).allMatch(Parameter::isNamePresent)) {
      return Arrays.stream(c.getParameters()).map(Parameter::getName).toList();
    }
    try (InputStream in =
        type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
      if (in != null) {
        ClassModel model = ClassFile.of().parse(in.readAllBytes());
        for (MethodModel m : model.methods()) {
          if (m.methodName().equalsString("<init>")
              && m.methodTypeSymbol().descriptorString().equals(descriptor(c))
              && m.code().isPresent()) {
            return fromLocals(type, c, m.code().get());
          }
        }
      }
    } catch (IOException e) {
      throw refused(type, "its class file cannot be read: " + e.getMessage());
    }
    throw refused(type, "the names of its constructor's parameters are not known");
  }

  private static String descriptor(Constructor<?> c) {
    StringBuilder s = new StringBuilder("(");
    for (Class<?> p : c.getParameterTypes()) {
      s.append(p.descriptorString());
    }
    return s.append(")V").toString();
  }

  private static List<String> fromLocals(Class<?> type, Constructor<?> c, CodeModel code) {
    Map<Integer, String> bySlot = new LinkedHashMap<>();
    code.forEach(e -> {
      if (e instanceof LocalVariable v) {
        bySlot.putIfAbsent(v.slot(), v.name().stringValue());
      }
    });
    String[] names = new String[c.getParameterCount()];
    int slot = 1;
    for (int i = 0; i < names.length; i++) {
      String name = bySlot.get(slot);
      if (name == null) {
        throw refused(type, "the names of its constructor's parameters are not known");
      }
      names[i] = name;
      Class<?> p = c.getParameterTypes()[i];
      slot += p == long.class || p == double.class ? 2 : 1;
    }
    return List.of(names);
  }

  private static @Nullable Object field(Object o, Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      try {
        Field f = c.getDeclaredField(name);
        f.setAccessible(true);
        return f.get(o);
      } catch (NoSuchFieldException e) {
        // Perhaps in the class above.
      } catch (IllegalAccessException | RuntimeException e) {
        throw refused(type, "field " + name + " cannot be read: " + e.getMessage());
      }
    }
    throw refused(type, "constructor parameter '" + name + "' has no field of that name");
  }

  private static @Nullable Object plain(Class<?> type, String name, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean b -> b;
      case String s -> s;
      case Float f -> Double.valueOf(f.toString());
      case Double d -> d;
      case Number n -> n.longValue();
      case Enum<?> e -> e.name();
      case List<?> l ->
          l.stream()
              .map(e -> e instanceof Configurable ? Saved.write(e) : plain(type, name, e))
              .toList();
      case Object a when a.getClass().isArray() -> plain(type, name, Kinds.items(a));
      default ->
          throw refused(type, "parameter '" + name + "' is a " + value.getClass().getSimpleName());
    };
  }

  private static @Nullable Object fitting(
      Class<?> type, String name, Parameter p, @Nullable Object value) {
    Class<?> want = p.getType();
    if (value instanceof Number n) {
      if (want == int.class || want == Integer.class) {
        return n.intValue();
      }
      if (want == long.class || want == Long.class) {
        return n.longValue();
      }
      if (want == float.class || want == Float.class) {
        return n.floatValue();
      }
      if (want == double.class || want == Double.class) {
        return n.doubleValue();
      }
    }
    if (value instanceof List<?> l && want == int[].class) {
      return l.stream().mapToInt(e -> Kinds.INT.read(e)).toArray();
    }
    if (value instanceof List<?> l && want == double[].class) {
      return l.stream().mapToDouble(e -> Kinds.NUMBER.read(e)).toArray();
    }
    if (value instanceof Map<?, ?> form && form.containsKey("class_name")) {
      return Saved.read(form, want);
    }
    if (value instanceof String s && want.isEnum()) {
      for (Object constant : want.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(s)) {
          return constant;
        }
      }
    }
    if (value == null ? !want.isPrimitive() : want.isInstance(value) || want == boolean.class) {
      return value;
    }
    throw refused(type, "parameter '" + name + "' is a " + want.getSimpleName());
  }

  /// `kernelSize` is `kernel_size` in a configuration.
  private static String key(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static RuntimeException refused(Class<?> type, String why) {
    return Message.what(
            type.getSimpleName() + " cannot be written as a configuration and made again: " + why)
        .expected(
            "constructor parameters that are numbers, texts, flags or lists, each with a"
                + " field of its name")
        .fix("override getConfig(), and add static fromConfig(Map) to " + type.getSimpleName())
        .valueError();
  }
}
