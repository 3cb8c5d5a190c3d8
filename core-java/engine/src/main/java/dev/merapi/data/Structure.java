package dev.merapi.data;

import dev.merapi.graph.Builder;
import dev.merapi.graph.Nest;
import dev.merapi.memory.Memory;
import dev.merapi.op.Literals;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the elements of a dataset are built: pairs, triples, lists, maps, records and data classes
/// around tensors, and what is known of each tensor.
///
/// Stages work on the tensors alone, in the order in which they stand in the structure (the
/// components); the structure is put around them where a user's function or loop sees them. An
/// inner dataset travels as a single tensor of type variant.
final class Structure {
  /// The type of the tensor that carries an inner dataset.
  static final Spec DATASET = Spec.of(DType.VARIANT);

  /// A structure of the form of all elements; at its leaves stand tensors, of which only the places
  /// count, and datasets.
  private final Object template;

  private final Spec[] specs;
  private final boolean holdsDatasets;

  private Structure(Object template, Spec[] specs) {
    this.template = template;
    this.specs = specs;
    this.holdsDatasets = Arrays.stream(specs).anyMatch(s -> s.dtype() == DType.VARIANT);
  }

  /// Returns the structure of a value at whose leaves are tensors and datasets.
  static Structure of(Object value, String who) {
    List<Spec> specs = new ArrayList<>();
    for (Object leaf : leaves(value, who)) {
      specs.add(leaf instanceof Tensor t ? t.spec() : DATASET);
    }
    return new Structure(value, specs.toArray(Spec[]::new));
  }

  /// Returns the structure that a user describes with types, specs or sample tensors as leaves.
  static Structure described(Object description) {
    Builder stand = new Builder("specs");
    Object template = stand(description, stand);
    return of(template, "elements");
  }

  private static Object stand(Object o, Builder b) {
    return switch (o) {
      case Spec s -> b.input("x", s);
      case DType d -> b.input("x", new Spec(d, Shape.UNKNOWN));
      case Tensor t -> t;
      case Dataset<?> d -> d;
      case Pair<?, ?>(Object x, Object y) -> Pair.of(stand(x, b), stand(y, b));
      case Triple<?, ?, ?>(Object x, Object y, Object z) ->
          Triple.of(stand(x, b), stand(y, b), stand(z, b));
      case List<?> l -> l.stream().map(x -> stand(x, b)).toList();
      case Map<?, ?> m -> {
        Map<Object, Object> made = new LinkedHashMap<>();
        m.forEach((k, v) -> made.put(k, stand(v, b)));
        yield made;
      }
      default -> {
        if (Nest.isNested(o) && !Nest.tensors(o).isEmpty()) {
          yield o;
        }
        throw Message.what("elements cannot be described by a " + o.getClass().getName())
            .expected("a DType, a Spec, or pairs, lists, maps and records of them")
            .fix("give the type alone where the shape is not known: tf.float32")
            .typeError();
      }
    };
  }

  /// Returns a structure of the same form whose leaves are of other types or shapes.
  Structure with(Spec[] other) {
    return new Structure(template, other);
  }

  /// Returns the pair of two structures.
  static Structure pair(Structure a, Structure b) {
    return joined(Pair.of(a.template, b.template), a, b);
  }

  static Structure joined(Object template, Structure... parts) {
    List<Spec> all = new ArrayList<>();
    for (Structure s : parts) {
      all.addAll(Arrays.asList(s.specs));
    }
    return new Structure(template, all.toArray(Spec[]::new));
  }

  Object template() {
    return template;
  }

  Spec[] specs() {
    return specs;
  }

  int size() {
    return specs.length;
  }

  boolean holdsDatasets() {
    return holdsDatasets;
  }

