// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.EinsumDense;
import dev.merapi.nn.layer.Embedding;
import dev.merapi.nn.layer.Identity;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Lambda;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.Masking;
import dev.merapi.nn.layer.activate.Activation;
import dev.merapi.nn.layer.activate.ELU;
import dev.merapi.nn.layer.activate.LeakyReLU;
import dev.merapi.nn.layer.activate.PReLU;
import dev.merapi.nn.layer.activate.ReLU;
import dev.merapi.nn.layer.activate.Softmax;
import dev.merapi.nn.layer.merge.Concatenate;
import dev.merapi.nn.layer.merge.Dot;
import dev.merapi.nn.layer.noise.ActivityRegularization;
import dev.merapi.nn.layer.norm.BatchNormalization;
import dev.merapi.nn.layer.norm.GroupNormalization;
import dev.merapi.nn.layer.norm.LayerNormalization;
import dev.merapi.nn.layer.norm.RMSNormalization;
import dev.merapi.nn.layer.norm.UnitNormalization;
import dev.merapi.nn.layer.preprocess.CategoryEncoding;
import dev.merapi.nn.layer.preprocess.Hashing;
import dev.merapi.nn.layer.preprocess.Rescaling;
import dev.merapi.nn.layer.recurrent.Bidirectional;
import dev.merapi.nn.layer.recurrent.Cell;
import dev.merapi.nn.layer.recurrent.GRUCell;
import dev.merapi.nn.layer.recurrent.LSTMCell;
import dev.merapi.nn.layer.recurrent.RNN;
import dev.merapi.nn.layer.recurrent.Recurrent;
import dev.merapi.nn.layer.recurrent.SimpleRNNCell;
import dev.merapi.nn.layer.recurrent.StackedRNNCells;
import dev.merapi.nn.layer.recurrent.TimeDistributed;
import dev.merapi.nn.layer.reshape.Flatten;
import dev.merapi.nn.layer.reshape.Permute;
import dev.merapi.nn.layer.reshape.RepeatVector;
import dev.merapi.nn.layer.reshape.Reshape;
import dev.merapi.nn.layer.reshape.UpSampling1D;
import dev.merapi.nn.layer.reshape.UpSampling2D;
import dev.merapi.nn.layer.reshape.UpSampling3D;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `tf.keras.layers`.
public abstract class LayersApi {
  protected LayersApi() {}

  /// Connects every input to every output: `activation(x · kernel + bias)`.
  public static Dense Dense(int units) {
    return new Dense(units);
  }

  /// Connects every input to every output: `activation(x · kernel + bias)`.
  public static Dense Dense(int units, String activation) {
    return new Dense(units, activation);
  }

  /// Multiplies its input by a kernel along the axes that an equation names, and adds a bias:
  /// `activation(einsum(equation, x, kernel) + bias)`.
  public static EinsumDense EinsumDense(
      String equation, Object outputShape, @Nullable String biasAxes) {
    return new EinsumDense(equation, outputShape, biasAxes);
  }

  /// Looks up a learned row for each whole number: `(…)` becomes `(…, outputDim)`.
  public static Embedding Embedding(int inputDim, int outputDim) {
    return new Embedding(inputDim, outputDim);
  }

  /// Looks up a learned row for each whole number: `(…)` becomes `(…, outputDim)`.
  public static Embedding Embedding(int inputDim, int outputDim, int inputLength) {
    return new Embedding(inputDim, outputDim, inputLength);
  }

  /// Lets everything pass as it is.
  public static Identity Identity() {
    return new Identity();
  }

  /// Says what a model will be given; the place where putting it together starts.
  public static InputLayer InputLayer(Shape shape, DType dtype, @Nullable String name) {
    return new InputLayer(shape, dtype, name);
  }

  /// Makes a layer of a function of the program: `new Lambda(x -> tf.square(x))`.
  public static Lambda Lambda(ActivationFunction function) {
    return new Lambda(function);
  }

  /// Leaves out the steps of sequences `(batch, steps, …)` in which all numbers are `maskValue`.
  public static Masking Masking() {
    return new Masking();
  }

  /// Leaves out the steps of sequences `(batch, steps, …)` in which all numbers are `maskValue`.
  public static Masking Masking(double maskValue) {
    return new Masking(maskValue);
  }

