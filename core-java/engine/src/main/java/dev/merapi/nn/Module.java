package dev.merapi.nn;

import dev.merapi.eager.Variable;
import dev.merapi.say.Message;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Owns variables and other modules, and finds them by itself.
///
/// Every variable and every module in a field, or in a list or map in a field, belongs to the
/// module; order is that of the fields, base class first.
public abstract class Module {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final String name;

  /// Names the module after its class: `MyLayer` becomes `my_layer`.
  protected Module() {
    this(null);
  }

  /// @param name a valid identifier, or null for the class's name
  protected Module(@Nullable String name) {
    if (name != null && !NAME.matcher(name).matches()) {
      throw Message.what("'" + name + "' is not a valid module name")
          .expected("letters, digits and underscores, not starting with a digit")
          .valueError();
    }
    this.name = name != null ? name : snakeCase(getClass().getSimpleName());
  }

  /// Returns `CustomModel` as `custom_model`, `Conv2D` as `conv2d`.
  public static String snakeCase(String className) {
    return className
        .replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  public String name() {
    return name;
  }

  /// Returns all variables, this module's first, then those of the modules inside.
  public List<Variable> variables() {
    Set<Variable> found = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Variable> order = new ArrayList<>();
    collect(this, found, order, Collections.newSetFromMap(new IdentityHashMap<>()));
    return List.copyOf(order);
  }

  /// Returns the variables that training changes.
  public List<Variable> trainableVariables() {
    return variables().stream().filter(Variable::isTrainable).toList();
  }

  private static void collect(
      Object o, Set<Variable> found, List<Variable> order, Set<Object> seen) {
    switch (o) {
      case Variable v -> {
        if (found.add(v)) {
          order.add(v);
        }
      }
      case Module m -> {
        if (seen.add(m)) {
          fields(m, m.getClass(), found, order, seen);
        }
      }
      case Iterable<?> many -> many.forEach(e -> collectIfAny(e, found, order, seen));
      case Map<?, ?> map -> map.values().forEach(e -> collectIfAny(e, found, order, seen));
      default -> {
        // Other fields hold no variables.
      }
    }
  }

  private static void collectIfAny(
      @Nullable Object o, Set<Variable> found, List<Variable> order, Set<Object> seen) {
    if (o != null) {
      collect(o, found, order, seen);
    }
  }

  private static void fields(
      Module m, Class<?> c, Set<Variable> found, List<Variable> order, Set<Object> seen) {
    if (c == Module.class) {
      return;
    }
    fields(m, c.getSuperclass(), found, order, seen);
    for (Field f : c.getDeclaredFields()) {
      if (Modifier.isStatic(f.getModifiers()) || f.getType().isPrimitive()) {
        continue;
      }
      try {
        f.setAccessible(true);
        collectIfAny(f.get(m), found, order, seen);
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw Message.what("module " + m.name + ": field " + f.getName() + " cannot be read")
            .fix("open the package of " + c.getName() + " to dev.merapi in its module-info")
            .valueError();
      }
    }
  }
}
