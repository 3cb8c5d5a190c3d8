// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.pool.MaxPooling3D;
import dev.merapi.nn.layer.preprocess.CategoryEncoding;
import dev.merapi.nn.layer.preprocess.CenterCrop;
import dev.merapi.nn.layer.preprocess.Discretization;
import dev.merapi.nn.layer.preprocess.Hashing;
import dev.merapi.nn.layer.preprocess.IntegerLookup;
import dev.merapi.nn.layer.preprocess.Normalization;
import dev.merapi.nn.layer.preprocess.Rescaling;
import dev.merapi.nn.layer.preprocess.Resizing;
import dev.merapi.nn.layer.preprocess.StringLookup;
import dev.merapi.nn.layer.preprocess.TextVectorization;
import dev.merapi.nn.layer.recurrent.Bidirectional;
import dev.merapi.nn.layer.recurrent.Cell;
import dev.merapi.nn.layer.recurrent.ConvLSTM1D;
import dev.merapi.nn.layer.recurrent.ConvLSTM2D;
import dev.merapi.nn.layer.recurrent.ConvLSTM3D;
import dev.merapi.nn.layer.recurrent.GRU;
import dev.merapi.nn.layer.recurrent.GRUCell;
import dev.merapi.nn.layer.recurrent.LSTM;
import dev.merapi.nn.layer.recurrent.LSTMCell;
import dev.merapi.nn.layer.recurrent.RNN;
import dev.merapi.nn.layer.recurrent.Recurrent;
import dev.merapi.nn.layer.recurrent.SimpleRNN;
import dev.merapi.nn.layer.recurrent.SimpleRNNCell;
import dev.merapi.nn.layer.recurrent.StackedRNNCells;
import dev.merapi.nn.layer.recurrent.TimeDistributed;
import dev.merapi.nn.layer.reshape.Cropping1D;
import dev.merapi.nn.layer.reshape.Cropping2D;
import dev.merapi.nn.layer.reshape.Cropping3D;
import dev.merapi.nn.layer.reshape.Flatten;
import dev.merapi.nn.layer.reshape.Permute;
import dev.merapi.nn.layer.reshape.RepeatVector;
import dev.merapi.nn.layer.reshape.Reshape;
import dev.merapi.nn.layer.reshape.UpSampling1D;
import dev.merapi.nn.layer.reshape.UpSampling2D;
import dev.merapi.nn.layer.reshape.UpSampling3D;
import dev.merapi.nn.layer.reshape.ZeroPadding1D;
import dev.merapi.nn.layer.reshape.ZeroPadding2D;
import dev.merapi.nn.layer.reshape.ZeroPadding3D;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `tf.keras.layers`.
public abstract class LayersApi extends Layers2 {
  protected LayersApi() {}

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPooling3D() {
    return new MaxPooling3D();
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPool3D() {
    return new MaxPooling3D();
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPooling3D(int poolSize) {
    return new MaxPooling3D(poolSize);
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPool3D(int poolSize) {
    return new MaxPooling3D(poolSize);
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPooling3D(int[] poolSize) {
    return new MaxPooling3D(poolSize);
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPool3D(int[] poolSize) {
    return new MaxPooling3D(poolSize);
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPooling3D(int poolSize, int strides, String padding) {
    return new MaxPooling3D(poolSize, strides, padding);
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPool3D(int poolSize, int strides, String padding) {
    return new MaxPooling3D(poolSize, strides, padding);
  }

  /// Turns numbers of categories, 0 up to but not including `numTokens`, into vectors.
  public static CategoryEncoding CategoryEncoding(int numTokens) {
    return new CategoryEncoding(numTokens);
  }

  /// Turns numbers of categories, 0 up to but not including `numTokens`, into vectors.
  public static CategoryEncoding CategoryEncoding(int numTokens, String outputMode) {
    return new CategoryEncoding(numTokens, outputMode);
  }

  /// Cuts the middle out of pictures; pictures that are too small are resized.
  public static CenterCrop CenterCrop(int height, int width) {
    return new CenterCrop(height, width);
  }

  /// Sorts numbers into bins: 0 below the first bound, then one more at each bound.
  public static Discretization Discretization(double... binBoundaries) {
    return new Discretization(binBoundaries);
  }

  /// Sorts numbers into bins: 0 below the first bound, then one more at each bound.
  public static Discretization Discretization(int numBins) {
    return new Discretization(numBins);
  }

  /// Spreads texts or whole numbers over a fixed number of bins, without a vocabulary.
  public static Hashing Hashing(int numBins) {
    return new Hashing(numBins);
  }

  /// Turns whole numbers into positions in a vocabulary, or back.
  public static IntegerLookup IntegerLookup() {
    return new IntegerLookup();
  }

  /// Turns whole numbers into positions in a vocabulary, or back.
  public static IntegerLookup IntegerLookup(Object vocabulary) {
    return new IntegerLookup(vocabulary);
  }

  /// Moves and stretches numbers to mean 0 and variance 1: `(x − mean) / √variance`.
  public static Normalization Normalization() {
    return new Normalization();
  }

  /// Moves and stretches numbers to mean 0 and variance 1: `(x − mean) / √variance`.
  public static Normalization Normalization(int... axis) {
    return new Normalization(axis);
  }

  /// Stretches and moves numbers: `x · scale + offset`. Whole numbers become floats.
  public static Rescaling Rescaling(Object scale) {
    return new Rescaling(scale);
  }

  /// Stretches and moves numbers: `x · scale + offset`. Whole numbers become floats.
  public static Rescaling Rescaling(Object scale, Object offset) {
    return new Rescaling(scale, offset);
  }

  /// Resizes pictures to one height and width.
  public static Resizing Resizing(int height, int width) {
    return new Resizing(height, width);
  }

  /// Resizes pictures to one height and width.
  public static Resizing Resizing(int height, int width, String interpolation) {
    return new Resizing(height, width, interpolation);
  }

  /// Turns texts into positions in a vocabulary, or back.
  public static StringLookup StringLookup() {
    return new StringLookup();
  }

  /// Turns texts into positions in a vocabulary, or back.
  public static StringLookup StringLookup(Object vocabulary) {
    return new StringLookup(vocabulary);
  }

  /// Turns texts into positions in a vocabulary of their words, or into counts of them.
  public static TextVectorization TextVectorization() {
    return new TextVectorization();
  }

  /// Turns texts into positions in a vocabulary of their words, or into counts of them.
  public static TextVectorization TextVectorization(int maxTokens) {
    return new TextVectorization(maxTokens);
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

  /// Long short-term memory over sequences of lines: the products of an LSTM are convolutions.
  public static ConvLSTM1D ConvLSTM1D(int filters, int... kernelSize) {
    return new ConvLSTM1D(filters, kernelSize);
  }

  /// Long short-term memory over sequences of pictures: the products of an LSTM are convolutions.
  public static ConvLSTM2D ConvLSTM2D(int filters, int... kernelSize) {
    return new ConvLSTM2D(filters, kernelSize);
  }

  /// Long short-term memory over sequences of volumes: the products of an LSTM are convolutions.
  public static ConvLSTM3D ConvLSTM3D(int filters, int... kernelSize) {
    return new ConvLSTM3D(filters, kernelSize);
  }

  /// Gated recurrent units over sequences; see [GRUCell] and [Recurrent].
  public static GRU GRU(int units) {
    return new GRU(units);
  }

  /// Gated recurrent units over sequences; see [GRUCell] and [Recurrent].
  public static GRU GRU(int units, boolean returnSequences) {
    return new GRU(units, returnSequences);
  }

  /// Gated recurrent unit. Columns of the weights stand in the order update gate, reset gate,
  /// candidate.
  public static GRUCell GRUCell(int units) {
    return new GRUCell(units);
  }

  /// Long short-term memory over sequences; see [LSTMCell] and [Recurrent].
  public static LSTM LSTM(int units) {
    return new LSTM(units);
  }

  /// Long short-term memory over sequences; see [LSTMCell] and [Recurrent].
  public static LSTM LSTM(int units, boolean returnSequences) {
    return new LSTM(units, returnSequences);
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

  /// The plain recurrent layer; see [SimpleRNNCell] and [Recurrent].
  public static SimpleRNN SimpleRNN(int units) {
    return new SimpleRNN(units);
  }

  /// The plain recurrent layer; see [SimpleRNNCell] and [Recurrent].
  public static SimpleRNN SimpleRNN(int units, boolean returnSequences) {
    return new SimpleRNN(units, returnSequences);
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

  /// Cuts off the borders of sequences `(batch, steps, channels)`.
  public static Cropping1D Cropping1D() {
    return new Cropping1D();
  }

  /// Cuts off the borders of sequences `(batch, steps, channels)`.
  public static Cropping1D Cropping1D(int cropping) {
    return new Cropping1D(cropping);
  }

  /// Cuts off the borders of sequences `(batch, steps, channels)`.
  public static Cropping1D Cropping1D(int before, int behind) {
    return new Cropping1D(before, behind);
  }

  /// Cuts off the borders of pictures `(batch, height, width, channels)`.
  public static Cropping2D Cropping2D() {
    return new Cropping2D();
  }

  /// Cuts off the borders of pictures `(batch, height, width, channels)`.
  public static Cropping2D Cropping2D(int cropping) {
    return new Cropping2D(cropping);
  }

  /// Cuts off the borders of pictures `(batch, height, width, channels)`.
  public static Cropping2D Cropping2D(int[][] cropping) {
    return new Cropping2D(cropping);
  }

  /// Cuts off the borders of pictures `(batch, height, width, channels)`.
  public static Cropping2D Cropping2D(int[] cropping) {
    return new Cropping2D(cropping);
  }

  /// Cuts off the borders of volumes `(batch, depth, height, width, channels)`.
  public static Cropping3D Cropping3D() {
    return new Cropping3D();
  }

  /// Cuts off the borders of volumes `(batch, depth, height, width, channels)`.
  public static Cropping3D Cropping3D(int cropping) {
    return new Cropping3D(cropping);
  }

  /// Cuts off the borders of volumes `(batch, depth, height, width, channels)`.
  public static Cropping3D Cropping3D(int[][] cropping) {
    return new Cropping3D(cropping);
  }

  /// Cuts off the borders of volumes `(batch, depth, height, width, channels)`.
  public static Cropping3D Cropping3D(int[] cropping) {
    return new Cropping3D(cropping);
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

  /// Puts zeros around sequences `(batch, steps, channels)`.
  public static ZeroPadding1D ZeroPadding1D() {
    return new ZeroPadding1D();
  }

  /// Puts zeros around sequences `(batch, steps, channels)`.
  public static ZeroPadding1D ZeroPadding1D(int padding) {
    return new ZeroPadding1D(padding);
  }

  /// Puts zeros around sequences `(batch, steps, channels)`.
  public static ZeroPadding1D ZeroPadding1D(int before, int behind) {
    return new ZeroPadding1D(before, behind);
  }

  /// Puts zeros around pictures `(batch, height, width, channels)`.
  public static ZeroPadding2D ZeroPadding2D() {
    return new ZeroPadding2D();
  }

  /// Puts zeros around pictures `(batch, height, width, channels)`.
  public static ZeroPadding2D ZeroPadding2D(int padding) {
    return new ZeroPadding2D(padding);
  }

  /// Puts zeros around pictures `(batch, height, width, channels)`.
  public static ZeroPadding2D ZeroPadding2D(int[][] padding) {
    return new ZeroPadding2D(padding);
  }

  /// Puts zeros around pictures `(batch, height, width, channels)`.
  public static ZeroPadding2D ZeroPadding2D(int[] padding) {
    return new ZeroPadding2D(padding);
  }

  /// Puts zeros around volumes `(batch, depth, height, width, channels)`.
  public static ZeroPadding3D ZeroPadding3D() {
    return new ZeroPadding3D();
  }

  /// Puts zeros around volumes `(batch, depth, height, width, channels)`.
  public static ZeroPadding3D ZeroPadding3D(int padding) {
    return new ZeroPadding3D(padding);
  }

  /// Puts zeros around volumes `(batch, depth, height, width, channels)`.
  public static ZeroPadding3D ZeroPadding3D(int[][] padding) {
    return new ZeroPadding3D(padding);
  }

  /// Puts zeros around volumes `(batch, depth, height, width, channels)`.
  public static ZeroPadding3D ZeroPadding3D(int[] padding) {
    return new ZeroPadding3D(padding);
  }
}
