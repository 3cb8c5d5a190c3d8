package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.family.Grads.conj;

import dev.merapi.kernel.cpu.MatMulCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Products of matrices. Neighbours: EinsumOps (products in index notation), SolveOps (equations).
public final class MatMulOps {
  private static final OpRef MUL2 = OpRef.to("MatMul");
  private static final OpRef BATCH = OpRef.to("BatchMatMulV2");

  private static final Spec TWO_BY_THREE = Spec.of(DType.F32, 2, 3);

  private MatMulOps() {}

  /// Declares the family; all is done by the class's own start.
  public static void load() {}

  public static final OpDef MAT_MUL =
      op("MatMul")
          .says("Multiplies two matrices.")
          .formula("y = a·b, each side transposed first if asked")
          .source("BLAS level 3, gemm")
          .in("a", "T")
          .in("b", "T")
          .out("product", "T")
          .attr("transpose_a", false)
          .attr("transpose_b", false)
          .type("T", NUMBERS)
          .attr("grad_a", false)
          .attr("grad_b", false)
          .infer(MatMulOps::inferMatMul)
          .grad(keep("a", "b"), MatMulOps::matMulGradient)
          .cpu(MatMulCpu::matMul)
          .cuda("gemm")
          .accurate(-1, -1)
          .mustFail(
              "Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]", TWO_BY_THREE, TWO_BY_THREE)
          .mustFail(
              "In[0] and In[1] has different ndims: [2] vs. [2,3]",
              Spec.of(DType.F32, 2),
              TWO_BY_THREE)
          .api("linalg.matmul")
          .declare();

  static void inferMatMul(Call c) {
    Shape a = c.shape(0);
    Shape b = c.shape(1);
    if (a.isRankKnown() && a.rank() != 2 || b.isRankKnown() && b.rank() != 2) {
      throw c.fault("In[0] and In[1] has different ndims: " + a.brackets() + " vs. " + b.brackets())
          .expected("two matrices")
          .fix("use tf.matmul, which takes stacks of matrices, or reshape to rank 2")
          .shapeError();
    }
    boolean ta = c.attrs.b("transpose_a");
    boolean tb = c.attrs.b("transpose_b");
    inner(c, size(a, ta ? 0 : 1), size(b, tb ? 1 : 0));
    c.out(0, c.dtype(0), Shape.of(size(a, ta ? 1 : 0), size(b, tb ? 0 : 1)));
  }

  private static int size(Shape s, int axis) {
    return s.isRankKnown() ? s.dim(axis) : Shape.UNKNOWN_SIZE;
  }

  private static void inner(Call c, int ka, int kb) {
    if (ka >= 0 && kb >= 0 && ka != kb) {
      throw c.fault(
              "Matrix size-incompatible: In[0]: "
                  + c.shape(0).brackets()
                  + ", In[1]: "
                  + c.shape(1).brackets())
          .expected("as many columns of the first as rows of the second, here " + ka + " and " + kb)
          .fix("transpose one side, for example with transpose_b")
          .shapeError();
    }
  }

  private static Tensor times(Tensor a, Tensor b, boolean ta, boolean tb) {
    return MUL2.with(MUL2.attrs("transpose_a", ta, "transpose_b", tb), a, b);
  }

  private static void matMulGradient(Grad g, Tensor dy) {
    boolean ta = g.attrs().b("transpose_a");
    boolean tb = g.attrs().b("transpose_b");
    if (g.needs("a")) {
      Tensor b = conj(g.kept("b"));
      g.to("a", ta ? times(b, dy, tb, true) : times(dy, b, false, !tb));
    }
    if (g.needs("b")) {
      Tensor a = conj(g.kept("a"));
      g.to("b", tb ? times(dy, a, true, ta) : times(a, dy, !ta, false));
    }
  }

  private static OpBuilder batch(String name) {
    return op(name)
        .says("Multiplies two stacks of matrices; leading axes broadcast.")
        .formula("y = x·y for each pair, each side transposed and conjugated first if asked")
        .source("BLAS level 3, gemm")
        .in("x", "T")
        .in("y", "T")
        .out("output", "T")
        .type("T", NUMBERS)
        .attr("adj_x", false)
        .attr("adj_y", false)
        .attr("grad_x", false)
        .attr("grad_y", false)
        .infer(c -> inferBatch(c, c.dtype(0)))
        .grad(keep("x", "y"), MatMulOps::batchGradient)
        .cpu(MatMulCpu::batch)
        .cuda("gemm")
        .accurate(-1, -1)
        .mustFail(
            "Matrix size-incompatible: In[0]: [2,2,3], In[1]: [2,2,3]",
            Spec.of(DType.F32, 2, 2, 3),
            Spec.of(DType.F32, 2, 2, 3));
  }

