package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.ExprOp;
import dev.merapi.kernel.Fusion;
import dev.merapi.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// What a step of training computes for one element of a variable and its slots, written once for
/// all element types.
///
/// ```java
/// StepRule.of("var accum", "lr momentum", s -> {
///   Expr a = s.put("accum", s.x("accum").mul(s.x("momentum")).add(s.grad()));
///   s.put("var", s.x("var").sub(s.x("lr").mul(a)));
/// });
/// ```
///
/// What is put into a place is rounded to the variable's type, and later formulas see it rounded;
/// between, 16-bit floats are carried as float32.
public final class StepRule {
  private final List<String> places;
  private final List<String> numbers;
  private final Consumer<Writer> meaning;

  /// By the variable's type, and by whether the numbers have that type or the wider one.
  private final Form[][] forms = new Form[2][DType.values().length];

  private StepRule(List<String> places, List<String> numbers, Consumer<Writer> meaning) {
    this.places = places;
    this.numbers = numbers;
    this.meaning = meaning;
  }

  /// @param places names of the variable and its slots, with blanks between
  /// @param numbers names of the scalars
  /// @param meaning writes down what comes into which place
  public static StepRule of(String places, String numbers, Consumer<Writer> meaning) {
    List<String> scalars = numbers.isEmpty() ? List.of() : List.of(numbers.split(" "));
    return new StepRule(List.of(places.split(" ")), scalars, meaning);
  }

  /// Returns the names of the variable and its slots.
  public List<String> places() {
    return places;
  }

  /// Returns the names of the scalars.
  public List<String> numbers() {
    return numbers;
  }

  /// Returns the type in which a step computes.
  public static DType wide(DType t) {
    return t == DType.F16 || t == DType.BF16 ? DType.F32 : t;
  }

  /// Returns the rule for variables of type `t` and numbers of type `n`, compiled on first use.
  Form form(DType t, DType n) {
    Form[] known = forms[t == n ? 0 : 1];
    Form f = known[t.ordinal()];
    if (f == null) {
      Writer w = new Writer(t, n);
      meaning.accept(w);
      f = new Form(w);
      known[t.ordinal()] = f;
    }
    return f;
  }

  /// The rule for one element type. Inputs are the old values of all places, the gradient, the
  /// numbers.
  static final class Form {
    final FusedCode code;

    /// For each output the place that it goes to.
    final int[] changed;

    final boolean readsGrad;

    Form(Writer w) {
      readsGrad = w.nodes.stream().anyMatch(n -> n.args().contains(w.places()));
      changed = w.changed.stream().mapToInt(i -> i).toArray();
      int inputs = w.inputs();
      List<DType> types = new ArrayList<>();
      List<Integer> outputs = new ArrayList<>();
      long single = 0;
      for (int i = 0; i < inputs; i++) {
        types.add(i <= w.places() ? w.type : w.numberType);
        single |= i <= w.places() ? 0 : 1L << i;
      }
      for (int i = 0; i < w.nodes.size(); i++) {
        outputs.add(inputs + i);
      }
      code = FusedCode.of(new FusedCode.Key(types, single, List.copyOf(w.nodes), outputs));
    }
  }

  /// Takes down the formulas of a rule for one element type.
  public final class Writer {
    private final DType type;
    private final DType numberType;
    private final List<Fusion.Node> nodes = new ArrayList<>();
    private final List<Integer> changed = new ArrayList<>();

    private Writer(DType type, DType numberType) {
      this.type = type;
      this.numberType = numberType;
    }

    private int places() {
      return places.size();
    }

    private int inputs() {
      return places.size() + 1 + numbers.size();
    }

    /// Returns the value of a place before the step, or a number.
    public Expr x(String name) {
      int place = places.indexOf(name);
      if (place >= 0) {
        return value(place);
      }
      int number = numbers.indexOf(name);
      if (number < 0) {
        throw new IllegalStateException("This is a bug in Merapi: a rule has no " + name);
      }
      return value(places.size() + 1 + number);
    }

    /// Returns the gradient.
    public Expr grad() {
      return value(places.size());
    }

    private Expr value(int i) {
      DType wide = wide(type);
      return wide == type && numberType == type ? Expr.in(i) : Expr.in(i).cast(wide);
    }

    /// Lets `e` be the next value of a place; returns that value.
    public Expr put(String place, Expr e) {
      List<Integer> args = new ArrayList<>();
      collect(e, args);
      Expr[] to = new Expr[Math.max(1, e.inputs())];
      Arrays.fill(to, Expr.in(0));
      for (int i = 0; i < args.size(); i++) {
        to[args.get(i)] = Expr.in(i);
      }
      nodes.add(new Fusion.Node(e.substitute(List.of(to)), type, List.copyOf(args)));
      changed.add(places.indexOf(place));
      return value(inputs() + nodes.size() - 1);
    }

    private static void collect(Expr e, List<Integer> found) {
      if (e.op() == ExprOp.IN && !found.contains(e.index())) {
        found.add(e.index());
      }
      for (int i = 0; i < e.arity(); i++) {
        collect(e.arg(i), found);
      }
    }
  }
}
