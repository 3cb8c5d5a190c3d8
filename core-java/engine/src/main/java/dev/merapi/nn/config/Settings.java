package dev.merapi.nn.config;

import dev.merapi.say.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All arguments of one object, in Keras's order.
///
/// ```java
/// private final Settings settings = new Settings("L2");
/// private final Setting<Double> l2 = settings.add("l2", Kinds.NUMBER, 0.01);
/// ```
public final class Settings {
  private final String owner;
  private final Map<String, Setting<?>> all = new LinkedHashMap<>();
  private @Nullable String closed;

  /// @param owner name of the class that has the arguments, for messages
  public Settings(String owner) {
    this.owner = owner;
  }

  public String owner() {
    return owner;
  }

  /// Adds an argument with a default.
  public <T extends @Nullable Object> Setting<T> add(String name, Kind<T> kind, T byDefault) {
    return put(new Setting<>(this, name, kind, byDefault, false));
  }

  /// Adds an argument that must be given.
  @SuppressWarnings("NullAway") // The placeholder is never handed out: `get` asks first.
  public <T> Setting<T> require(String name, Kind<T> kind) {
    return put(new Setting<>(this, name, kind, null, true));
  }

  private <T extends @Nullable Object> Setting<T> put(Setting<T> s) {
    all.put(s.name(), s);
    return s;
  }

  public Map<String, Setting<?>> all() {
    return all;
  }

  /// Takes one value.
  ///
  /// Fails: `ValueError` when there is no such argument or the value does not fit.
  public void set(String name, @Nullable Object value) {
    Setting<?> s = all.get(name);
    if (s == null) {
      throw Message.what(owner + ": there is no argument '" + name + "'")
          .given(name + " = " + shown(value))
          .expected(String.join(", ", all.keySet()))
          .valueError();
    }
    s.set(value);
  }

  /// Returns name and value of each argument, in the form of a configuration.
  public Map<String, @Nullable Object> config() {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    all.forEach((name, s) -> config.put(name, s.written()));
    return config;
  }

  /// Takes the values of a configuration.
  ///
  /// Fails: `ValueError` naming an argument that there is not.
  public void read(Map<String, ?> config) {
    config.forEach(this::set);
  }

  /// Lets no argument change from now on; `why` completes "cannot be changed: …".
  public void close(String why) {
    closed = why;
  }

  void mayChange(String name) {
    if (closed != null) {
      throw Message.what(owner + ": " + name + " cannot be changed: " + closed)
          .fix("set it right after the constructor, or make a new " + owner)
          .valueError();
    }
  }

  static String shown(@Nullable Object x) {
    if (x == null) {
      return "null";
    }
    String text = x instanceof String s ? "'" + s + "'" : shownAny(x);
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  private static String shownAny(Object x) {
    return x.getClass().isArray() ? Kinds.items(x).toString() : x.toString();
  }
}
