package dev.merapi.suite;

import dev.merapi.op.OpDef;
import dev.merapi.suite.RunGoldens.Result;
import dev.merapi.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks one operation everything that can be asked quickly.
public final class Suite {
  private Suite() {}

  /// One kind of question: its name, whether it is asked of an operation, and the answers.
  public enum Check {
    /// Recorded results of TensorFlow, and its recorded refusals.
    VALUES(
        op -> !Goldens.of(op.name()).isEmpty(),
        op -> each("values", op, Goldens.of(op.name()), g -> GoldenCheck.values(op, g))),
    /// The declared accuracy, against values of 60 digits.
    EXACT(Exact::asks, op -> each("exact", op, Exact.cases(op), g -> Exact.check(op, g))),
    /// Recorded gradients of TensorFlow.
    GRADIENTS(
        op -> Goldens.of(op.name()).stream().anyMatch(g -> g.dy() != null),
        op ->
            each(
                "gradients",
                op,
                Goldens.of(op.name()).stream().filter(g -> g.dy() != null).toList(),
                g -> GoldenCheck.gradient(op, g))),
    /// Gradients against differences.
    ORDER_1(Differences::asks, op -> differences(op, 1)),
    /// Gradients of gradients against differences.
    ORDER_2(Differences::asks, op -> differences(op, 2)),
    /// The same call inside of a graph that knows the shapes, and what it must refuse.
    TRACED(
        op -> !Goldens.of(op.name()).isEmpty(),
        op -> {
          List<Result> all = new ArrayList<>();
          for (Traced.Known k : List.of(Traced.Known.SIZES, Traced.Known.VALUES)) {
            all.add(traced(op, k, Traced.cases(op), Traced::values));
            all.add(traced(op, k, Traced.refusals(op), Traced::refusal));
          }
          return joined("traced", all);
        }),
    /// The same call inside of a graph that does not know the shapes.
    TRACED_OPEN(
        op -> !Goldens.of(op.name()).isEmpty(),
        op -> {
          List<Result> all = new ArrayList<>();
          for (Traced.Known k : List.of(Traced.Known.RANKS, Traced.Known.TYPES)) {
            all.add(traced(op, k, Traced.cases(op), Traced::values));
            all.add(traced(op, k, Traced.refusals(op), Traced::refusal));
          }
          return joined("open", all);
        }),
    /// Gradients inside of graphs and around them.
    GRADIENT_TRACED(
        op -> !Traced.gradients(op).isEmpty(),
        op -> {
          List<Result> all = new ArrayList<>();
          for (Traced.Known k : Traced.Known.values()) {
            all.add(traced(op, k, Traced.gradients(op), Traced::gradient));
          }
          return joined("gradientTraced", all);
        }),
    /// Elements at every position of a vector.
    WIDTHS(
        Widths::asks,
        op -> {
          List<DType> types = Widths.types(op);
          return new Result(
              "widths",
              types.size(),
              types.stream().map(t -> Widths.check(op, t)).filter(w -> w != null).toList());
        }),
    /// One thread and several.
    THREADS(Large::asks, op -> result("threads", Large.check(op))),
    /// Axes of sizes 0 and 1.
    SIZES(
        Sizes::asks,
        op -> {
          Sizes.Found f = Sizes.check(op);
          return new Result("sizes", f.asked(), f.failures());
        }),
    /// Traced calls of which axes, ranks or nothing is known.
    UNKNOWNS(
        Unknowns::asks,
        op -> {
          Unknowns.Found f = Unknowns.check(op);
          return new Result("unknowns", f.asked(), f.failures());
        }),
    /// Declared refusals.
    MUST_FAIL(
        op -> !op.refusals().isEmpty(),
        op -> new Result("mustFail", op.refusals().size(), Refusals.declared(op))),
    /// Declared differences from TensorFlow.
    DEVIATIONS(op -> !op.deviations().isEmpty(), op -> result("differs", untrue(op))),
    /// Lines of code in the declaration.
    EXAMPLES(op -> !op.examples().isEmpty(), op -> result("examples", Examples.check(op))),
    /// Element types that the declaration does not allow.
    TYPES(op -> !op.inputs().isEmpty(), op -> result("types", Refusals.types(op)));

