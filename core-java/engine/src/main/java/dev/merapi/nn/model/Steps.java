package dev.merapi.nn.model;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.eager.Variable;
import dev.merapi.function.Function;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The steps of a compiled model, each one graph: forward, gradient, optimizer, metrics.
final class Steps {
  private static final OpRef SHAPE = OpRef.to("Shape");
  private static final OpRef GATHER = OpRef.to("GatherV2");

  private final Trainable model;
  private final Objective objective;
  private final boolean eagerly;

  /// Functions by kind and numbers of inputs, labels and weights.
  private final Map<String, Function> functions = new LinkedHashMap<>();

  /// Variables of the gradients that the last trace handed out.
  private List<Variable> learned = List.of();

  Steps(Trainable model, Objective objective, boolean eagerly) {
    this.model = model;
    this.objective = objective;
    this.eagerly = eagerly;
  }

  /// What a step gives back.
  ///
  /// @param results loss and metrics so far
  /// @param gradients by variable, where they were asked for
  record Outcome(Logs results, Map<String, Tensor> gradients) {}

  /// Makes weights, optimizer state and metrics, so that traces find all of them.
  void prepare(Batch batch) {
    boolean isNew = !model.isReady();
    if (isNew) {
      Tracing.call(model, batch.x().stream().map(Tensor::spec).toList());
      model.setReady();
    }
  }

  /// Trains on a batch.
  Outcome train(Batch batch, boolean wantGradients) {
    prepare(batch);
    List<Tensor> out =
        run(
            wantGradients ? "train_step_with_gradients" : "train_step",
            batch,
            b -> trainStep(b, wantGradients));
    return outcome(out);
  }

  /// Measures a batch.
  Outcome test(Batch batch) {
    prepare(batch);
    return outcome(run("test_step", batch, this::testStep));
  }

  private Outcome outcome(List<Tensor> out) {
    List<String> names = objective.names();
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    for (int i = names.size(); i < out.size(); i++) {
      gradients.put(learned.get(i - names.size()).name(), out.get(i));
    }
    return new Outcome(new Logs(names, out.subList(0, names.size())), gradients);
  }

  /// Returns the outputs for a batch.
  List<Tensor> predict(Batch batch) {
    prepare(batch);
    return run("predict_step", batch, b -> model.applyAll(b.x(), false));
  }

  private interface Body {
    List<Tensor> run(Batch batch);
  }

  private List<Tensor> run(String kind, Batch batch, Body body) {
    if (eagerly) {
      return body.run(batch);
    }
    int nx = batch.x().size();
    int ny = batch.y().size();
    int nw = batch.weights().size();
    Function f =
        functions.computeIfAbsent(
            kind + " " + nx + " " + ny + " " + nw,
            k -> {
              List<String> names = new ArrayList<>();
              for (int i = 0; i < nx + ny + nw; i++) {
                names.add(i < nx ? "x" + i : i < nx + ny ? "y" + (i - nx) : "w" + (i - nx - ny));
              }
              return new Function(
                  kind,
                  names,
                  args -> {
                    List<Tensor> t = new ArrayList<>();
                    for (Object a : args) {
                      t.add((Tensor) a);
                    }
                    return body.run(
                        new Batch(
                            t.subList(0, nx),
                            t.subList(nx, nx + ny),
                            t.subList(nx + ny, t.size())));
                  },
                  Function.Options.DEFAULT);
            });
    Object[] args = new Object[nx + ny + nw];
    for (int i = 0; i < args.length; i++) {
      args[i] =
          i < nx
              ? batch.x().get(i)
              : i < nx + ny ? batch.y().get(i - nx) : batch.weights().get(i - nx - ny);
    }
    List<Tensor> out = new ArrayList<>();
    if (f.call(args) instanceof List<?> many) {
      many.forEach(t -> out.add((Tensor) t));
    }
    return out;
  }

  private List<Tensor> trainStep(Batch batch, boolean wantGradients) {
    List<Variable> variables;
    Gradients gradients;
    Tensor loss;
    List<Tensor> predicted;
    try (GradientTape tape = new GradientTape()) {
      predicted = model.applyAll(batch.x(), true);
      loss = loss(batch, predicted);
      variables = model.trainableVariables();
      gradients = tape.gradient(model.optimizer().scaleLoss(loss), variables);
    }
    if (!variables.isEmpty()) {
      model.optimizer().applyGradients(gradients, variables);
    }
    List<Tensor> out = new ArrayList<>(measured(batch, predicted, loss));
    if (wantGradients) {
      List<Variable> shown = new ArrayList<>();
      for (int i = 0; i < variables.size(); i++) {
        Tensor g = gradients.get(i);
        if (g != null) {
          shown.add(variables.get(i));
          out.add(g);
        }
      }
      learned = shown;
    }
    return out;
  }

  private List<Tensor> testStep(Batch batch) {
    List<Tensor> predicted = model.applyAll(batch.x(), false);
    return measured(batch, predicted, loss(batch, predicted));
  }

  private Tensor loss(Batch batch, List<Tensor> predicted) {
    objective.bind(batch.y(), predicted, model.outputNames());
    return objective.loss(batch, predicted, model.losses());
  }

  private List<Tensor> measured(Batch batch, List<Tensor> predicted, Tensor loss) {
    objective.update(loss, batch, predicted, samples(batch.x().getFirst()));
    return objective.results();
  }

  /// Returns how many samples a batch has, as a scalar of the graph.
  private static Tensor samples(Tensor x) {
    if (x.rank() == 0) {
      return Values.scalar(1);
    }
    int n = x.shape().dim(0);
    return n >= 0 ? Values.scalar(n) : GATHER.of(SHAPE.of(x), Values.scalar(0), Values.scalar(0));
  }
}
