// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.layer.Dense;
import dev.merapi.nn.layer.EinsumDense;
import dev.merapi.nn.layer.Embedding;
import dev.merapi.nn.layer.Identity;
import dev.merapi.nn.layer.InputLayer;
import dev.merapi.nn.layer.Lambda;
import dev.merapi.nn.layer.Masking;
import dev.merapi.nn.layer.activate.Activation;
import dev.merapi.nn.layer.activate.ELU;
import dev.merapi.nn.layer.activate.LeakyReLU;
import dev.merapi.nn.layer.activate.PReLU;
import dev.merapi.nn.layer.activate.ReLU;
import dev.merapi.nn.layer.activate.Softmax;
import dev.merapi.nn.layer.attention.AdditiveAttention;
import dev.merapi.nn.layer.attention.Attention;
import dev.merapi.nn.layer.attention.GroupedQueryAttention;
import dev.merapi.nn.layer.attention.MultiHeadAttention;
import dev.merapi.nn.layer.conv.Conv1D;
import dev.merapi.nn.layer.conv.Conv1DTranspose;
import dev.merapi.nn.layer.conv.Conv2D;
import dev.merapi.nn.layer.conv.Conv2DTranspose;
import dev.merapi.nn.layer.conv.Conv3D;
import dev.merapi.nn.layer.conv.Conv3DTranspose;
import dev.merapi.nn.layer.conv.DepthwiseConv1D;
import dev.merapi.nn.layer.conv.DepthwiseConv2D;
import dev.merapi.nn.layer.conv.SeparableConv1D;
import dev.merapi.nn.layer.conv.SeparableConv2D;
import dev.merapi.nn.layer.image.RandomBrightness;
import dev.merapi.nn.layer.image.RandomContrast;
import dev.merapi.nn.layer.image.RandomCrop;
import dev.merapi.nn.layer.image.RandomFlip;
import dev.merapi.nn.layer.image.RandomRotation;
import dev.merapi.nn.layer.image.RandomShear;
import dev.merapi.nn.layer.image.RandomTranslation;
import dev.merapi.nn.layer.image.RandomZoom;
import dev.merapi.nn.layer.merge.Add;
import dev.merapi.nn.layer.merge.Average;
import dev.merapi.nn.layer.merge.Concatenate;
import dev.merapi.nn.layer.merge.Dot;
import dev.merapi.nn.layer.merge.Maximum;
import dev.merapi.nn.layer.merge.Minimum;
import dev.merapi.nn.layer.merge.Multiply;
import dev.merapi.nn.layer.merge.Subtract;
import dev.merapi.nn.layer.noise.ActivityRegularization;
import dev.merapi.nn.layer.noise.AlphaDropout;
import dev.merapi.nn.layer.noise.Dropout;
import dev.merapi.nn.layer.noise.GaussianDropout;
import dev.merapi.nn.layer.noise.GaussianNoise;
import dev.merapi.nn.layer.noise.SpatialDropout1D;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// `tf.keras.layers`.
public abstract class Layers1 {
  protected Layers1() {}

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

  /// Mixes values by how well their keys fit each query: `softmax(Σ scale·tanh(query + key)) ·
  /// value`.
  public static AdditiveAttention AdditiveAttention() {
    return new AdditiveAttention();
  }

  /// Mixes values by how well their keys fit each query: `softmax(query · keyᵀ) · value`.
  public static Attention Attention() {
    return new Attention();
  }

  /// Attends with several heads, groups of which share their keys and values.
  public static GroupedQueryAttention GroupedQueryAttention(
      int headDim, int numQueryHeads, int numKeyValueHeads) {
    return new GroupedQueryAttention(headDim, numQueryHeads, numKeyValueHeads);
  }

  /// Attends several times side by side, each head with projections of its own of query, key and
  /// value, and projects what the heads found to one output.
  public static MultiHeadAttention MultiHeadAttention(int numHeads, int keyDim) {
    return new MultiHeadAttention(numHeads, keyDim);
  }

  /// Slides learned windows over sequences `(batch, steps, channels)`: `activation(x ∗ kernel +
  /// bias)`.
  public static Conv1D Conv1D(int filters, int kernelSize) {
    return new Conv1D(filters, kernelSize);
  }

  /// Slides learned windows over sequences `(batch, steps, channels)`: `activation(x ∗ kernel +
  /// bias)`.
  public static Conv1D Conv1D(int filters, int kernelSize, String activation) {
    return new Conv1D(filters, kernelSize, activation);
  }

  /// Slides learned windows over sequences `(batch, steps, channels)`: `activation(x ∗ kernel +
  /// bias)`.
  public static Conv1D Conv1D(int filters, int kernelSize, String padding, String activation) {
    return new Conv1D(filters, kernelSize, padding, activation);
  }

