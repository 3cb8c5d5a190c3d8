package dev.merapi.graph;

import dev.merapi.say.Message;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes structures apart and puts them together again: lists, maps, arrays of objects, records,
/// Kotlin's data classes, pairs and triples, nested at will.
///
/// What is none of these is a leaf: a tensor, a variable, a number, a model, null.
public final class Nest {
  /// Nesting deeper than this is taken for a structure that contains itself.
  private static final int DEEPEST = 64;

  private Nest() {}

  /// Changes one leaf; `path` tells where it is: `[0].weights`.
  public interface Step {
    @Nullable Object apply(@Nullable Object leaf, String path);
  }

  /// Returns the leaves from left to right.
  public static List<@Nullable Object> leaves(@Nullable Object structure) {
    List<@Nullable Object> all = new ArrayList<>();
    map(
        structure,
        (leaf, path) -> {
          all.add(leaf);
          return leaf;
        });
    return all;
  }

  /// Returns the tensors among the leaves.
  public static List<Tensor> tensors(@Nullable Object structure) {
    List<Tensor> all = new ArrayList<>();
    for (Object o : leaves(structure)) {
      if (o instanceof Tensor t) {
        all.add(t);
      }
    }
    return all;
  }

  /// Returns a structure of the same form whose leaves are what `step` makes of them; the very same
  /// object where nothing changed.
  public static @Nullable Object map(@Nullable Object structure, Step step) {
    return map(structure, step, "", 0);
  }

  private static @Nullable Object map(@Nullable Object o, Step step, String path, int depth) {
    if (depth > DEEPEST) {
      throw Message.what(
              "a structure of tensors is nested more than " + DEEPEST + " deep at " + path)
          .expected("lists, maps, arrays and records that do not contain themselves")
          .valueError();
    }
    if (o instanceof Tensor) {
      return step.apply(o, path);
    }
    if (o instanceof List<?> list) {
      List<@Nullable Object> made = new ArrayList<>(list.size());
      boolean same = true;
      for (int i = 0; i < list.size(); i++) {
        Object x = map(list.get(i), step, path + "[" + i + "]", depth + 1);
        same &= x == list.get(i);
        made.add(x);
      }
      return same ? o : Collections.unmodifiableList(made);
    }
    if (o instanceof Map<?, ?> m) {
      Map<@Nullable Object, @Nullable Object> made = new LinkedHashMap<>();
      boolean same = true;
      for (Map.Entry<?, ?> e : m.entrySet()) {
        Object x = map(e.getValue(), step, path + "." + e.getKey(), depth + 1);
        same &= x == e.getValue();
        made.put(e.getKey(), x);
      }
      return same ? o : Collections.unmodifiableMap(made);
    }
    if (o instanceof Object[] a) {
      Object[] made = a.clone();
      boolean same = true;
      for (int i = 0; i < a.length; i++) {
        Object x = map(a[i], step, path + "[" + i + "]", depth + 1);
        same &= x == a[i];
        if (x != a[i]) {
          Array.set(made, i, x);
        }
      }
      return same ? o : made;
    }
    Form form = o == null ? Form.LEAF : FORMS.get(o.getClass());
    return form == Form.LEAF ? step.apply(o, path) : form.map(o, step, path, depth);
  }

  /// Tells whether `o` is taken apart, not a leaf.
  public static boolean isNested(@Nullable Object o) {
    return o instanceof List
        || o instanceof Map
        || o instanceof Object[]
        || o != null && FORMS.get(o.getClass()) != Form.LEAF;
  }

  private static final ClassValue<Form> FORMS =
      new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> c) {
          return Form.of(c);
        }
      };

  /// How values of a class with named parts are read and made.
  private record Form(
      List<String> names, List<MethodHandle> getters, @Nullable MethodHandle maker) {
    static final Form LEAF = new Form(List.of(), List.of(), null);

    static Form of(Class<?> c) {
      try {
        if (c == Spec.class) {
          return LEAF;
        }
        if (c.isRecord()) {
          return ofRecord(c);
        }
        return isDataClass(c) ? ofDataClass(c) : LEAF;
      } catch (IllegalAccessException
          | SecurityException
          | java.lang.reflect.InaccessibleObjectException e) {
        // A class that keeps its parts to itself is a leaf.
        return LEAF;
      }
    }

    private static Form ofRecord(Class<?> c) throws IllegalAccessException {
      List<String> names = new ArrayList<>();
      List<MethodHandle> getters = new ArrayList<>();
      List<Class<?>> types = new ArrayList<>();
      for (RecordComponent r : c.getRecordComponents()) {
        r.getAccessor().setAccessible(true);
        names.add(r.getName());
        getters.add(MethodHandles.lookup().unreflect(r.getAccessor()));
        types.add(r.getType());
      }
      return new Form(names, getters, maker(c, types));
    }

    /// Kotlin's data classes have `component1()`, `component2()`, … and a `copy`.
    private static boolean isDataClass(Class<?> c) {
      if (c.isArray() || c.isPrimitive() || c.getName().startsWith("java.")) {
        return false;
      }
      boolean copies = false;
      boolean first = false;
      for (Method m : c.getDeclaredMethods()) {
        copies |= m.getName().equals("copy") || m.getName().equals("copy$default");
        first |= m.getName().equals("component1") && m.getParameterCount() == 0;
      }
      return first && copies;
    }

    private static Form ofDataClass(Class<?> c) throws IllegalAccessException {
      List<String> names = new ArrayList<>();
      List<MethodHandle> getters = new ArrayList<>();
      List<Class<?>> types = new ArrayList<>();
      for (int i = 1; ; i++) {
        Method m;
        try {
          m = c.getDeclaredMethod("component" + i);
        } catch (NoSuchMethodException e) {
          break;
        }
        m.setAccessible(true);
        names.add("component" + i);
        getters.add(MethodHandles.lookup().unreflect(m));
        types.add(m.getReturnType());
      }
      return new Form(names, getters, maker(c, types));
    }

    private static @Nullable MethodHandle maker(Class<?> c, List<Class<?>> types)
        throws IllegalAccessException {
      try {
        Constructor<?> k = c.getDeclaredConstructor(types.toArray(Class[]::new));
        k.setAccessible(true);
        return MethodHandles.lookup().unreflectConstructor(k);
      } catch (NoSuchMethodException e) {
        return null;
      }
    }

    Object map(Object o, Step step, String path, int depth) {
      Object[] parts = new Object[names.size()];
      boolean same = true;
      try {
        for (int i = 0; i < parts.length; i++) {
          Object part = getters.get(i).invoke(o);
          parts[i] = Nest.map(part, step, path + "." + names.get(i), depth + 1);
          same &= parts[i] == part || part instanceof Number && part.equals(parts[i]);
        }
        if (same) {
          return o;
        }
        MethodHandle m = maker;
        if (m == null) {
          throw Message.what(
                  "cannot make another " + o.getClass().getName() + " with other tensors in it")
              .expected("a constructor that takes its parts " + names)
              .fix("return a list, a map or a record")
              .typeError();
        }
        return m.invokeWithArguments(parts);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (InvocationTargetException e) {
        throw new IllegalStateException(e.getCause());
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
