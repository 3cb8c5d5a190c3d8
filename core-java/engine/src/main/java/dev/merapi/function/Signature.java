package dev.merapi.function;

import dev.merapi.eager.Variable;
import dev.merapi.graph.Nest;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a trace depends on: type and shape of tensors, the value of numbers, strings and enums, the
/// identity of everything else, and how all of it is nested.
final class Signature {
  /// Stands for an object that is told by identity.
  record Same(Object object) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Same s && s.object == object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }

  /// An array of numbers, told by its content.
  private record Content(Object array) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Content c
          && c.array.getClass() == array.getClass()
          && Objects.deepEquals(c.array, array);
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(new Object[] {array});
    }
  }

  /// One leaf: where it is, and what the trace depends on.
  record Part(String path, @Nullable Object key) {}

  final List<Part> parts;

  /// The keys of the arguments if none is nested, for a quick comparison; else null.
  final @Nullable Object @Nullable [] simple;

  /// How many tensors there are.
  final int tensors;

  private final int hash;

  private Signature(List<Part> parts, @Nullable Object @Nullable [] simple) {
    this.parts = parts;
    this.simple = simple;
    this.tensors = (int) parts.stream().filter(p -> p.key() instanceof Spec).count();
    this.hash = keys().hashCode();
  }

  static Signature of(Object[] args, List<String> names) {
    List<Part> parts = new ArrayList<>();
    boolean flat = true;
    for (int i = 0; i < args.length; i++) {
      flat &= args[i] != null && !Nest.isNested(args[i]);
      String name = name(names, i);
      Nest.map(
          args[i],
          (leaf, path) -> {
            parts.add(new Part(name + path, key(leaf)));
            return leaf;
          });
      // Tells an empty list from none at all.
      parts.add(new Part("", args[i] == null || !Nest.isNested(args[i]) ? null : kind(args[i])));
    }
    return new Signature(parts, flat ? firsts(parts) : null);
  }

  /// Returns the keys of the arguments: every second part ends one.
  private static Object[] firsts(List<Part> parts) {
    Object[] all = new Object[parts.size() / 2];
    for (int i = 0; i < all.length; i++) {
      all[i] = parts.get(2 * i).key();
    }
    return all;
  }

  static String name(List<String> names, int i) {
    return i < names.size() ? names.get(i) : "args_" + i;
  }

  private static Object kind(Object nested) {
    return nested instanceof List
        ? "list"
        : nested instanceof java.util.Map
            ? "map"
            : nested instanceof Object[] ? "array" : nested.getClass();
  }

  private static @Nullable Object key(@Nullable Object leaf) {
    return switch (leaf) {
      case null -> null;
      case Tensor t -> t.spec();
      case Variable v -> new Same(v);
      case Number n -> n;
      case Boolean b -> b;
      case CharSequence s -> s.toString();
      case Character c -> c;
      case Enum<?> e -> e;
      case Shape s -> s;
      case Spec s -> new Content(new Object[] {s});
      default -> leaf.getClass().isArray() ? new Content(leaf) : new Same(leaf);
    };
  }

  /// Tells whether a trace made for this signature serves `other`: the same, but for unknown axes
  /// here.
  boolean serves(Signature other) {
    if (parts.size() != other.parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      Object mine = parts.get(i).key();
      Object theirs = other.parts.get(i).key();
      boolean fits =
          mine instanceof Spec s && theirs instanceof Spec t
              ? s.dtype() == t.dtype() && covers(s.shape(), t.shape())
              : Objects.equals(mine, theirs);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  static boolean covers(Shape wide, Shape narrow) {
    if (!wide.isRankKnown()) {
      return true;
    }
    return narrow.isRankKnown() && wide.rank() == narrow.rank() && wide.accepts(narrow);
  }

  /// Returns the signature that serves both, or null when they differ in more than sizes of axes.
  @Nullable Signature relaxed(Signature other) {
    if (parts.size() != other.parts.size()) {
      return null;
    }
    List<Part> wide = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Object a = parts.get(i).key();
      Object b = other.parts.get(i).key();
      if (a instanceof Spec s && b instanceof Spec t && s.dtype() == t.dtype()) {
        wide.add(new Part(parts.get(i).path(), s.withShape(union(s.shape(), t.shape()))));
      } else if (Objects.equals(a, b)) {
        wide.add(parts.get(i));
      } else {
        return null;
      }
    }
    return new Signature(wide, simple == null ? null : firsts(wide));
  }

  static Shape union(Shape a, Shape b) {
    if (!a.isRankKnown() || !b.isRankKnown() || a.rank() != b.rank()) {
      return Shape.UNKNOWN;
    }
    int[] d = a.dims();
    for (int i = 0; i < d.length; i++) {
      d[i] = d[i] == b.dim(i) ? d[i] : Shape.UNKNOWN_SIZE;
    }
    return Shape.of(d);
  }

  /// Returns the tensors' types and shapes, in the order of the leaves.
  List<Spec> specs() {
    List<Spec> all = new ArrayList<>();
    for (Part p : parts) {
      if (p.key() instanceof Spec s) {
        all.add(s);
      }
    }
    return all;
  }

  /// Returns the signature with other types and shapes of the tensors.
  Signature withSpecs(List<Spec> specs) {
    List<Part> all = new ArrayList<>();
    int at = 0;
    for (Part p : parts) {
      all.add(p.key() instanceof Spec ? new Part(p.path(), specs.get(at++)) : p);
    }
    return new Signature(all, simple == null ? null : firsts(all));
  }

  /// Returns in words what of `this` differs from `before`: `argument 'n' changed from 3 to 4`.
  String changes(Signature before) {
    List<String> all = new ArrayList<>();
    if (parts.size() != before.parts.size()) {
      all.add(
          "the structure of the arguments changed from " + before.describe() + " to " + describe());
    } else {
      for (int i = 0; i < parts.size(); i++) {
        Object a = before.parts.get(i).key();
        Object b = parts.get(i).key();
        if (!Objects.equals(a, b)) {
          all.add(
              "argument '" + parts.get(i).path() + "' changed from " + text(a) + " to " + text(b));
        }
      }
    }
    return String.join("; ", all);
  }

  int difference(Signature other) {
    int n = Math.abs(parts.size() - other.parts.size()) * 100;
    for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
      n += Objects.equals(parts.get(i).key(), other.parts.get(i).key()) ? 0 : 1;
    }
    return n;
  }

  String describe() {
    List<String> all = new ArrayList<>();
    for (Part p : parts) {
      if (!p.path().isEmpty()) {
        all.add(p.path() + ": " + text(p.key()));
      }
    }
    return "(" + String.join(", ", all) + ")";
  }

  private static String text(@Nullable Object key) {
    return switch (key) {
      case null -> "null";
      case Same s -> {
        String name = s.object().getClass().getName();
        yield name.substring(name.lastIndexOf('.') + 1)
            + "@"
            + Integer.toHexString(System.identityHashCode(s.object()));
      }
      case Content c -> {
        String all = Arrays.deepToString(new Object[] {c.array()});
        String bare = all.substring(1, all.length() - 1);
        yield bare.length() > 60 ? bare.substring(0, 57) + "…" : bare;
      }
      case String s -> "\"" + s + "\"";
      default -> key.toString();
    };
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Signature s && s.hash == hash && keys().equals(s.keys());
  }

  private List<@Nullable Object> keys() {
    List<@Nullable Object> all = new ArrayList<>(parts.size());
    for (Part p : parts) {
      all.add(p.key());
    }
    return all;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
