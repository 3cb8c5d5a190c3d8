package dev.merapi.function;

import dev.merapi.eager.Variable;
import dev.merapi.graph.Nest;
import dev.merapi.graph.Tracer;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes one trace: runs the body on symbols and keeps the graph that it wrote.
final class Tracing {
  /// Runs a body.
  interface Body {
    @Nullable Object run(@Nullable Object[] args);
  }

  private final String name;
  private final List<String> params;
  private final Body body;
  private List<Variable> made = List.of();

  Tracing(String name, List<String> params, Body body) {
    this.name = name;
    this.params = params;
    this.body = body;
  }

  /// Returns the variables that the body made.
  List<Variable> made() {
    return made;
  }

  ConcreteFunction trace(@Nullable Object[] args, Signature signature) {
    List<Spec> specs = signature.specs();
    try (Tracer t = Tracer.open(name)) {
      int[] at = {0};
      Object[] symbols = new Object[args.length];
      for (int i = 0; i < args.length; i++) {
        String arg = Signature.name(params, i);
        symbols[i] =
            Nest.map(
                args[i],
                (leaf, path) ->
                    leaf instanceof Tensor ? t.input(named(arg + path), specs.get(at[0]++)) : leaf);
      }
      Object result = body.run(symbols);
      made = t.made().stream().map(Variable.class::cast).toList();
      List<Tensor> outputs = Nest.tensors(result);
      return new ConcreteFunction(name, t.finish(outputs), result, signature);
    }
  }

  /// Returns a node name: `x[0].weights` becomes `x_0_weights`.
  private static String named(String path) {
    return path.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("_$", "");
  }
}
