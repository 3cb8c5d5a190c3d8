package dev.merapi.facade;

import dev.merapi.eager.Variable;
import dev.merapi.graph.OwnGradient;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Scope;
import dev.merapi.op.Context;
import dev.merapi.op.Index;
import dev.merapi.op.Literals;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Recorder;
import dev.merapi.op.Registry;
import dev.merapi.op.Slicing;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The functions of `tf` that are more than one operation, or that a Java caller wants in another
/// form.
public abstract class TfApi extends FunctionApi {
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef RANGE = OpRef.to("Range");
  private static final OpRef SPLIT = OpRef.to("Split");
  private static final OpRef SPLIT_V = OpRef.to("SplitV");
  private static final OpRef UNPACK = OpRef.to("Unpack");
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef PAD_V2 = OpRef.to("PadV2");
  private static final OpRef MIRROR_PAD = OpRef.to("MirrorPad");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef WHERE = OpRef.to("Where");
  private static final OpRef TILE = OpRef.to("Tile");
  private static final OpRef ADD_N = OpRef.to("AddN");
  private static final OpRef MATMUL = OpRef.to("MatMul");
  private static final OpRef BATCH_MATMUL = OpRef.to("BatchMatMulV2");
  private static final OpRef EINSUM = OpRef.to("Einsum");
  private static final OpRef ONE_HOT = OpRef.to("OneHot");

  protected TfApi() {}

  /// Makes a tensor from a number, an array of any rank, a buffer or nested lists.
  ///
  /// Types: `int` gives int32, `float` and `double` literals float32, `double[]` float64, `long`
  /// int64, text string.
  public static Tensor constant(Object value) {
    return Literals.of(value);
  }

  public static Tensor constant(Object value, DType dtype) {
    return Literals.of(value, dtype);
  }

  /// Makes a tensor of the given shape; a single number fills it.
  public static Tensor constant(Object value, @Nullable DType dtype, int... shape) {
    return Literals.of(value, dtype, Shape.of(shape));
  }

  /// Returns tensors unchanged and anything else as [#constant] does.
  public static Tensor convertToTensor(Object value) {
    return Literals.of(value);
  }

  public static Tensor convertToTensor(Object value, DType dtype) {
    return Literals.of(value, dtype);
  }

  /// Makes a trainable variable called `Variable`.
  public static Variable variable(Object initialValue) {
    return new Variable(initialValue);
  }

  public static Tensor zeros(int... shape) {
    return Values.filled(new Spec(DType.F32, Shape.of(shape)), 0);
  }

  public static Tensor zeros(int[] shape, DType dtype) {
    return Values.filled(new Spec(dtype, Shape.of(shape)), 0);
  }

  public static Tensor ones(int... shape) {
    return Values.filled(new Spec(DType.F32, Shape.of(shape)), 1);
  }

  public static Tensor ones(int[] shape, DType dtype) {
    return Values.filled(new Spec(dtype, Shape.of(shape)), 1);
  }

  /// Returns the identity matrix of float32.
  public static Tensor eye(int rows) {
    return eye(rows, rows, DType.F32);
  }

  public static Tensor eye(int rows, int columns, DType dtype) {
    Tensor t = Values.filled(Spec.of(dtype, rows, columns), 0);
    for (int i = 0; i < Math.min(rows, columns); i++) {
      Values.put(t.segment(), dtype, (long) i * columns + i, 1);
    }
    return t;
  }

  /// Returns 0, 1, … below `limit`.
  public static Tensor range(Object limit) {
    return range(0, limit, 1);
  }

  public static Tensor range(Object start, Object limit) {
    return range(start, limit, 1);
  }

  public static Tensor range(Object start, Object limit, Object delta) {
    Tensor[] in = {Literals.of(start), Literals.of(limit), Literals.of(delta)};
    DType widest = DType.I32;
    for (Tensor t : in) {
      widest = rankOf(t.dtype()) > rankOf(widest) ? t.dtype() : widest;
    }
    for (int i = 0; i < in.length; i++) {
      in[i] = cast(in[i], widest);
    }
    return RANGE.of(in);
  }

