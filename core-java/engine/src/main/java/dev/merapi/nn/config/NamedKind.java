package dev.merapi.nn.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Objects that may be given as they are, by a name in any case (`"glorot_uniform"`,
/// `"GlorotUniform"`), or in Keras's form for files.
public class NamedKind<T> implements Kind<T> {
  private final Class<T> type;
  private final String what;
  private final Map<String, Supplier<? extends T>> known = new LinkedHashMap<>();
  private final Map<String, String> plain = new LinkedHashMap<>();

  /// @param what for messages: "initializer"
  public NamedKind(Class<T> type, String what) {
    this.type = type;
    this.what = what;
  }

  /// Adds a name, and others that mean the same.
  public NamedKind<T> with(String name, Supplier<? extends T> make, String... others) {
    known.put(name, make);
    plain.put(plain(name), name);
    for (String other : others) {
      plain.put(plain(other), name);
    }
    return this;
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /// Returns the names, in the order in which they were added.
  public List<String> names() {
    return new ArrayList<>(known.keySet());
  }

  @Override
  public T read(@Nullable Object given) {
    if (type.isInstance(given)) {
      return type.cast(given);
    }
    if (given instanceof String name) {
      String full = plain.get(plain(name));
      Supplier<? extends T> make = full == null ? null : known.get(full);
      if (make == null) {
        throw new Misfit("there is no " + what + " of that name");
      }
      return make.get();
    }
    if (given instanceof Map<?, ?> form) {
      return Saved.read(form, type);
    }
    throw new Misfit("");
  }

  @Override
  public @Nullable Object write(T value) {
    return Saved.write(value);
  }

  @Override
  public String expected() {
    return "an object of type "
        + type.getSimpleName()
        + ", or one of "
        + String.join(", ", known.keySet());
  }
}
