package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.noise.SeedGenerator;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Draws numbers for the pictures of a batch, those that Keras draws for the same seed.
final class Chance {
  private final SeedGenerator seeds;

  Chance(SeedGenerator seeds) {
    this.seeds = seeds;
  }

  /// Draws evenly between bounds, a number for each picture of a batch.
  ///
  /// @param ones axes of size 1 behind the batch
  Tensor each(Tensor batch, int ones, DType type, double low, double high) {
    Tensor[] dims = new Tensor[ones + 1];
    dims[0] = Sizes.axis(batch, 0);
    for (int i = 1; i < dims.length; i++) {
      dims[i] = Values.scalar(1);
    }
    int[] known = new int[ones + 1];
    Arrays.fill(known, 1);
    known[0] = batch.shape().dim(0);
    return Ops.ensure(between(Sizes.vector(dims), type, low, high), known);
  }

  Tensor each(Tensor batch, int ones, DType type, Range range) {
    return each(batch, ones, type, range.low(), range.high());
  }

  private Tensor between(Tensor shape, DType type, double low, double high) {
    Tensor x = seeds.uniform(shape, type);
    Tensor from = Ops.number(x, low);
    return Ops.add(Ops.mul(x, Ops.sub(Ops.number(x, high), from)), from);
  }

  /// Draws one whole number evenly from 0 up to but not including `n`, for all pictures.
  Tensor below(Tensor n) {
    Tensor x = seeds.uniform(Values.ints(), DType.F32);
    return Ops.cast(Ops.mul(x, Ops.cast(n, DType.F32)), DType.I32);
  }
}
