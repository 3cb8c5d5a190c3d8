package dev.merapi.nn.layer;

import dev.merapi.eager.Eager;
import dev.merapi.eager.Variable;
import dev.merapi.nn.Module;
import dev.merapi.nn.Untracked;
import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.nn.constrain.Constraint;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Initializers;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.op.Context;
import dev.merapi.op.Deferred;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Inside;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A function with weights that are made when the shape of its input is first known.
///
/// ```java
/// final class Scale extends Layer {
///   private Variable factor;
///
///   @Override protected void build(Shape input) {
///     factor = addWeight("factor", Shape.of(input.dim(-1)), new Ones());
///   }
///
///   @Override protected Tensor call(Tensor x, boolean training) {
///     return tf.multiply(x, factor);
///   }
/// }
/// ```
///
/// Subclasses add weights in [#build] and compute in [#call]; layers in fields, lists and maps
/// belong to the layer by themselves. Arguments are [Setting]s, in the order of Keras.
///
/// Layers of several inputs override the [#call] of lists. Called on the output of a layer that has
/// not run ([InputLayer]), a layer does not compute but becomes part of a model.
public abstract class Layer extends Module implements HasSettings {
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef DIV_NO_NAN = OpRef.to("DivNoNan");

  private final Settings settings = new Settings(getClass().getSimpleName());
  private final Setting<@Nullable String> nameSetting =
      settings.add(
          "name",
          Kinds.simple(
                  "a name without '/'",
                  g -> g instanceof String s && !s.isEmpty() && !s.contains("/") ? s : null)
              .orNone(),
          null);
  private final Setting<Boolean> trainable = settings.add("trainable", Kinds.FLAG, true);
  private final Setting<DTypePolicy> policy =
      settings.add("dtype", DTypePolicy.KIND, DTypePolicy.global());

  /// Weights of this layer alone, in the order in which they were added.
  private final List<Weight> weights = new ArrayList<>();

  /// Set where the first layer of a `Sequential` says what it will be given.
  private @Nullable Shape inputShape;

  private @Nullable List<Shape> builtFor;

  @Untracked private final List<Tensor> addedLosses = new ArrayList<>();

  @Untracked private final List<Connection> connections = new ArrayList<>();

  private @Nullable Regularizer activityRegularizer;

  private boolean supportsMasking;

  /// A variable of a layer with what else was said of it.
  record Weight(Variable variable, @Nullable Regularizer regularizer) {}

  /// Names the layer after its class, numbered: `dense`, `dense_1`, …
  protected Layer() {
    this(null);
  }

  protected Layer(@Nullable String name) {
    nameSetting.set(name != null ? name : LayerNames.next(snakeCase(getClass().getSimpleName())));
  }

  @Override
  public final Settings settings() {
    return settings;
  }

  /// Adds an argument with a default; to be used where fields are declared.
  protected final <T extends @Nullable Object> Setting<T> setting(
      String name, Kind<T> kind, T byDefault) {
    return settings.add(name, kind, byDefault);
  }

  /// Adds an argument that must be given.
  protected final <T> Setting<T> required(String name, Kind<T> kind) {
    return settings.require(name, kind);
  }

  @Override
  public String name() {
    String n = nameSetting.get();
    return n == null ? super.name() : n;
  }

  /// Makes the weights. Called once, before the first [#call]; a size of -1 is not known.
  protected void build(Shape input) {}

  /// Makes the weights of a layer with several inputs.
  protected void build(List<Shape> inputs) {
    if (!inputs.isEmpty()) {
      build(inputs.getFirst());
    }
  }

  /// Computes the output of a layer with one input.
  ///
  /// @param training whether the layer should behave as in training (dropout, batch statistics)
  protected Tensor call(Tensor x, boolean training) {
    throw Message.what(getClass().getSimpleName() + " computes nothing")
        .fix("override call(Tensor, boolean), or call(List, Mode) for several inputs or outputs")
        .valueError();
  }

