// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.random`, one method each.
public abstract class TfRandomOps {
  protected TfRandomOps() {}

  private static final OpRef RANDOM_SHUFFLE = OpRef.to("RandomShuffle");

  /// Puts the rows of the first axis into a random order.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Source: Fisher, Yates, Statistical tables, 1938
  ///
  /// Gradient: none; a permutation is not followed back, as in TensorFlow.
  public static Tensor shuffle(Object value) {
    return Operands.call(RANDOM_SHUFFLE, value);
  }

  /// Puts the rows of the first axis into a random order.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// `seed` is 0 if not given.
  ///
  /// `seed2` is 0 if not given.
  ///
  /// Source: Fisher, Yates, Statistical tables, 1938
  ///
  /// Gradient: none; a permutation is not followed back, as in TensorFlow.
  public static Tensor shuffle(Object value, long seed, long seed2) {
    return Operands.call(RANDOM_SHUFFLE, RANDOM_SHUFFLE.attrs("seed", seed, "seed2", seed2), value);
  }
}