  /// Tells whether the two differ in shapes at most.
  boolean isAlike(Structure other) {
    if (specs.length != other.specs.length || !paths().equals(other.paths())) {
      return false;
    }
    for (int i = 0; i < specs.length; i++) {
      if (specs[i].dtype() != other.specs[i].dtype()) {
        return false;
      }
    }
    return true;
  }

  /// Returns the structure that elements of both have: axes of different sizes are unknown.
  Structure union(Structure other) {
    Spec[] all = new Spec[specs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = specs[i].withShape(union(specs[i].shape(), other.specs[i].shape()));
    }
    return with(all);
  }

  static Shape union(Shape a, Shape b) {
    if (!a.isRankKnown() || !b.isRankKnown() || a.rank() != b.rank()) {
      return Shape.UNKNOWN;
    }
    int[] d = a.dims();
    for (int i = 0; i < d.length; i++) {
      d[i] = d[i] == b.dim(i) ? d[i] : Shape.UNKNOWN_SIZE;
    }
    return Shape.ofOwned(d);
  }

  // ---- Values.

  /// Puts the structure around the components.
  Object build(Tensor... parts) {
    if (template instanceof Tensor) {
      return parts[0];
    }
    return build(template, parts, new int[1]);
  }

  private static Object build(Object t, Tensor[] parts, int[] at) {
    return switch (t) {
      case Tensor _ -> parts[at[0]++];
      case Dataset<?> _ -> dataset(parts[at[0]++]);
      case Pair<?, ?>(Object x, Object y) -> {
        Object first = build(x, parts, at);
        yield new Pair<>(first, build(y, parts, at));
      }
      case Triple<?, ?, ?>(Object x, Object y, Object z) -> {
        Object first = build(x, parts, at);
        Object second = build(y, parts, at);
        yield new Triple<>(first, second, build(z, parts, at));
      }
      case List<?> l -> {
        List<Object> made = new ArrayList<>(l.size());
        for (Object o : l) {
          made.add(build(o, parts, at));
        }
        yield Collections.unmodifiableList(made);
      }
      case Map<?, ?> m -> {
        Map<Object, Object> made = new LinkedHashMap<>();
        for (Map.Entry<?, ?> e : m.entrySet()) {
          made.put(e.getKey(), build(e.getValue(), parts, at));
        }
        yield Collections.unmodifiableMap(made);
      }
      default -> {
        Object made = Nest.map(t, (leaf, path) -> build(leaf, parts, at));
        if (made == null) {
          throw new IllegalStateException("This is a bug in Merapi: a structure became null");
        }
        yield made;
      }
    };
  }

  /// Returns the dataset that a component carries.
  static Dataset<?> dataset(Tensor t) {
    return (Dataset<?>) t.handles()[0];
  }

  static Tensor carrier(Dataset<?> d) {
    return Memory.handles(DATASET, new Object[] {d});
  }

  /// Takes a value of this structure apart; host numbers, arrays and lists become tensors where the
  /// structure has one.
  ///
  /// Fails: `TypeError` naming the place where the value is built in another way.
  Tensor[] flatten(Object value, String who) {
    if (template instanceof Tensor && value instanceof Tensor t && fits(t, specs[0])) {
      return new Tensor[] {t};
    }
    List<Tensor> all = new ArrayList<>(specs.length);
    flatten(template, value, "", who, all);
    return all.toArray(Tensor[]::new);
  }

  private static boolean fits(Tensor t, Spec s) {
    return t.dtype() == s.dtype() && (t.shape().equals(s.shape()) || s.shape().accepts(t.shape()));
  }