  /// Applies an activation function.
  public static Activation Activation(String activation) {
    return new Activation(activation);
  }

  /// Applies an activation function.
  public static Activation Activation(ActivationFunction activation) {
    return new Activation(activation);
  }

  /// Leaves positive numbers as they are; below 0, `alpha·(eˣ − 1)`.
  public static ELU ELU() {
    return new ELU();
  }

  /// Leaves positive numbers as they are; below 0, `alpha·(eˣ − 1)`.
  public static ELU ELU(double alpha) {
    return new ELU(alpha);
  }

  /// Leaves positive numbers as they are and makes negative ones smaller.
  public static LeakyReLU LeakyReLU() {
    return new LeakyReLU();
  }

  /// Leaves positive numbers as they are and makes negative ones smaller.
  public static LeakyReLU LeakyReLU(double negativeSlope) {
    return new LeakyReLU(negativeSlope);
  }

  /// Leaves positive numbers as they are and multiplies negative ones by a learned slope, one for
  /// each place of a sample.
  public static PReLU PReLU() {
    return new PReLU();
  }

  /// Cuts off what is below a threshold, perhaps not quite, and what is above a largest value.
  public static ReLU ReLU() {
    return new ReLU();
  }

  /// Cuts off what is below a threshold, perhaps not quite, and what is above a largest value.
  public static ReLU ReLU(double maxValue) {
    return new ReLU(maxValue);
  }

  /// Turns scores along one or more axes into shares that add up to 1.
  public static Softmax Softmax() {
    return new Softmax();
  }

  /// Turns scores along one or more axes into shares that add up to 1.
  public static Softmax Softmax(int... axis) {
    return new Softmax(axis);
  }

  /// Joins its inputs along an axis.
  public static Concatenate Concatenate() {
    return new Concatenate();
  }

  /// Joins its inputs along an axis.
  public static Concatenate Concatenate(int axis) {
    return new Concatenate(axis);
  }

  /// Multiplies the samples of two inputs and adds up along one axis of each.
  public static Dot Dot(int... axes) {
    return new Dot(axes);
  }

  /// Lets everything pass as it is, and adds its size to the loss.
  public static ActivityRegularization ActivityRegularization(double l1, double l2) {
    return new ActivityRegularization(l1, l2);
  }

  /// Brings each channel to mean 0 and variance 1, then to a learned mean and size.
  public static BatchNormalization BatchNormalization() {
    return new BatchNormalization();
  }

  /// Brings groups of channels of each sample to mean 0 and variance 1, then each channel to a
  /// learned mean and size.
  public static GroupNormalization GroupNormalization() {
    return new GroupNormalization();
  }

  /// Brings groups of channels of each sample to mean 0 and variance 1, then each channel to a
  /// learned mean and size.
  public static GroupNormalization GroupNormalization(int groups) {
    return new GroupNormalization(groups);
  }

  /// Brings the numbers of each sample to mean 0 and variance 1 along its last axis or several,
  /// then to a learned mean and size for each place.
  public static LayerNormalization LayerNormalization() {
    return new LayerNormalization();
  }

  /// Divides the numbers of each sample by the root of their mean square, then multiplies by a
  /// learned size for each place.
  public static RMSNormalization RMSNormalization() {
    return new RMSNormalization();
  }

  /// Makes vectors along an axis, or several, one long.
  public static UnitNormalization UnitNormalization() {
    return new UnitNormalization();
  }

  /// Makes vectors along an axis, or several, one long.
  public static UnitNormalization UnitNormalization(int... axis) {
    return new UnitNormalization(axis);
  }

  /// Turns numbers of categories, 0 up to but not including `numTokens`, into vectors.
  public static CategoryEncoding CategoryEncoding(int numTokens) {
    return new CategoryEncoding(numTokens);
  }

  /// Turns numbers of categories, 0 up to but not including `numTokens`, into vectors.
  public static CategoryEncoding CategoryEncoding(int numTokens, String outputMode) {
    return new CategoryEncoding(numTokens, outputMode);
  }

  /// Spreads texts or whole numbers over a fixed number of bins, without a vocabulary.
  public static Hashing Hashing(int numBins) {
    return new Hashing(numBins);
  }

