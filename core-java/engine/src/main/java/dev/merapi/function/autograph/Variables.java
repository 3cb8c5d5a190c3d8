package dev.merapi.function.autograph;

import dev.merapi.function.autograph.Refusal.Label;
import dev.merapi.function.autograph.Symbolic.Num;
import dev.merapi.function.autograph.Symbolic.Truth;
import dev.merapi.graph.Nest;
import dev.merapi.graph.Tracer;
import dev.merapi.op.Literals;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of one loop of the graph: what they are called, how they begin, what a turn makes of
/// them. Knowledge about them grows from one trace of the body to the next.
final class Variables {
  /// One tensor that goes round.
  static final class Var {
    final String key;
    final int index;
    final Tensor init;
    final Tensor input;
    @Nullable Tensor out;

    Var(String key, int index, Tensor init, Tensor input) {
      this.key = key;
      this.index = index;
      this.init = init;
      this.input = input;
    }
  }

  /// A value of the program as it is inside the body: its tensors are the loop's variables.
  record Lifted(
      String key, @Nullable Object before, @Nullable Object value, List<@Nullable Object> leaves, List<@Nullable Var> vars) {}

  /// Makes a value of the program out of the loop's results.
  interface Maker {
    @Nullable Object make(Tensor[] results);
  }

  private final String place;

  /// Host values that have to begin as tensors, of these types, and objects' places.
  private final Map<String, DType> promoted = new HashMap<>();

  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<Integer, List<Object>> identities = new HashMap<>();

  private List<Var> vars = new ArrayList<>();
  private Tracer body;
  private boolean settled;

  Variables(String place) {
    this.place = place;
  }

  /// Starts a trace of the body.
  void begin(Tracer trace) {
    body = trace;
    vars = new ArrayList<>();
    settled = true;
  }

  /// Tells whether the trace showed nothing new.
  boolean settled() {
    return settled;
  }

  boolean isPromoted(String key) {
    return promoted.containsKey(key);
  }

  void promote(String key) {
    promote(key, DType.BOOL);
  }

  private void promote(String key, DType d) {
    promoted.put(key, d);
    settled = false;
  }

  /// Returns the key of a place in an object.
  String key(Object of, int index) {
    List<Object> same = identities.computeIfAbsent(System.identityHashCode(of), k -> new ArrayList<>());
    for (int i = 0; i < same.size(); i++) {
      if (same.get(i) == of) {
        return "object " + System.identityHashCode(of) + "/" + i + " " + index;
      }
    }
    same.add(of);
    return key(of, index);
  }

  /// Adds a variable that begins as `init`.
  Var add(String key, String name, Tensor init) {
    Shape shape = shapes.getOrDefault(key, init.shape());
    String node = name.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
    Tensor input = body.input(node.isEmpty() ? "loop_var" : node, new Spec(init.dtype(), shape));
    Var v = new Var(key, vars.size(), init, input);
    vars.add(v);
    return v;
  }

  /// Makes loop variables of the tensors in a value.
  Lifted lift(String key, String name, @Nullable Object x, Label label) {
    DType as = promoted.get(key);
    List<Object> leaves = new ArrayList<>();
    List<Var> made = new ArrayList<>();
    Object value = x;
    if (x instanceof Tensor || x instanceof Symbolic || as != null && !(x == null || Merge.isNested(x))) {
      value = leaf(key, name, x, as, made);
      leaves.add(value);
    } else if (x != null && Merge.isNested(x) && (as != null || isFixed(x))) {
      value =
          Nest.map(
              x,
              (l, path) -> {
                boolean goes = l instanceof Tensor || l instanceof Symbolic;
                Object y = goes ? leaf(key + path, name + path, l, null, made) : l;
                if (!goes) {
                  made.add(null);
                }
                leaves.add(y);
                return y;
              });
    }
    return new Lifted(key, x, value, leaves, made);
  }

  private Object leaf(
      String key, String name, @Nullable Object x, @Nullable DType as, List<@Nullable Var> made) {
    Var v =
        add(
            key,
            name,
            switch (x) {
              case Tensor t -> t;
              case Symbolic s -> s.tensor();
              default -> Merge.number(x instanceof Integer i && as == DType.BOOL ? i != 0 : x, as);
            });
    made.add(v);
    return switch (x) {
      case Truth t -> new Truth(v.input, t.origin());
      case Num n -> new Num(v.input, n.kind());
      case Integer i when as == DType.BOOL -> new Truth(v.input, null);
      default -> v.input;
    };
  }

  /// Collections that nobody changes in place can be taken apart; so can pairs and records.
  private static boolean isFixed(Object x) {
    if (x instanceof Object[]) {
      return false;
    }
    if (!(x instanceof Collection) && !(x instanceof Map)) {
      return true;
    }
    String c = x.getClass().getName();
    return c.startsWith("java.util.ImmutableCollections")
        || c.startsWith("java.util.Collections$")
        || c.startsWith("kotlin.collections.Empty");
  }

  /// Says what a turn makes of a value.
  Maker close(Lifted v, @Nullable Object now, Label label, @Nullable String descriptor) {
    Object before = v.before();
    if (v.vars().size() == 1 && v.vars().get(0) != null && v.leaves().get(0) == v.value()) {
      return single(v, v.vars().get(0), now, label);
    }
    if (Image.same(v.value(), now) && (v.vars().isEmpty() || isFixed(now))) {
      return v.vars().isEmpty() ? results -> before : parts(v, now, label);
    }
    if (before != null && Merge.isNested(before) && now != null && Merge.isNested(now)) {
      if (v.vars().isEmpty()) {
        promote(v.key());
        return results -> before;
      }
      return parts(v, now, label);
    }
    boolean truths = Merge.isTruth(before) && Merge.isTruth(now);
    if (truths && (now instanceof Truth || "Z".equals(descriptor) || descriptor == null)) {
      promote(v.key(), DType.BOOL);
      return results -> before;
    }
    if (now instanceof Tensor t && Merge.isNumber(before) && !isPromoted(v.key())) {
      promote(v.key(), t.dtype());
      return results -> before;
    }
    throw Refusal.changes(label, before, now);
  }