  private void flatten(
      @Nullable Object t, @Nullable Object o, String path, String who, List<Tensor> all) {
    switch (t) {
      case Tensor _ -> all.add(leaf(specs[all.size()], o, path, who));
      case Dataset<?> _ when o instanceof Dataset<?> d -> all.add(carrier(d));
      case Pair<?, ?>(Object x, Object y) when o instanceof Pair<?, ?>(Object v, Object w) -> {
        flatten(x, v, path + "[0]", who, all);
        flatten(y, w, path + "[1]", who, all);
      }
      case Triple<?, ?, ?>(Object x, Object y, Object z)
          when o instanceof Triple<?, ?, ?>(Object u, Object v, Object w) -> {
        flatten(x, u, path + "[0]", who, all);
        flatten(y, v, path + "[1]", who, all);
        flatten(z, w, path + "[2]", who, all);
      }
      case List<?> l when o instanceof List<?> m && l.size() == m.size() -> {
        for (int i = 0; i < l.size(); i++) {
          flatten(l.get(i), m.get(i), path + "[" + i + "]", who, all);
        }
      }
      case Map<?, ?> m when o instanceof Map<?, ?> n && m.keySet().equals(n.keySet()) -> {
        for (Map.Entry<?, ?> e : m.entrySet()) {
          flatten(e.getValue(), n.get(e.getKey()), path + "." + e.getKey(), who, all);
        }
      }
      case null, default -> {
        if (t == null || o == null || t.getClass() != o.getClass() || !isRecord(t)) {
          throw otherwise(t, o, path, who);
        }
        List<Object> places = leaves(t, who);
        List<Object> values = leaves(o, who);
        if (places.size() != values.size()) {
          throw otherwise(t, o, path, who);
        }
        for (int i = 0; i < places.size(); i++) {
          flatten(places.get(i), values.get(i), path + "[" + i + "]", who, all);
        }
      }
    }
  }

  private static Tensor leaf(Spec want, @Nullable Object o, String path, String who) {
    if (o == null || isRecord(o) || o instanceof Map || o instanceof Dataset) {
      throw otherwise(want, o, path, who);
    }
    Tensor t =
        o instanceof Tensor x
            ? x
            : o instanceof TensorLike l ? l.asTensor() : Literals.of(o, want.dtype());
    if (!fits(t, want)) {
      throw Message.what(who + ": a component" + at(path) + " is not what the dataset holds")
          .given(t.spec().toString())
          .expected(want.toString())
          .fix(
              t.dtype() == want.dtype()
                  ? "describe axes that differ with -1 in the specs"
                  : "convert with tf.cast, or describe the elements with tf." + t.dtype())
          .typeError();
    }
    return t;
  }

  private static RuntimeException otherwise(
      @Nullable Object t, @Nullable Object o, String path, String who) {
    return Message.what(who + ": an element is built in another way than the dataset's" + at(path))
        .given(form(o))
        .expected(form(t))
        .fix("give every element the same structure")
        .typeError();
  }

  private static String at(String path) {
    return path.isEmpty() ? "" : ", at " + path;
  }

  private static boolean isRecord(Object o) {
    return Nest.isNested(o) && !(o instanceof List || o instanceof Map || o instanceof Object[]);
  }

  /// Returns tensors and datasets from left to right.
  ///
  /// Fails: `TypeError` when a leaf is anything else.
  static List<Object> leaves(Object value, String who) {
    List<Object> all = new ArrayList<>();
    Nest.map(
        value,
        (leaf, path) -> {
          if (!(leaf instanceof Tensor || leaf instanceof Dataset)) {
            throw Message.what(
                    who + ": an element would hold something that is no tensor" + at(path))
                .given(leaf == null ? "null" : leaf.getClass().getName() + " " + leaf)
                .expected("tensors (or datasets), in pairs, lists, maps, records at will")
                .fix(
                    leaf instanceof TensorLike
                        ? "hand out its value: variable.value()"
                        : "make it one: tf.constant(…)")
                .typeError();
          }
          all.add(leaf);
          return leaf;
        });
    return all;
  }

