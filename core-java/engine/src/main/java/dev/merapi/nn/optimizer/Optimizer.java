package dev.merapi.nn.optimizer;

import dev.merapi.autodiff.Gradients;
import dev.merapi.eager.Variable;
import dev.merapi.memory.Scope;
import dev.merapi.op.Context;
import dev.merapi.op.IndexedSlices;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes variables along their gradients.
///
/// Slots (running means and the like) are variables of the optimizer, made when a variable is first
/// seen.
public abstract class Optimizer {
  private static final OpRef CAST = OpRef.to("Cast");

  private final Map<Variable, Variable[]> slots = new IdentityHashMap<>();
  private final List<Variable> slotOrder = new ArrayList<>();
  private final Variable learningRate;
  private final Variable iterations;

  protected Optimizer(double learningRate) {
    this.learningRate = state(learningRate, DType.F64, "learning_rate");
    this.iterations = state(0, DType.I64, "iteration");
  }

  private static Variable state(Object value, DType dtype, String name) {
    return new Variable(value, dtype, null, name, false);
  }

  /// Returns the learning rate, also while a graph is traced that will read it anew in each run.
  public double learningRate() {
    return learningRate.peek().item();
  }

  /// Sets the learning rate; graphs traced before follow.
  public void setLearningRate(double value) {
    learningRate.assign(value);
  }

  /// Returns how many steps were taken.
  public long iterations() {
    return iterations.peek().longValue();
  }

  /// Returns the state that belongs to no single variable: the number of steps, the learning rate.
  public List<Variable> variables() {
    return List.of(iterations, learningRate);
  }

  /// Returns the slots in the order in which they were made.
  public List<Variable> slots() {
    return List.copyOf(slotOrder);
  }

  /// Takes one step: `grads.get(i)` belongs to `variables.get(i)`; a null gradient leaves its
  /// variable alone.
  ///
  /// Fails: `ValueError` when the lists differ in length or no gradient is there at all; no
  /// variable has changed then.
  public final void applyGradients(
      List<? extends @Nullable Tensor> grads, List<Variable> variables) {
    if (grads.size() != variables.size()) {
      throw Message.what(
              "applyGradients: "
                  + grads.size()
                  + " gradients for "
                  + variables.size()
                  + " variables")
          .expected("one gradient a variable, in the same order")
          .valueError();
    }
    boolean any = false;
    for (int i = 0; i < grads.size(); i++) {
      Object g = raw(grads, i);
      any |= g != null;
      if (g != null && !shape(g).accepts(variables.get(i).shape())) {
        throw Message.what("applyGradients: gradient " + i + " has another shape than its variable")
            .given(
                "gradient "
                    + shape(g)
                    + " · variable '"
                    + variables.get(i).name()
                    + "' "
                    + variables.get(i).shape())
            .shapeError();
      }
    }
    if (!any) {
      throw Message.what("No gradients provided for any variable")
          .given(variables.size() + " variables")
          .fix("tape.whyNull(loss, variable) names the place where the gradient breaks")
          .valueError();
    }
    try (Scope _ = Scope.open()) {
      iterations.assignAdd(1);
      Rate rate =
          Context.get().isEager()
              ? new Rate(rate(learningRate(), iterations()))
              : new Rate(
                  rate(
                      learningRate.value(),
                      CAST.with(CAST.attrs("DstT", DType.F64), iterations.value())));
      for (int i = 0; i < grads.size(); i++) {
        Object g = raw(grads, i);
        if (g instanceof IndexedSlices rows) {
          stepRows(variables.get(i), rows, rate);
        } else if (g != null) {
          step(variables.get(i), (Tensor) g, rate);
        }
      }
    }
  }

  /// Returns a gradient as the tape gave it: a `Tensor`, or `IndexedSlices` of the rows that were
  /// looked up.
  private static @Nullable Object raw(List<? extends @Nullable Tensor> grads, int i) {
    return grads instanceof Gradients g ? g.raw(i) : grads.get(i);
  }

  private static Shape shape(Object gradient) {
    return gradient instanceof IndexedSlices s ? s.denseShape() : ((Tensor) gradient).shape();
  }

  /// Changes one variable, at once or by writing the change into the graph that is being traced.
  protected abstract void step(Variable variable, Tensor gradient, Rate rate);

  /// Returns the rate of a step: the learning rate, unless a rule changes it with time.
  ///
  /// @param iteration number of the step, from 1
  protected double rate(double learningRate, long iteration) {
    return learningRate;
  }

  /// Writes the same into the graph that is being traced, in float64.
  protected Tensor rate(Tensor learningRate, Tensor iteration) {
    return learningRate;
  }

  /// Changes one variable by a gradient of some of its rows, a row that occurs twice by both.
  ///
  /// Unless a rule overrides this, the step is that of the whole gradient with zeros in the other
  /// rows, as in Keras: running means of all rows decay, and rows that were not looked up may move
  /// by them.
  protected void stepRows(Variable variable, IndexedSlices gradient, Rate rate) {
    step(variable, Gradients.dense(gradient), rate);
  }

  /// Returns a scalar of the variable's type.
  protected static Tensor number(Variable v, double value) {
    return Values.filled(new Spec(v.dtype(), Shape.SCALAR), value);
  }

  /// Returns the variable's slots, made on first use and filled with `initial`.
  protected final Variable[] slots(Variable v, double initial, String... names) {
    return slots.computeIfAbsent(
        v,
        k -> {
          Variable[] made = new Variable[names.length];
          for (int i = 0; i < made.length; i++) {
            Tensor start = Values.filled(new Spec(v.dtype(), v.shape()), initial);
            made[i] = new Variable(start, v.name() + "/" + names[i], false);
            slotOrder.add(made[i]);
          }
          return made;
        });
  }
}