  private static int rankOf(DType d) {
    return switch (d) {
      case I32 -> 0;
      case I64 -> 1;
      case F32 -> 2;
      case F64 -> 3;
      default -> -1;
    };
  }

  public static Tensor cast(Object x, DType dtype) {
    Tensor t = Literals.of(x);
    return t.dtype() == dtype ? t : CAST.with(CAST.attrs("DstT", dtype), t);
  }

  /// Gives the elements another shape; one axis may be -1 and is then computed.
  public static Tensor reshape(Object x, int... shape) {
    return RESHAPE.of(Literals.of(x), Values.ints(shape));
  }

  /// Turns the order of all axes around.
  public static Tensor transpose(Object x) {
    Tensor t = Literals.of(x);
    int[] perm = new int[t.rank()];
    for (int i = 0; i < perm.length; i++) {
      perm[i] = perm.length - 1 - i;
    }
    return TRANSPOSE.of(t, Values.ints(perm));
  }

  /// Puts the axes into the given order.
  public static Tensor transpose(Object x, int... perm) {
    return TRANSPOSE.of(Literals.of(x), Values.ints(perm));
  }

  /// Repeats the tensor along every axis.
  public static Tensor tile(Object x, int... multiples) {
    return TILE.of(Literals.of(x), Values.ints(multiples));
  }

  /// Cuts a tensor into `parts` equal pieces along an axis.
  public static List<Tensor> split(Object value, int parts, int axis) {
    return List.of(
        SPLIT.all(SPLIT.attrs("num_split", parts), Values.scalar(axis), Literals.of(value)));
  }

  /// Cuts a tensor into pieces of the given sizes along an axis; one size may be -1.
  public static List<Tensor> split(Object value, int[] sizes, int axis) {
    return List.of(
        SPLIT_V.all(
            SPLIT_V.attrs("num_split", sizes.length),
            Literals.of(value),
            Values.ints(sizes),
            Values.scalar(axis)));
  }

  /// Joins tensors along a new axis.
  public static Tensor stack(List<?> values, int axis) {
    return PACK.with(PACK.attrs("axis", axis), Operands.of(PACK.get(), values));
  }

  /// Takes a tensor apart along an axis.
  public static List<Tensor> unstack(Object value, int axis) {
    Tensor t = Literals.of(value);
    int n = t.shape().dim(t.shape().axis("tf.unstack", axis));
    return List.of(UNPACK.all(UNPACK.attrs("num", n, "axis", axis), t));
  }

  /// Surrounds a tensor with zeros: `paddings[i]` holds how many go before and after axis i.
  public static Tensor pad(Object x, int[][] paddings) {
    return pad(x, paddings, "CONSTANT", 0);
  }

  /// @param mode `CONSTANT`, `REFLECT` or `SYMMETRIC`
  public static Tensor pad(Object x, int[][] paddings, String mode, Object constantValue) {
    Tensor t = Literals.of(x);
    Tensor p = Literals.of(paddings);
    return mode.equalsIgnoreCase("CONSTANT")
        ? PAD_V2.of(t, p, Literals.like(constantValue, t))
        : MIRROR_PAD.with(MIRROR_PAD.attrs("mode", mode.toUpperCase(java.util.Locale.ROOT)), t, p);
  }

  /// Picks rows (or slices along `axis`) by number.
  public static Tensor gather(Object params, Object indices) {
    return gather(params, indices, 0, 0);
  }

  public static Tensor gather(Object params, Object indices, int axis) {
    return gather(params, indices, axis, 0);
  }

  public static Tensor gather(Object params, Object indices, int axis, int batchDims) {
    return GATHER.with(
        GATHER.attrs("batch_dims", batchDims),
        Literals.of(params),
        Literals.of(indices),
        Values.scalar(axis));
  }

  /// Returns the positions of the true elements, one row each.
  public static Tensor where(Object condition) {
    return WHERE.of(Literals.of(condition));
  }

  /// Keeps the slices of `x` for which the mask is true; the mask covers the first axes.
  public static Tensor booleanMask(Object x, Object mask) {
    return Slicing.booleanMask(Literals.of(x), Literals.of(mask), 0);
  }

