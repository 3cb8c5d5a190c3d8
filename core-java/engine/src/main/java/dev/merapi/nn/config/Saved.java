package dev.merapi.nn.config;

import dev.merapi.say.Message;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Objects to and from Keras's form `{"module", "class_name", "config", "registered_name"}`.
///
/// Our own classes are found by their names, which are Keras's, in the packages listed here; a
/// program's own classes after [#register]. No other class can be made from a file.
public final class Saved {
  private static final String NN = "dev.merapi.nn.";

  /// Keras's module for each of our packages, `layer` standing for all packages in it.
  private static final Map<String, String> MODULES = new LinkedHashMap<>();

  static {
    MODULES.put("layer", "keras.layers");
    MODULES.put("init", "keras.initializers");
    MODULES.put("regularize", "keras.regularizers");
    MODULES.put("constrain", "keras.constraints");
    MODULES.put("loss", "keras.losses");
    MODULES.put("metric", "keras.metrics");
    MODULES.put("optimizer.schedule", "keras.optimizers.schedules");
    MODULES.put("optimizer", "keras.optimizers");
    MODULES.put("model", "keras");
  }

  private static final List<String> PACKAGES =
      List.of(
          "layer",
          "layer.activate",
          "layer.attention",
          "layer.conv",
          "layer.image",
          "layer.merge",
          "layer.noise",
          "layer.norm",
          "layer.pool",
          "layer.preprocess",
          "layer.recurrent",
          "layer.reshape",
          "model",
          "init",
          "regularize",
          "constrain",
          "loss",
          "metric",
          "optimizer",
          "optimizer.schedule");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /// Classes of programs by registered name, `package>ClassName`.
  private static final Map<String, Class<?>> CUSTOM = new ConcurrentHashMap<>();

  private Saved() {}

  /// Lets a program's own class be made from configurations.
  ///
  /// @param packageName Keras's name space for registered classes; null for `Custom`
  public static void register(@Nullable String packageName, Class<?> type) {
    CUSTOM.put((packageName == null ? "Custom" : packageName) + ">" + type.getSimpleName(), type);
  }

  public static void register(Class<?> type) {
    register(null, type);
  }

  private static @Nullable String registeredName(Class<?> type) {
    for (Map.Entry<String, Class<?>> e : CUSTOM.entrySet()) {
      if (e.getValue() == type) {
        return e.getKey();
      }
    }
    return null;
  }

  /// Returns an object in Keras's form; null stays null, and text is the name of a function.
  public static @Nullable Object write(@Nullable Object o) {
    if (o == null || o instanceof String) {
      return o;
    }
    Class<?> type = o.getClass();
    Map<String, @Nullable Object> m = new LinkedHashMap<>();
    String registered = registeredName(type);
    String module = module(type);
    m.put("module", module);
    m.put("class_name", o instanceof Configurable c ? c.className() : type.getSimpleName());
    m.put("config", config(o));
    m.put(
        "registered_name",
        registered != null ? registered : module == null ? type.getSimpleName() : null);
    return m;
  }

  private static Map<String, @Nullable Object> config(Object o) {
    if (!(o instanceof Configurable c)) {
      return Derived.config(o, Set.of());
    }
    Map<String, @Nullable Object> config = c.getConfig();
    if (o instanceof HasSettings && module(o.getClass()) == null && !writesItself(o.getClass())) {
      // A program's own layer: its settings are those of all layers, the rest its constructor's.
      config.putAll(Derived.config(o, config.keySet()));
    }
    return config;
  }