  private Maker single(Lifted v, Var var, @Nullable Object now, Label label) {
    Tensor out =
        switch (now) {
          case Tensor t when v.value() instanceof Tensor -> t;
          case Truth t when v.value() instanceof Truth -> t.tensor();
          case Num n when v.value() instanceof Num -> n.tensor();
          case Integer i when v.value() instanceof Truth && (i == 0 || i == 1) ->
              Literals.of(i == 1, DType.BOOL);
          case Object o when v.value() instanceof Tensor && Merge.isNumber(o) ->
              Merge.number(o, var.input.dtype());
          case null, default -> throw Refusal.changes(label, v.before(), now);
        };
    becomes(var, out, label);
    return results -> like(v.value(), results[var.index]);
  }

  private static Object like(@Nullable Object value, Tensor result) {
    return switch (value) {
      case Truth t -> new Truth(result, t.origin());
      case Num n -> new Num(result, n.kind());
      default -> result;
    };
  }

  private Maker parts(Lifted v, @Nullable Object now, Label label) {
    List<Object> leaves = Nest.leaves(now);
    boolean alike =
        leaves.size() == v.vars().size()
            && (now.getClass() == v.before().getClass() || now instanceof List && v.before() instanceof List);
    if (!alike || now == v.value() && !isFixed(now)) {
      throw Refusal.changes(label, v.before(), now);
    }
    for (int i = 0; i < leaves.size(); i++) {
      Var var = v.vars().get(i);
      Label part = new Label(label.what() + " part " + i, label.where());
      if (var == null) {
        if (!Image.same(v.leaves().get(i), leaves.get(i))) {
          throw Refusal.changes(part, v.leaves().get(i), leaves.get(i));
        }
      } else if (leaves.get(i) instanceof Tensor t) {
        becomes(var, t, part);
      } else if (Merge.isNumber(leaves.get(i))) {
        becomes(var, Merge.number(leaves.get(i), var.input.dtype()), part);
      } else {
        throw Refusal.changes(part, var.init, leaves.get(i));
      }
    }
    return results -> {
      int[] k = {0};
      Object made =
          Nest.map(
              now,
              (leaf, path) -> {
                Var var = v.vars().get(k[0]++);
                return var == null ? leaf : results[var.index];
              });
      return now instanceof ArrayList && made != now ? new ArrayList<>((List<?>) made) : made;
    };
  }

  private void becomes(Var var, Tensor out, Label label) {
    if (out.dtype() != var.input.dtype()) {
      throw Refusal.loopType(label, var.input, out);
    }
    var.out = out;
    Shape wide = union(var.input.shape(), out.shape());
    if (!wide.equals(var.input.shape())) {
      shapes.put(var.key, wide);
      settled = false;
    }
  }

  /// Makes a variable of a value that begins its life inside the body: before, any tensor will do.
  Maker fresh(String name, @Nullable Object now, Label label) {
    if (now instanceof Tensor || now instanceof Symbolic) {
      Var v = freshLeaf(name, now, label);
      return results -> like(now, results[v.index]);
    }
    if (now == null || !Merge.isNested(now)) {
      return results -> now;
    }
    List<Var> made = new ArrayList<>();
    Nest.map(
        now,
        (l, path) -> {
          made.add(l instanceof Tensor ? freshLeaf(name + path, l, label) : null);
          return l;
        });
    return results -> {
      int[] k = {0};
      return Nest.map(
          now,
          (l, path) -> {
            Var v = made.get(k[0]++);
            return v == null ? l : results[v.index];
          });
    };
  }

  private Var freshLeaf(String name, Object now, Label label) {
    Tensor t = now instanceof Symbolic s ? s.tensor() : (Tensor) now;
    if (t.dtype().isHandle() || t.dtype() == DType.STRING) {
      throw Refusal.undefined(label, t);
    }
    shapes.put("fresh " + name, t.shape());
    Var v = add("fresh " + name, name, Symbolic.Ops.zeros(t.spec()));
    v.out = t;
    return v;
  }

  private static Shape union(Shape a, Shape b) {
    if (!a.isRankKnown() || !b.isRankKnown() || a.rank() != b.rank()) {
      return Shape.UNKNOWN;
    }
    int[] d = a.dims();
    for (int i = 0; i < d.length; i++) {
      d[i] = d[i] == b.dim(i) ? d[i] : Shape.UNKNOWN_SIZE;
    }
    return Shape.of(d);
  }

  List<Tensor> outs() {
    List<Tensor> all = new ArrayList<>();
    for (Var v : vars) {
      if (v.out == null) {
        throw new IllegalStateException(
            "This is a bug in Merapi: the loop at " + place + " does not give " + v.key);
      }
      all.add(v.out);
    }
    return all;
  }

  Tensor[] inits() {
    return vars.stream().map(v -> v.init).toArray(Tensor[]::new);
  }

  /// Declares the same variables in the graph of the condition; returns the first.
  Tensor inputsOf(Tracer cond) {
    Tensor[] all =
        vars.stream()
            .map(v -> cond.input(dev.merapi.graph.Symbol.node(v.input).name(), v.input.spec()))
            .toArray(Tensor[]::new);
    return all[0];
  }

  @Override
  public String toString() {
    return "variables of the loop at " + place + ": " + Arrays.toString(inits());
  }
}
