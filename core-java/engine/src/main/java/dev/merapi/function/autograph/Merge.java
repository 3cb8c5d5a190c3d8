package dev.merapi.function.autograph;

import dev.merapi.function.autograph.Refusal.Label;
import dev.merapi.function.autograph.Symbolic.Truth;
import dev.merapi.graph.Nest;
import dev.merapi.graph.Tracer;
import dev.merapi.op.Attrs;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pairs up what two branches leave behind: collects the tensors that the graph has to choose
/// between, and puts the chosen ones back in place.
final class Merge {
  private static final OpRef FILL = OpRef.to("Fill");

  /// Makes a merged value out of the results of the choice.
  interface Maker {
    @Nullable Object make(Tensor[] chosen);
  }

  private final Truth condition;
  private final Tracer traceA;
  private final Tracer traceB;
  private final List<Tensor> a = new ArrayList<>();
  private final List<Tensor> b = new ArrayList<>();

  Merge(Truth condition, Tracer traceA, Tracer traceB) {
    this.condition = condition;
    this.traceA = traceA;
    this.traceB = traceB;
  }

  List<Tensor> ofA() {
    return a;
  }

  List<Tensor> ofB() {
    return b;
  }

  private Maker choose(Tensor x, Tensor y) {
    int k = a.size();
    a.add(x);
    b.add(y);
    return chosen -> chosen[k];
  }

  /// Pairs a value of each branch. `descriptor` is the variable's type if it is known.
  Maker pair(@Nullable Object x, @Nullable Object y, Label label, @Nullable String descriptor) {
    if (Image.same(x, y)) {
      return chosen -> x;
    }
    if (x instanceof Tensor s && y instanceof Tensor t) {
      if (isSame(s, t)) {
        return chosen -> s;
      }
      if (s.dtype() != t.dtype()) {
        throw Refusal.dtypes(label, s, t);
      }
      return choose(s, t);
    }
    if (isTruth(x) && isTruth(y) && mayBeTruth(x, y, descriptor)) {
      String origin = label.what() + " depends on " + label.where();
      if (x instanceof Integer i && y instanceof Integer) {
        // Compilers write a condition's own value in this way.
        return chosen ->
            new Truth((i == 1 ? condition : condition.not()).tensor(), origin);
      }
      Maker m = choose(truth(x), truth(y));
      return chosen -> new Truth((Tensor) m.make(chosen), origin);
    }
    if (x instanceof Symbolic.Num s && y instanceof Symbolic.Num t && s.kind() == t.kind()) {
      Maker m = choose(s.tensor(), t.tensor());
      return chosen -> new Symbolic.Num((Tensor) m.make(chosen), s.kind());
    }
    if (x instanceof Tensor s && isNumber(y)) {
      return choose(s, number(y, s.dtype()));
    }
    if (y instanceof Tensor t && isNumber(x)) {
      return choose(number(x, t.dtype()), t);
    }
    if (x != null && y != null && isNested(x) && isNested(y)) {
      return structures(x, y, label);
    }
    throw Refusal.differs(label, x, y);
  }

  private Maker structures(Object x, Object y, Label label) {
    if (x instanceof List<?> s && y instanceof List<?> t) {
      if (s.size() != t.size()) {
        throw Refusal.sizes(label, s.size(), t.size());
      }
      List<Maker> makers = new ArrayList<>();
      for (int i = 0; i < s.size(); i++) {
        makers.add(pair(s.get(i), t.get(i), part(label, "[" + i + "]"), null));
      }
      return chosen -> {
        List<Object> all = new ArrayList<>();
        makers.forEach(m -> all.add(m.make(chosen)));
        return s instanceof ArrayList ? all : java.util.Collections.unmodifiableList(all);
      };
    }
    if (x instanceof Map<?, ?> s && y instanceof Map<?, ?> t) {
      if (!s.keySet().equals(t.keySet())) {
        throw Refusal.differs(part(label, "'s keys"), s.keySet(), t.keySet());
      }
      Map<Object, Maker> makers = new LinkedHashMap<>();
      s.forEach((k, v) -> makers.put(k, pair(v, t.get(k), part(label, "[" + k + "]"), null)));
      return chosen -> {
        Map<Object, Object> all = new LinkedHashMap<>();
        makers.forEach((k, m) -> all.put(k, m.make(chosen)));
        return all;
      };
    }
    List<Object> leavesY = new ArrayList<>();
    if (x.getClass() == y.getClass()) {
      leavesY.addAll(Nest.leaves(y));
    }
    List<Object> leavesX = Nest.leaves(x);
    if (leavesX.size() != leavesY.size()) {
      throw Refusal.differs(label, x, y);
    }
    List<Maker> makers = new ArrayList<>();
    Nest.map(
        x,
        (leaf, path) -> {
          makers.add(pair(leaf, leavesY.get(makers.size()), part(label, path), null));
          return leaf;
        });
    return chosen -> {
      int[] k = {0};
      return Nest.map(x, (leaf, path) -> makers.get(k[0]++).make(chosen));
    };
  }

