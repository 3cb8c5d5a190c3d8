package dev.merapi.suite;

import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.optimizer.GradientAndVariable;
import dev.merapi.nn.optimizer.Optimizer;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.op.IndexedSlices;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Recorded steps of Keras's optimizers and rates of its schedules, and what is asked of ours; the
/// form of the lines is described in `tests/golden/tensorflow-2.21/README.md`.
public final class OptimizerGoldens {
  /// Rules that multiply matrices or add up whole variables, where the order of sums shows, or that
  /// take differences of large numbers.
  private static final List<String> SUMMING = List.of("Muon", "Lamb", "Adafactor", "Ftrl");

  private OptimizerGoldens() {}

  /// One recorded training, or one schedule.
  public record Case(String of, String name, Map<String, Object> line) {
    public boolean isSchedule() {
      return line.containsKey("schedule");
    }

    @Override
    public String toString() {
      return of + ": " + name;
    }
  }

  /// Returns all cases.
  public static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Map<String, Object> m : Goldens.objects("optimizers.jsonl.gz")) {
      Object of = m.containsKey("schedule") ? m.get("schedule") : m.get("optimizer");
      all.add(new Case((String) of, (String) m.get("case"), m));
    }
    return all;
  }

  /// Returns what ours does otherwise than Keras's; empty if nothing.
  public static List<String> check(Case c) {
    List<String> wrong = new ArrayList<>();
    if (c.isSchedule()) {
      schedule(c, wrong);
    } else {
      List<Tensor> now = steps(c, false, wrong);
      List<Tensor> traced = steps(c, true, wrong);
      for (int i = 0; i < now.size() && wrong.isEmpty(); i++) {
        if (!Arrays.equals(now.get(i).toByteArray(), traced.get(i).toByteArray())) {
          wrong.add("in a graph, value " + i + " differs: " + traced.get(i) + ", " + now.get(i));
        }
      }
    }
    return wrong;
  }

  private static <T> T made(Case c, Class<T> type) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    form.put("class_name", c.of);
    form.put("config", c.line.get("config"));
    return Saved.read(form, type);
  }

  private static void schedule(Case c, List<String> wrong) {
    LearningRateSchedule s = made(c, LearningRateSchedule.class);
    LayerGoldens.configuration(wrong, "", c.line.get("config"), s.getConfig());
    Array rates = Goldens.array(c.line.get("rates"));
    List<?> at = (List<?>) Objects.requireNonNull(c.line.get("steps"));
    // Powers and cosines are exact to some last places, of what they begin with.
    double most = Arrays.stream(rates.parts64()).max().orElse(0);
    for (int i = 0; i < at.size(); i++) {
      double ours = s.at((Long) at.get(i));
      if (!(Math.abs(ours - rates.part(i)) <= 4 * Compare.ulp(DType.F32, most))) {
        wrong.add("rate of step " + at.get(i) + " is " + ours + ", in Keras " + rates.part(i));
      }
    }
  }

  /// Trains, compares after each step, and returns the last values and slots.
  private static List<Tensor> steps(Case c, boolean traced, List<String> wrong) {
    Optimizer optimizer = made(c, Optimizer.class);
    if (!traced) {
      LayerGoldens.configuration(wrong, "", c.line.get("config"), optimizer.getConfig());
    }
    List<?> excluded = list(c, "exclude");
    if (!excluded.isEmpty()) {
      optimizer.excludeFromWeightDecay(excluded.toArray(new String[0]));
    }
    List<Variable> variables = new ArrayList<>();
    for (Object start : list(c, "start")) {
      Variable v = new Variable(Goldens.array(start).tensor(), "v" + variables.size());
      if (c.line.get("constraint") != null) {
        v.setConstraint(x -> tf.maximum(x, 0));
      }
      variables.add(v);
    }
    Function<List<Tensor>, Tensor> step =
        flat -> {
          optimizer.applyGradients(gradients(flat, variables));
          return tf.constant(0);
        };
    Function<List<Tensor>, Tensor> f = traced ? tf.function(step)::apply : step;
    for (int k = 0; k < list(c, "gradients").size(); k++) {
      List<Tensor> flat = new ArrayList<>();
      for (Object g : (List<?>) list(c, "gradients").get(k)) {
        Map<?, ?> m = (Map<?, ?>) g;
        if (m.containsKey("indices")) {
          flat.add(Goldens.array(m.get("indices")).tensor());
          flat.add(Goldens.array(m.get("values")).tensor());
        } else {
          flat.add(Goldens.array(m).tensor());
        }
      }
      f.apply(flat);
      compare(c, wrong, "step " + k + ", variable", list(c, "values").get(k), variables);
      compare(c, wrong, "step " + k + ", state", list(c, "state").get(k), optimizer.variables());
    }
    List<Tensor> last = new ArrayList<>();
    variables.forEach(v -> last.add(v.value()));
    optimizer.variables().forEach(v -> last.add(v.value()));
    return last;
  }

  /// Joins indices with the values that follow them.
  private static List<GradientAndVariable> gradients(List<Tensor> flat, List<Variable> variables) {
    List<GradientAndVariable> all = new ArrayList<>();
    for (int i = 0; i < flat.size(); i++) {
      Tensor t = flat.get(i);
      if (t.dtype() == DType.I32) {
        i++;
        Variable v = variables.get(all.size());
        all.add(new GradientAndVariable(new IndexedSlices(flat.get(i), t, v.shape()), v));
      } else {
        all.add(new GradientAndVariable(t, variables.get(all.size())));
      }
    }
    return all;
  }

  private static void compare(
      Case c, List<String> wrong, String what, Object expected, List<Variable> actual) {
    List<?> arrays = (List<?>) expected;
    if (arrays.size() != actual.size()) {
      wrong.add(
          what
              + ": "
              + actual.stream().map(Variable::name).toList()
              + ", in Keras "
              + arrays.size());
      return;
    }
    for (int i = 0; i < arrays.size(); i++) {
      Array e = Goldens.array(arrays.get(i));
      double most = Arrays.stream(e.parts64()).map(Math::abs).max().orElse(0);
      double room =
          (SUMMING.contains(c.of) ? 32 : 8) * Compare.epsilon(e.dtype()) * Math.max(most, 0.1);
      String off =
          Compare.difference(
              e, Array.of(actual.get(i).value()), e.dtype().isFloating() ? (k, x) -> room : null);
      if (off != null) {
        wrong.add(what + " " + i + " '" + actual.get(i).name() + "' " + off);
      }
    }
  }

  private static List<?> list(Case c, String key) {
    return (List<?>) c.line.getOrDefault(key, List.of());
  }

  /// Prints what is wrong: `OptimizerGoldens [regular expression of names]`.
  public static void main(String[] args) {
    int bad = 0;
    List<Case> all = all();
    for (Case c : all) {
      if (args.length == 0 || c.of.matches(args[0])) {
        List<String> wrong = check(c);
        bad += wrong.isEmpty() ? 0 : 1;
        wrong.forEach(w -> System.out.println(c + "   " + w));
      }
    }
    System.out.println(bad + " of " + all.size() + " cases differ");
  }
}