  /// Turns host values into tensors: numbers, strings, arrays, and lists of them. A list in which
  /// tensors stand side by side stays a list, unless `listsAreTensors`.
  static Object tensors(Object value, boolean listsAreTensors) {
    return switch (value) {
      case Tensor t -> t;
      case Dataset<?> d -> d;
      case TensorLike l -> l.asTensor();
      case Pair<?, ?>(Object x, Object y) ->
          Pair.of(tensors(x, listsAreTensors), tensors(y, listsAreTensors));
      case Triple<?, ?, ?>(Object x, Object y, Object z) ->
          Triple.of(
              tensors(x, listsAreTensors),
              tensors(y, listsAreTensors),
              tensors(z, listsAreTensors));
      case Map<?, ?> m -> {
        Map<Object, Object> made = new LinkedHashMap<>();
        m.forEach((k, v) -> made.put(k, tensors(v, listsAreTensors)));
        yield made;
      }
      case List<?> l when !listsAreTensors && l.stream().anyMatch(Structure::isStructure) ->
          l.stream().map(x -> tensors(x, false)).toList();
      default -> isRecord(value) ? value : Literals.of(value);
    };
  }

  private static boolean isStructure(@Nullable Object o) {
    return o instanceof Tensor
        || o instanceof TensorLike
        || o instanceof Dataset
        || o instanceof Map
        || o instanceof List<?> l && l.stream().anyMatch(Structure::isStructure)
        || o != null && isRecord(o);
  }

  // ---- Words.

  /// Returns where each component stands: `[0].label`.
  List<String> paths() {
    List<String> all = new ArrayList<>();
    paths(template, "", all);
    return all;
  }

  private static void paths(@Nullable Object t, String path, List<String> all) {
    switch (t) {
      case Pair<?, ?>(Object x, Object y) -> {
        paths(x, path + "[0]", all);
        paths(y, path + "[1]", all);
      }
      case Triple<?, ?, ?>(Object x, Object y, Object z) -> {
        paths(x, path + "[0]", all);
        paths(y, path + "[1]", all);
        paths(z, path + "[2]", all);
      }
      case null, default ->
          Nest.map(
              t,
              (leaf, more) -> {
                all.add(path + more);
                return leaf;
              });
    }
  }

  /// Returns TensorFlow's form, with pairs and triples as tuples.
  @Override
  public String toString() {
    return text(template, new int[1]);
  }

  private String text(@Nullable Object t, int[] at) {
    return switch (t) {
      case null -> "null";
      case Tensor _ -> specs[at[0]++].repr();
      case Dataset<?> d -> {
        at[0]++;
        Structure inner = d.stage().known();
        yield "DatasetSpec(" + (inner == null ? "?" : inner) + ", TensorShape([]))";
      }
      case Pair<?, ?>(Object x, Object y) -> "(" + text(x, at) + ", " + text(y, at) + ")";
      case Triple<?, ?, ?>(Object x, Object y, Object z) ->
          "(" + text(x, at) + ", " + text(y, at) + ", " + text(z, at) + ")";
      case List<?> l ->
          l.stream().map(x -> text(x, at)).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> m ->
          m.entrySet().stream()
              .map(e -> "'" + e.getKey() + "': " + text(e.getValue(), at))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> {
        String name = t.getClass().getSimpleName();
        yield leaves(t, "elements").stream()
            .map(x -> text(x, at))
            .collect(Collectors.joining(", ", name + "(", ")"));
      }
    };
  }

  private static String form(@Nullable Object o) {
    return switch (o) {
      case null -> "nothing";
      case Tensor t -> t.spec().toString();
      case Spec s -> s.toString();
      case Dataset<?> _ -> "a dataset";
      case Pair<?, ?>(Object x, Object y) -> "(" + form(x) + ", " + form(y) + ")";
      case Triple<?, ?, ?>(Object x, Object y, Object z) ->
          "(" + form(x) + ", " + form(y) + ", " + form(z) + ")";
      case List<?> l -> "a list of " + l.size();
      case Map<?, ?> m -> "a map of " + m.keySet();
      default -> "a " + o.getClass().getName();
    };
  }
}
