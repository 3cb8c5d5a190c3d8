// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

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

/// `tf.keras.layers`.
public abstract class Layers2 extends Layers1 {
  protected Layers2() {}

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
  public static AveragePooling1D AvgPool1D(int poolSize) {
    return new AveragePooling1D(poolSize);
  }

  /// Takes the mean of each window of sequences `(batch, steps, channels)`, channel by channel.
  public static AveragePooling1D AveragePooling1D(int poolSize, int strides, String padding) {
    return new AveragePooling1D(poolSize, strides, padding);
  }

  /// Takes the mean of each window of sequences `(batch, steps, channels)`, channel by channel.
  public static AveragePooling1D AvgPool1D(int poolSize, int strides, String padding) {
    return new AveragePooling1D(poolSize, strides, padding);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AveragePooling2D(int poolSize) {
    return new AveragePooling2D(poolSize);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AvgPool2D(int poolSize) {
    return new AveragePooling2D(poolSize);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AveragePooling2D(int[] poolSize) {
    return new AveragePooling2D(poolSize);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AvgPool2D(int[] poolSize) {
    return new AveragePooling2D(poolSize);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AveragePooling2D(int poolSize, int strides, String padding) {
    return new AveragePooling2D(poolSize, strides, padding);
  }

  /// Takes the mean of each window of pictures `(batch, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling2D AvgPool2D(int poolSize, int strides, String padding) {
    return new AveragePooling2D(poolSize, strides, padding);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AveragePooling3D(int poolSize) {
    return new AveragePooling3D(poolSize);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AvgPool3D(int poolSize) {
    return new AveragePooling3D(poolSize);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AveragePooling3D(int[] poolSize) {
    return new AveragePooling3D(poolSize);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AvgPool3D(int[] poolSize) {
    return new AveragePooling3D(poolSize);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AveragePooling3D(int poolSize, int strides, String padding) {
    return new AveragePooling3D(poolSize, strides, padding);
  }

  /// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
  /// channel.
  public static AveragePooling3D AvgPool3D(int poolSize, int strides, String padding) {
    return new AveragePooling3D(poolSize, strides, padding);
  }

  /// Takes the mean of each channel of sequences `(batch, steps, channels)`: `(batch, channels)`.
  public static GlobalAveragePooling1D GlobalAveragePooling1D() {
    return new GlobalAveragePooling1D();
  }

  /// Takes the mean of each channel of sequences `(batch, steps, channels)`: `(batch, channels)`.
  public static GlobalAveragePooling1D GlobalAvgPool1D() {
    return new GlobalAveragePooling1D();
  }

  /// Takes the mean of each channel of pictures `(batch, height, width, channels)`: `(batch,
  /// channels)`.
  public static GlobalAveragePooling2D GlobalAveragePooling2D() {
    return new GlobalAveragePooling2D();
  }

  /// Takes the mean of each channel of pictures `(batch, height, width, channels)`: `(batch,
  /// channels)`.
  public static GlobalAveragePooling2D GlobalAvgPool2D() {
    return new GlobalAveragePooling2D();
  }

  /// Takes the mean of each channel of volumes `(batch, depth, height, width, channels)`: `(batch,
  /// channels)`.
  public static GlobalAveragePooling3D GlobalAveragePooling3D() {
    return new GlobalAveragePooling3D();
  }

  /// Takes the mean of each channel of volumes `(batch, depth, height, width, channels)`: `(batch,
  /// channels)`.
  public static GlobalAveragePooling3D GlobalAvgPool3D() {
    return new GlobalAveragePooling3D();
  }

  /// Takes the largest value of each channel of sequences `(batch, steps, channels)`: `(batch,
  /// channels)`.
  public static GlobalMaxPooling1D GlobalMaxPooling1D() {
    return new GlobalMaxPooling1D();
  }

  /// Takes the largest value of each channel of sequences `(batch, steps, channels)`: `(batch,
  /// channels)`.
  public static GlobalMaxPooling1D GlobalMaxPool1D() {
    return new GlobalMaxPooling1D();
  }

  /// Takes the largest value of each channel of pictures `(batch, height, width, channels)`:
  /// `(batch, channels)`.
  public static GlobalMaxPooling2D GlobalMaxPooling2D() {
    return new GlobalMaxPooling2D();
  }

  /// Takes the largest value of each channel of pictures `(batch, height, width, channels)`:
  /// `(batch, channels)`.
  public static GlobalMaxPooling2D GlobalMaxPool2D() {
    return new GlobalMaxPooling2D();
  }

  /// Takes the largest value of each channel of volumes `(batch, depth, height, width, channels)`:
  /// `(batch, channels)`.
  public static GlobalMaxPooling3D GlobalMaxPooling3D() {
    return new GlobalMaxPooling3D();
  }

  /// Takes the largest value of each channel of volumes `(batch, depth, height, width, channels)`:
  /// `(batch, channels)`.
  public static GlobalMaxPooling3D GlobalMaxPool3D() {
    return new GlobalMaxPooling3D();
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPooling1D() {
    return new MaxPooling1D();
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPool1D() {
    return new MaxPooling1D();
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPooling1D(int poolSize) {
    return new MaxPooling1D(poolSize);
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPool1D(int poolSize) {
    return new MaxPooling1D(poolSize);
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPooling1D(int poolSize, int strides, String padding) {
    return new MaxPooling1D(poolSize, strides, padding);
  }

  /// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
  /// channel.
  public static MaxPooling1D MaxPool1D(int poolSize, int strides, String padding) {
    return new MaxPooling1D(poolSize, strides, padding);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPooling2D() {
    return new MaxPooling2D();
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPool2D() {
    return new MaxPooling2D();
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPooling2D(int poolSize) {
    return new MaxPooling2D(poolSize);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPool2D(int poolSize) {
    return new MaxPooling2D(poolSize);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPooling2D(int[] poolSize) {
    return new MaxPooling2D(poolSize);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPool2D(int[] poolSize) {
    return new MaxPooling2D(poolSize);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPooling2D(int poolSize, int strides, String padding) {
    return new MaxPooling2D(poolSize, strides, padding);
  }

  /// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
  /// by channel.
  public static MaxPooling2D MaxPool2D(int poolSize, int strides, String padding) {
    return new MaxPooling2D(poolSize, strides, padding);
  }
}
