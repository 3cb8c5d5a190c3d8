// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf`, one method each.
public abstract class TfOps {
  protected TfOps() {}

  private static final OpRef ABS = OpRef.to("Abs");

  /// Takes the magnitude of every element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor abs(Object x) {
    return Operands.call(ABS, x);
  }

  private static final OpRef ACOS = OpRef.to("Acos");

  /// Computes the angle in radians whose cosine is given, from 0 to π.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor acos(Object x) {
    return Operands.call(ACOS, x);
  }

  private static final OpRef ACOSH = OpRef.to("Acosh");

  /// Computes the number of 0 or more whose hyperbolic cosine is given.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor acosh(Object x) {
    return Operands.call(ACOSH, x);
  }

  private static final OpRef ADD_N = OpRef.to("AddN");

  /// Adds up a list of tensors of one shape.
  ///
  /// Formula: y = Σ xᵢ
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor addN(List<?> inputs) {
    return ADD_N.of(Operands.of(ADD_N.get(), inputs));
  }

  private static final OpRef ADD_V2 = OpRef.to("AddV2");

  /// Adds two tensors, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor add(Object x, Object y) {
    return Operands.call(ADD_V2, x, y);
  }

  private static final OpRef ALL = OpRef.to("All");

  /// Tells whether all elements along axes are true.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: none; truth values have no derivative.
  public static Tensor reduceAll(Object input, Object axis) {
    return Operands.call(ALL, input, axis);
  }

  /// Tells whether all elements along axes are true.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: none; truth values have no derivative.
  public static Tensor reduceAll(Object input, Object axis, boolean keepdims) {
    return Operands.call(ALL, ALL.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef ANY = OpRef.to("Any");

  /// Tells whether any element along axes is true.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: none; truth values have no derivative.
  public static Tensor reduceAny(Object input, Object axis) {
    return Operands.call(ANY, input, axis);
  }

  /// Tells whether any element along axes is true.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: none; truth values have no derivative.
  public static Tensor reduceAny(Object input, Object axis, boolean keepdims) {
    return Operands.call(ANY, ANY.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef ARG_MAX = OpRef.to("ArgMax");

  /// Finds the position of the greatest element along an axis, of equals the first.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64 or bool.
  ///
  /// Types Tidx: int16, int32 or int64.
  ///
  /// Types output_type: int16, int32, int64 or uint16.
  ///
  /// Gradient: none; positions are piecewise constant.
  public static Tensor argmax(Object input, Object axis) {
    return Operands.call(ARG_MAX, input, axis);
  }

  /// Finds the position of the greatest element along an axis, of equals the first.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64 or bool.
  ///
  /// Types Tidx: int16, int32 or int64.
  ///
  /// Types output_type: int16, int32, int64 or uint16.
  ///
  /// Gradient: none; positions are piecewise constant.
  public static Tensor argmax(Object input, Object axis, DType outputType) {
    return Operands.call(ARG_MAX, ARG_MAX.attrs("output_type", outputType), input, axis);
  }

  private static final OpRef ARG_MIN = OpRef.to("ArgMin");

  /// Finds the position of the least element along an axis, of equals the first.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64 or bool.
  ///
  /// Types Tidx: int16, int32 or int64.
  ///
  /// Types output_type: int16, int32, int64 or uint16.
  ///
  /// Gradient: none; positions are piecewise constant.
  public static Tensor argmin(Object input, Object axis) {
    return Operands.call(ARG_MIN, input, axis);
  }

  /// Finds the position of the least element along an axis, of equals the first.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64 or bool.
  ///
  /// Types Tidx: int16, int32 or int64.
  ///
  /// Types output_type: int16, int32, int64 or uint16.
  ///
  /// Gradient: none; positions are piecewise constant.
  public static Tensor argmin(Object input, Object axis, DType outputType) {
    return Operands.call(ARG_MIN, ARG_MIN.attrs("output_type", outputType), input, axis);
  }

  private static final OpRef ASIN = OpRef.to("Asin");

  /// Computes the angle in radians whose sine is given, from −π/2 to π/2.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor asin(Object x) {
    return Operands.call(ASIN, x);
  }

  private static final OpRef ASINH = OpRef.to("Asinh");

  /// Computes the number whose hyperbolic sine is given.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor asinh(Object x) {
    return Operands.call(ASINH, x);
  }

  private static final OpRef ATAN = OpRef.to("Atan");

  /// Computes the angle in radians whose tangent is given, from −π/2 to π/2.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor atan(Object x) {
    return Operands.call(ATAN, x);
  }

  private static final OpRef ATAN2 = OpRef.to("Atan2");

  /// Returns the angle of the point (y, x) in radians, from −π to π; the first input is y.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor atan2(Object x, Object y) {
    return Operands.call(ATAN2, x, y);
  }

  private static final OpRef ATANH = OpRef.to("Atanh");

  /// Computes the number whose hyperbolic tangent is given.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor atanh(Object x) {
    return Operands.call(ATANH, x);
  }

  private static final OpRef BATCH_TO_SPACE_ND = OpRef.to("BatchToSpaceND");

  /// Moves parts of the batch into blocks of the axes behind it, and crops those.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tblock_shape: int32 or int64.
  ///
  /// Types Tcrops: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor batchToSpace(Object input, Object blockShape, Object crops) {
    return BATCH_TO_SPACE_ND.of(Operands.of(BATCH_TO_SPACE_ND.get(), input, blockShape, crops));
  }

  private static final OpRef BITCAST = OpRef.to("Bitcast");

  /// Reads the same bytes as another element type; the last axis absorbs a change of width.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types type: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: none; bits are not continuous.
  public static Tensor bitcast(Object input) {
    return Operands.call(BITCAST, input);
  }

  /// Reads the same bytes as another element type; the last axis absorbs a change of width.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types type: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: none; bits are not continuous.
  public static Tensor bitcast(Object input, DType type) {
    return Operands.call(BITCAST, BITCAST.attrs("type", type), input);
  }

  private static final OpRef BROADCAST_ARGS = OpRef.to("BroadcastArgs");

  /// Returns the shape that two shapes stretch to.
  ///
  /// Types T: int32 or int64.
  ///
  /// Gradient: none; shapes are whole numbers.
  public static Tensor broadcastDynamicShape(Object s0, Object s1) {
    return Operands.call(BROADCAST_ARGS, s0, s1);
  }

  private static final OpRef BROADCAST_TO = OpRef.to("BroadcastTo");

  /// Repeats a tensor along axes where it is 1 long, until it has the given shape.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor broadcastTo(Object input, Object shape) {
    return Operands.call(BROADCAST_TO, input, shape);
  }

  private static final OpRef CAST = OpRef.to("Cast");

  /// Converts every element to another type; fractions are cut, whole numbers wrap around.
  ///
  /// Types SrcT: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// Types DstT: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor cast(Object x, DType dtype) {
    return Operands.call(CAST, CAST.attrs("DstT", dtype), x);
  }

  private static final OpRef CLIP_BY_VALUE = OpRef.to("ClipByValue");

  /// Limits every element to the range between two bounds.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor clipByValue(Object t, Object clipValueMin, Object clipValueMax) {
    return CLIP_BY_VALUE.of(Operands.of(CLIP_BY_VALUE.get(), t, clipValueMin, clipValueMax));
  }

  private static final OpRef COMPLEX = OpRef.to("Complex");

  /// Makes complex numbers from real and imaginary parts.
  ///
  /// Types T: float32 or float64.
  ///
  /// Types Tout: complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor complex(Object real, Object imag) {
    return Operands.call(COMPLEX, real, imag);
  }

  /// Makes complex numbers from real and imaginary parts.
  ///
  /// Types T: float32 or float64.
  ///
  /// Types Tout: complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor complex(Object real, Object imag, DType dtype) {
    return Operands.call(COMPLEX, COMPLEX.attrs("Tout", dtype), real, imag);
  }

  private static final OpRef CONCAT_V2 = OpRef.to("ConcatV2");

  /// Joins tensors along an axis that they have; all other axes are equal.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor concat(List<?> values, Object axis) {
    return CONCAT_V2.of(Operands.of(CONCAT_V2.get(), values, axis));
  }

  private static final OpRef COS = OpRef.to("Cos");

  /// Computes the cosine of angles in radians.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor cos(Object x) {
    return Operands.call(COS, x);
  }

  private static final OpRef COSH = OpRef.to("Cosh");

  /// Computes the hyperbolic cosine.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor cosh(Object x) {
    return Operands.call(COSH, x);
  }

  private static final OpRef CUMSUM = OpRef.to("Cumsum");

  /// Adds up the elements along an axis, keeping every partial sum.
  ///
  /// Formula: yᵢ = Σ xₖ over k ≤ i
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor cumsum(Object x, Object axis) {
    return Operands.call(CUMSUM, x, axis);
  }

  /// Adds up the elements along an axis, keeping every partial sum.
  ///
  /// Formula: yᵢ = Σ xₖ over k ≤ i
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `exclusive` is false if not given.
  ///
  /// `reverse` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor cumsum(Object x, Object axis, boolean exclusive, boolean reverse) {
    return Operands.call(CUMSUM, CUMSUM.attrs("exclusive", exclusive, "reverse", reverse), x, axis);
  }

  private static final OpRef DYNAMIC_PARTITION = OpRef.to("DynamicPartition");

  /// Deals rows out to num_partitions tensors by the number given for each, in their order.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor[] dynamicPartition(Object data, Object partitions, long numPartitions) {
    return DYNAMIC_PARTITION.all(DYNAMIC_PARTITION.attrs("num_partitions", numPartitions), Operands.of(DYNAMIC_PARTITION.get(), data, partitions));
  }

  private static final OpRef DYNAMIC_STITCH = OpRef.to("DynamicStitch");

  /// Lays rows of several tensors into one, row k of data[i] at indices[i][k]; the last of equal ones wins.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor dynamicStitch(List<?> indices, List<?> data) {
    return DYNAMIC_STITCH.of(Operands.of(DYNAMIC_STITCH.get(), indices, data));
  }

  private static final OpRef ENSURE_SHAPE = OpRef.to("EnsureShape");

  /// Gives its input back if the shape is as expected, and fails otherwise.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor ensureShape(Object input, Shape shape) {
    return Operands.call(ENSURE_SHAPE, ENSURE_SHAPE.attrs("shape", shape), input);
  }

  private static final OpRef EQUAL = OpRef.to("Equal");

  /// Tells where two tensors are equal; NaN equals nothing.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor equal(Object x, Object y) {
    return Operands.call(EQUAL, x, y);
  }

  private static final OpRef EXP = OpRef.to("Exp");

  /// Computes e to the power of every element.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: NIST DLMF 4.2
  ///
  /// Gradient: yes.
  public static Tensor exp(Object x) {
    return Operands.call(EXP, x);
  }

  private static final OpRef EXPAND_DIMS = OpRef.to("ExpandDims");

  /// Adds an axis of size 1.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tdim: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor expandDims(Object input, Object axis) {
    return Operands.call(EXPAND_DIMS, input, axis);
  }

  private static final OpRef EXTRACT_VOLUME_PATCHES = OpRef.to("ExtractVolumePatches");

  /// Cuts windows out of volumes and lays the cells of each into the channels.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor extractVolumePatches(Object input, int[] ksizes, int[] strides, String padding) {
    return Operands.call(EXTRACT_VOLUME_PATCHES, EXTRACT_VOLUME_PATCHES.attrs("ksizes", ksizes, "strides", strides, "padding", padding), input);
  }

  private static final OpRef FILL = OpRef.to("Fill");

  /// Returns a tensor of the given shape, filled with one value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types index_type: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor fill(Object dims, Object value) {
    return Operands.call(FILL, dims, value);
  }

  private static final OpRef FLOOR = OpRef.to("Floor");

  /// Rounds every element down.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: none; a step function: its derivative is 0 wherever it exists.
  public static Tensor floor(Object x) {
    return Operands.call(FLOOR, x);
  }

  private static final OpRef FLOOR_DIV = OpRef.to("FloorDiv");

  /// Divides and rounds the quotient down.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; the quotient is a step function.
  public static Tensor floordiv(Object x, Object y) {
    return Operands.call(FLOOR_DIV, x, y);
  }

  private static final OpRef FLOOR_MOD = OpRef.to("FloorMod");

  /// Takes the remainder of a division rounded down; it has the sign of the divisor.
  ///
  /// Formula: z = x − ⌊x / y⌋ · y
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor floormod(Object x, Object y) {
    return Operands.call(FLOOR_MOD, x, y);
  }

  private static final OpRef GATHER_ND = OpRef.to("GatherNd");

  /// Picks slices by index vectors, which lie along the last axis of the indices.
  ///
  /// Formula: y[i…, n…] = params[indices[i…, 0], …, indices[i…, k-1], n…]
  ///
  /// Types Tparams: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor gatherNd(Object params, Object indices) {
    return Operands.call(GATHER_ND, params, indices);
  }

  /// Picks slices by index vectors, which lie along the last axis of the indices.
  ///
  /// Formula: y[i…, n…] = params[indices[i…, 0], …, indices[i…, k-1], n…]
  ///
  /// Types Tparams: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// `badIndicesPolicy` is  if not given.
  ///
  /// Gradient: yes.
  public static Tensor gatherNd(Object params, Object indices, String badIndicesPolicy) {
    return Operands.call(GATHER_ND, GATHER_ND.attrs("bad_indices_policy", badIndicesPolicy), params, indices);
  }

  private static final OpRef GATHER_V2 = OpRef.to("GatherV2");

  /// Picks entries along an axis by their indices; leading batch axes are matched one to one.
  ///
  /// Formula: y[b…, o…, i…, n…] = params[b…, o…, indices[b…, i…], n…]
  ///
  /// Types Tparams: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// Types Taxis: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor gather(Object params, Object indices, Object axis) {
    return GATHER_V2.of(Operands.of(GATHER_V2.get(), params, indices, axis));
  }

  /// Picks entries along an axis by their indices; leading batch axes are matched one to one.
  ///
  /// Formula: y[b…, o…, i…, n…] = params[b…, o…, indices[b…, i…], n…]
  ///
  /// Types Tparams: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// Types Taxis: int32 or int64.
  ///
  /// `batchDims` is 0 if not given.
  ///
  /// Gradient: yes.
  public static Tensor gather(Object params, Object indices, Object axis, long batchDims) {
    return GATHER_V2.with(GATHER_V2.attrs("batch_dims", batchDims), Operands.of(GATHER_V2.get(), params, indices, axis));
  }

  private static final OpRef GREATER = OpRef.to("Greater");

  /// Tells where x > y.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor greater(Object x, Object y) {
    return Operands.call(GREATER, x, y);
  }

  private static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");

  /// Tells where x ≥ y.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor greaterEqual(Object x, Object y) {
    return Operands.call(GREATER_EQUAL, x, y);
  }

  private static final OpRef HISTOGRAM_FIXED_WIDTH = OpRef.to("HistogramFixedWidth");

  /// Counts the numbers in bins of one width; those outside go to the outermost bins.
  ///
  /// Types T: float32, float64, int32 or int64.
  ///
  /// Types dtype: int32 or int64.
  ///
  /// Gradient: none; piecewise constant: a number stays in its bin.
  public static Tensor histogramFixedWidth(Object values, Object valueRange, Object nbins) {
    return HISTOGRAM_FIXED_WIDTH.of(Operands.of(HISTOGRAM_FIXED_WIDTH.get(), values, valueRange, nbins));
  }

  /// Counts the numbers in bins of one width; those outside go to the outermost bins.
  ///
  /// Types T: float32, float64, int32 or int64.
  ///
  /// Types dtype: int32 or int64.
  ///
  /// Gradient: none; piecewise constant: a number stays in its bin.
  public static Tensor histogramFixedWidth(Object values, Object valueRange, Object nbins, DType dtype) {
    return HISTOGRAM_FIXED_WIDTH.with(HISTOGRAM_FIXED_WIDTH.attrs("dtype", dtype), Operands.of(HISTOGRAM_FIXED_WIDTH.get(), values, valueRange, nbins));
  }

  private static final OpRef IDENTITY = OpRef.to("Identity");

  /// Gives its input back as it is.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor identity(Object input) {
    return Operands.call(IDENTITY, input);
  }

  private static final OpRef LESS = OpRef.to("Less");

  /// Tells where x < y.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor less(Object x, Object y) {
    return Operands.call(LESS, x, y);
  }

  private static final OpRef LESS_EQUAL = OpRef.to("LessEqual");

  /// Tells where x ≤ y.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor lessEqual(Object x, Object y) {
    return Operands.call(LESS_EQUAL, x, y);
  }

  private static final OpRef LIN_SPACE = OpRef.to("LinSpace");

  /// Returns evenly spaced values from start to stop, both included.
  ///
  /// Formula: y[i] = start + i·(stop − start)/(num − 1)
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor linspace(Object start, Object stop, Object num) {
    return LIN_SPACE.of(Operands.of(LIN_SPACE.get(), start, stop, num));
  }

  private static final OpRef LOG = OpRef.to("Log");

  /// Computes the natural logarithm; −∞ of 0, NaN of negative real numbers.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: NIST DLMF 4.2
  ///
  /// Gradient: yes.
  public static Tensor log(Object x) {
    return Operands.call(LOG, x);
  }

  private static final OpRef LOGICAL_AND = OpRef.to("LogicalAnd");

  /// Tells where both are true.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor logicalAnd(Object x, Object y) {
    return Operands.call(LOGICAL_AND, x, y);
  }

  private static final OpRef LOGICAL_NOT = OpRef.to("LogicalNot");

  /// Turns every truth value around.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor logicalNot(Object x) {
    return Operands.call(LOGICAL_NOT, x);
  }

  private static final OpRef LOGICAL_OR = OpRef.to("LogicalOr");

  /// Tells where at least one is true.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor logicalOr(Object x, Object y) {
    return Operands.call(LOGICAL_OR, x, y);
  }

  private static final OpRef LOWER_BOUND = OpRef.to("LowerBound");

  /// Finds the first place in a sorted row whose element is not less than a value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; places are whole numbers.
  public static Tensor lowerBound(Object sortedInputs, Object values) {
    return Operands.call(LOWER_BOUND, sortedInputs, values);
  }

  /// Finds the first place in a sorted row whose element is not less than a value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; places are whole numbers.
  public static Tensor lowerBound(Object sortedInputs, Object values, DType outType) {
    return Operands.call(LOWER_BOUND, LOWER_BOUND.attrs("out_type", outType), sortedInputs, values);
  }

  private static final OpRef MAX = OpRef.to("Max");

  /// Takes the greatest element along axes; a nan anywhere gives nan.
  ///
  /// Formula: y = max x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceMax(Object input, Object axis) {
    return Operands.call(MAX, input, axis);
  }

  /// Takes the greatest element along axes; a nan anywhere gives nan.
  ///
  /// Formula: y = max x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceMax(Object input, Object axis, boolean keepdims) {
    return Operands.call(MAX, MAX.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef MAXIMUM = OpRef.to("Maximum");

  /// Takes the larger of two values; NaN if either is.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor maximum(Object x, Object y) {
    return Operands.call(MAXIMUM, x, y);
  }

  private static final OpRef MEAN = OpRef.to("Mean");

  /// Averages the elements along axes; of nothing it is nan.
  ///
  /// Formula: y = Σ x / n
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceMean(Object input, Object axis) {
    return Operands.call(MEAN, input, axis);
  }

  /// Averages the elements along axes; of nothing it is nan.
  ///
  /// Formula: y = Σ x / n
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceMean(Object input, Object axis, boolean keepdims) {
    return Operands.call(MEAN, MEAN.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef MIN = OpRef.to("Min");

  /// Takes the least element along axes; a nan anywhere gives nan.
  ///
  /// Formula: y = min x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceMin(Object input, Object axis) {
    return Operands.call(MIN, input, axis);
  }

  /// Takes the least element along axes; a nan anywhere gives nan.
  ///
  /// Formula: y = min x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceMin(Object input, Object axis, boolean keepdims) {
    return Operands.call(MIN, MIN.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef MINIMUM = OpRef.to("Minimum");

  /// Takes the smaller of two values; NaN if either is.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor minimum(Object x, Object y) {
    return Operands.call(MINIMUM, x, y);
  }

  private static final OpRef MIRROR_PAD = OpRef.to("MirrorPad");

  /// Puts the mirror image of a tensor round it, with its border repeated (SYMMETRIC) or not (REFLECT).
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tpaddings: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor pad(Object input, Object paddings, String mode) {
    return Operands.call(MIRROR_PAD, MIRROR_PAD.attrs("mode", mode), input, paddings);
  }

  private static final OpRef MUL = OpRef.to("Mul");

  /// Multiplies two tensors, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor multiply(Object x, Object y) {
    return Operands.call(MUL, x, y);
  }

  private static final OpRef NEG = OpRef.to("Neg");

  /// Changes the sign of every element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor negative(Object x) {
    return Operands.call(NEG, x);
  }

  private static final OpRef NOT_EQUAL = OpRef.to("NotEqual");

  /// Tells where two tensors differ.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor notEqual(Object x, Object y) {
    return Operands.call(NOT_EQUAL, x, y);
  }

  private static final OpRef ONE_HOT = OpRef.to("OneHot");

  /// Turns each index into a row that holds on_value at that place and off_value elsewhere.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types TI: int8, int32, int64 or uint8.
  ///
  /// Gradient: none; indices are whole numbers.
  public static Tensor oneHot(Object indices, Object depth, Object onValue, Object offValue) {
    return ONE_HOT.of(Operands.of(ONE_HOT.get(), indices, depth, onValue, offValue));
  }

  /// Turns each index into a row that holds on_value at that place and off_value elsewhere.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types TI: int8, int32, int64 or uint8.
  ///
  /// `axis` is -1 if not given.
  ///
  /// Gradient: none; indices are whole numbers.
  public static Tensor oneHot(Object indices, Object depth, Object onValue, Object offValue, long axis) {
    return ONE_HOT.with(ONE_HOT.attrs("axis", axis), Operands.of(ONE_HOT.get(), indices, depth, onValue, offValue));
  }

  private static final OpRef ONES_LIKE = OpRef.to("OnesLike");

  /// Returns ones of the type and shape of a tensor.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// Gradient: none; constant in its input.
  public static Tensor onesLike(Object x) {
    return Operands.call(ONES_LIKE, x);
  }

  private static final OpRef PACK = OpRef.to("Pack");

  /// Stacks tensors of one shape along a new axis.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor stack(List<?> values) {
    return PACK.of(Operands.of(PACK.get(), values));
  }

  /// Stacks tensors of one shape along a new axis.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// `axis` is 0 if not given.
  ///
  /// Gradient: yes.
  public static Tensor stack(List<?> values, long axis) {
    return PACK.with(PACK.attrs("axis", axis), Operands.of(PACK.get(), values));
  }

  private static final OpRef PAD = OpRef.to("Pad");

  /// Puts zeros round a tensor: paddings[i] are how many in front of and behind axis i.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tpaddings: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor pad(Object input, Object paddings) {
    return Operands.call(PAD, input, paddings);
  }

  private static final OpRef PAD_V2 = OpRef.to("PadV2");

  /// Puts a constant round a tensor: paddings[i] are how many in front of and behind axis i.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tpaddings: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor pad(Object input, Object paddings, Object constantValues) {
    return PAD_V2.of(Operands.of(PAD_V2.get(), input, paddings, constantValues));
  }

  private static final OpRef POW = OpRef.to("Pow");

  /// Raises the first tensor to the power of the second.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor pow(Object x, Object y) {
    return Operands.call(POW, x, y);
  }

  private static final OpRef PROD = OpRef.to("Prod");

  /// Multiplies the elements along axes.
  ///
  /// Formula: y = Π x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceProd(Object input, Object axis) {
    return Operands.call(PROD, input, axis);
  }

  /// Multiplies the elements along axes.
  ///
  /// Formula: y = Π x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceProd(Object input, Object axis, boolean keepdims) {
    return Operands.call(PROD, PROD.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef RANGE = OpRef.to("Range");

  /// Counts from start up to, but without, limit in steps of delta.
  ///
  /// Types Tidx: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; its length jumps with its inputs.
  public static Tensor range(Object start, Object limit, Object delta) {
    return RANGE.of(Operands.of(RANGE.get(), start, limit, delta));
  }

  private static final OpRef RANK = OpRef.to("Rank");

  /// Returns the number of axes.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: none; ranks are whole numbers.
  public static Tensor rank(Object input) {
    return Operands.call(RANK, input);
  }

  private static final OpRef REAL_DIV = OpRef.to("RealDiv");

  /// Divides the first tensor by the second, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor divide(Object x, Object y) {
    return Operands.call(REAL_DIV, x, y);
  }

  /// Divides the first tensor by the second, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor truediv(Object x, Object y) {
    return Operands.call(REAL_DIV, x, y);
  }

  /// Divides the first tensor by the second, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor realdiv(Object x, Object y) {
    return Operands.call(REAL_DIV, x, y);
  }

  private static final OpRef RESHAPE = OpRef.to("Reshape");

  /// Gives the same elements in the same order another shape; one axis may be -1, which is worked out.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tshape: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reshape(Object tensor, Object shape) {
    return Operands.call(RESHAPE, tensor, shape);
  }

  private static final OpRef REVERSE_SEQUENCE = OpRef.to("ReverseSequence");

  /// Reverses the first seq_lengths[b] entries of each batch entry b and leaves the padding behind them.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tlen: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reverseSequence(Object input, Object seqLengths, long seqDim) {
    return Operands.call(REVERSE_SEQUENCE, REVERSE_SEQUENCE.attrs("seq_dim", seqDim), input, seqLengths);
  }

  /// Reverses the first seq_lengths[b] entries of each batch entry b and leaves the padding behind them.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tlen: int32 or int64.
  ///
  /// `batchDim` is 0 if not given.
  ///
  /// Gradient: yes.
  public static Tensor reverseSequence(Object input, Object seqLengths, long seqDim, long batchDim) {
    return Operands.call(REVERSE_SEQUENCE, REVERSE_SEQUENCE.attrs("seq_dim", seqDim, "batch_dim", batchDim), input, seqLengths);
  }

  private static final OpRef REVERSE_V2 = OpRef.to("ReverseV2");

  /// Reverses the order along the given axes.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor reverse(Object tensor, Object axis) {
    return Operands.call(REVERSE_V2, tensor, axis);
  }

  private static final OpRef ROLL = OpRef.to("Roll");

  /// Moves all elements some places along axes; what leaves at one end enters at the other.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tshift: int32 or int64.
  ///
  /// Types Taxis: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor roll(Object input, Object shift, Object axis) {
    return ROLL.of(Operands.of(ROLL.get(), input, shift, axis));
  }

  private static final OpRef ROUND = OpRef.to("Round");

  /// Rounds to the nearest whole number, halves to the even one; whole numbers stay as they are.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a step function: its derivative is 0 wherever it exists.
  public static Tensor round(Object x) {
    return Operands.call(ROUND, x);
  }

  private static final OpRef SCATTER_ND = OpRef.to("ScatterNd");

  /// Adds values into zeros of the given shape, at the places that the index vectors name.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor scatterNd(Object indices, Object updates, Object shape) {
    return SCATTER_ND.of(Operands.of(SCATTER_ND.get(), indices, updates, shape));
  }

  /// Adds values into zeros of the given shape, at the places that the index vectors name.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// `badIndicesPolicy` is  if not given.
  ///
  /// Gradient: yes.
  public static Tensor scatterNd(Object indices, Object updates, Object shape, String badIndicesPolicy) {
    return SCATTER_ND.with(SCATTER_ND.attrs("bad_indices_policy", badIndicesPolicy), Operands.of(SCATTER_ND.get(), indices, updates, shape));
  }

  private static final OpRef SELECT_V2 = OpRef.to("SelectV2");

  /// Takes t where the condition holds, else e; all three stretch to one shape.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor where(Object condition, Object t, Object e) {
    return SELECT_V2.of(Operands.of(SELECT_V2.get(), condition, t, e));
  }

  private static final OpRef SHAPE = OpRef.to("Shape");

  /// Returns the sizes of a tensor's axes as a vector.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; shapes are whole numbers.
  public static Tensor shape(Object input) {
    return Operands.call(SHAPE, input);
  }

  /// Returns the sizes of a tensor's axes as a vector.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; shapes are whole numbers.
  public static Tensor shape(Object input, DType outType) {
    return Operands.call(SHAPE, SHAPE.attrs("out_type", outType), input);
  }

  private static final OpRef SHAPE_N = OpRef.to("ShapeN");

  /// Returns the shapes of several tensors.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; shapes are whole numbers.
  public static Tensor[] shapeN(List<?> input) {
    return SHAPE_N.all(SHAPE_N.get().defaults(), Operands.of(SHAPE_N.get(), input));
  }

  /// Returns the shapes of several tensors.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; shapes are whole numbers.
  public static Tensor[] shapeN(List<?> input, DType outType) {
    return SHAPE_N.all(SHAPE_N.attrs("out_type", outType), Operands.of(SHAPE_N.get(), input));
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

  private static final OpRef SIGN = OpRef.to("Sign");

  /// Gives -1, 0 or 1 by the sign of every element; z/|z| for complex numbers.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: none; a step function: its derivative is 0 wherever it exists.
  public static Tensor sign(Object x) {
    return Operands.call(SIGN, x);
  }

  private static final OpRef SIN = OpRef.to("Sin");

  /// Computes the sine of angles in radians.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor sin(Object x) {
    return Operands.call(SIN, x);
  }

  private static final OpRef SINH = OpRef.to("Sinh");

  /// Computes the hyperbolic sine.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor sinh(Object x) {
    return Operands.call(SINH, x);
  }

  private static final OpRef SIZE = OpRef.to("Size");

  /// Returns the number of elements.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; sizes are whole numbers.
  public static Tensor size(Object input) {
    return Operands.call(SIZE, input);
  }

  /// Returns the number of elements.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; sizes are whole numbers.
  public static Tensor size(Object input, DType outType) {
    return Operands.call(SIZE, SIZE.attrs("out_type", outType), input);
  }

  private static final OpRef SLICE = OpRef.to("Slice");

  /// Cuts out a block: from begin on, size elements along each axis; -1 takes the rest.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Index: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor slice(Object input, Object begin, Object size) {
    return SLICE.of(Operands.of(SLICE.get(), input, begin, size));
  }

  private static final OpRef SPACE_TO_BATCH_ND = OpRef.to("SpaceToBatchND");

  /// Pads axes behind the batch, cuts them into blocks and moves the places within a block into the batch.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tblock_shape: int32 or int64.
  ///
  /// Types Tpaddings: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor spaceToBatchNd(Object input, Object blockShape, Object paddings) {
    return SPACE_TO_BATCH_ND.of(Operands.of(SPACE_TO_BATCH_ND.get(), input, blockShape, paddings));
  }

  private static final OpRef SPLIT = OpRef.to("Split");

  /// Cuts a tensor into num_split equal parts along an axis.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor[] split(Object splitDim, Object value, long numSplit) {
    return SPLIT.all(SPLIT.attrs("num_split", numSplit), Operands.of(SPLIT.get(), splitDim, value));
  }

  private static final OpRef SPLIT_V = OpRef.to("SplitV");

  /// Cuts a tensor along an axis into parts of the given sizes; one size may be -1, which takes the rest.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tlen: int8, int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor[] split(Object value, Object sizeSplits, Object splitDim, long numSplit) {
    return SPLIT_V.all(SPLIT_V.attrs("num_split", numSplit), Operands.of(SPLIT_V.get(), value, sizeSplits, splitDim));
  }

  private static final OpRef SQRT = OpRef.to("Sqrt");

  /// Takes the square root; NaN of negative real numbers.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor sqrt(Object x) {
    return Operands.call(SQRT, x);
  }

  private static final OpRef SQUARE = OpRef.to("Square");

  /// Multiplies every element by itself.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor square(Object x) {
    return Operands.call(SQUARE, x);
  }

  private static final OpRef SQUEEZE = OpRef.to("Squeeze");

  /// Drops axes of size 1: those named, or all of them.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor squeeze(Object input) {
    return Operands.call(SQUEEZE, input);
  }

  /// Drops axes of size 1: those named, or all of them.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// `axis` is [] if not given.
  ///
  /// Gradient: yes.
  public static Tensor squeeze(Object input, int... axis) {
    return Operands.call(SQUEEZE, SQUEEZE.attrs("squeeze_dims", axis), input);
  }

  private static final OpRef STOP_GRADIENT = OpRef.to("StopGradient");

  /// Gives its input back and lets no gradient through.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: none; stops gradients by definition.
  public static Tensor stopGradient(Object input) {
    return Operands.call(STOP_GRADIENT, input);
  }

  private static final OpRef STRIDED_SLICE = OpRef.to("StridedSlice");

  /// Reads part of a tensor as x[begin:end:stride, …] does, with new axes, single indices and ellipses.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Index: int16, int32 or int64.
  ///
  /// Source: NumPy, basic indexing
  ///
  /// Gradient: yes.
  public static Tensor stridedSlice(Object input, Object begin, Object end, Object strides) {
    return STRIDED_SLICE.of(Operands.of(STRIDED_SLICE.get(), input, begin, end, strides));
  }

  /// Reads part of a tensor as x[begin:end:stride, …] does, with new axes, single indices and ellipses.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Index: int16, int32 or int64.
  ///
  /// `beginMask` is 0 if not given.
  ///
  /// `endMask` is 0 if not given.
  ///
  /// `ellipsisMask` is 0 if not given.
  ///
  /// `newAxisMask` is 0 if not given.
  ///
  /// `shrinkAxisMask` is 0 if not given.
  ///
  /// Source: NumPy, basic indexing
  ///
  /// Gradient: yes.
  public static Tensor stridedSlice(Object input, Object begin, Object end, Object strides, long beginMask, long endMask, long ellipsisMask, long newAxisMask, long shrinkAxisMask) {
    return STRIDED_SLICE.with(STRIDED_SLICE.attrs("begin_mask", beginMask, "end_mask", endMask, "ellipsis_mask", ellipsisMask, "new_axis_mask", newAxisMask, "shrink_axis_mask", shrinkAxisMask), Operands.of(STRIDED_SLICE.get(), input, begin, end, strides));
  }

  private static final OpRef SUB = OpRef.to("Sub");

  /// Subtracts the second tensor from the first, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor subtract(Object x, Object y) {
    return Operands.call(SUB, x, y);
  }

  private static final OpRef SUM = OpRef.to("Sum");

  /// Adds up the elements along axes.
  ///
  /// Formula: y = Σ x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Source: partial sums in lanes and blocks: Higham, Accuracy and Stability, §4.2
  ///
  /// Gradient: yes.
  public static Tensor reduceSum(Object input, Object axis) {
    return Operands.call(SUM, input, axis);
  }

  /// Adds up the elements along axes.
  ///
  /// Formula: y = Σ x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Source: partial sums in lanes and blocks: Higham, Accuracy and Stability, §4.2
  ///
  /// Gradient: yes.
  public static Tensor reduceSum(Object input, Object axis, boolean keepdims) {
    return Operands.call(SUM, SUM.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef TAN = OpRef.to("Tan");

  /// Computes the tangent of angles in radians.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor tan(Object x) {
    return Operands.call(TAN, x);
  }

  private static final OpRef TANH = OpRef.to("Tanh");

  /// Computes the hyperbolic tangent.
  ///
  /// Formula: y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: NIST DLMF 4.28
  ///
  /// Gradient: yes.
  public static Tensor tanh(Object x) {
    return Operands.call(TANH, x);
  }

  private static final OpRef TENSOR_SCATTER_ADD = OpRef.to("TensorScatterAdd");

  /// Adds updates to the slices that index vectors name.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdAdd(Object tensor, Object indices, Object updates) {
    return TENSOR_SCATTER_ADD.of(Operands.of(TENSOR_SCATTER_ADD.get(), tensor, indices, updates));
  }

  /// Adds updates to the slices that index vectors name.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// `badIndicesPolicy` is  if not given.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdAdd(Object tensor, Object indices, Object updates, String badIndicesPolicy) {
    return TENSOR_SCATTER_ADD.with(TENSOR_SCATTER_ADD.attrs("bad_indices_policy", badIndicesPolicy), Operands.of(TENSOR_SCATTER_ADD.get(), tensor, indices, updates));
  }

  private static final OpRef TENSOR_SCATTER_MAX = OpRef.to("TensorScatterMax");

  /// Keeps the greater of the slices that index vectors name and their updates.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdMax(Object tensor, Object indices, Object updates) {
    return TENSOR_SCATTER_MAX.of(Operands.of(TENSOR_SCATTER_MAX.get(), tensor, indices, updates));
  }

  /// Keeps the greater of the slices that index vectors name and their updates.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// `badIndicesPolicy` is  if not given.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdMax(Object tensor, Object indices, Object updates, String badIndicesPolicy) {
    return TENSOR_SCATTER_MAX.with(TENSOR_SCATTER_MAX.attrs("bad_indices_policy", badIndicesPolicy), Operands.of(TENSOR_SCATTER_MAX.get(), tensor, indices, updates));
  }

  private static final OpRef TENSOR_SCATTER_MIN = OpRef.to("TensorScatterMin");

  /// Keeps the lesser of the slices that index vectors name and their updates.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdMin(Object tensor, Object indices, Object updates) {
    return TENSOR_SCATTER_MIN.of(Operands.of(TENSOR_SCATTER_MIN.get(), tensor, indices, updates));
  }

  /// Keeps the lesser of the slices that index vectors name and their updates.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// `badIndicesPolicy` is  if not given.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdMin(Object tensor, Object indices, Object updates, String badIndicesPolicy) {
    return TENSOR_SCATTER_MIN.with(TENSOR_SCATTER_MIN.attrs("bad_indices_policy", badIndicesPolicy), Operands.of(TENSOR_SCATTER_MIN.get(), tensor, indices, updates));
  }

  private static final OpRef TENSOR_SCATTER_SUB = OpRef.to("TensorScatterSub");

  /// Subtracts updates from the slices that index vectors name.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdSub(Object tensor, Object indices, Object updates) {
    return TENSOR_SCATTER_SUB.of(Operands.of(TENSOR_SCATTER_SUB.get(), tensor, indices, updates));
  }

  /// Subtracts updates from the slices that index vectors name.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// `badIndicesPolicy` is  if not given.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdSub(Object tensor, Object indices, Object updates, String badIndicesPolicy) {
    return TENSOR_SCATTER_SUB.with(TENSOR_SCATTER_SUB.attrs("bad_indices_policy", badIndicesPolicy), Operands.of(TENSOR_SCATTER_SUB.get(), tensor, indices, updates));
  }

  private static final OpRef TENSOR_SCATTER_UPDATE = OpRef.to("TensorScatterUpdate");

  /// Returns a tensor with the slices that index vectors name replaced; the last of equal ones wins.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdUpdate(Object tensor, Object indices, Object updates) {
    return TENSOR_SCATTER_UPDATE.of(Operands.of(TENSOR_SCATTER_UPDATE.get(), tensor, indices, updates));
  }

  /// Returns a tensor with the slices that index vectors name replaced; the last of equal ones wins.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// `badIndicesPolicy` is  if not given.
  ///
  /// Gradient: yes.
  public static Tensor tensorScatterNdUpdate(Object tensor, Object indices, Object updates, String badIndicesPolicy) {
    return TENSOR_SCATTER_UPDATE.with(TENSOR_SCATTER_UPDATE.attrs("bad_indices_policy", badIndicesPolicy), Operands.of(TENSOR_SCATTER_UPDATE.get(), tensor, indices, updates));
  }

  private static final OpRef TENSOR_STRIDED_SLICE_UPDATE = OpRef.to("TensorStridedSliceUpdate");

  /// Returns a tensor with the elements of a strided slice replaced.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Index: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor tensorStridedSliceUpdate(Object input, Object begin, Object end, Object strides, Object value) {
    return TENSOR_STRIDED_SLICE_UPDATE.of(Operands.of(TENSOR_STRIDED_SLICE_UPDATE.get(), input, begin, end, strides, value));
  }

  /// Returns a tensor with the elements of a strided slice replaced.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Index: int32 or int64.
  ///
  /// `beginMask` is 0 if not given.
  ///
  /// `endMask` is 0 if not given.
  ///
  /// `ellipsisMask` is 0 if not given.
  ///
  /// `newAxisMask` is 0 if not given.
  ///
  /// `shrinkAxisMask` is 0 if not given.
  ///
  /// Gradient: yes.
  public static Tensor tensorStridedSliceUpdate(Object input, Object begin, Object end, Object strides, Object value, long beginMask, long endMask, long ellipsisMask, long newAxisMask, long shrinkAxisMask) {
    return TENSOR_STRIDED_SLICE_UPDATE.with(TENSOR_STRIDED_SLICE_UPDATE.attrs("begin_mask", beginMask, "end_mask", endMask, "ellipsis_mask", ellipsisMask, "new_axis_mask", newAxisMask, "shrink_axis_mask", shrinkAxisMask), Operands.of(TENSOR_STRIDED_SLICE_UPDATE.get(), input, begin, end, strides, value));
  }

  private static final OpRef TILE = OpRef.to("Tile");

  /// Repeats the whole tensor multiples[i] times along axis i.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tmultiples: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor tile(Object input, Object multiples) {
    return Operands.call(TILE, input, multiples);
  }

  private static final OpRef TRANSPOSE = OpRef.to("Transpose");

  /// Puts the axes into another order: axis i of the result is axis perm[i] of the input.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types Tperm: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor transpose(Object x, Object perm) {
    return Operands.call(TRANSPOSE, x, perm);
  }

  private static final OpRef TRUNCATE_DIV = OpRef.to("TruncateDiv");

  /// Divides and rounds the quotient towards zero.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; whole numbers have no derivative.
  public static Tensor truncatediv(Object x, Object y) {
    return Operands.call(TRUNCATE_DIV, x, y);
  }

  private static final OpRef TRUNCATE_MOD = OpRef.to("TruncateMod");

  /// Takes the remainder of a division rounded towards zero; it has the sign of the dividend.
  ///
  /// Formula: z = x − trunc(x / y) · y
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor truncatemod(Object x, Object y) {
    return Operands.call(TRUNCATE_MOD, x, y);
  }

  private static final OpRef UNIQUE = OpRef.to("Unique");

  /// Lists the distinct elements in the order of their first occurrence.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_idx: int32 or int64.
  ///
  /// Gradient: none; which elements are equal is not continuous.
  public static Tensor[] unique(Object x) {
    return UNIQUE.all(UNIQUE.get().defaults(), Operands.of(UNIQUE.get(), x));
  }

  /// Lists the distinct elements in the order of their first occurrence.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_idx: int32 or int64.
  ///
  /// Gradient: none; which elements are equal is not continuous.
  public static Tensor[] unique(Object x, DType outIdx) {
    return UNIQUE.all(UNIQUE.attrs("out_idx", outIdx), Operands.of(UNIQUE.get(), x));
  }

  private static final OpRef UNIQUE_WITH_COUNTS = OpRef.to("UniqueWithCounts");

  /// Lists the distinct elements and how often each occurs.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_idx: int32 or int64.
  ///
  /// Gradient: none; which elements are equal is not continuous.
  public static Tensor[] uniqueWithCounts(Object x) {
    return UNIQUE_WITH_COUNTS.all(UNIQUE_WITH_COUNTS.get().defaults(), Operands.of(UNIQUE_WITH_COUNTS.get(), x));
  }

  /// Lists the distinct elements and how often each occurs.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Types out_idx: int32 or int64.
  ///
  /// Gradient: none; which elements are equal is not continuous.
  public static Tensor[] uniqueWithCounts(Object x, DType outIdx) {
    return UNIQUE_WITH_COUNTS.all(UNIQUE_WITH_COUNTS.attrs("out_idx", outIdx), Operands.of(UNIQUE_WITH_COUNTS.get(), x));
  }

  private static final OpRef UNPACK = OpRef.to("Unpack");

  /// Takes a tensor apart along an axis, which disappears.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor[] unstack(Object value, long num) {
    return UNPACK.all(UNPACK.attrs("num", num), Operands.of(UNPACK.get(), value));
  }

  /// Takes a tensor apart along an axis, which disappears.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// `axis` is 0 if not given.
  ///
  /// Gradient: yes.
  public static Tensor[] unstack(Object value, long num, long axis) {
    return UNPACK.all(UNPACK.attrs("num", num, "axis", axis), Operands.of(UNPACK.get(), value));
  }

  private static final OpRef UPPER_BOUND = OpRef.to("UpperBound");

  /// Finds the first place in a sorted row whose element is greater than a value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; places are whole numbers.
  public static Tensor upperBound(Object sortedInputs, Object values) {
    return Operands.call(UPPER_BOUND, sortedInputs, values);
  }

  /// Finds the first place in a sorted row whose element is greater than a value.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types out_type: int32 or int64.
  ///
  /// Gradient: none; places are whole numbers.
  public static Tensor upperBound(Object sortedInputs, Object values, DType outType) {
    return Operands.call(UPPER_BOUND, UPPER_BOUND.attrs("out_type", outType), sortedInputs, values);
  }

  private static final OpRef WHERE = OpRef.to("Where");

  /// Returns the positions of all elements that are true (not zero), one row each, in row-major order.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, complex64 or complex128.
  ///
  /// Gradient: none; positions are whole numbers.
  public static Tensor where(Object input) {
    return Operands.call(WHERE, input);
  }

  private static final OpRef ZEROS_LIKE = OpRef.to("ZerosLike");

  /// Returns zeros (empty strings) of the type and shape of a tensor.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: none; constant in its input.
  public static Tensor zerosLike(Object x) {
    return Operands.call(ZEROS_LIKE, x);
  }
}
