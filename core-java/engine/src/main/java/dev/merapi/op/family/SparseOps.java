package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.mul;

import dev.merapi.kernel.cpu.ScatterCpu;
import dev.merapi.kernel.cpu.SparseCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Sparse tensors, given as indices, values and a shape, meeting dense ones. Neighbours:
/// ScatterOps.
public final class SparseOps {
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef GATHER_ND = OpRef.to("GatherNd");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef SLICE = OpRef.to("Slice");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef SCATTER = OpRef.to("TensorScatterUpdate");
  private static final OpRef PRODUCT = OpRef.to("SparseTensorDenseMatMul");

  private SparseOps() {}

  /// Declares the family.
  public static void load() {}

  /// Checks that indices are rows of `rank` numbers, one for each value.
  private static void checkPlaces(Call c, String indices, String values, int rank) {
    Dims.exactly(c, indices, 2);
    Dims.exactly(c, values, 1);
    Shape i = c.shape(indices);
    Shape v = c.shape(values);
    int n = v.isRankKnown() ? v.dim(0) : -1;
    if (!Shape.of(n, rank).accepts(i)) {
      throw c.fault("Dimensions of " + indices + " " + i + " and " + values + " " + v + " clash")
          .expected("indices of shape " + Shape.of(n, rank))
          .shapeError();
    }
  }

  public static final OpDef ADD =
      op("SparseTensorDenseAdd")
          .says("Adds the values of a sparse tensor to a dense one.")
          .in("a_indices", "Tindices")
          .in("a_values", "T")
          .in("a_shape", "Tindices")
          .in("b", "T")
          .out("output", "T")
          .type("T", NUMBERS)
          .type("Tindices", INDICES)
          .infer(c -> {
            Shape b = c.shape(3);
            checkPlaces(c, "a_indices", "a_values", b.isRankKnown() ? b.rank() : -1);
            sameShapes(c);
            c.out(0, c.in(3).spec());
          })
          .grad(
              keep("a_indices"),
              (g, dy) -> {
                if (g.needs("a_values")) {
                  g.to("a_values", GATHER_ND.of(dy, g.kept("a_indices")));
                }
                g.to("b", dy);
              })
          .cpu(c -> {
            // In a graph the shape may have become known only now.
            sameShapes(c);
            ScatterCpu.onto(c, 3, 0, 1, ScatterCpu.Kind.ADD);
          })
          .cuda("scatter")
          .mustFail(
              "no broadcasting is supported",
              Spec.of(DType.I64, 1, 2),
              Spec.of(DType.F32, 1),
              Spec.of(DType.I64, 2),
              Spec.of(DType.F32, 2, 2))
          .mustFail(
              "a_indices has shape (1,)",
              Spec.of(DType.I64, 1),
              Spec.of(DType.F32, 1),
              Spec.of(DType.I64, 2),
              Spec.of(DType.F32, 0, 0))
          .declare();

  private static void sameShapes(Call c) {
    int[] a = c.constant("a_shape");
    Shape b = c.shape(3);
    if (a != null && !Shape.of(a).accepts(b)) {
      throw c.fault(
              "no broadcasting is supported: sparse side " + Shape.of(a) + " vs dense side " + b)
          .expected("tensors of one shape")
          .shapeError();
    }
  }

