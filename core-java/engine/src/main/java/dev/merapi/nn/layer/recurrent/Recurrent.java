package dev.merapi.nn.layer.recurrent;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Untracked;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Mode;
import dev.merapi.nn.layer.recurrent.Cell.Drawn;
import dev.merapi.nn.layer.recurrent.Cell.Sequence;
import dev.merapi.nn.layer.recurrent.Cell.Way;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes a cell through the steps of sequences.
///
/// Shapes: input `(batch, time, …)`, mask `(batch, time)`; output `(batch, units)`, that of the
/// last step, or with `return_sequences` `(batch, time, units)`. With `return_state` the last
/// states follow as further outputs. Further inputs are the states before the first step, zeros
/// without them; a stateful layer goes on from where it was.
///
/// All steps are one operation where the cell has one for its arguments; else they are taken one by
/// one, in a graph as a loop.
public abstract class Recurrent extends Layer {
  private static final OpRef REVERSE = OpRef.to("ReverseV2");
  private static final OpRef CAST = OpRef.to("Cast");

  private final Setting<Boolean> returnSequences = setting("return_sequences", Kinds.FLAG, false);
  private final Setting<Boolean> returnState = setting("return_state", Kinds.FLAG, false);
  private final Setting<Boolean> goBackwards = setting("go_backwards", Kinds.FLAG, false);
  private final Setting<Boolean> stateful = setting("stateful", Kinds.FLAG, false);
  private final Setting<Boolean> unroll = setting("unroll", Kinds.FLAG, false);
  private final Setting<Boolean> zeroOutputForMask =
      setting("zero_output_for_mask", Kinds.FLAG, false);

  /// States of a stateful layer; like Keras's they are no weights.
  @Untracked private @Nullable List<Variable> kept;

  Recurrent() {}

  /// Returns the cell.
  public abstract Cell cell();

  public final boolean isReturningSequences() {
    return returnSequences.get();
  }

  public final boolean isReturningState() {
    return returnState.get();
  }

  public final boolean isGoingBackwards() {
    return goBackwards.get();
  }

  public final boolean isStateful() {
    return stateful.get();
  }

  final void showZeros(boolean on) {
    zeroOutputForMask.set(on);
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() < 3) {
      throw Message.what(
              "Input 0 of layer \""
                  + name()
                  + "\" is incompatible with the layer: expected min_ndim=3, found ndim="
                  + input.rank()
                  + ". Full shape received: "
                  + input)
          .expected("(batch, time, features)")
          .fix("add the axis that is missing, with tf.expandDims(x, axis)")
          .shapeError();
    }
    int[] dims = input.dims();
    int[] step = new int[dims.length - 1];
    step[0] = dims[0];
    System.arraycopy(dims, 2, step, 1, dims.length - 2);
    Cell cell = cell();
    cell.buildFor(Shape.of(step));
    if (stateful.get()) {
      if (dims[0] < 0) {
        throw Message.what(
                "When using `stateful=True` in a RNN, the batch size must be static. Found dynamic"
                    + " batch size: sequence.shape="
                    + input)
            .fix("say the batch size where the input is declared")
            .shapeError();
      }
      List<Variable> states = new ArrayList<>();
      for (Tensor s : cell.initialState(Values.scalar(dims[0]))) {
        Tensor zeros = Values.filled(new Spec(s.dtype(), s.shape()), 0);
        states.add(new Variable(zeros, name() + "/rnn_state", false));
      }
      kept = states;
    }
  }

  /// Forgets the states of a stateful layer: the next sequences start from zeros.
  public final void resetState() {
    for (Variable v : kept == null ? List.<Variable>of() : kept) {
      v.assign(Values.filled(new Spec(v.dtype(), v.shape()), 0));
    }
  }

  /// Keras's older name for [#resetState].
  public final void resetStates() {
    resetState();
  }

  /// Returns the states of a stateful layer; empty before it is built.
  public final List<Variable> states() {
    return kept == null ? List.of() : List.copyOf(kept);
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Cell cell = cell();
    Tensor x = as(cell.computeDtype(), inputs.getFirst());
    Tensor batch = Sizes.axis(x, 0);
    Tensor mask = mode.mask(0);
    if (mask != null && mask.dtype() != DType.BOOL) {
      mask = CAST.with(CAST.attrs("DstT", DType.BOOL), mask);
    }
    if (goBackwards.get()) {
      x = REVERSE.of(x, Values.ints(1));
      mask = mask == null ? null : REVERSE.of(mask, Values.ints(1));
    }
    Drawn drawn = mode.training() ? cell.draw(batch) : Drawn.NONE;
    Way way =
        new Way(
            mask,
            returnSequences.get(),
            zeroOutputForMask.get(),
            unroll.get(),
            mode.training(),
            drawn);
    List<Tensor> states =
        first(inputs, batch).stream().map(t -> as(cell.computeDtype(), t)).toList();
    Sequence s = cell.whole(x, states, way);
    if (s == null) {
      s = TimeLoop.run(cell, x, states, way);
    }
    List<Variable> variables = kept;
    if (variables != null) {
      for (int i = 0; i < variables.size(); i++) {
        variables.get(i).assign(s.states().get(i));
      }
    }
    List<Tensor> out = new ArrayList<>();
    out.add(as(computeDtype(), s.output()));
    if (returnState.get()) {
      s.states().forEach(t -> out.add(as(computeDtype(), t)));
    }
    return out;
  }

  /// Brings floats to a type: a cell may compute in another one than its layer.
  private static Tensor as(DType type, Tensor x) {
    return x.dtype() == type || !x.dtype().isFloating()
        ? x
        : CAST.with(CAST.attrs("DstT", type), x);
  }

  private List<Tensor> first(List<Tensor> inputs, Tensor batch) {
    Tensor x = inputs.getFirst();
    List<Variable> variables = kept;
    if (variables != null) {
      int expected = variables.getFirst().shape().dim(0);
      if (x.shape().dim(0) >= 0 && x.shape().dim(0) != expected) {
        throw Message.what(
                "If an RNN is stateful, the batch size of the input sequences must be the same as"
                    + " the batch size of the initial state. - Expected batch size: "
                    + expected
                    + " - Received batch size: "
                    + x.shape().dim(0))
            .given("x " + x.spec())
            .fix("make all batches equally long, as batch(n, dropRemainder) does")
            .shapeError();
      }
    }
    int count = cell().stateSize().size();
    if (inputs.size() > 1) {
      if (inputs.size() - 1 != count) {
        throw Message.what(
                name()
                    + " is given "
                    + (inputs.size() - 1)
                    + " initial states, but its cell has "
                    + count)
            .given(inputs.stream().map(t -> t.spec().toString()).toList().toString())
            .expected("the input, then one tensor for each of the states " + cell().stateSize())
            .valueError();
      }
      return inputs.subList(1, inputs.size());
    }
    return variables == null
        ? cell().initialState(batch)
        : variables.stream().map(Variable::value).toList();
  }

  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    @Nullable Tensor[] out = new Tensor[outputs.size()];
    out[0] = returnSequences.get() && !masks.isEmpty() ? masks.getFirst() : null;
    return Arrays.asList(out);
  }

  @Override
  public void readConfig(Map<String, ?> config) {
    super.readConfig(known(config));
  }

  /// Leaves out arguments that choose between ways of computing the same.
  private static Map<String, ?> known(Map<String, ?> config) {
    Map<String, @Nullable Object> known = new LinkedHashMap<>(config);
    for (String foreign : new String[] {"implementation", "time_major", "use_cudnn"}) {
      known.remove(foreign);
    }
    return known;
  }
}
