package dev.merapi.bench;

import dev.merapi.op.Literals;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.SplittableRandom;

/// Inputs and weights, the same numbers for every system: each tensor is named by a seed.
///
/// `peers.py` draws the same ones; the generator is Java's `SplittableRandom`.
final class Inputs {
  private Inputs() {}

  static float[] uniform(long seed, int n, double lo, double hi) {
    SplittableRandom r = new SplittableRandom(seed);
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      v[i] = (float) (lo + (hi - lo) * r.nextDouble());
    }
    return v;
  }

  /// Returns a kernel of a dense layer, Glorot-uniform.
  static float[] dense(long seed, int in, int out) {
    double limit = Math.sqrt(6.0 / (in + out));
    return uniform(seed, in * out, -limit, limit);
  }

  /// Returns a kernel of a convolution, `(k, k, in, out)`, Glorot-uniform.
  static float[] conv(long seed, int k, int in, int out) {
    double limit = Math.sqrt(6.0 / (k * k * in + k * k * out));
    return uniform(seed, k * k * in * out, -limit, limit);
  }

  static int[] labels(long seed, int n, int classes) {
    SplittableRandom r = new SplittableRandom(seed);
    int[] v = new int[n];
    for (int i = 0; i < n; i++) {
      v[i] = r.nextInt(classes);
    }
    return v;
  }

  static float[] oneHot(long seed, int n, int classes) {
    int[] labels = labels(seed, n, classes);
    float[] v = new float[n * classes];
    for (int i = 0; i < n; i++) {
      v[i * classes + labels[i]] = 1;
    }
    return v;
  }

  static Tensor tensor(float[] values, int... shape) {
    return tf.reshape(Literals.of(values, DType.F32), Shape.of(shape).dims());
  }
}
