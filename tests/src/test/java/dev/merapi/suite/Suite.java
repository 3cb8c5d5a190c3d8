package dev.merapi.suite;

import dev.merapi.op.OpDef;
import dev.merapi.suite.RunGoldens.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks one operation everything that can be asked quickly.
public final class Suite {
  private Suite() {}

  static List<Result> of(OpDef op) {
    List<Golden> all = Goldens.of(op.name());
    List<Result> r = new ArrayList<>();
    r.add(each("values", all, g -> GoldenCheck.values(op, g)));
    r.add(each("gradients", all.stream().filter(g -> g.dy() != null).toList(), g -> GoldenCheck.gradient(op, g)));
    if (op.gradient() != null) {
      for (int order = 1; order <= 2; order++) {
        Differences.Found f = Differences.check(op, order);
        r.add(new Result("order" + order, f.asked(), f.failures()));
      }
    }
    if (Widths.asks(op)) {
      List<dev.merapi.tensor.DType> types = Widths.types(op);
      r.add(new Result("widths", types.size(), types.stream().map(t -> Widths.check(op, t)).filter(w -> w != null).toList()));
    }
    Sizes.Found sizes = Sizes.check(op);
    r.add(new Result("sizes", sizes.asked(), sizes.failures()));
    r.add(new Result("mustFail", op.refusals().size(), Refusals.declared(op)));
    List<String> types = Refusals.types(op);
    r.add(new Result("types", Math.max(1, types.size()), types));
    return r;
  }

  private static Result each(String check, List<Golden> cases, Function<Golden, @Nullable String> ask) {
    List<String> failures = new ArrayList<>();
    for (Golden g : cases) {
      String wrong = ask.apply(g);
      if (wrong != null) {
        failures.add(g + ": " + wrong + "\n      attrs " + describe(g) + " inputs " + g.inputs());
      }
    }
    return new Result(check, cases.size(), failures);
  }

  private static String describe(Golden g) {
    StringBuilder s = new StringBuilder();
    g.attrs().forEach((k, v) -> s.append(s.isEmpty() ? "" : ", ").append(k).append('=').append(v.value()));
    return "{" + s + "}";
  }
}
