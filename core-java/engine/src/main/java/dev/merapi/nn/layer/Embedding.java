package dev.merapi.nn.layer;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.constrain.Constraint;
import dev.merapi.nn.constrain.Constraints;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Initializers;
import dev.merapi.nn.init.RandomUniform;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks up a learned row for each whole number: `(…)` becomes `(…, outputDim)`.
///
/// Numbers go from 0 to `inputDim` - 1; floats, as `Input` gives them, lose their fractions. The
/// gradient touches only the rows that were looked up.
public final class Embedding extends Layer implements LayerArguments<Embedding> {
  private final Setting<Integer> inputDim = required("input_dim", Kinds.POSITIVE);
  private final Setting<Integer> outputDim = required("output_dim", Kinds.POSITIVE);
  private final Setting<Initializer> embeddingsInitializer =
      setting("embeddings_initializer", Initializers.KIND, new RandomUniform());
  private final Setting<@Nullable Regularizer> embeddingsRegularizer =
      setting("embeddings_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> activityRegularizer =
      setting("activity_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> embeddingsConstraint =
      setting("embeddings_constraint", Constraints.KIND.orNone(), null);
  private final Setting<Boolean> maskZero = setting("mask_zero", Kinds.FLAG, false);
  private @Nullable Variable embeddings;

  private Embedding() {
    super();
  }

  /// @param inputDim number of rows
  /// @param outputDim numbers in a row
  public Embedding(int inputDim, int outputDim) {
    this();
    this.inputDim.set(inputDim);
    this.outputDim.set(outputDim);
  }

  /// @param inputLength steps of each sample, for a first layer; Keras 2 has it
  public Embedding(int inputDim, int outputDim, int inputLength) {
    this(inputDim, outputDim);
    inputShape(inputLength);
  }

  /// Leaves out the steps that are 0; row 0 then is for nothing else.
  public Embedding maskZero(boolean on) {
    return with("mask_zero", on);
  }

  public Embedding embeddingsInitializer(Object initializer) {
    return with("embeddings_initializer", initializer);
  }

  public Embedding embeddingsRegularizer(Object regularizer) {
    return with("embeddings_regularizer", regularizer);
  }

  public Embedding activityRegularizer(Object regularizer) {
    return with("activity_regularizer", regularizer);
  }

  public Embedding embeddingsConstraint(Object constraint) {
    return with("embeddings_constraint", constraint);
  }

  @Override
  protected void build(Shape input) {
    embeddings =
        addWeight(
            "embeddings",
            Shape.of(inputDim.get(), outputDim.get()),
            embeddingsInitializer.get(),
            true,
            embeddingsRegularizer.get(),
            embeddingsConstraint.get());
    setActivityRegularizer(activityRegularizer.get());
  }

  @Override
  protected boolean isAutocast() {
    return false;
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    boolean whole = x.dtype() == DType.I32 || x.dtype() == DType.I64;
    Tensor rows = whole ? x : Ops.cast(x, DType.I32);
    return Ops.cast(weight(embeddings).sparseRead(rows), computeDtype());
  }

  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    return maskZero.get() ? List.of(Ops.notEqual(inputs.getFirst(), 0)) : List.of();
  }

  /// Keras 2 said here how long samples are.
  @Override
  public void readConfig(Map<String, ?> config) {
    Map<String, @Nullable Object> c = new LinkedHashMap<>(config);
    c.remove("input_length");
    super.readConfig(c);
  }
}
