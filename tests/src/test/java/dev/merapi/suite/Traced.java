package dev.merapi.suite;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.function.GraphCall;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Cell;
import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.Seeds;
import dev.merapi.say.ArgumentError;
import dev.merapi.say.GradientError;
import dev.merapi.say.ShapeError;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries recorded calls out inside of graphs: bits, gradients and refusals must be those of eager
/// mode, whatever the graph knew of shapes when it was traced.
public final class Traced {
  /// Cases asked of one operation in each way; where there are more, every so many-th is taken.
  private static final int CASES = 12;

  private static final int REFUSALS = 4;

  private Traced() {}

  /// What a graph knows of its inputs when it is traced.
  public enum Known {
    /// All sizes.
    SIZES,
    /// All sizes, and the values of whole numbers that stand beside others: axes, shapes, indices.
    VALUES,
    /// Only how many axes there are.
    RANKS,
    /// Only types.
    TYPES
  }

  /// One call, ready to be repeated.
  private record Case(OpDef op, Attrs attrs, List<Array> inputs, List<Integer> handles) {
    static Case of(OpDef op, Golden g) {
      List<Integer> handles = new ArrayList<>();
      for (int i = 0; i < op.inputs().size() && i < g.inputs().size(); i++) {
        if (op.inputs().get(i).fixed() == DType.RESOURCE) {
          handles.add(i);
        }
      }
      return new Case(op, Goldens.attrs(op, g), g.inputs(), handles);
    }

    /// Returns the inputs for one run; places of variables are made anew.
    Tensor[] values(List<Cell> cells) {
      Tensor[] in = GoldenCheck.tensors(inputs);
      for (int i : handles) {
        Cell cell = new Cell("input" + i, in[i].spec());
        Tensor own = Memory.unscoped(in[i].spec());
        own.segment().copyFrom(in[i].segment());
        cell.settle(own);
        cells.add(cell);
        in[i] = cell.handle();
      }
      return in;
    }

    List<Array> results(Tensor[] out, List<Cell> cells) {
      List<Array> all = new ArrayList<>();
      for (Tensor t : out) {
        all.add(t.dtype().isHandle() ? null : Array.of(t));
      }
      cells.forEach(c -> all.add(Array.of(c.peek())));
      return all;
    }

    boolean isConstant(Known known, int i) {
      boolean beside = inputs.size() > 1 && inputs.stream().anyMatch(a -> !isWhole(a));
      return known == Known.VALUES && beside && isWhole(inputs.get(i)) && !handles.contains(i);
    }

    private static boolean isWhole(Array a) {
      return a.dtype().isInteger();
    }
  }

  static Spec spec(Spec s, Known known) {
    if (known == Known.TYPES) {
      return s.withShape(Shape.UNKNOWN);
    }
    if (known != Known.RANKS || s.shape().rank() == 0) {
      return s;
    }
    int[] open = new int[s.shape().rank()];
    Arrays.fill(open, Shape.UNKNOWN_SIZE);
    return s.withShape(Shape.of(open));
  }

  /// Returns at most `most` of the cases, evenly chosen.
  static List<Golden> some(List<Golden> all, int most) {
    List<Golden> chosen = new ArrayList<>();
    for (int i = 0; i < Math.min(most, all.size()); i++) {
      chosen.add(all.get((int) ((long) i * all.size() / Math.min(most, all.size()))));
    }
    return chosen;
  }

  /// Returns the cases whose results are compared.
  public static List<Golden> cases(OpDef op) {
    return some(Goldens.of(op.name()).stream().filter(g -> g.fails() == null).toList(), CASES);
  }

  static List<Golden> refusals(OpDef op) {
    return some(Goldens.of(op.name()).stream().filter(g -> g.fails() != null).toList(), REFUSALS);
  }

  static List<Golden> gradients(OpDef op) {
    return op.gradient() == null
        ? List.of()
        : some(
            Goldens.of(op.name()).stream()
                .filter(g -> g.fails() == null && g.dy() != null)
                .toList(),
            CASES);
  }

  /// A graph that carries out one call, and the places of variables that it changes.
  public record Program(Graph graph, List<Integer> inputs, List<Cell> cells) {
    /// Returns what goes in for a call on `in`: the inputs that are no constants, then the
    /// captures.
    public Tensor[] arguments(Tensor[] in) {
      List<Tensor> all = new ArrayList<>();
      inputs.forEach(i -> all.add(in[i]));
      graph.captures().forEach(c -> all.add(c.outer()));
      return all.toArray(Tensor[]::new);
    }
  }

