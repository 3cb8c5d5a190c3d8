package dev.merapi.nn.layer.noise;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Ops;
import dev.merapi.op.OpRef;
import dev.merapi.op.Seeds;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// Gives a layer fresh random numbers on each call, the same ones in every run with the same seed.
///
/// It keeps the seed and a count of draws in a variable, so a graph draws anew whenever it runs.
/// The numbers are those that Keras draws for the same seed. The variable is no weight of the
/// layer.
public final class SeedGenerator {
  private static final OpRef UNIFORM = OpRef.to("StatelessRandomUniform");
  private static final OpRef NORMAL = OpRef.to("StatelessRandomNormal");
  private static final OpRef MOD = OpRef.to("FloorMod");

  /// Keras brings its seeds below this, to fit 32 bits.
  private static final long MODULUS = Integer.MAX_VALUE - 1L;

  private final Variable state;

  /// @param seed null for one that follows from the global seed, or from chance if there is none
  public SeedGenerator(@Nullable Long seed) {
    long first = seed != null ? seed : Seeds.entropy() & Integer.MAX_VALUE;
    state = new Variable(pair(first, 0), "seed_generator_state", false);
  }

  private static Tensor pair(long a, long b) {
    Tensor t = Values.filled(Spec.of(DType.I64, 2), 0);
    t.segment().setAtIndex(ValueLayout.JAVA_LONG, 0, a);
    t.segment().setAtIndex(ValueLayout.JAVA_LONG, 1, b);
    return t;
  }

  /// Returns the next seed in the form of the stateless operations.
  public Tensor next() {
    Tensor now = state.value();
    state.assignAdd(pair(0, 1));
    Tensor modulus = Values.filled(Spec.of(DType.I64), 0);
    modulus.segment().set(ValueLayout.JAVA_LONG, 0, MODULUS);
    return Ops.cast(MOD.of(now, modulus), DType.I32);
  }

  /// Draws evenly from 0 up to but not including 1.
  ///
  /// @param shape vector of int32
  public Tensor uniform(Tensor shape, DType type) {
    return UNIFORM.with(UNIFORM.attrs("dtype", type), shape, next());
  }

  /// Draws from the normal distribution.
  public Tensor normal(Tensor shape, DType type, double mean, double stddev) {
    Tensor x = NORMAL.with(NORMAL.attrs("dtype", type), shape, next());
    return Ops.add(Ops.mul(x, stddev), mean);
  }

  /// Sets a share of the numbers to 0 and enlarges the others so that the mean stays.
  ///
  /// @param noiseShape sizes of what is drawn; 1 where one draw holds along the whole axis, -1 or
  ///   null for the size of `x`
  public Tensor dropout(Tensor x, double rate, int @Nullable [] noiseShape) {
    if (rate >= 1) {
      return Sizes.zerosLike(x);
    }
    Tensor kept = Ops.greaterEqual(uniform(shape(x, noiseShape), x.dtype()), rate);
    return Ops.where(kept, Ops.mul(x, 1 / (1 - rate)), 0);
  }

  /// Returns the sizes of what is drawn for `x`.
  static Tensor shape(Tensor x, int @Nullable [] noiseShape) {
    if (noiseShape == null) {
      return Sizes.of(x);
    }
    Tensor[] dims = new Tensor[noiseShape.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = noiseShape[i] < 0 ? Sizes.axis(x, i) : Values.scalar(noiseShape[i]);
    }
    return Sizes.vector(dims);
  }
}