  /// Keeps a value that only one branch has: in the other nobody reads it, so that any tensor of its
  /// type will do there.
  Maker single(@Nullable Object x, boolean inA, Label label) {
    return switch (x) {
      case Tensor t -> inA ? choose(t, standIn(t, traceB, label)) : choose(standIn(t, traceA, label), t);
      case Truth t -> {
        Maker m = single(t.tensor(), inA, label);
        yield chosen -> new Truth((Tensor) m.make(chosen), t.origin());
      }
      case Symbolic.Num n -> {
        Maker m = single(n.tensor(), inA, label);
        yield chosen -> new Symbolic.Num((Tensor) m.make(chosen), n.kind());
      }
      case null -> chosen -> null;
      default -> {
        if (!isNested(x)) {
          yield chosen -> x;
        }
        List<Maker> makers = new ArrayList<>();
        Nest.map(
            x,
            (leaf, path) -> {
              makers.add(single(leaf, inA, part(label, path)));
              return leaf;
            });
        yield chosen -> {
          int[] k = {0};
          return Nest.map(x, (leaf, path) -> makers.get(k[0]++).make(chosen));
        };
      }
    };
  }

  private static Tensor standIn(Tensor t, Tracer trace, Label label) {
    if (t.dtype().isHandle() || t.dtype() == DType.STRING) {
      throw Refusal.undefined(label, t);
    }
    Tensor zero = Symbolic.Ops.zeros(Spec.of(t.dtype()));
    Tensor sized = Symbolic.Ops.zeros(t.spec());
    if (sized.size() <= 1) {
      return sized;
    }
    Attrs attrs = FILL.attrs();
    return trace
        .builder()
        .append(
            FILL.get(),
            attrs,
            trace.inside(Values.ints(sized.shape().dims())),
            trace.inside(zero))[0];
  }

  static Label part(Label label, String path) {
    return path.isEmpty() ? label : new Label(label.what() + path, label.where());
  }

  private static boolean isSame(Tensor s, Tensor t) {
    return s == t
        || s.isSymbolic()
            && t.isSymbolic()
            && s.spec().equals(t.spec())
            && java.util.Objects.equals(s.storage().symbol(), t.storage().symbol())
            && dev.merapi.graph.Symbol.node(s) == dev.merapi.graph.Symbol.node(t);
  }

  /// Tells whether a value of the program is taken apart; the interpreter's own records are not.
  static boolean isNested(@Nullable Object o) {
    return !(o instanceof Wide) && !(o instanceof Symbolic) && Nest.isNested(o);
  }

  static boolean isTruth(@Nullable Object o) {
    return o instanceof Truth || o instanceof Integer i && (i == 0 || i == 1);
  }

  /// Two host values are truth values for sure only if the class file says so, or nobody says
  /// otherwise.
  private static boolean mayBeTruth(
      @Nullable Object x, @Nullable Object y, @Nullable String descriptor) {
    return x instanceof Truth || y instanceof Truth || descriptor == null || descriptor.equals("Z");
  }

  static Tensor truth(@Nullable Object o) {
    return o instanceof Truth t ? t.tensor() : Literals.of(o.equals(1), DType.BOOL);
  }

  static boolean isNumber(@Nullable Object o) {
    return o instanceof Number || o instanceof Boolean || o instanceof Wide;
  }

  static Tensor number(@Nullable Object o, DType dtype) {
    Object v = o instanceof Wide.J j ? (Object) j.value() : o instanceof Wide.D d ? d.value() : o;
    return Literals.of(v, dtype);
  }
}