  /// Tells whether a class of a program says itself what its configuration is.
  private static boolean writesItself(Class<?> type) {
    try {
      return module(type.getMethod("getConfig").getDeclaringClass()) == null
          && type.getMethod("getConfig").getDeclaringClass() != HasSettings.class;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static @Nullable String module(Class<?> type) {
    String home = type.getPackageName() + ".";
    if (!home.startsWith(NN)) {
      return null;
    }
    for (Map.Entry<String, String> e : MODULES.entrySet()) {
      if (home.startsWith(NN + e.getKey() + ".")) {
        return e.getValue();
      }
    }
    return null;
  }

  /// Makes the object that a map in Keras's form describes; the form of Keras 2, without `module`,
  /// will do.
  ///
  /// @param expected what the object must be Fails: `ValueError` when the class is unknown, is no
  ///   `expected`, or cannot be made.
  public static <T> T read(Map<?, ?> form, Class<T> expected) {
    return read(form, expected, Map.of());
  }

  /// @param custom classes of the program by class name, for this object and those in it
  public static <T> T read(Map<?, ?> form, Class<T> expected, Map<String, Class<?>> custom) {
    Object name = form.get("class_name");
    if (!(name instanceof String className)) {
      throw Message.what("a configuration has no class_name")
          .given(Settings.shown(form))
          .expected("{\"class_name\": …, \"config\": {…}}")
          .valueError();
    }
    Class<?> type = find(className, form.get("registered_name"), expected, custom);
    Object config = form.get("config");
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    if (config instanceof Map<?, ?> given) {
      given.forEach((k, v) -> arguments.put(String.valueOf(k), v));
    } else if (config instanceof List<?> layers) {
      // Keras 2 wrote early Sequential models as a bare list.
      arguments.put("layers", layers);
    }
    return expected.cast(make(type, arguments));
  }

  private static Class<?> find(
      String name, @Nullable Object registered, Class<?> expected, Map<String, Class<?>> custom) {
    Class<?> own = custom.get(name);
    if (own == null && registered instanceof String r) {
      own = custom.containsKey(r) ? custom.get(r) : CUSTOM.get(r);
    }
    if (own == null) {
      for (Map.Entry<String, Class<?>> e : CUSTOM.entrySet()) {
        if (e.getKey().endsWith(">" + name)) {
          own = e.getValue();
        }
      }
    }
    if (own != null && expected.isAssignableFrom(own)) {
      return own;
    }
    if (NAME.matcher(name).matches()) {
      for (String p : PACKAGES) {
        try {
          Class<?> c = Class.forName(NN + p + "." + name, false, Saved.class.getClassLoader());
          if (expected.isAssignableFrom(c) && !Modifier.isAbstract(c.getModifiers())) {
            return c;
          }
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
          // Not in this package; a name that differs in case only is a NoClassDefFoundError.
        }
      }
    }
    throw Message.what(
            "Could not locate class '" + name + "', a " + expected.getSimpleName() + " to be made")
        .given("class_name '" + name + "', registered_name " + Settings.shown(registered))
        .expected("one of Keras's class names, or a class of the program that was registered")
        .fix("register the class first: Saved.register(" + name + ".class), or pass it by name")
        .valueError();
  }

  private static Object make(Class<?> type, Map<String, @Nullable Object> config) {
    try {
      for (Method m : type.getDeclaredMethods()) {
        if (m.getName().equals("fromConfig")
            && Modifier.isStatic(m.getModifiers())
            && m.getParameterCount() == 1
            && m.getParameterTypes()[0] == Map.class) {
          m.setAccessible(true);
          return m.invoke(null, config);
        }
      }
      if (HasSettings.class.isAssignableFrom(type) && module(type) != null) {
        Constructor<?> c = type.getDeclaredConstructor();
        c.setAccessible(true);
        HasSettings made = (HasSettings) c.newInstance();
        made.readConfig(config);
        return made;
      }
      Object made = Derived.make(type, config);
      if (made instanceof HasSettings h) {
        config.keySet().retainAll(h.settings().all().keySet());
        h.readConfig(config);
      }
      return made;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw new IllegalStateException(type.getName() + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "This is a bug in Merapi: " + type.getName() + " has no constructor without arguments",
          e);
    }
  }
}