    private final Predicate<OpDef> asks;
    private final Function<OpDef, Result> answers;

    Check(Predicate<OpDef> asks, Function<OpDef, Result> answers) {
      this.asks = asks;
      this.answers = answers;
    }

    /// Tells whether the question makes sense for the operation.
    public boolean asks(OpDef op) {
      return asks.test(op);
    }

    /// Returns the wrong answers, the first few with all details.
    public List<String> failures(OpDef op) {
      List<String> all = answers.apply(op).failures();
      return all.size() <= 3
          ? all
          : List.of(all.get(0), all.get(1), all.get(2), "… and " + (all.size() - 3) + " more");
    }
  }

  /// Asks the questions whose names match.
  static List<Result> of(OpDef op, Pattern checks) {
    List<Result> r = new ArrayList<>();
    for (Check c : Check.values()) {
      if (checks.matcher(c.name()).matches() && c.asks(op)) {
        r.add(c.answers.apply(op));
      }
    }
    return r;
  }

  private interface TracedQuestion {
    @Nullable String ask(OpDef op, Golden g, Traced.Known known);
  }

  private static Result traced(
      OpDef op, Traced.Known known, List<Golden> cases, TracedQuestion question) {
    Result r = each("traced", op, cases, g -> question.ask(op, g, known));
    return new Result(
        "", r.asked(), r.failures().stream().map(f -> "known " + known + ": " + f).toList());
  }

  private static Result joined(String check, List<Result> all) {
    return new Result(
        check,
        all.stream().mapToInt(Result::asked).sum(),
        all.stream().flatMap(r -> r.failures().stream()).toList());
  }

  private static Result differences(OpDef op, int order) {
    Differences.Found f = Differences.check(op, order);
    return new Result("order" + order, f.asked(), f.failures());
  }

  /// One question that may have several wrong answers.
  private static Result result(String check, List<String> wrong) {
    return new Result(check, Math.max(1, wrong.size()), wrong);
  }

  private static Result each(
      String check, OpDef op, List<Golden> cases, Function<Golden, @Nullable String> ask) {
    List<String> failures = new ArrayList<>();
    for (Golden g : cases) {
      String wrong = ask.apply(g);
      if (wrong != null
          && (check.equals("traced") || !differsOnPurpose(op, g, check.equals("gradients")))) {
        failures.add(g + ": " + wrong + "\n      attrs " + describe(g) + " inputs " + g.inputs());
      }
    }
    return new Result(check, cases.size(), failures);
  }

  private static boolean differsOnPurpose(OpDef op, Golden g, boolean gradient) {
    return op.deviations().stream()
        .anyMatch(d -> (gradient || !d.gradientOnly()) && g.name().matches(d.cases()));
  }

  /// Returns the declared deviations from TensorFlow that no recorded case shows.
  private static List<String> untrue(OpDef op) {
    List<String> wrong = new ArrayList<>();
    for (OpDef.Deviation d : op.deviations()) {
      boolean shown =
          Goldens.of(op.name()).stream()
              .filter(g -> g.name().matches(d.cases()))
              .anyMatch(
                  g -> GoldenCheck.values(op, g) != null || GoldenCheck.gradient(op, g) != null);
      if (!shown) {
        wrong.add(
            op
                + " says that cases "
                + d.cases()
                + " differ from TensorFlow; none does: "
                + d.reason());
      }
    }
    return wrong;
  }

  private static String describe(Golden g) {
    StringBuilder s = new StringBuilder();
    g.attrs()
        .forEach(
            (k, v) -> s.append(s.isEmpty() ? "" : ", ").append(k).append('=').append(v.value()));
    return "{" + s + "}";
  }
}
