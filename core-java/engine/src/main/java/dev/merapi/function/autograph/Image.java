package dev.merapi.function.autograph;

import dev.merapi.say.Where;
import dev.merapi.tensor.Tensor;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// How the content of one mutable object is read and written back.
///
/// The content is a flat array; of a map the keys come first.
abstract class Image {
  final Object of;

  /// What the program calls the object, for messages: `a.s`, `list`.
  final String path;

  private @Nullable Object[] before = {};

  private Image(Object of, String path) {
    this.of = of;
    this.path = path;
  }

  abstract @Nullable Object[] read();

  abstract void write(@Nullable Object[] content);

  /// Names one place of the content, for messages.
  String name(int i) {
    return path + "[" + i + "]";
  }

  void take() {
    before = read();
  }

  @Nullable Object[] before() {
    return before;
  }

  /// Returns the content if it is not what it was, else null.
  @Nullable Object @Nullable [] changed() {
    Object[] now = read();
    return same(before, now) ? null : now;
  }

  static boolean same(@Nullable Object[] a, @Nullable Object[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (!same(a[i], b[i])) {
        return false;
      }
    }
    return true;
  }

  static boolean same(@Nullable Object a, @Nullable Object b) {
    return a == b || isPlain(a) && a.equals(b);
  }

  static boolean isPlain(@Nullable Object o) {
    return o instanceof Number
        || o instanceof String
        || o instanceof Boolean
        || o instanceof Character
        || o instanceof Wide;
  }