  /// Traces the call of a golden; constants among its inputs are those that `known` says.
  public static Program trace(OpDef op, Golden g, Known known) {
    Case c = Case.of(op, g);
    List<Cell> cells = new ArrayList<>();
    Tensor[] in = c.values(cells);
    List<Integer> open = new ArrayList<>();
    try (Tracer t = Tracer.openAlone("call")) {
      for (int i = 0; i < in.length; i++) {
        if (!c.handles.contains(i) && !c.isConstant(known, i)) {
          in[i] = t.input("x" + i, spec(in[i].spec(), known));
          open.add(i);
        }
      }
      Tensor[] out = op.all(c.attrs, in);
      return new Program(t.finish(List.of(out)), open, cells);
    }
  }

  /// Returns null when the call gives the same bits in a graph, else what is wrong.
  static @Nullable String values(OpDef op, Golden g, Known known) {
    try (Scope _ = Scope.open()) {
      List<Array> eager = eager(op, g);
      if (eager == null) {
        return null;
      }
      Program p = trace(op, g, known);
      Seeds.clearSeed();
      Case c = Case.of(op, g);
      Tensor[] in = c.values(new ArrayList<>());
      for (int run = 0; run < (p.cells.isEmpty() && !op.isStateful() ? 2 : 1); run++) {
        Tensor[] out = p.graph.run(p.arguments(in));
        String wrong = different(eager, c.results(out, p.cells));
        if (wrong != null) {
          return (run == 0 ? "" : "second run: ") + wrong;
        }
      }
      return null;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return GoldenCheck.thrown(e);
    }
  }

  /// Returns the results in eager mode; null for calls that are not carried out here, or come out
  /// otherwise each time.
  public static @Nullable List<Array> eager(OpDef op, Golden g) {
    List<Array> first = null;
    for (int i = 0; i < (op.isStateful() ? 2 : 1); i++) {
      Case c = Case.of(op, g);
      List<Cell> cells = new ArrayList<>();
      List<Array> now;
      try {
        Seeds.clearSeed();
        now = c.results(op.all(c.attrs, c.values(cells)), cells);
      } catch (ArgumentError e) {
        return null;
      }
      if (first != null && different(first, now) != null) {
        return null;
      }
      first = now;
    }
    return first;
  }

  /// Returns null when all bits agree, else where they do not.
  public static @Nullable String different(List<Array> eager, List<Array> traced) {
    if (eager.size() != traced.size()) {
      return traced.size() + " results, eager " + eager.size();
    }
    for (int i = 0; i < eager.size(); i++) {
      Array a = eager.get(i);
      Array b = traced.get(i);
      if (a == null ? b != null : b == null || !same(a, b)) {
        return "result " + i + " is " + b + ", eager " + a;
      }
    }
    return null;
  }

