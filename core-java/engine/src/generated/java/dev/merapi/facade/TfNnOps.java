// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.nn`, one method each.
public abstract class TfNnOps {
  protected TfNnOps() {}

  private static final OpRef BIAS_ADD = OpRef.to("BiasAdd");

  /// Adds one number for each channel.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor biasAdd(Object value, Object bias) {
    return Operands.call(BIAS_ADD, value, bias);
  }

  /// Adds one number for each channel.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// `dataFormat` is NHWC if not given.
  ///
  /// Gradient: yes.
  public static Tensor biasAdd(Object value, Object bias, String dataFormat) {
    return Operands.call(BIAS_ADD, BIAS_ADD.attrs("data_format", dataFormat), value, bias);
  }

  private static final OpRef CONV3_D = OpRef.to("Conv3D");

  /// Slides filters over volumes: each result is the sum of a window times a filter.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning"
  ///
  /// Gradient: yes.
  public static Tensor conv3d(Object input, Object filter, int[] strides, String padding) {
    return Operands.call(CONV3_D, CONV3_D.attrs("strides", strides, "padding", padding), input, filter);
  }

  /// Slides filters over volumes: each result is the sum of a window times a filter.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// `dataFormat` is NDHWC if not given.
  ///
  /// `dilations` is [1, 1, 1, 1, 1] if not given.
  ///
  /// Source: Dumoulin and Visin 2016, "A guide to convolution arithmetic for deep learning"
  ///
  /// Gradient: yes.
  public static Tensor conv3d(Object input, Object filter, int[] strides, String padding, String dataFormat, int... dilations) {
    return Operands.call(CONV3_D, CONV3_D.attrs("strides", strides, "padding", padding, "data_format", dataFormat, "dilations", dilations), input, filter);
  }

  private static final OpRef DEPTH_TO_SPACE = OpRef.to("DepthToSpace");

  /// Moves channels into blocks of block_size × block_size pixels.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor depthToSpace(Object input, long blockSize) {
    return Operands.call(DEPTH_TO_SPACE, DEPTH_TO_SPACE.attrs("block_size", blockSize), input);
  }

  /// Moves channels into blocks of block_size × block_size pixels.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// `dataFormat` is NHWC if not given.
  ///
  /// Gradient: yes.
  public static Tensor depthToSpace(Object input, long blockSize, String dataFormat) {
    return Operands.call(DEPTH_TO_SPACE, DEPTH_TO_SPACE.attrs("block_size", blockSize, "data_format", dataFormat), input);
  }

  private static final OpRef ELU = OpRef.to("Elu");

  /// Gives x where it is positive, else eˣ − 1.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: Clevert et al. 2015, "Fast and Accurate Deep Network Learning by ELUs"
  ///
  /// Gradient: yes.
  public static Tensor elu(Object features) {
    return Operands.call(ELU, features);
  }

  private static final OpRef IN_TOP_KV2 = OpRef.to("InTopKV2");

  /// Tells of each row whether the target class is among the k most probable ones; ties count for it.
  ///
  /// Types T: int32 or int64.
  ///
  /// Gradient: none; truth values have no gradient.
  public static Tensor inTopK(Object predictions, Object targets, Object k) {
    return IN_TOP_KV2.of(Operands.of(IN_TOP_KV2.get(), predictions, targets, k));
  }

  private static final OpRef L2_LOSS = OpRef.to("L2Loss");

  /// Halves the sum of all squares.
  ///
  /// Formula: y = Σ x² / 2
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor l2Loss(Object t) {
    return Operands.call(L2_LOSS, t);
  }

  private static final OpRef LEAKY_RELU = OpRef.to("LeakyRelu");

  /// Gives x where it is positive, else alpha·x.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor leakyRelu(Object features) {
    return Operands.call(LEAKY_RELU, features);
  }

  /// Gives x where it is positive, else alpha·x.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// `alpha` is 0.20000000298023224 if not given.
  ///
  /// Gradient: yes.
  public static Tensor leakyRelu(Object features, double alpha) {
    return Operands.call(LEAKY_RELU, LEAKY_RELU.attrs("alpha", alpha), features);
  }

  private static final OpRef MAX_POOL_WITH_ARGMAX = OpRef.to("MaxPoolWithArgmax");

  /// Takes the maximum of each window and says where it was: (row·width + column)·channels + channel.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Targmax: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor[] maxPoolWithArgmax(Object input, int[] ksize, int[] strides, String padding) {
    return MAX_POOL_WITH_ARGMAX.all(MAX_POOL_WITH_ARGMAX.attrs("ksize", ksize, "strides", strides, "padding", padding), Operands.of(MAX_POOL_WITH_ARGMAX.get(), input));
  }

  /// Takes the maximum of each window and says where it was: (row·width + column)·channels + channel.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Targmax: int32 or int64.
  ///
  /// `includeBatchInIndex` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor[] maxPoolWithArgmax(Object input, int[] ksize, int[] strides, String padding, boolean includeBatchInIndex, DType targmax) {
    return MAX_POOL_WITH_ARGMAX.all(MAX_POOL_WITH_ARGMAX.attrs("ksize", ksize, "strides", strides, "padding", padding, "include_batch_in_index", includeBatchInIndex, "Targmax", targmax), Operands.of(MAX_POOL_WITH_ARGMAX.get(), input));
  }

  private static final OpRef RELU = OpRef.to("Relu");

  /// Gives x where it is positive, else 0.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor relu(Object features) {
    return Operands.call(RELU, features);
  }

  private static final OpRef RELU6 = OpRef.to("Relu6");

  /// Gives x limited to the range from 0 to 6.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor relu6(Object features) {
    return Operands.call(RELU6, features);
  }

  private static final OpRef SELU = OpRef.to("Selu");

  /// Computes the self-normalising activation: scale·x, or scale·alpha·(eˣ − 1) below 0.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: Klambauer et al. 2017, "Self-Normalizing Neural Networks"
  ///
  /// Gradient: yes.
  public static Tensor selu(Object features) {
    return Operands.call(SELU, features);
  }

  private static final OpRef SIGMOID = OpRef.to("Sigmoid");

  /// Computes 1/(1 + e⁻ˣ), without overflow on either side.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor sigmoid(Object x) {
    return Operands.call(SIGMOID, x);
  }

  private static final OpRef SOFTPLUS = OpRef.to("Softplus");

  /// Computes log(1 + eˣ), without overflow.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor softplus(Object features) {
    return Operands.call(SOFTPLUS, features);
  }

  private static final OpRef SOFTSIGN = OpRef.to("Softsign");

  /// Computes x/(1 + |x|).
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor softsign(Object features) {
    return Operands.call(SOFTSIGN, features);
  }

  private static final OpRef SPACE_TO_DEPTH = OpRef.to("SpaceToDepth");

  /// Moves blocks of block_size × block_size pixels into the channels.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor spaceToDepth(Object input, long blockSize) {
    return Operands.call(SPACE_TO_DEPTH, SPACE_TO_DEPTH.attrs("block_size", blockSize), input);
  }

  /// Moves blocks of block_size × block_size pixels into the channels.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// `dataFormat` is NHWC if not given.
  ///
  /// Gradient: yes.
  public static Tensor spaceToDepth(Object input, long blockSize, String dataFormat) {
    return Operands.call(SPACE_TO_DEPTH, SPACE_TO_DEPTH.attrs("block_size", blockSize, "data_format", dataFormat), input);
  }
}
