// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.activate.Activation;
import dev.merapi.nn.layer.activate.ELU;
import dev.merapi.nn.layer.activate.LeakyReLU;
import dev.merapi.nn.layer.activate.PReLU;
import dev.merapi.nn.layer.activate.ReLU;
import dev.merapi.nn.layer.activate.Softmax;
import dev.merapi.nn.layer.merge.Concatenate;
import dev.merapi.nn.layer.merge.Dot;
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

  /// Says what a model will be given; the place where putting it together starts.
  public static InputLayer InputLayer(Shape shape, DType dtype, @Nullable String name) {
    return new InputLayer(shape, dtype, name);
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
