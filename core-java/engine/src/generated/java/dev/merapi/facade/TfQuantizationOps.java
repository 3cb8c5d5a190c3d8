// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.quantization`, one method each.
public abstract class TfQuantizationOps {
  protected TfQuantizationOps() {}

  private static final OpRef FAKE_QUANT_WITH_MIN_MAX_ARGS = OpRef.to("FakeQuantWithMinMaxArgs");

  /// Rounds numbers to the steps of a range that attributes give.
  ///
  /// Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference"
  ///
  /// Gradient: yes.
  public static Tensor fakeQuantWithMinMaxArgs(Object inputs) {
    return Operands.call(FAKE_QUANT_WITH_MIN_MAX_ARGS, inputs);
  }

  /// Rounds numbers to the steps of a range that attributes give.
  ///
  /// `min` is -6.0 if not given.
  ///
  /// `max` is 6.0 if not given.
  ///
  /// `numBits` is 8 if not given.
  ///
  /// `narrowRange` is false if not given.
  ///
  /// Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference"
  ///
  /// Gradient: yes.
  public static Tensor fakeQuantWithMinMaxArgs(Object inputs, double min, double max, long numBits, boolean narrowRange) {
    return Operands.call(FAKE_QUANT_WITH_MIN_MAX_ARGS, FAKE_QUANT_WITH_MIN_MAX_ARGS.attrs("min", min, "max", max, "num_bits", numBits, "narrow_range", narrowRange), inputs);
  }

  private static final OpRef FAKE_QUANT_WITH_MIN_MAX_VARS = OpRef.to("FakeQuantWithMinMaxVars");

  /// Rounds numbers to the steps of a given range.
  ///
  /// Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference"
  ///
  /// Gradient: yes.
  public static Tensor fakeQuantWithMinMaxVars(Object inputs, Object min, Object max) {
    return FAKE_QUANT_WITH_MIN_MAX_VARS.of(Operands.of(FAKE_QUANT_WITH_MIN_MAX_VARS.get(), inputs, min, max));
  }

  /// Rounds numbers to the steps of a given range.
  ///
  /// `numBits` is 8 if not given.
  ///
  /// `narrowRange` is false if not given.
  ///
  /// Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference"
  ///
  /// Gradient: yes.
  public static Tensor fakeQuantWithMinMaxVars(Object inputs, Object min, Object max, long numBits, boolean narrowRange) {
    return FAKE_QUANT_WITH_MIN_MAX_VARS.with(FAKE_QUANT_WITH_MIN_MAX_VARS.attrs("num_bits", numBits, "narrow_range", narrowRange), Operands.of(FAKE_QUANT_WITH_MIN_MAX_VARS.get(), inputs, min, max));
  }

  private static final OpRef FAKE_QUANT_WITH_MIN_MAX_VARS_PER_CHANNEL = OpRef.to("FakeQuantWithMinMaxVarsPerChannel");

  /// Rounds numbers to the steps of a given range, one for each channel.
  ///
  /// Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference"
  ///
  /// Gradient: yes.
  public static Tensor fakeQuantWithMinMaxVarsPerChannel(Object inputs, Object min, Object max) {
    return FAKE_QUANT_WITH_MIN_MAX_VARS_PER_CHANNEL.of(Operands.of(FAKE_QUANT_WITH_MIN_MAX_VARS_PER_CHANNEL.get(), inputs, min, max));
  }

  /// Rounds numbers to the steps of a given range, one for each channel.
  ///
  /// `numBits` is 8 if not given.
  ///
  /// `narrowRange` is false if not given.
  ///
  /// Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference"
  ///
  /// Gradient: yes.
  public static Tensor fakeQuantWithMinMaxVarsPerChannel(Object inputs, Object min, Object max, long numBits, boolean narrowRange) {
    return FAKE_QUANT_WITH_MIN_MAX_VARS_PER_CHANNEL.with(FAKE_QUANT_WITH_MIN_MAX_VARS_PER_CHANNEL.attrs("num_bits", numBits, "narrow_range", narrowRange), Operands.of(FAKE_QUANT_WITH_MIN_MAX_VARS_PER_CHANNEL.get(), inputs, min, max));
  }
}