  /// Returns a part of a tensor, as NumPy's `x[…]` does.
  public static Tensor index(Object x, Index... parts) {
    return Slicing.index(Literals.of(x), parts);
  }

  /// Returns a part of a tensor, written as in NumPy: `"1:, ::2"`, `"..., newaxis, -1"`.
  public static Tensor index(Object x, String parts) {
    return Slicing.index(Literals.of(x), parts);
  }

  /// Returns vectors with a 1 at the given place: float32, new last axis.
  public static Tensor oneHot(Object indices, int depth) {
    return ONE_HOT.of(
        Literals.of(indices), Values.scalar(depth), Values.scalar(1f), Values.scalar(0f));
  }

  /// Returns coordinate grids of vectors, with x along columns (`xy` indexing).
  public static List<Tensor> meshgrid(Object... vectors) {
    return Compose.meshgrid(true, vectors);
  }

  /// @param indexing `xy` or `ij`
  public static List<Tensor> meshgridOf(String indexing, Object... vectors) {
    return Compose.meshgrid(!indexing.equals("ij"), vectors);
  }

  /// Multiplies matrices, or stacks of matrices with broadcasting.
  public static Tensor matmul(Object a, Object b) {
    return matmul(a, b, false, false);
  }

  public static Tensor matmul(Object a, Object b, boolean transposeA, boolean transposeB) {
    Tensor[] in = Operands.of(MATMUL.get(), a, b);
    return in[0].rank() <= 2 && in[1].rank() <= 2
        ? MATMUL.with(MATMUL.attrs("transpose_a", transposeA, "transpose_b", transposeB), in)
        : BATCH_MATMUL.with(BATCH_MATMUL.attrs("adj_x", transposeA, "adj_y", transposeB), in);
  }

  /// Sums products of tensors over named axes: `tf.einsum("ij,jk->ik", a, b)`.
  public static Tensor einsum(String equation, Object... tensors) {
    return EINSUM.with(
        EINSUM.attrs("equation", equation), Operands.of(EINSUM.get(), List.of(tensors)));
  }

  /// Adds tensors of one shape.
  ///
  /// Fails: `ValueError` for an empty list.
  public static Tensor addN(List<?> tensors) {
    if (tensors.isEmpty()) {
      throw Message.what("tf.addN: the list is empty").expected("at least one tensor").valueError();
    }
    return ADD_N.of(Operands.of(ADD_N.get(), tensors));
  }

  private static Tensor fold(OpRef op, Object x, int @Nullable [] axis, boolean keepdims) {
    Tensor t = Literals.of(x);
    int[] a = axis == null ? Compose.allAxes(t) : axis;
    return op.with(op.attrs("keep_dims", keepdims), t, Values.ints(a));
  }

  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef MEAN = OpRef.to("Mean");
  private static final OpRef PROD = OpRef.to("Prod");
  private static final OpRef MAX = OpRef.to("Max");
  private static final OpRef MIN = OpRef.to("Min");
  private static final OpRef ANY = OpRef.to("Any");
  private static final OpRef ALL = OpRef.to("All");

  /// Adds up all elements.
  public static Tensor reduceSum(Object x) {
    return fold(SUM, x, null, false);
  }

  /// Adds up along the given axes, which go away.
  public static Tensor reduceSum(Object x, int... axis) {
    return fold(SUM, x, axis, false);
  }

  public static Tensor reduceSum(Object x, int[] axis, boolean keepdims) {
    return fold(SUM, x, axis, keepdims);
  }

  /// Returns the mean of all elements.
  public static Tensor reduceMean(Object x) {
    return fold(MEAN, x, null, false);
  }

  public static Tensor reduceMean(Object x, int... axis) {
    return fold(MEAN, x, axis, false);
  }

  public static Tensor reduceMean(Object x, int[] axis, boolean keepdims) {
    return fold(MEAN, x, axis, keepdims);
  }

  /// Multiplies all elements.
  public static Tensor reduceProd(Object x) {
    return fold(PROD, x, null, false);
  }