  /// Stretches and moves numbers: `x · scale + offset`. Whole numbers become floats.
  public static Rescaling Rescaling(Object scale) {
    return new Rescaling(scale);
  }

  /// Stretches and moves numbers: `x · scale + offset`. Whole numbers become floats.
  public static Rescaling Rescaling(Object scale, Object offset) {
    return new Rescaling(scale, offset);
  }

  /// Goes through sequences from both ends, with two layers, and merges what they give.
  public static Bidirectional Bidirectional(Recurrent layer) {
    return new Bidirectional(layer);
  }

  /// Goes through sequences from both ends, with two layers, and merges what they give.
  public static Bidirectional Bidirectional(Recurrent layer, @Nullable String mergeMode) {
    return new Bidirectional(layer, mergeMode);
  }

  /// Goes through sequences from both ends, with two layers, and merges what they give.
  public static Bidirectional Bidirectional(
      Recurrent layer, @Nullable String mergeMode, @Nullable Recurrent backwardLayer) {
    return new Bidirectional(layer, mergeMode, backwardLayer);
  }

  /// Gated recurrent unit. Columns of the weights stand in the order update gate, reset gate,
  /// candidate.
  public static GRUCell GRUCell(int units) {
    return new GRUCell(units);
  }

  /// Long short-term memory. States are the output and the memory; columns of the weights stand in
  /// the order input gate, forget gate, candidate, output gate.
  public static LSTMCell LSTMCell(int units) {
    return new LSTMCell(units);
  }

  /// Takes any cell through the steps of sequences; several cells are stacked.
  public static RNN RNN(Cell cell) {
    return new RNN(cell);
  }

  /// Takes any cell through the steps of sequences; several cells are stacked.
  public static RNN RNN(List<? extends Cell> cells) {
    return new RNN(cells);
  }

  /// `h = activation(x · kernel + h · recurrent_kernel + bias)`.
  public static SimpleRNNCell SimpleRNNCell(int units) {
    return new SimpleRNNCell(units);
  }

  /// Cells one above the other, each on the output of the one below; as a cell, it has all their
  /// states, from the lowest cell's on.
  public static StackedRNNCells StackedRNNCells(List<? extends Cell> cells) {
    return new StackedRNNCells(cells);
  }

  /// Cells one above the other, each on the output of the one below; as a cell, it has all their
  /// states, from the lowest cell's on.
  public static StackedRNNCells StackedRNNCells(Cell... cells) {
    return new StackedRNNCells(cells);
  }

  /// Applies a layer to each step of sequences.
  public static TimeDistributed TimeDistributed(Layer layer) {
    return new TimeDistributed(layer);
  }

  /// Merges all axes but the first: `(batch, a, b, …)` becomes `(batch, a·b·…)`.
  public static Flatten Flatten() {
    return new Flatten();
  }

  /// Puts the axes of each sample into another order.
  public static Permute Permute(int... dims) {
    return new Permute(dims);
  }

  /// Repeats each sample as steps: `(batch, features)` becomes `(batch, n, features)`.
  public static RepeatVector RepeatVector(int n) {
    return new RepeatVector(n);
  }

  /// Puts the numbers of each sample into another shape.
  public static Reshape Reshape(int... targetShape) {
    return new Reshape(targetShape);
  }

  /// Repeats each step of sequences `(batch, steps, channels)`.
  public static UpSampling1D UpSampling1D() {
    return new UpSampling1D();
  }

  /// Repeats each step of sequences `(batch, steps, channels)`.
  public static UpSampling1D UpSampling1D(int size) {
    return new UpSampling1D(size);
  }

  /// Enlarges pictures `(batch, height, width, channels)` a whole number of times.
  public static UpSampling2D UpSampling2D() {
    return new UpSampling2D();
  }

  /// Enlarges pictures `(batch, height, width, channels)` a whole number of times.
  public static UpSampling2D UpSampling2D(int... size) {
    return new UpSampling2D(size);
  }

  /// Repeats each place of volumes `(batch, depth, height, width, channels)`.
  public static UpSampling3D UpSampling3D() {
    return new UpSampling3D();
  }

  /// Repeats each place of volumes `(batch, depth, height, width, channels)`.
  public static UpSampling3D UpSampling3D(int... size) {
    return new UpSampling3D(size);
  }
}
