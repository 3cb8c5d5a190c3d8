// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

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

/// `tf.keras.layers`.
public abstract class LayersApi extends Layers2 {
  protected LayersApi() {}

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