  public static Tensor reduceProd(Object x, int... axis) {
    return fold(PROD, x, axis, false);
  }

  public static Tensor reduceProd(Object x, int[] axis, boolean keepdims) {
    return fold(PROD, x, axis, keepdims);
  }

  /// Returns the largest element.
  public static Tensor reduceMax(Object x) {
    return fold(MAX, x, null, false);
  }

  public static Tensor reduceMax(Object x, int... axis) {
    return fold(MAX, x, axis, false);
  }

  public static Tensor reduceMax(Object x, int[] axis, boolean keepdims) {
    return fold(MAX, x, axis, keepdims);
  }

  /// Returns the smallest element.
  public static Tensor reduceMin(Object x) {
    return fold(MIN, x, null, false);
  }

  public static Tensor reduceMin(Object x, int... axis) {
    return fold(MIN, x, axis, false);
  }

  public static Tensor reduceMin(Object x, int[] axis, boolean keepdims) {
    return fold(MIN, x, axis, keepdims);
  }

  /// Tells whether any element is true.
  public static Tensor reduceAny(Object x) {
    return fold(ANY, x, null, false);
  }

  public static Tensor reduceAny(Object x, int... axis) {
    return fold(ANY, x, axis, false);
  }

  /// Tells whether all elements are true.
  public static Tensor reduceAll(Object x) {
    return fold(ALL, x, null, false);
  }

  public static Tensor reduceAll(Object x, int... axis) {
    return fold(ALL, x, axis, false);
  }

  /// Shrinks a tensor to at most the given length (Euclidean norm), keeping its direction.
  public static Tensor clipByNorm(Object t, double clipNorm) {
    Tensor x = Literals.of(t);
    return Compose.clipByNorm(x, clipNorm, Compose.allAxes(x));
  }

  /// Returns the length of all tensors taken together; null ones count for nothing.
  public static Tensor globalNorm(List<? extends @Nullable Tensor> tensors) {
    return Compose.globalNorm(tensors);
  }

  /// Shrinks tensors together so that their common length is at most `clipNorm`; null stays null.
  ///
  /// Where that length is not finite, all become NaN.
  public static <T extends @Nullable Tensor> List<T> clipByGlobalNorm(
      List<T> tensors, double clipNorm) {
    return Compose.clipByGlobalNorm(tensors, clipNorm, Compose.globalNorm(tensors));
  }

  /// Carries out an operation under its name in TensorFlow's graph files; unnamed attributes keep
  /// their defaults.
  public static List<Tensor> rawOp(String name, Map<String, ?> attributes, Object... inputs) {
    OpDef op = Registry.find(name);
    return List.of(op.all(op.attrs(attributes), Operands.of(op, inputs)));
  }

  /// What a function with a gradient of its own gives: its results, and the way back.
  public record WithGradient(Tensor[] outputs, Recorder.CustomGradient gradient) {}

  /// Runs `body` on `inputs` and lets its own gradient stand for it.
  ///
  /// The gradient gets what arrives at each output and returns one gradient for each input; null
  /// where none flows.
  public static Tensor customGradient(Function<Tensor[], WithGradient> body, Object... inputs) {
    Tensor[] in = new Tensor[inputs.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = Literals.of(inputs[i]);
    }
    Context context = Context.get();
    Recorder recorder = context.recorder();
    WithGradient made;
    context.setRecorder(null);
    try {
      made = body.apply(in);
    } finally {
      context.setRecorder(recorder);
    }
    if (context.executor() instanceof Tracer tracer) {
      return OwnGradient.write(tracer, in, made.outputs(), made.gradient())[0];
    }
    if (recorder != null) {
      recorder.recordCustom("customGradient", in, made.outputs(), made.gradient());
    }
    return made.outputs()[0];
  }

  /// Prints values to stderr at every call: tensors by their content, long ones cut.
  public static void print(Object... values) {
    TextApi.print(values);
  }

  /// Runs `body` and gives back the memory of all tensors made inside, except the one it returns.
  public static Tensor tensorScope(Supplier<Tensor> body) {
    try (Scope scope = Scope.open()) {
      return scope.keep(body.get());
    }
  }
}