  /// Tells whether two results have the same bits. One nan is as good as another: the processor's
  /// own and Java's differ in their sign, and which one comes out depends on what was compiled.
  private static boolean same(Array a, Array b) {
    if (!a.spec().equals(b.spec()) || !Arrays.deepEquals(a.strings(), b.strings())) {
      return false;
    }
    if (Arrays.equals(a.data(), b.data())) {
      return true;
    }
    if (!a.dtype().isDifferentiable()) {
      return false;
    }
    double[] x = a.parts64();
    double[] y = b.parts64();
    for (int i = 0; i < x.length; i++) {
      if (Double.compare(x[i], y[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Returns null when a graph refuses, at the latest when it runs, what eager mode refuses.
  static @Nullable String refusal(OpDef op, Golden g, Known known) {
    try (Scope _ = Scope.open()) {
      Case c = Case.of(op, g);
      try {
        op.all(c.attrs, c.values(new ArrayList<>()));
        return null;
      } catch (RuntimeException e) {
        // As it should.
      }
      return Refusals.expect(
          "in a graph",
          "",
          () -> {
            Program p = trace(op, g, known);
            p.graph.run(p.arguments(c.values(new ArrayList<>())));
          });
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return GoldenCheck.thrown(e);
    }
  }

  /// Returns null when gradients are the same bits in eager mode, with a tape inside of the graph,
  /// and with one around its call.
  static @Nullable String gradient(OpDef op, Golden g, Known known) {
    String where = "eager: ";
    try (Scope _ = Scope.open()) {
      Case c = Case.of(op, g);
      List<Cell> cells = new ArrayList<>();
      Tensor[] in = c.values(cells);
      if (!cells.isEmpty()) {
        return null;
      }
      List<@Nullable Array> dy = g.dy();
      List<@Nullable Tensor> arriving = new ArrayList<>();
      for (Array a : dy) {
        arriving.add(a == null ? null : a.tensor());
      }
      List<Array> eager;
      try {
        eager = through(x -> op.all(c.attrs, x), in, in, arriving);
      } catch (ArgumentError e) {
        return null;
      }
      where = "tape inside: ";
      String wrong = different(eager, inside(c, in, arriving, known));
      if (wrong == null) {
        where = "tape around: ";
        Program p = trace(op, g, known);
        List<Array> around = through(x -> GraphCall.run(p.graph, p.arguments(x)), in, in, arriving);
        // Around a call, outputs at which nothing arrives count as zeros, and -0 + 0 is 0.
        boolean zeros = arriving.contains(null);
        wrong = different(zeros ? positive(eager) : eager, zeros ? positive(around) : around);
      }
      return wrong == null ? null : where + wrong;
    } catch (ShapeError | GradientError e) {
      // A gradient may need to know how many axes there are, if it says so.
      boolean says = e.getMessage().contains("not known here");
      return known == Known.TYPES && says
              || known == Known.RANKS && e instanceof GradientError && says
          ? null
          : where + GoldenCheck.thrown(e);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return where + GoldenCheck.thrown(e);
    }
  }

  /// Returns the same numbers with 0 for -0.
  private static List<Array> positive(List<Array> all) {
    List<Array> same = new ArrayList<>();
    for (Array a : all) {
      double[] p = a == null ? null : a.parts64();
      same.add(
          p == null
              ? null
              : Array.of(a.dtype(), a.dims(), Arrays.stream(p).map(v -> v + 0.0).toArray()));
    }
    return same;
  }

  private interface Call {
    Tensor[] of(Tensor[] in);
  }

  /// Returns the gradients of the differentiable ones among `in`, null where none flows.
  private static List<Array> through(
      Call call, Tensor[] in, Tensor[] sources, List<@Nullable Tensor> arriving) {
    List<Array> all = new ArrayList<>();
    for (Tensor t : grads(call, in, sources, arriving)) {
      all.add(t == null ? null : Array.of(t));
    }
    return all;
  }

  private static List<@Nullable Tensor> grads(
      Call call, Tensor[] in, Tensor[] from, List<@Nullable Tensor> arriving) {
    List<Tensor> sources = new ArrayList<>();
    for (Tensor t : from) {
      if (t.dtype().isDifferentiable()) {
        sources.add(t);
      }
    }
    try (GradientTape tape = new GradientTape()) {
      sources.forEach(tape::watch);
      Tensor[] out = call.of(in);
      List<Tensor> targets = new ArrayList<>();
      List<@Nullable Tensor> ends = new ArrayList<>();
      for (int i = 0; i < out.length; i++) {
        if (arriving.get(i) != null) {
          targets.add(out[i]);
          ends.add(arriving.get(i));
        }
      }
      Gradients found = tape.gradients(targets, sources, ends, false);
      List<@Nullable Tensor> all = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        all.add(found.get(i));
      }
      return all;
    }
  }

  private static List<Array> inside(
      Case c, Tensor[] in, List<@Nullable Tensor> arriving, Known known) {
    List<Tensor> arguments = new ArrayList<>();
    List<Boolean> flows = new ArrayList<>();
    Graph graph;
    try (Tracer t = Tracer.openAlone("gradient")) {
      Tensor[] x = in.clone();
      for (int i = 0; i < in.length; i++) {
        if (!c.isConstant(known, i)) {
          x[i] = t.input("x" + i, spec(in[i].spec(), known));
          arguments.add(in[i]);
        }
      }
      List<@Nullable Tensor> dy = new ArrayList<>();
      for (Tensor a : arriving) {
        if (a != null) {
          arguments.add(a);
        }
        dy.add(a == null ? null : t.input("dy", spec(a.spec(), known)));
      }
      List<Tensor> found = new ArrayList<>();
      for (Tensor dx : grads(all -> c.op.all(c.attrs, all), x, x, dy)) {
        flows.add(dx != null);
        if (dx != null) {
          found.add(dx);
        }
      }
      graph = t.finish(found);
    }
    Tensor[] out = graph.run(arguments.toArray(Tensor[]::new));
    List<Array> all = new ArrayList<>();
    int p = 0;
    for (boolean f : flows) {
      all.add(f ? Array.of(out[p++]) : null);
    }
    return all;
  }
}
