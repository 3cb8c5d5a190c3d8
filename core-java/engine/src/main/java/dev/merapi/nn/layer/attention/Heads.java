package dev.merapi.nn.layer.attention;

import dev.merapi.facade.MathApi;
import dev.merapi.facade.NnApi;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.constrain.Constraint;
import dev.merapi.nn.constrain.Constraints;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Initializers;
import dev.merapi.nn.init.Zeros;
import dev.merapi.nn.layer.EinsumDense;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Mode;
import dev.merapi.nn.layer.noise.SeedGenerator;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.op.OpRef;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What attention layers of several heads share: projections, masks, shares.
///
/// Inputs: query, value, then key if it is not the value, then a mask of who may attend to whom.
abstract class Heads extends Layer {
  private static final OpRef EXP = OpRef.to("Exp");

  final Setting<Double> dropout = setting("dropout", Kinds.SHARE, 0.0);
  final Setting<Boolean> useBias = setting("use_bias", Kinds.FLAG, true);
  final Setting<Boolean> useGate = setting("use_gate", Kinds.FLAG, false);
  private final Setting<@Nullable Integer> slidingWindow =
      setting("sliding_window", Kinds.POSITIVE.orNone(), null);
  private final Setting<Initializer> kernelInitializer =
      setting("kernel_initializer", Initializers.KIND, new GlorotUniform());
  private final Setting<Initializer> biasInitializer =
      setting("bias_initializer", Initializers.KIND, new Zeros());
  private final Setting<@Nullable Regularizer> kernelRegularizer =
      setting("kernel_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> biasRegularizer =
      setting("bias_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> activityRegularizer =
      setting("activity_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> kernelConstraint =
      setting("kernel_constraint", Constraints.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> biasConstraint =
      setting("bias_constraint", Constraints.KIND.orNone(), null);
  private final Setting<@Nullable Long> seed = setting("seed", Kinds.LONG.orNone(), null);

  private @Nullable EinsumDense query;
  private @Nullable EinsumDense key;
  private @Nullable EinsumDense gate;
  private @Nullable EinsumDense value;
  private @Nullable EinsumDense output;

  private @Nullable SeedGenerator generator;
  private volatile boolean causal;
  private volatile boolean returnScores;

  Heads() {
    supportsMasking();
  }

  final void setCausal(boolean on) {
    causal = on;
  }

  final void setReturnScores(boolean on) {
    returnScores = on;
  }

  /// Returns the layers that project query, key, gate, value and the result, in this order.
  abstract EinsumDense[] projections(Shape query, Shape value, Shape key);

  /// Returns the number of heads, and the numbers that each finds for a query.
  abstract int[] found();

  /// Makes one of the projections.
  final EinsumDense projection(String name, String equation, Shape outputs, String biasAxes) {
    EinsumDense d = new EinsumDense(equation, outputs, useBias.get() ? biasAxes : null);
    return d.name(name)
        .dtype(dtypePolicy())
        .kernelInitializer(fresh(kernelInitializer.get()))
        .biasInitializer(fresh(biasInitializer.get()))
        .with("kernel_regularizer", kernelRegularizer.get())
        .with("bias_regularizer", biasRegularizer.get())
        .with("activity_regularizer", activityRegularizer.get())
        .with("kernel_constraint", kernelConstraint.get())
        .with("bias_constraint", biasConstraint.get());
  }

  /// Returns an initializer like the given one that draws other numbers, unless it has a seed: one
  /// initializer gives the same numbers each time.
  private static Object fresh(Initializer i) {
    return i instanceof HasSettings && Saved.write(i) instanceof Map<?, ?> form
        ? Saved.read(form, Initializer.class)
        : i;
  }

  @Override
  protected void build(List<Shape> inputs) {
    if (inputs.size() < 2 || inputs.size() > 4) {
      throw Message.what(
              name()
                  + ": attention takes query and value, and perhaps key and a mask; it received "
                  + inputs.size()
                  + " inputs")
          .given(inputs.toString())
          .expected("apply(List.of(query, value)), with key and attention mask behind if wanted")
          .shapeError();
    }
    Shape q = inputs.get(0);
    Shape v = inputs.get(1);
    Shape k = inputs.size() > 2 ? inputs.get(2) : v;
    EinsumDense[] all = projections(q, v, k);
    query = all[0];
    key = all[1];
    gate = useGate.get() ? all[2] : null;
    value = all[3];
    output = all[4];
    query.buildFor(q);
    key.buildFor(k);
    if (gate != null) {
      gate.with("activation", "sigmoid").buildFor(q);
    }
    value.buildFor(v);
    int[] found = Arrays.copyOf(q.dims(), q.rank() + 1);
    System.arraycopy(found(), 0, found, q.rank() - 1, 2);
    output.buildFor(Shape.of(found));
    if (dropout.get() > 0) {
      generator = new SeedGenerator(seed.get());
    }
  }

  private static EinsumDense built(@Nullable EinsumDense d) {
    if (d == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: a layer was called before it was built");
    }
    return d;
  }

  /// Returns scores of queries (scaled already) and keys: `(batch, heads, queries, keys)`.
  abstract Tensor scores(Tensor query, Tensor key);

  /// Mixes values by their shares.
  abstract Tensor mixed(Tensor shares, Tensor value);

  /// Returns 1/√n for keys of n numbers.
  abstract double scaling();

  /// Returns over how many of the last axes of the scores the shares add up to 1.
  abstract int keyAxes();

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Tensor q = inputs.get(0);
    Tensor v = inputs.get(1);
    Tensor k = inputs.size() > 2 ? inputs.get(2) : v;
    Tensor mask = mask(inputs, mode);
    Tensor heads = built(query).apply(q);
    Tensor scores = scores(Ops.mul(heads, scaling()), built(key).apply(k));
    if (mask != null) {
      while (mask.rank() < scores.rank()) {
        mask = Ops.expand(mask, -2 * keyAxes() - 1);
      }
    }
    // Keras takes another way where shares are not needed; it matters only for queries that may
    // attend to nothing: they get the mean of all values there, and zeros here.
    boolean emptyIsZero = dropout.get() > 0 || returnScores || heads.rank() != 4;
    Tensor shares = shares(scores, mask, emptyIsZero);
    SeedGenerator g = generator;
    Tensor used = mode.training() && g != null ? g.dropout(shares, dropout.get(), null) : shares;
    Tensor mixed = mixed(used, built(value).apply(v));
    Tensor y = built(output).apply(gate == null ? mixed : Ops.mul(mixed, gate.apply(q)));
    return returnScores ? List.of(y, shares) : List.of(y);
  }

  private Tensor shares(Tensor scores, @Nullable Tensor mask, boolean emptyIsZero) {
    double far = scores.dtype() == DType.F16 ? -3e4 : -1e9;
    Tensor s = mask == null ? scores : Ops.where(mask, scores, far);
    Tensor shares;
    if (keyAxes() == 1) {
      shares = NnApi.softmax(s);
    } else {
      int[] axes = new int[keyAxes()];
      for (int i = 0; i < axes.length; i++) {
        axes[i] = s.rank() - axes.length + i;
      }
      shares = EXP.of(Ops.sub(s, MathApi.reduceLogsumexp(s, axes, true)));
    }
    return mask != null && emptyIsZero ? Ops.where(mask, shares, 0) : shares;
  }

  /// Returns who may attend to whom, `(batch, queries, keys)` or broadcast to it; null for all.
  private @Nullable Tensor mask(List<Tensor> inputs, Mode mode) {
    Tensor all = inputs.size() > 3 ? Ops.cast(inputs.get(3), DType.BOOL) : null;
    if (mode.mask(0) != null) {
      all = Scores.both(all, Ops.expand(mode.mask(0), -1));
    }
    for (int i = 1; i < Math.min(3, inputs.size()); i++) {
      if (mode.mask(i) != null) {
        all = Scores.both(all, Ops.expand(mode.mask(i), -2));
      }
    }
    Tensor queries = Sizes.axis(inputs.get(0), 1);
    Tensor keys = Sizes.axis(inputs.get(1), 1);
    if (causal) {
      all = Scores.both(all, Scores.causal(queries, keys));
    }
    Integer width = slidingWindow.get();
    return width == null ? all : Scores.both(all, Scores.near(queries, keys, width));
  }

  /// Only the first output has steps of the query.
  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    Tensor m = masks.isEmpty() ? null : masks.getFirst();
    return m == null ? List.of() : List.of(m);
  }
}