  public static final OpDef TO_DENSE =
      op("SparseToDense")
          .says("Makes a dense tensor of given values at given places and a default elsewhere.")
          .in("sparse_indices", "Tindices")
          .in("output_shape", "Tindices")
          .in("sparse_values", "T")
          .in("default_value", "T")
          .out("dense", "T")
          .type("T", ALL)
          .type("Tindices", INDICES)
          .attr("validate_indices", true)
          .infer(c -> {
            Dims.exactly(c, "output_shape", 1);
            Dims.exactly(c, "default_value", 0);
            int[] d = c.constant("output_shape");
            Shape y = d == null ? Dims.unknown(c, "output_shape") : Shape.of(d);
            checkFew(c, y);
            c.out(0, c.dtype("sparse_values"), y);
          })
          .grad(
              keep("sparse_indices"),
              (g, dy) -> {
                Tensor places = vectors(g);
                Shape v = g.shapeOf("sparse_values");
                Tensor there = GATHER_ND.of(dy, places);
                g.to("sparse_values", v.rank() == 0 ? Grads.total(there) : there);
                if (g.needs("default_value")) {
                  Tensor elsewhere = SCATTER.of(dy, places, Grads.mul(there, 0));
                  g.to("default_value", Grads.total(elsewhere));
                }
              })
          .gradientDiffers(
              ".*_same",
              "TensorFlow gives as many gradients as places, though all have one value in common")
          .cpu(SparseCpu::toDense)
          .cuda("scatter")
          .mustFail(
              "output_shape has shape ()",
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32),
              Spec.of(DType.F32, 1),
              Spec.of(DType.F32))
          .declare();

  /// Checks indices that may be a number, a list of numbers or rows of them.
  private static void checkFew(Call c, Shape y) {
    Shape i = c.shape("sparse_indices");
    Shape v = c.shape("sparse_values");
    if (!i.isRankKnown() || !v.isRankKnown()) {
      return;
    }
    int n = i.rank() == 0 ? 1 : i.dim(0);
    int rank = i.rank() < 2 ? 1 : i.dim(1);
    boolean values = v.rank() == 0 || v.rank() == 1 && (n < 0 || v.dim(0) < 0 || v.dim(0) == n);
    if (i.rank() > 2 || !values || y.isRankKnown() && rank >= 0 && rank != y.rank()) {
      throw c.fault(
              "sparse_indices "
                  + i
                  + " and sparse_values "
                  + v
                  + " do not describe elements of shape "
                  + y)
          .expected("a row of indices for each value, as long as output_shape")
          .shapeError();
    }
  }

  /// Returns the indices as rows, whatever their form.
  private static Tensor vectors(Grad g) {
    Tensor i = g.kept("sparse_indices");
    return i.rank() == 2 ? i : RESHAPE.of(i, Values.ints(-1, 1));
  }

  public static final OpDef MATRIX_PRODUCT =
      op("SparseTensorDenseMatMul")
          .says("Multiplies a sparse matrix by a dense one.")
          .formula("y = a·b, of either the conjugate transpose if asked for")
          .in("a_indices", "Tindices")
          .in("a_values", "T")
          .in("a_shape", DType.I64)
          .in("b", "T")
          .out("product", "T")
          .type("T", NUMBERS.without(Types.of(DType.I8, DType.I16).and(Types.UNSIGNED)))
          .type("Tindices", INDICES, DType.I64)
          .attr("adjoint_a", false)
          .attr("adjoint_b", false)
          .infer(c -> c.out(0, c.dtype("b"), product(c)))
          .grad(keep("a_indices", "a_values", "a_shape", "b"), SparseOps::productGradient)
          .cpu(SparseCpu::product)
          .cuda("gemm")
          .accurate(-1, -1)
          .mustFail(
              "inner dimensions 0 and 3 differ",
              Spec.of(DType.I64, 1, 2),
              Spec.of(DType.F32, 1),
              Spec.of(DType.I64, 2),
              Spec.of(DType.F32, 3, 2))
          .mustFail(
              "b has shape (3,)",
              Spec.of(DType.I64, 1, 2),
              Spec.of(DType.F32, 1),
              Spec.of(DType.I64, 2),
              Spec.of(DType.F32, 3))
          .declare();

  private static Shape product(Call c) {
    checkPlaces(c, "a_indices", "a_values", 2);
    Dims.exactly(c, "b", 2);
    if (!Shape.of(2).accepts(c.shape("a_shape"))) {
      throw c.fault("a_shape has shape " + c.shape("a_shape") + " but must hold two sizes")
          .expected("rows and columns")
          .shapeError();
    }
    int[] a = c.constant("a_shape");
    Shape b = c.shape("b");
    boolean turnA = c.attrs.b("adjoint_a");
    boolean turnB = c.attrs.b("adjoint_b");
    int rows = a == null ? -1 : a[turnA ? 1 : 0];
    int inner = a == null ? -1 : a[turnA ? 0 : 1];
    int own = b.isRankKnown() ? b.dim(turnB ? 1 : 0) : -1;
    if (inner >= 0 && own >= 0 && inner != own) {
      throw c.fault(
              "Cannot multiply A and B because inner dimensions "
                  + inner
                  + " and "
                  + own
                  + " differ")
          .expected("as many columns of a as rows of b")
          .shapeError();
    }
    return Shape.of(rows, b.isRankKnown() ? b.dim(turnB ? 0 : 1) : -1);
  }

  private static void productGradient(Grad g, Tensor dy) {
    boolean turnA = g.attrs().b("adjoint_a");
    boolean turnB = g.attrs().b("adjoint_b");
    Tensor indices = g.kept("a_indices");
    if (g.needs("b")) {
      Tensor db =
          PRODUCT.with(
              PRODUCT.attrs("adjoint_a", !turnA),
              indices,
              g.kept("a_values"),
              g.kept("a_shape"),
              dy);
      g.to("b", turnB ? conj(TRANSPOSE.of(db, Values.ints(1, 0))) : db);
    }
    if (g.needs("a_values")) {
      Tensor b = g.kept("b");
      Tensor zero = Values.scalar(0);
      Tensor columns = turnB ? TRANSPOSE.of(b, Values.ints(1, 0)) : conj(b);
      Tensor left = GATHER.of(dy, column(indices, turnA ? 1 : 0), zero);
      Tensor right = GATHER.of(columns, column(indices, turnA ? 0 : 1), zero);
      Tensor da = SUM.of(mul(left, right), Values.ints(1));
      g.to("a_values", turnA ? conj(da) : da);
    }
  }

  private static Tensor column(Tensor indices, int i) {
    return RESHAPE.of(SLICE.of(indices, Values.ints(0, i), Values.ints(-1, 1)), Values.ints(-1));
  }
}
