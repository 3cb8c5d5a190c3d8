package dev.merapi.nn.init;

import dev.merapi.facade.RandomApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Draws a matrix whose rows or columns, whichever are fewer, are orthonormal; all axes but the
/// last count as rows.
///
/// Source: Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear
/// networks", ICLR 2014.
public final class Orthogonal extends Seeded {
  private final Setting<Double> gain = setting("gain", Kinds.NUMBER, 1.0);

  public Orthogonal() {
    super(null);
  }

  public Orthogonal(double gain, long seed) {
    this(gain, Long.valueOf(seed));
  }

  public Orthogonal(double gain, @Nullable Long seed) {
    super(seed);
    this.gain.set(gain);
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    onlyFloats(dtype);
    if (shape.rank() < 2) {
      throw Message.what("Orthogonal: shape " + shape + " is no matrix")
          .given("shape " + shape)
          .expected("two axes or more")
          .shapeError();
    }
    int cols = shape.dim(-1);
    int rows = cols == 0 ? 0 : Math.toIntExact(shape.size() / cols);
    int tall = Math.max(rows, cols);
    int few = Math.min(rows, cols);
    DType drawn = dtype == DType.F64 ? DType.F64 : DType.F32;
    double[] a =
        RandomApi.statelessNormal(new int[] {tall, few}, pair(), 0, 1, drawn).toDoubleArray();
    double[][] q = new double[few][tall];
    for (int i = 0; i < tall; i++) {
      for (int j = 0; j < few; j++) {
        q[j][i] = a[i * few + j];
      }
    }
    orthonormalize(q);
    Tensor t = Values.filled(new Spec(dtype, shape), 0);
    MemorySegment s = t.segment();
    for (int j = 0; j < few; j++) {
      for (int i = 0; i < tall; i++) {
        Values.put(
            s,
            dtype,
            rows < cols ? (long) j * cols + i : (long) i * cols + j,
            gain.get() * q[j][i]);
      }
    }
    return t;
  }

  /// Gram and Schmidt's way, each column twice, which makes it as exact as reflections; the
  /// triangular factor gets a positive diagonal, as in Keras.
  private static void orthonormalize(double[][] q) {
    for (int j = 0; j < q.length; j++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          double p = dot(q[j], q[k]);
          for (int i = 0; i < q[j].length; i++) {
            q[j][i] -= p * q[k][i];
          }
        }
      }
      double norm = Math.sqrt(dot(q[j], q[j]));
      for (int i = 0; i < q[j].length; i++) {
        q[j][i] /= norm;
      }
    }
  }

  private static double dot(double[] x, double[] y) {
    double s = 0;
    for (int i = 0; i < x.length; i++) {
      s += x[i] * y[i];
    }
    return s;
  }
}
