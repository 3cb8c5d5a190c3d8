// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.init.Constant;
import dev.merapi.nn.init.GlorotNormal;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.init.HeNormal;
import dev.merapi.nn.init.HeUniform;
import dev.merapi.nn.init.Identity;
import dev.merapi.nn.init.LecunNormal;
import dev.merapi.nn.init.LecunUniform;
import dev.merapi.nn.init.Ones;
import dev.merapi.nn.init.Orthogonal;
import dev.merapi.nn.init.RandomNormal;
import dev.merapi.nn.init.RandomUniform;
import dev.merapi.nn.init.STFT;
import dev.merapi.nn.init.TruncatedNormal;
import dev.merapi.nn.init.VarianceScaling;
import dev.merapi.nn.init.VarianceScaling.Distribution;
import dev.merapi.nn.init.VarianceScaling.Mode;
import dev.merapi.nn.init.Zeros;
import org.jspecify.annotations.Nullable;

/// `tf.keras.initializers`.
public abstract class InitializersApi {
  protected InitializersApi() {}

  /// Fills with one number.
  public static Constant Constant() {
    return new Constant();
  }

  /// Fills with one number.
  public static Constant Constant(double value) {
    return new Constant(value);
  }

  /// Draws from a truncated normal distribution of variance 2 / (inputs + outputs).
  public static GlorotNormal GlorotNormal() {
    return new GlorotNormal();
  }

  /// Draws from a truncated normal distribution of variance 2 / (inputs + outputs).
  public static GlorotNormal GlorotNormal(long seed) {
    return new GlorotNormal(seed);
  }

  /// Draws evenly within ±√(6 / (inputs + outputs)); Keras' default for layers.
  public static GlorotUniform GlorotUniform() {
    return new GlorotUniform();
  }

  /// Draws evenly within ±√(6 / (inputs + outputs)); Keras' default for layers.
  public static GlorotUniform GlorotUniform(long seed) {
    return new GlorotUniform(seed);
  }

  /// Draws from a truncated normal distribution of variance 2 / inputs; fits ReLU.
  public static HeNormal HeNormal() {
    return new HeNormal();
  }

  /// Draws from a truncated normal distribution of variance 2 / inputs; fits ReLU.
  public static HeNormal HeNormal(long seed) {
    return new HeNormal(seed);
  }

  /// Draws evenly within ±√(6 / inputs); fits ReLU.
  public static HeUniform HeUniform() {
    return new HeUniform();
  }

  /// Draws evenly within ±√(6 / inputs); fits ReLU.
  public static HeUniform HeUniform(long seed) {
    return new HeUniform(seed);
  }

  /// Puts `gain` on the diagonal of a matrix, zeros elsewhere.
  public static Identity Identity() {
    return new Identity();
  }

  /// Puts `gain` on the diagonal of a matrix, zeros elsewhere.
  public static Identity Identity(double gain) {
    return new Identity(gain);
  }

  /// Draws from a truncated normal distribution of variance 1 / inputs; fits SELU.
  public static LecunNormal LecunNormal() {
    return new LecunNormal();
  }

  /// Draws from a truncated normal distribution of variance 1 / inputs; fits SELU.
  public static LecunNormal LecunNormal(long seed) {
    return new LecunNormal(seed);
  }

  /// Draws evenly within ±√(3 / inputs).
  public static LecunUniform LecunUniform() {
    return new LecunUniform();
  }

  /// Draws evenly within ±√(3 / inputs).
  public static LecunUniform LecunUniform(long seed) {
    return new LecunUniform(seed);
  }

  /// Fills with ones.
  public static Ones Ones() {
    return new Ones();
  }

  /// Draws a matrix whose rows or columns, whichever are fewer, are orthonormal; all axes but the
  /// last count as rows.
  public static Orthogonal Orthogonal() {
    return new Orthogonal();
  }

  /// Draws a matrix whose rows or columns, whichever are fewer, are orthonormal; all axes but the
  /// last count as rows.
  public static Orthogonal Orthogonal(double gain, long seed) {
    return new Orthogonal(gain, seed);
  }

  /// Draws a matrix whose rows or columns, whichever are fewer, are orthonormal; all axes but the
  /// last count as rows.
  public static Orthogonal Orthogonal(double gain, @Nullable Long seed) {
    return new Orthogonal(gain, seed);
  }

  /// Draws from the normal distribution.
  public static RandomNormal RandomNormal() {
    return new RandomNormal();
  }

  /// Draws from the normal distribution.
  public static RandomNormal RandomNormal(double mean, double stddev, long seed) {
    return new RandomNormal(mean, stddev, seed);
  }

  /// Draws from the normal distribution.
  public static RandomNormal RandomNormal(double mean, double stddev, @Nullable Long seed) {
    return new RandomNormal(mean, stddev, seed);
  }

  /// Draws evenly between two bounds, the upper one left out.
  public static RandomUniform RandomUniform() {
    return new RandomUniform();
  }

  /// Draws evenly between two bounds, the upper one left out.
  public static RandomUniform RandomUniform(double minval, double maxval, long seed) {
    return new RandomUniform(minval, maxval, seed);
  }

  /// Draws evenly between two bounds, the upper one left out.
  public static RandomUniform RandomUniform(double minval, double maxval, @Nullable Long seed) {
    return new RandomUniform(minval, maxval, seed);
  }

  /// Makes the kernel of a convolution that computes one part, real or imaginary, of a short-time
  /// Fourier transform: `w(t) · cos(2πft)` or `−w(t) · sin(2πft)`.
  public static STFT STFT() {
    return new STFT();
  }

  /// Makes the kernel of a convolution that computes one part, real or imaginary, of a short-time
  /// Fourier transform: `w(t) · cos(2πft)` or `−w(t) · sin(2πft)`.
  public static STFT STFT(
      String side, @Nullable String window, @Nullable String scaling, boolean periodic) {
    return new STFT(side, window, scaling, periodic);
  }

  /// Draws from the normal distribution, again where a number lies beyond two deviations.
  public static TruncatedNormal TruncatedNormal() {
    return new TruncatedNormal();
  }

  /// Draws from the normal distribution, again where a number lies beyond two deviations.
  public static TruncatedNormal TruncatedNormal(double mean, double stddev, long seed) {
    return new TruncatedNormal(mean, stddev, seed);
  }

  /// Draws from the normal distribution, again where a number lies beyond two deviations.
  public static TruncatedNormal TruncatedNormal(double mean, double stddev, @Nullable Long seed) {
    return new TruncatedNormal(mean, stddev, seed);
  }

  /// Draws numbers whose variance falls with the number of weights that one unit sees.
  public static VarianceScaling VarianceScaling() {
    return new VarianceScaling();
  }

  /// Draws numbers whose variance falls with the number of weights that one unit sees.
  public static VarianceScaling VarianceScaling(
      double scale, Mode mode, Distribution distribution, long seed) {
    return new VarianceScaling(scale, mode, distribution, seed);
  }

  /// Draws numbers whose variance falls with the number of weights that one unit sees.
  public static VarianceScaling VarianceScaling(
      double scale, Mode mode, Distribution distribution, @Nullable Long seed) {
    return new VarianceScaling(scale, mode, distribution, seed);
  }

  /// Fills with zeros.
  public static Zeros Zeros() {
    return new Zeros();
  }
}
