package dev.merapi.nn.layer;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Module;
import dev.merapi.nn.init.Initializer;
import dev.merapi.op.Literals;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A function with weights that are made when the shape of its input is first known.
///
/// Subclasses add their weights in [#build] and compute in [#call].
public abstract class Layer extends Module {
  private static final Map<String, AtomicInteger> NAMES = new ConcurrentHashMap<>();

  private final List<Variable> weights = new ArrayList<>();
  private boolean built;

  /// @param name null for the class's name, numbered: `dense`, `dense_1`, …
  protected Layer(@Nullable String name, Class<?> type) {
    super(name != null ? name : unique(snakeCase(type.getSimpleName())));
  }

  private static String unique(String base) {
    int n = NAMES.computeIfAbsent(base, k -> new AtomicInteger()).getAndIncrement();
    return n == 0 ? base : base + "_" + n;
  }

  /// Starts the numbering of names anew.
  public static void resetNames() {
    NAMES.clear();
  }

  /// Makes the weights. Called once, before the first [#call].
  protected void build(Shape input) {}

  /// Computes the output.
  ///
  /// @param training whether the layer should behave as in training (dropout, batch statistics)
  protected abstract Tensor call(Tensor x, boolean training);

  /// Computes the output as at inference.
  public final Tensor apply(Object x) {
    return apply(x, false);
  }

  public final Tensor apply(Object x, boolean training) {
    Tensor t = Literals.of(x);
    if (!built) {
      build(t.shape());
      built = true;
    }
    return call(t, training);
  }

  /// Makes the weights for inputs of the given shape now; an axis of -1 is any size.
  public final void buildFor(Shape input) {
    if (!built) {
      build(input);
      built = true;
    }
  }

  /// Returns the variables of this layer alone, in the order in which they were added.
  public final List<Variable> weights() {
    return List.copyOf(weights);
  }

  /// Makes a weight called `<layer>/<weightName>`.
  protected final Variable addWeight(
      String weightName, Shape shape, DType dtype, Initializer initializer, boolean trainable) {
    Variable v = new Variable(initializer.make(shape, dtype), name() + "/" + weightName, trainable);
    weights.add(v);
    return v;
  }

  /// Returns the element type of the weights.
  protected final DType dtype() {
    return DType.F32;
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
    if (input.rank() < minRank) {
      throw Message.what(
              name()
                  + ": input has rank "
                  + input.rank()
                  + ", expected min_ndim="
                  + minRank
                  + ", found ndim="
                  + input.rank())
          .given("input " + input)
          .expected("rank " + minRank + " or more; axis 0 counts the samples of a batch")
          .fix("add the batch axis with tf.expandDims(x, 0)")
          .shapeError();
    }
    int n = input.dim(-1);
    if (n < 0) {
      throw Message.what(name() + ": the last axis of the input must be known")
          .given("input " + input)
          .shapeError();
    }
    return n;
  }
}