  /// Convolves sequences `(batch, steps, channels)` backwards, which makes them larger.
  public static Conv1DTranspose Conv1DTranspose(int filters, int kernelSize) {
    return new Conv1DTranspose(filters, kernelSize);
  }

  /// Slides learned windows over pictures `(batch, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv2D Conv2D(int filters, int kernelSize) {
    return new Conv2D(filters, kernelSize);
  }

  /// Slides learned windows over pictures `(batch, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv2D Conv2D(int filters, int[] kernelSize) {
    return new Conv2D(filters, kernelSize);
  }

  /// Slides learned windows over pictures `(batch, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv2D Conv2D(int filters, int[] kernelSize, String activation) {
    return new Conv2D(filters, kernelSize, activation);
  }

  /// Slides learned windows over pictures `(batch, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv2D Conv2D(int filters, int kernelSize, String activation) {
    return new Conv2D(filters, kernelSize, activation);
  }

  /// Slides learned windows over pictures `(batch, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv2D Conv2D(int filters, int kernelSize, String padding, String activation) {
    return new Conv2D(filters, kernelSize, padding, activation);
  }

  /// Convolves pictures `(batch, height, width, channels)` backwards, which makes them larger.
  public static Conv2DTranspose Conv2DTranspose(int filters, int kernelSize) {
    return new Conv2DTranspose(filters, kernelSize);
  }

  /// Convolves pictures `(batch, height, width, channels)` backwards, which makes them larger.
  public static Conv2DTranspose Conv2DTranspose(int filters, int[] kernelSize) {
    return new Conv2DTranspose(filters, kernelSize);
  }

  /// Slides learned windows over volumes `(batch, depth, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv3D Conv3D(int filters, int kernelSize) {
    return new Conv3D(filters, kernelSize);
  }

  /// Slides learned windows over volumes `(batch, depth, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv3D Conv3D(int filters, int[] kernelSize) {
    return new Conv3D(filters, kernelSize);
  }

  /// Slides learned windows over volumes `(batch, depth, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv3D Conv3D(int filters, int[] kernelSize, String activation) {
    return new Conv3D(filters, kernelSize, activation);
  }

  /// Slides learned windows over volumes `(batch, depth, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv3D Conv3D(int filters, int kernelSize, String activation) {
    return new Conv3D(filters, kernelSize, activation);
  }

  /// Slides learned windows over volumes `(batch, depth, height, width, channels)`: `activation(x ∗
  /// kernel + bias)`.
  public static Conv3D Conv3D(int filters, int kernelSize, String padding, String activation) {
    return new Conv3D(filters, kernelSize, padding, activation);
  }

  /// Convolves volumes `(batch, depth, height, width, channels)` backwards, which makes them
  /// larger.
  public static Conv3DTranspose Conv3DTranspose(int filters, int kernelSize) {
    return new Conv3DTranspose(filters, kernelSize);
  }

  /// Convolves volumes `(batch, depth, height, width, channels)` backwards, which makes them
  /// larger.
  public static Conv3DTranspose Conv3DTranspose(int filters, int[] kernelSize) {
    return new Conv3DTranspose(filters, kernelSize);
  }

  /// Convolves each channel of sequences `(batch, steps, channels)` by itself.
  public static DepthwiseConv1D DepthwiseConv1D(int kernelSize) {
    return new DepthwiseConv1D(kernelSize);
  }

  /// Convolves each channel of pictures `(batch, height, width, channels)` by itself.
  public static DepthwiseConv2D DepthwiseConv2D(int kernelSize) {
    return new DepthwiseConv2D(kernelSize);
  }

  /// Convolves each channel of pictures `(batch, height, width, channels)` by itself.
  public static DepthwiseConv2D DepthwiseConv2D(int[] kernelSize) {
    return new DepthwiseConv2D(kernelSize);
  }

  /// Convolves each channel of sequences `(batch, steps, channels)` by itself, then mixes channels:
  /// far fewer weights than a full convolution.
  public static SeparableConv1D SeparableConv1D(int filters, int kernelSize) {
    return new SeparableConv1D(filters, kernelSize);
  }

  /// Convolves each channel of pictures `(batch, height, width, channels)` by itself, then mixes
  /// channels: far fewer weights than a full convolution.
  public static SeparableConv2D SeparableConv2D(int filters, int kernelSize) {
    return new SeparableConv2D(filters, kernelSize);
  }

  /// Convolves each channel of pictures `(batch, height, width, channels)` by itself, then mixes
  /// channels: far fewer weights than a full convolution.
  public static SeparableConv2D SeparableConv2D(int filters, int[] kernelSize) {
    return new SeparableConv2D(filters, kernelSize);
  }

  /// Makes pictures brighter or darker by chance, in training.
  public static RandomBrightness RandomBrightness(double factor) {
    return new RandomBrightness(factor);
  }

  /// Makes pictures brighter or darker by chance, in training.
  public static RandomBrightness RandomBrightness(double low, double high) {
    return new RandomBrightness(low, high);
  }

  /// Changes how far pixels lie from the mean of their channel, by chance, in training.
  public static RandomContrast RandomContrast(double factor) {
    return new RandomContrast(factor);
  }

  /// Changes how far pixels lie from the mean of their channel, by chance, in training.
  public static RandomContrast RandomContrast(double less, double more) {
    return new RandomContrast(less, more);
  }

  /// Cuts a part out of pictures, in training by chance, the same part of all pictures of a batch.
  public static RandomCrop RandomCrop(int height, int width) {
    return new RandomCrop(height, width);
  }

  /// Mirrors about half of the pictures, in training.
  public static RandomFlip RandomFlip() {
    return new RandomFlip();
  }

  /// Mirrors about half of the pictures, in training.
  public static RandomFlip RandomFlip(String mode) {
    return new RandomFlip(mode);
  }

  /// Turns pictures about their middles by chance, in training.
  public static RandomRotation RandomRotation(double factor) {
    return new RandomRotation(factor);
  }

  /// Turns pictures about their middles by chance, in training.
  public static RandomRotation RandomRotation(double low, double high) {
    return new RandomRotation(low, high);
  }

  /// Shears pictures by chance, in training: rows move against each other, and columns.
  public static RandomShear RandomShear(double xFactor, double yFactor) {
    return new RandomShear(xFactor, yFactor);
  }

  /// Shears pictures by chance, in training: rows move against each other, and columns.
  public static RandomShear RandomShear(double[] xFactor, double[] yFactor) {
    return new RandomShear(xFactor, yFactor);
  }

  /// Moves pictures by chance, in training.
  public static RandomTranslation RandomTranslation(double heightFactor, double widthFactor) {
    return new RandomTranslation(heightFactor, widthFactor);
  }

  /// Moves pictures by chance, in training.
  public static RandomTranslation RandomTranslation(double[] heightFactor, double[] widthFactor) {
    return new RandomTranslation(heightFactor, widthFactor);
  }

  /// Zooms pictures about their middles by chance, in training: a factor above 0 shows more around,
  /// one below 0 less.
  public static RandomZoom RandomZoom(double factor) {
    return new RandomZoom(factor);
  }

  /// Zooms pictures about their middles by chance, in training: a factor above 0 shows more around,
  /// one below 0 less.
  public static RandomZoom RandomZoom(double low, double high) {
    return new RandomZoom(low, high);
  }

  /// Adds up its inputs.
  public static Add Add() {
    return new Add();
  }

  /// Takes the mean of its inputs, element by element.
  public static Average Average() {
    return new Average();
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

  /// Takes the largest of its inputs, element by element, of those that a mask does not leave out.
  public static Maximum Maximum() {
    return new Maximum();
  }

  /// Takes the smallest of its inputs, element by element, of those that a mask does not leave out.
  public static Minimum Minimum() {
    return new Minimum();
  }

  /// Multiplies its inputs, element by element.
  public static Multiply Multiply() {
    return new Multiply();
  }

  /// Subtracts its second input from its first.
  public static Subtract Subtract() {
    return new Subtract();
  }

  /// Lets everything pass as it is, and adds its size to the loss.
  public static ActivityRegularization ActivityRegularization(double l1, double l2) {
    return new ActivityRegularization(l1, l2);
  }

  /// Drops as [Dropout] does but keeps mean and variance: for networks of `selu`, which rely on
  /// both.
  public static AlphaDropout AlphaDropout(double rate) {
    return new AlphaDropout(rate);
  }

  /// Sets a random share of the numbers to 0 in training, and enlarges the others so that the mean
  /// stays.
  public static Dropout Dropout(double rate) {
    return new Dropout(rate);
  }

  /// Multiplies by normal noise of mean 1 in training, of the deviation that dropping `rate` would
  /// cause: √(rate / (1 − rate)).
  public static GaussianDropout GaussianDropout(double rate) {
    return new GaussianDropout(rate);
  }

  /// Adds normal noise of mean 0 in training.
  public static GaussianNoise GaussianNoise(double stddev) {
    return new GaussianNoise(stddev);
  }

  /// Drops whole channels of sequences `(batch, steps, channels)` in training: neighbours along the
  /// other axes are too alike for dropping them one by one.
  public static SpatialDropout1D SpatialDropout1D(double rate) {
    return new SpatialDropout1D(rate);
  }
}
