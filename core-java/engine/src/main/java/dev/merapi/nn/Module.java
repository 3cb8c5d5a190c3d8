package dev.merapi.nn;

import dev.merapi.eager.Variable;
import dev.merapi.say.Message;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
    this.name = name != null ? checked(name) : snakeCase(getClass().getSimpleName());
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Message.what("'" + name + "' is not a valid module name")
          .expected("letters, digits and underscores, not starting with a digit")
          .valueError();
    }
    return name;
  }

  /// Returns `CustomModel` as `custom_model`, `Conv2D` as `conv2d`.
  public static String snakeCase(String className) {
    return className
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  public String name() {
    return name;
  }

  /// Returns all variables, this module's first, then those of the modules inside.
  public List<Variable> variables() {
    List<Variable> order = new ArrayList<>();
    walk(null, order);
    return List.copyOf(order);
  }

  /// Returns the variables that training changes.
  public List<Variable> trainableVariables() {
    return variables().stream().filter(Variable::isTrainable).toList();
  }

  /// Returns the modules in the fields of this one, not those inside them.
  public List<Module> parts() {
    List<Module> parts = new ArrayList<>();
    walk(parts, new ArrayList<>());
    return parts;
  }

  private void walk(@Nullable List<Module> parts, List<Variable> order) {
    new Walk(this, parts, order).fields(this, getClass());
  }

  /// One look through fields, lists and maps; every variable and module is met once.
  private static final class Walk {
    private final @Nullable List<Module> parts;
    private final List<Variable> order;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    Walk(Module start, @Nullable List<Module> parts, List<Variable> order) {
      this.parts = parts;
      this.order = order;
      seen.add(start);
    }

    private void look(@Nullable Object o) {
      switch (o) {
        case Variable v -> {
          if (seen.add(v)) {
            order.add(v);
          }
        }
        case Module m -> {
          if (seen.add(m)) {
            if (parts != null) {
              parts.add(m);
            } else {
              fields(m, m.getClass());
            }
          }
        }
        case Collection<?> many -> many.forEach(this::look);
        case Map<?, ?> map -> map.values().forEach(this::look);
        case Object[] many -> Arrays.asList(many).forEach(this::look);
        case null, default -> {
          // Other fields hold no variables.
        }
      }
    }

    private void fields(Module m, Class<?> c) {
      if (c == Module.class) {
        return;
      }
      fields(m, c.getSuperclass());
      for (Field f : c.getDeclaredFields()) {
        if (Modifier.isStatic(f.getModifiers())
            || f.getType().isPrimitive()
            || f.isAnnotationPresent(Untracked.class)) {
          continue;
        }
        try {
          f.setAccessible(true);
          look(f.get(m));
        } catch (ReflectiveOperationException | RuntimeException e) {
          throw Message.what("module " + m.name() + ": field " + f.getName() + " cannot be read")
              .fix("open the package of " + c.getName() + " to dev.merapi in its module-info")
              .valueError();
        }
      }
    }
  }
}
