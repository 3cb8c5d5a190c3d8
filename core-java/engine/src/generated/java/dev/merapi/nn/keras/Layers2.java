// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.noise.SpatialDropout2D;
import dev.merapi.nn.layer.noise.SpatialDropout3D;
import dev.merapi.nn.layer.norm.BatchNormalization;
import dev.merapi.nn.layer.norm.GroupNormalization;
import dev.merapi.nn.layer.norm.LayerNormalization;
import dev.merapi.nn.layer.norm.RMSNormalization;
import dev.merapi.nn.layer.norm.UnitNormalization;
import dev.merapi.nn.layer.pool.AveragePooling1D;
import dev.merapi.nn.layer.pool.AveragePooling2D;
import dev.merapi.nn.layer.pool.AveragePooling3D;
import dev.merapi.nn.layer.pool.GlobalAveragePooling1D;
import dev.merapi.nn.layer.pool.GlobalAveragePooling2D;
import dev.merapi.nn.layer.pool.GlobalAveragePooling3D;
import dev.merapi.nn.layer.pool.GlobalMaxPooling1D;
import dev.merapi.nn.layer.pool.GlobalMaxPooling2D;
import dev.merapi.nn.layer.pool.GlobalMaxPooling3D;
import dev.merapi.nn.layer.pool.MaxPooling1D;
import dev.merapi.nn.layer.pool.MaxPooling2D;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `tf.keras.layers`.
public abstract class Layers2 extends Layers1 {
  protected Layers2() {}

  /// Drops whole channels of pictures `(batch, height, width, channels)` in training: neighbours
  /// along the other axes are too alike for dropping them one by one.
  public static SpatialDropout2D SpatialDropout2D(double rate) {
    return new SpatialDropout2D(rate);
  }

  /// Drops whole channels of volumes `(batch, depth, height, width, channels)` in training:
  /// neighbours along the other axes are too alike for dropping them one by one.
  public static SpatialDropout3D SpatialDropout3D(double rate) {
    return new SpatialDropout3D(rate);
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

  /// Takes the mean of each window of sequences `(batch, steps, channels)`, channel by channel.
  public static AveragePooling1D AveragePooling1D(int poolSize) {
    return new AveragePooling1D(poolSize);
  }

  /// Takes the mean of each window of sequences `(batch, steps, channels)`, channel by channel.
  public static AveragePooling1D AveragePooling1D(int poolSize, int strides, String padding) {
    return new AveragePooling1D(poolSize, strides, padding);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AveragePooling2D(int poolSize) {
    return new AveragePooling2D(poolSize);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AveragePooling2D(int[] poolSize) {
    return new AveragePooling2D(poolSize);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AveragePooling2D(int poolSize, int strides, String padding) {
    return new AveragePooling2D(poolSize, strides, padding);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AveragePooling3D(int poolSize) {
    return new AveragePooling3D(poolSize);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AveragePooling3D(int[] poolSize) {
    return new AveragePooling3D(poolSize);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AveragePooling3D(int poolSize, int strides, String padding) {
    return new AveragePooling3D(poolSize, strides, padding);
  }

  /// Takes the mean of each channel of sequences `(batch, steps, channels)`: `(batch, channels)`.
  public static GlobalAveragePooling1D GlobalAveragePooling1D() {
    return new GlobalAveragePooling1D();
  }

  /// Takes the mean of each channel of pictures `(batch, height, width, channels)`: `(batch,
  /// channels)`.
  public static GlobalAveragePooling2D GlobalAveragePooling2D() {
    return new GlobalAveragePooling2D();
  }

  /// Takes the mean of each channel of volumes `(batch, depth, height, width, channels)`: `(batch,
  /// channels)`.
  public static GlobalAveragePooling3D GlobalAveragePooling3D() {
    return new GlobalAveragePooling3D();
  }

  /// Takes the largest value of each channel of sequences `(batch, steps, channels)`: `(batch,
  /// channels)`.
  public static GlobalMaxPooling1D GlobalMaxPooling1D() {
    return new GlobalMaxPooling1D();
  }

  /// Takes the largest value of each channel of pictures `(batch, height, width, channels)`:
  /// `(batch, channels)`.
  public static GlobalMaxPooling2D GlobalMaxPooling2D() {
    return new GlobalMaxPooling2D();
  }

  /// Takes the largest value of each channel of volumes `(batch, depth, height, width, channels)`:
  /// `(batch, channels)`.
  public static GlobalMaxPooling3D GlobalMaxPooling3D() {
    return new GlobalMaxPooling3D();
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPooling1D() {
    return new MaxPooling1D();
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPooling1D(int poolSize) {
    return new MaxPooling1D(poolSize);
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPooling1D(int poolSize, int strides, String padding) {
    return new MaxPooling1D(poolSize, strides, padding);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPooling2D() {
    return new MaxPooling2D();
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPooling2D(int poolSize) {
    return new MaxPooling2D(poolSize);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPooling2D(int[] poolSize) {
    return new MaxPooling2D(poolSize);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPooling2D(int poolSize, int strides, String padding) {
    return new MaxPooling2D(poolSize, strides, padding);
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPooling3D() {
    return new MaxPooling3D();
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPooling3D(int poolSize) {
    return new MaxPooling3D(poolSize);
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPooling3D(int[] poolSize) {
    return new MaxPooling3D(poolSize);
  }

  /// Takes the largest value of each window of volumes `(batch, depth, height, width, channels)`,
  /// channel by channel.
  public static MaxPooling3D MaxPooling3D(int poolSize, int strides, String padding) {
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
}
