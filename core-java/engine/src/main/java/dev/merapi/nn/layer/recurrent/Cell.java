package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Mode;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes one step of a sequence: from an input and the states to an output and the next states.
///
/// ```java
/// final class Minimal extends Cell {
///   private final int units;
///   private Variable kernel;
///   private Variable recurrent;
///
///   Minimal(int units) { this.units = units; }
///
///   @Override public List<Integer> stateSize() { return List.of(units); }
///
///   @Override protected void build(Shape step) {
///     kernel = addWeight("kernel", Shape.of(step.dim(-1), units), new GlorotUniform());
///     recurrent = addWeight("recurrent_kernel", Shape.of(units, units), new GlorotUniform());
///   }
///
///   @Override protected Step step(Tensor x, List<Tensor> states, boolean training) {
///     Tensor h = tf.add(tf.matmul(x, kernel), tf.matmul(states.getFirst(), recurrent));
///     return new Step(h, List.of(h));
///   }
/// }
/// Tensor y = new RNN(new Minimal(32)).apply(x);
/// ```
///
/// As a layer of its own, a cell takes the list of its input and its states, and gives the list of
/// its output and the next states.
public abstract class Cell extends Layer {
  private static final OpRef FILL = OpRef.to("Fill");
  private static final OpRef ENSURE = OpRef.to("EnsureShape");

  /// What one step gives.
  public record Step(Tensor output, List<Tensor> states) {}

  /// What all steps give: the outputs `(batch, time, …)`, or the last one, and the last states.
  record Sequence(Tensor output, List<Tensor> states) {}

  /// How a sequence is gone through.
  ///
  /// @param mask which steps count `(batch, time)`, or null
  /// @param sequences whether all outputs are wanted, or the last one
  /// @param zeroOutput whether a step left out gives zeros, not the output before
  /// @param drawn what dropout multiplies by, the same for all steps
  record Way(
      @Nullable Tensor mask,
      boolean sequences,
      boolean zeroOutput,
      boolean unroll,
      boolean training,
      Drawn drawn) {}

  /// What dropout multiplies inputs and states by: nothing, one tensor for all gates or one for
  /// each; and the same of cells inside.
  record Drawn(List<Tensor> input, List<Tensor> recurrent, List<Drawn> inner) {
    static final Drawn NONE = new Drawn(List.of(), List.of(), List.of());
  }

  protected Cell() {}

  protected Cell(@Nullable String name) {
    super(name);
  }

  /// Returns the last axis of each state.
  public abstract List<Integer> stateSize();

  /// Returns the last axis of the output: that of the first state.
  public int outputSize() {
    return stateSize().getFirst();
  }

  /// Takes a step from an input `(batch, …)` and the states.
  protected abstract Step step(Tensor x, List<Tensor> states, boolean training);

  /// Returns the states before the first step: zeros `(batch, size)`.
  ///
  /// @param batch number of rows, a scalar of int32
  protected List<Tensor> initialState(Tensor batch) {
    List<Tensor> states = new ArrayList<>();
    for (int size : stateSize()) {
      states.add(zeros(batch, Shape.of(size)));
    }
    return states;
  }

  /// Returns the output that is shown before the first step that counts: zeros.
  protected Tensor initialOutput(Tensor batch) {
    return zeros(batch, Shape.of(outputSize()));
  }

  final Tensor zeros(Tensor batch, Shape sample) {
    Tensor[] dims = new Tensor[sample.rank() + 1];
    dims[0] = batch;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = Values.scalar(sample.dim(i - 1));
    }
    int[] known = new int[dims.length];
    Tensor rows = Sizes.known(batch);
    known[0] = rows == null ? -1 : rows.intValue();
    System.arraycopy(sample.dims(), 0, known, 1, sample.rank());
    Tensor zero = Values.filled(new Spec(computeDtype(), Shape.of()), 0);
    return shaped(FILL.of(Sizes.vector(dims), zero), Shape.of(known));
  }

  /// Says what is known of a shape that a trace has lost sight of, since it was computed.
  static Tensor shaped(Tensor x, Shape shape) {
    return x.shape().equals(shape) || !x.isSymbolic()
        ? x
        : ENSURE.with(ENSURE.attrs("shape", shape), x);
  }

  @Override
  protected final List<Tensor> call(List<Tensor> inputs, Mode mode) {
    List<Tensor> states = inputs.subList(1, inputs.size());
    if (states.isEmpty()) {
      states = initialState(Sizes.axis(inputs.getFirst(), 0));
    }
    Step s = step(inputs.getFirst(), states, mode.training());
    List<Tensor> all = new ArrayList<>(List.of(s.output()));
    all.addAll(s.states());
    return all;
  }

  /// Takes a step of a sequence for which `drawn` was drawn.
  Step step(Tensor x, List<Tensor> states, boolean training, Drawn drawn) {
    List<Tensor> in = new ArrayList<>(List.of(x));
    in.addAll(states);
    List<Tensor> out = applyAll(in, training);
    return new Step(out.getFirst(), out.subList(1, out.size()));
  }

  /// Draws what dropout needs for one sequence.
  Drawn draw(Tensor batch) {
    return Drawn.NONE;
  }

  /// Takes all steps in one operation; null where that cannot be.
  @Nullable Sequence whole(Tensor x, List<Tensor> states, Way way) {
    return null;
  }
}