  /// Returns the image of an object that can change, or null for others.
  static @Nullable Image of(Object o, String path) {
    return switch (o) {
      case List<?> l -> new Elements(l, path);
      case Map<?, ?> m -> new Entries(m, path);
      case Collection<?> c -> new Elements(c, path);
      case Rows r -> new Single(r, path, r::position, v -> r.setPosition((Tensor) v));
      case Replay r -> new Single(r, path, r::position, v -> r.setPosition((Integer) v));
      case AtomicInteger a -> new Single(a, path, a::get, v -> a.set((Integer) v));
      case AtomicLong a -> new Single(a, path, a::get, v -> a.set((Long) v));
      case AtomicBoolean a -> new Single(a, path, a::get, v -> a.set((Boolean) v));
      case AtomicReference<?> a -> new Single(a, path, a::get, v -> set(a, v));
      case StringBuilder b ->
          new Single(
              b,
              path,
              b::toString,
              v -> {
                b.setLength(0);
                b.append((String) v);
              });
      default -> {
        if (o.getClass().isArray()) {
          yield new Slots(o, path);
        }
        Field[] fields = FIELDS.get(o.getClass());
        yield fields.length == 0 ? null : new Fields(o, path, fields);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(AtomicReference<T> a, @Nullable Object v) {
    a.set((T) v);
  }

  private static final class Elements extends Image {
    Elements(Collection<?> of, String path) {
      super(of, path);
    }

    @Override
    @Nullable Object[] read() {
      return ((Collection<?>) of).toArray();
    }

    @Override
    @SuppressWarnings("unchecked")
    void write(@Nullable Object[] content) {
      if (of instanceof List<?> l && l.size() == content.length) {
        for (int i = 0; i < content.length; i++) {
          if (l.get(i) != content[i]) {
            ((List<@Nullable Object>) l).set(i, content[i]);
          }
        }
        return;
      }
      Collection<@Nullable Object> c = (Collection<@Nullable Object>) of;
      c.clear();
      c.addAll(Arrays.asList(content));
    }
  }

  private static final class Entries extends Image {
    Entries(Map<?, ?> of, String path) {
      super(of, path);
    }

    @Override
    @Nullable Object[] read() {
      List<@Nullable Object> all = new ArrayList<>(((Map<?, ?>) of).keySet());
      all.addAll(((Map<?, ?>) of).values());
      return all.toArray();
    }

    @Override
    @SuppressWarnings("unchecked")
    void write(@Nullable Object[] content) {
      Map<@Nullable Object, @Nullable Object> m = (Map<@Nullable Object, @Nullable Object>) of;
      int n = content.length / 2;
      if (m.size() != n || !Arrays.equals(m.keySet().toArray(), Arrays.copyOf(content, n))) {
        m.clear();
      }
      for (int i = 0; i < n; i++) {
        m.put(content[i], content[n + i]);
      }
    }

    @Override
    String name(int i) {
      Object[] now = read();
      int n = now.length / 2;
      boolean value = i >= n && i < 2 * n;
      return value ? path + "[" + now[i - n] + "]" : "an entry of " + path;
    }
  }

  private static final class Slots extends Image {
    Slots(Object of, String path) {
      super(of, path);
    }

    @Override
    @Nullable Object[] read() {
      Object[] all = new Object[Array.getLength(of)];
      for (int i = 0; i < all.length; i++) {
        all[i] = Array.get(of, i);
      }
      return all;
    }

    @Override
    void write(@Nullable Object[] content) {
      for (int i = 0; i < content.length; i++) {
        Array.set(of, i, content[i]);
      }
    }
  }

  private interface Get {
    @Nullable Object get();
  }

  private interface Set {
    void set(@Nullable Object v);
  }

  private static final class Single extends Image {
    private final Get get;
    private final Set set;

    Single(Object of, String path, Get get, Set set) {
      super(of, path);
      this.get = get;
      this.set = set;
    }

    @Override
    @Nullable Object[] read() {
      return new Object[] {get.get()};
    }

    @Override
    void write(@Nullable Object[] content) {
      set.set(content[0]);
    }

    @Override
    String name(int i) {
      return of instanceof Replay ? "the place of the iterator " + path : path;
    }
  }

  private static final class Fields extends Image {
    private final Field[] fields;

    Fields(Object of, String path, Field[] fields) {
      super(of, path);
      this.fields = fields;
    }

    @Override
    @Nullable Object[] read() {
      Object[] all = new Object[fields.length];
      try {
        for (int i = 0; i < all.length; i++) {
          all[i] = fields[i].get(of);
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
      return all;
    }

    @Override
    void write(@Nullable Object[] content) {
      Object[] now = read();
      try {
        for (int i = 0; i < content.length; i++) {
          if (!same(now[i], content[i])) {
            fields[i].set(of, content[i]);
          }
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    String name(int i) {
      return of.getClass().getName().startsWith("kotlin.jvm.internal.Ref$")
          ? path
          : path + "." + fields[i].getName();
    }
  }

  /// The static fields that a method reads or writes.
  static final class Statics extends Image {
    private final List<String> names;
    private final List<VarHandle> handles;

    Statics(List<String> names, List<VarHandle> handles) {
      super(handles, "");
      this.names = names;
      this.handles = handles;
    }

    @Override
    @Nullable Object[] read() {
      return handles.stream().map(h -> (Object) h.get()).toArray();
    }

    @Override
    void write(@Nullable Object[] content) {
      for (int i = 0; i < content.length; i++) {
        if (!same(handles.get(i).get(), content[i])) {
          handles.get(i).set(content[i]);
        }
      }
    }

    @Override
    String name(int i) {
      return names.get(i);
    }
  }

  /// Objects of these packages are not looked into: Merapi's cannot change under a trace, and the
  /// JDK's keep their fields to themselves.
  private static boolean isClosed(Class<?> c) {
    String n = c.getName();
    return c.isPrimitive()
        || c.isEnum()
        || c.isRecord() && n.startsWith("java.")
        || n.startsWith("java.")
        || n.startsWith("javax.")
        || n.startsWith("jdk.")
        || n.startsWith("sun.")
        || n.startsWith("com.sun.")
        || n.startsWith("kotlin.reflect.")
        || !n.startsWith("kotlin.") && Where.isOurs(n);
  }

  private static final ClassValue<Field[]> FIELDS =
      new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> c) {
          List<Field> all = new ArrayList<>();
          for (Class<?> k = c; k != null && !isClosed(k); k = k.getSuperclass()) {
            for (Field f : k.getDeclaredFields()) {
              if (!Modifier.isStatic(f.getModifiers())) {
                try {
                  f.setAccessible(true);
                  all.add(f);
                } catch (RuntimeException e) {
                  // A module keeps it to itself: as closed as the JDK's.
                  continue;
                }
              }
            }
          }
          return all.toArray(Field[]::new);
        }
      };
}