  /// Computes the outputs of a layer with any number of inputs.
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    if (inputs.size() != 1) {
      throw Message.what(
              "Layer \""
                  + name()
                  + "\" expects 1 input(s), but it received "
                  + inputs.size()
                  + " input tensors")
          .given(inputs.stream().map(t -> t.spec().toString()).toList().toString())
          .expected("one tensor")
          .shapeError();
    }
    return List.of(call(inputs.getFirst(), mode.training()));
  }

  /// Returns the masks of the outputs. A layer that lets masks pass says so with
  /// [#supportsMasking]; any other layer ends them.
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    return supportsMasking && !masks.isEmpty()
        ? Collections.nCopies(outputs.size(), masks.getFirst())
        : List.of();
  }

  /// Lets the mask of the first input pass to all outputs, as layers that work on each step alone
  /// do.
  protected final void supportsMasking() {
    supportsMasking = true;
  }

  /// Computes the output, or takes its place in a model.
  ///
  /// @param x a tensor, anything that [Literals] takes, or a list of tensors for several inputs
  public final Tensor apply(Object x) {
    return single(run(Given.inputs(x), null, null));
  }

  /// @param training whether to behave as in training; otherwise as the layer around says, and not
  ///   when there is none
  public final Tensor apply(Object x, boolean training) {
    return single(run(Given.inputs(x), training, null));
  }

  /// @param mask which steps count: bool `(batch, time)`
  public final Tensor apply(Object x, boolean training, @Nullable Tensor mask) {
    return single(run(Given.inputs(x), training, Collections.singletonList(mask)));
  }

  /// Returns all outputs.
  public final List<Tensor> applyAll(Object x) {
    return run(Given.inputs(x), null, null);
  }

  public final List<Tensor> applyAll(Object x, boolean training) {
    return run(Given.inputs(x), training, null);
  }

  /// Returns all outputs; null for `training` and `masks` leaves them to the layer around and the
  /// inputs.
  public final List<Tensor> applyAll(
      Object x, @Nullable Boolean training, @Nullable List<@Nullable Tensor> masks) {
    return run(Given.inputs(x), training, masks);
  }

  private Tensor single(List<Tensor> outputs) {
    if (outputs.size() != 1) {
      throw Message.what(name() + " has " + outputs.size() + " outputs")
          .fix("ask for all of them with applyAll(x)")
          .valueError();
    }
    return outputs.getFirst();
  }

  private List<Tensor> run(
      List<Tensor> given, @Nullable Boolean training, @Nullable List<@Nullable Tensor> masks) {
    if (Deferred.among(given.toArray(new Tensor[0])) != null) {
      return connect(given, training);
    }
    CallScope scope = CallScope.get();
    boolean outermost = scope.isEmpty();
    Boolean before = scope.enter(this, training);
    Inside.enter(name() + " (" + getClass().getSimpleName() + ")");
    try {
      if (outermost) {
        forgetLosses();
      }
      List<Tensor> xs = given.stream().map(this::autocast).toList();
      buildIfNew(xs.stream().map(Tensor::shape).toList());
      List<@Nullable Tensor> m = masks != null ? masks : masksOf(given);
      List<Tensor> ys = call(xs, new Mode(scope.training(isTrainingByDefault()), m));
      Regularizer r = activityRegularizer;
      if (r != null) {
        ys.forEach(y -> addLoss(perSample(r.apply(y), y)));
      }
      List<@Nullable Tensor> out = computeMask(xs, m, ys);
      for (int i = 0; i < out.size(); i++) {
        Masks.set(ys.get(i), out.get(i));
      }
      return ys;
    } finally {
      Inside.leave();
      scope.leave(before);
    }
  }

  /// Divides by the number of samples, so that what outputs add to the loss does not grow with the
  /// batch, as Keras does.
  private static Tensor perSample(Tensor loss, Tensor y) {
    return y.rank() == 0
        ? loss
        : DIV_NO_NAN.of(loss, CAST.with(CAST.attrs("DstT", loss.dtype()), Sizes.axis(y, 0)));
  }

  private static List<@Nullable Tensor> masksOf(List<Tensor> given) {
    List<@Nullable Tensor> masks = new ArrayList<>();
    boolean any = false;
    for (Tensor t : given) {
      Tensor m = Masks.of(t);
      any |= m != null;
      masks.add(m);
    }
    return any ? masks : List.of();
  }

  private Tensor autocast(Tensor x) {
    DType compute = policy.get().compute();
    return x.dtype().isFloating() && compute.isFloating() && x.dtype() != compute && isAutocast()
        ? CAST.with(CAST.attrs("DstT", compute), x)
        : x;
  }

  /// Tells whether inputs of floats are brought to the type that the layer computes in.
  protected boolean isAutocast() {
    return true;
  }

  /// Tells whether this layer behaves as in training where neither the call nor a layer around
  /// says; layers that change pictures by chance do.
  protected boolean isTrainingByDefault() {
    return false;
  }

  /// Returns the type that this layer takes its first input for, where nobody says: floats, or
  /// texts for a layer that reads those.
  public DType inputType() {
    DType compute = policy.get().compute();
    return compute.isFloating() ? policy.get().variable() : compute;
  }

  /// Puts this layer into a model that is being put together.
  private List<Tensor> connect(List<Tensor> given, @Nullable Boolean training) {
    Connection c = Connection.of(this, given, training);
    connections.add(c);
    return c.outputs();
  }

  /// Puts this layer at the start of a model: it gives `specs` on nothing.
  final Connection place(List<Spec> specs) {
    Connection c = Connection.of(this, List.of(), null, specs);
    connections.add(c);
    return c;
  }

  /// Returns the places that this layer has in models, in the order in which they were made.
  public final List<Connection> connections() {
    return Collections.unmodifiableList(connections);
  }

  /// Makes the weights for inputs of the given shape now; a size of -1 is any.
  public final void buildFor(Shape... inputs) {
    CallScope scope = CallScope.get();
    Boolean before = scope.enter(this, null);
    Inside.enter(name() + " (" + getClass().getSimpleName() + ")");
    try {
      buildIfNew(List.of(inputs));
    } finally {
      Inside.leave();
      scope.leave(before);
    }
  }

  private void buildIfNew(List<Shape> shapes) {
    if (builtFor == null) {
      build(shapes);
      builtFor = shapes;
    }
  }

  /// Tells whether this is a model that only holds layers together which were made outside; its
  /// name does not appear in the names of their weights.
  protected boolean isOnlyHolding() {
    return false;
  }

  /// Lets the weights of further layers be made on the next call.
  protected final void notBuilt() {
    builtFor = null;
  }

  public final boolean isBuilt() {
    return builtFor != null;
  }

  /// Returns the input shapes that the weights were made for; empty before.
  public final List<Shape> builtFor() {
    return builtFor == null ? List.of() : builtFor;
  }

  /// Says what the first layer of a `Sequential` will be given, without the batch axis.
  public final void setInputShape(Shape shape) {
    inputShape = shape;
  }

  public final @Nullable Shape inputShape() {
    return inputShape;
  }

  /// Makes a trainable weight with Keras's default values: Glorot's.
  protected final Variable addWeight(String weightName, Shape shape) {
    return addWeight(weightName, shape, new GlorotUniform());
  }

  protected final Variable addWeight(String weightName, Shape shape, Initializer initializer) {
    return addWeight(weightName, shape, initializer, true, null, null);
  }

  /// @param initializer one of Keras's names, in any case
  protected final Variable addWeight(
      String weightName, Shape shape, String initializer, boolean isTrainable) {
    return addWeight(weightName, shape, Initializers.get(initializer), isTrainable, null, null);
  }

  /// Makes a weight called `<layer>/<weightName>`.
  ///
  /// @param regularizer what it adds to the loss, or null
  /// @param constraint what it must hold to after each step, or null
  protected final Variable addWeight(
      String weightName,
      Shape shape,
      Initializer initializer,
      boolean isTrainable,
      @Nullable Regularizer regularizer,
      @Nullable Constraint constraint) {
    for (int d : shape.dims()) {
      if (d < 0) {
        throw Message.what(name() + ": weight " + weightName + " needs a known shape")
            .given("shape " + shape)
            .expected("input axes of known size, all but the batch's")
            .fix("say the sizes in Input(shape) or build(shape)")
            .shapeError();
      }
    }
    DType kept = policy.get().variable();
    Variable v =
        new Variable(
            Eager.outside(() -> initializer.make(shape, kept)),
            CallScope.get().path(this) + "/" + weightName,
            isTrainable);
    if (constraint != null) {
      v.setConstraint(constraint::apply);
    }
    if (policy.get().isMixed()) {
      v.readAs(policy.get().compute());
    }
    weights.add(new Weight(v, regularizer));
    return v;
  }

  /// Makes a number that the layer keeps beside its weights, of a type of its own; training does
  /// not change it.
  protected final Variable addCount(String weightName, DType type) {
    Variable v =
        new Variable(
            Values.filled(Spec.of(type), 0), CallScope.get().path(this) + "/" + weightName, false);
    weights.add(new Weight(v, null));
    return v;
  }

  /// Gives weights that this layer has already what they add to the loss.
  protected final void setActivityRegularizer(@Nullable Regularizer r) {
    activityRegularizer = r;
  }

  /// Adds to the loss of the model, for this call.
  public final void addLoss(Tensor loss) {
    synchronized (addedLosses) {
      addedLosses.add(loss);
    }
  }

  private void forgetLosses() {
    synchronized (addedLosses) {
      addedLosses.clear();
    }
    sublayers().forEach(Layer::forgetLosses);
  }

  /// Returns what regularizers and layers add to the loss, as scalars: for trainable weights, for
  /// outputs of the last call, and by [#addLoss].
  public final List<Tensor> losses() {
    List<Tensor> all = new ArrayList<>();
    collectLosses(all, Collections.newSetFromMap(new IdentityHashMap<>()));
    return all;
  }

  private void collectLosses(List<Tensor> all, Set<Layer> seen) {
    if (!seen.add(this)) {
      return;
    }
    boolean eager = Context.get().isEager();
    synchronized (addedLosses) {
      for (Tensor t : addedLosses) {
        if (!eager || !t.isSymbolic()) {
          all.add(t);
        }
      }
    }
    if (trainable.get()) {
      for (Weight w : weights) {
        if (w.regularizer != null && w.variable.isTrainable()) {
          all.add(w.regularizer.apply(w.variable.value()));
        }
      }
    }
    sublayers().forEach(l -> l.collectLosses(all, seen));
  }

  /// Returns the layers in fields, lists and maps of this one, not those inside them.
  public List<Layer> sublayers() {
    List<Layer> layers = new ArrayList<>();
    for (Module m : parts()) {
      if (m instanceof Layer l) {
        layers.add(l);
      }
    }
    return layers;
  }

  /// Returns this layer and all in it.
  public final List<Layer> flattened() {
    List<Layer> all = new ArrayList<>();
    flatten(all, Collections.newSetFromMap(new IdentityHashMap<>()));
    return all;
  }

  private void flatten(List<Layer> all, Set<Layer> seen) {
    if (seen.add(this)) {
      all.add(this);
      sublayers().forEach(l -> l.flatten(all, seen));
    }
  }

  /// Returns the variables of this layer and those in it, in Keras's order.
  public final List<Variable> weights() {
    return variables();
  }

  /// Returns the variables that training changes: none of a layer that was frozen.
  @Override
  public List<Variable> trainableVariables() {
    List<Variable> frozen = new ArrayList<>();
    for (Layer l : flattened()) {
      if (!l.isTrainable()) {
        frozen.addAll(l.variables());
      }
    }
    Set<Variable> without = Collections.newSetFromMap(new IdentityHashMap<>());
    without.addAll(frozen);
    return variables().stream().filter(v -> v.isTrainable() && !without.contains(v)).toList();
  }

  public final List<Variable> nonTrainableVariables() {
    Set<Variable> changed = Collections.newSetFromMap(new IdentityHashMap<>());
    changed.addAll(trainableVariables());
    return variables().stream().filter(v -> !changed.contains(v)).toList();
  }

  public final boolean isTrainable() {
    return trainable.get();
  }

  /// Freezes this layer and those in it, or lets them learn again.
  public final void setTrainable(boolean on) {
    for (Layer l : flattened()) {
      l.trainable.set(on);
    }
  }

  /// Returns copies of the weights, in the order of [#weights].
  public final List<Tensor> getWeights() {
    return weights().stream().map(Variable::peek).map(OpRef.to("DeepCopy")::of).toList();
  }

  /// Sets all weights.
  ///
  /// Fails: `ValueError` or `ShapeError` naming the first that does not fit; then none is changed.
  public final void setWeights(List<?> values) {
    WeightValues.set(this, values);
  }

  /// Returns how many numbers the weights hold.
  public final long countParams() {
    return weights().stream().mapToLong(v -> v.shape().size()).sum();
  }

  public final DTypePolicy dtypePolicy() {
    return policy.get();
  }

  /// Returns the type that this layer computes in.
  public final DType computeDtype() {
    return policy.get().compute();
  }

  @Override
  public void readConfig(Map<String, ?> config) {
    LayerConfigs.read(this, config);
  }

  /// Starts the numbering of names anew.
  public static void resetNames() {
    LayerNames.reset();
  }

  /// Returns a weight that [#build] has made.
  protected static Variable weight(@Nullable Variable v) {
    if (v == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: a layer was called before it was built");
    }
    return v;
  }

  /// Returns the size of the last axis.
  ///
  /// Fails: `ShapeError` when the rank is below `minRank` or the size is not known.
  protected final int lastAxis(Shape input, int minRank) {
    return Checks.lastAxis(name(), input, minRank);
  }
}