  public static final OpDef BATCH_MAT_MUL = batch("BatchMatMul").declare();

  public static final OpDef BATCH_MAT_MUL_V2 =
      batch("BatchMatMulV2")
          .mustFail(
              "must have compatible batch dimensions: [2,2,3] vs. [3,3,2]",
              Spec.of(DType.F32, 2, 2, 3),
              Spec.of(DType.F32, 3, 3, 2))
          .declare();

  public static final OpDef BATCH_MAT_MUL_V3 =
      op("BatchMatMulV3")
          .says("Multiplies two stacks of matrices of possibly different types into a third type.")
          .formula("y = x·y for each pair, each side transposed and conjugated first if asked")
          .in("x", "Ta")
          .in("y", "Tb")
          .out("output", "Tout")
          .type("Ta", NUMBERS)
          .type("Tb", NUMBERS)
          .type("Tout", NUMBERS, DType.I32)
          .attr("adj_x", false)
          .attr("adj_y", false)
          .attr("grad_x", false)
          .attr("grad_y", false)
          .infer(c -> {
            DType out = c.type("Tout");
            boolean same = c.dtype(0) == c.dtype(1) && c.dtype(0) == out;
            boolean whole = c.dtype(0).isInteger() && c.dtype(1).isInteger() && out.isInteger();
            if (!same && !whole) {
              throw c.fault("types " + c.dtype(0) + " and " + c.dtype(1) + " do not give " + out)
                  .expected("one type for all, or integers that give integers")
                  .typeError();
            }
            inferBatch(c, out);
          })
          .grad(keep("x", "y"), MatMulOps::batchGradient)
          .cpu(MatMulCpu::batch)
          .cuda("gemm")
          .accurate(-1, -1)
          .declare();

  private static void inferBatch(Call c, DType out) {
    Shape x = c.shape(0);
    Shape y = c.shape(1);
    if (!x.isRankKnown() || !y.isRankKnown()) {
      c.out(0, out, Shape.UNKNOWN);
      return;
    }
    if (x.rank() < 2 || y.rank() < 2) {
      throw c.fault(
              "In["
                  + (x.rank() < 2 ? 0 : 1)
                  + "] ndims must be >= 2: "
                  + (x.rank() < 2 ? x : y).rank())
          .expected("matrices or stacks of matrices")
          .shapeError();
    }
    boolean ax = c.attrs.b("adj_x");
    boolean ay = c.attrs.b("adj_y");
    inner(c, x.dim(ax ? -2 : -1), y.dim(ay ? -1 : -2));
    int rank = Math.max(x.rank(), y.rank());
    int[] d = new int[rank];
    for (int i = 0; i < rank - 2; i++) {
      int p = i - (rank - x.rank());
      int q = i - (rank - y.rank());
      int a = p < 0 ? 1 : x.dim(p);
      int b = q < 0 ? 1 : y.dim(q);
      if (a >= 0 && b >= 0 && a != b && a != 1 && b != 1) {
        throw c.fault(
                "In[0] and In[1] must have compatible batch dimensions: "
                    + x.brackets()
                    + " vs. "
                    + y.brackets())
            .expected("leading axes equal from the right, or one of them 1")
            .shapeError();
      }
      d[i] = a == 1 ? b : b == 1 ? a : Math.max(a, b);
    }
    d[rank - 2] = x.dim(ax ? -1 : -2);
    d[rank - 1] = y.dim(ay ? -2 : -1);
    c.out(0, out, Shape.ofOwned(d));
  }

  /// Returns the product of two stacks, each side adjoint if asked.
  static Tensor stacked(Tensor x, Tensor y, boolean adjX, boolean adjY) {
    return BATCH.with(BATCH.attrs("adj_x", adjX, "adj_y", adjY), x, y);
  }

  private static void batchGradient(Grad g, Tensor dy) {
    boolean ax = g.attrs().b("adj_x");
    boolean ay = g.attrs().b("adj_y");
    if (g.needs("x")) {
      Tensor y = g.kept("y");
      Tensor dx = ax ? stacked(y, dy, ay, true) : stacked(dy, y, false, !ay);
      g.to("x", Grads.unbroadcast(dx, g, "x"));
    }
    if (g.needs("y")) {
      Tensor x = g.kept("x");
      Tensor d = ay ? stacked(dy, x, true, ax) : stacked(x, dy, !ax, false);
      g.to("y", Grads.unbroadcast(d, g, "y"));
    }
  }
}
