package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS_COMPLEX;
import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.MatMulOps.stacked;

import dev.merapi.kernel.cpu.SolveCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Equations and determinants of square matrices. Neighbours: MatMulOps, SpectralOps (eigenvalues
/// and the like).
public final class SolveOps {
  private static final OpRef INVERSE = OpRef.to("MatrixInverse");
  private static final OpRef SOLVE = OpRef.to("MatrixSolve");
  private static final OpRef TRIANGULAR = OpRef.to("MatrixTriangularSolve");
  private static final OpRef EQUAL = OpRef.to("Equal");
  private static final OpRef GREATER = OpRef.to("Greater");
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");

  static final String ON_HOST = "none: decompositions are small and stay on the host";

  private static final Types T = FLOATS_COMPLEX;
  private static final Spec WIDE = Spec.of(DType.F32, 2, 3);

  private SolveOps() {}

  /// Declares the family; all is done by the class's own start.
  public static void load() {}

  /// Refuses stacks whose matrices are not square.
  static void square(Call c) {
    Shape x = c.shape(0);
    if (!x.isRankKnown()) {
      return;
    }
    if (x.rank() < 2) {
      throw c.fault("Input must be at least rank 2, got shape " + x.brackets())
          .expected("a matrix or a stack of matrices")
          .shapeError();
    }
    int m = x.dim(-2);
    int n = x.dim(-1);
    if (m >= 0 && n >= 0 && m != n) {
      throw c.fault("Input matrix must be square.")
          .expected("as many rows as columns, here " + m + " and " + n)
          .shapeError();
    }
  }

  private static Shape stack(Shape x) {
    return x.isRankKnown() ? Shape.of(Arrays.copyOf(x.dims(), x.rank() - 2)) : Shape.UNKNOWN;
  }

  /// Returns the conjugate transposes of a stack.
  static Tensor adjoint(Tensor x) {
    int r = x.rank();
    int[] order = new int[r];
    for (int i = 0; i < r; i++) {
      order[i] = i < r - 2 ? i : 2 * r - 3 - i;
    }
    return conj(TRANSPOSE.of(x, Values.ints(order)));
  }

  /// Returns a matrix that is `below` under the diagonal, `on` it and `above` it, to multiply
  /// stacks with.
  static Tensor mask(Tensor like, double below, double on, double above) {
    int n = like.shape().dim(-1);
    DType d = like.dtype();
    if (n < 0) {
      Tensor row = Sizes.upTo(Sizes.axis(like, -1));
      Tensor column = Sizes.behind(row, 1);
      Tensor upper =
          Grads.select(EQUAL.of(column, row), Grads.number(like, on), Grads.number(like, above));
      return Grads.select(GREATER.of(column, row), Grads.number(like, below), upper);
    }
    Tensor m = Values.filled(Spec.of(d, n, n), 0);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        Values.put(m.segment(), d, (long) i * n + k, i > k ? below : i == k ? on : above);
      }
    }
    return m;
  }

  private static OpBuilder matrices(String name) {
    return op(name)
        .cuda(ON_HOST)
        .accurate(1024, 1 << 20)
        .mustFail("Input matrix must be square.", WIDE);
  }

  public static final OpDef MATRIX_INVERSE =
      matrices("MatrixInverse")
          .says("Inverts square matrices, or their adjoints.")
          .formula("x·y = 1")
          .source("Golub and Van Loan, Matrix Computations, §3.4")
          .in("input", "T")
          .out("output", "T")
          .attr("adjoint", false)
          .type("T", T)
          .infer(c -> {
            square(c);
            c.out(0, c.in(0).spec());
          })
          .grad(
              keep("output"),
              (g, dy) -> {
                Tensor y = g.kept("output");
                boolean adjoint = g.attrs().b("adjoint");
                // With the adjoint the result is the inverse's, and so is the derivative.
                Tensor d =
                    adjoint
                        ? stacked(y, stacked(dy, y, true, false), false, false)
                        : stacked(y, stacked(dy, y, false, true), true, false);
                g.to("input", neg(d));
              })
          .cpu(SolveCpu::inverse)
          .mustFail("Input is not invertible.", Spec.of(DType.F32, 2, 2))
          .api("linalg.inv")
          .declare();

  public static final OpDef MATRIX_DETERMINANT =
      matrices("MatrixDeterminant")
          .says("Takes the determinants of square matrices.")
          .formula("y = det x")
          .in("input", "T")
          .out("output", "T")
          .type("T", T)
          .infer(c -> {
            square(c);
            c.out(0, c.dtype(0), stack(c.shape(0)));
          })
          .grad(
              keep("input", "output"),
              (g, dy) ->
                  g.to(
                      "input", mul(onMatrices(mul(dy, conj(g.kept("output")))), adjointInverse(g))))
          .cpu(SolveCpu::determinant)
          .api("linalg.det")
          .gradientDiffers(
              "complex.*",
              "TensorFlow leaves out the conjugate in the gradient of complex numbers; differences"
                  + " agree with ours")
          .declare();

  private static Tensor adjointInverse(Grad g) {
    return INVERSE.with(INVERSE.attrs("adjoint", true), g.kept("input"));
  }

  /// Puts two axes of size 1 behind, so that one number meets a whole matrix.
  private static Tensor onMatrices(Tensor x) {
    return Sizes.behind(x, 2);
  }

  public static final OpDef LOG_MATRIX_DETERMINANT =
      matrices("LogMatrixDeterminant")
          .says("Takes signs and logarithms of the sizes of determinants; neither overflows.")
          .formula("det x = sign · exp(log_abs_determinant)")
          .in("input", "T")
          .out("sign", "T")
          .out("log_abs_determinant", "T")
          .type("T", T)
          .infer(c -> {
            square(c);
            Shape s = stack(c.shape(0));
            c.out(0, c.dtype(0), s);
            c.out(1, c.dtype(0), s);
          })
          .grad(
              keep("input"),
              (g, dy) -> {
                Tensor log = g.dy(1);
                if (log != null) {
                  g.to("input", mul(onMatrices(log), adjointInverse(g)));
                }
              })
          .cpu(SolveCpu::logDeterminant)
          .api("linalg.slogdet")
          .declare();

  public static final OpDef CHOLESKY =
      matrices("Cholesky")
          .says("Decomposes positive definite matrices into a lower triangle and its adjoint.")
          .formula("x = y·yᴴ")
          .source("Golub and Van Loan, §4.2; gradient: Murray, arXiv:1602.07527")
          .in("input", "T")
          .out("output", "T")
          .type("T", T)
          .infer(c -> {
            square(c);
            c.out(0, c.in(0).spec());
          })
          .grad(
              keep("output"),
              (g, dy) -> {
                Tensor l = g.kept("output");
                Tensor middle = mul(stacked(l, dy, true, false), mask(l, 1, 0.5, 0));
                Tensor inverse = TRIANGULAR.of(l, mask(l, 0, 1, 0));
                Tensor d = stacked(stacked(inverse, middle, true, false), inverse, false, false);
                g.to("input", mul(add(d, adjoint(d)), 0.5));
              })
          .cpu(SolveCpu::cholesky)
          .mustFail("Cholesky decomposition was not successful.", Spec.of(DType.F32, 2, 2))
          .api("linalg.cholesky")
          .declare();

  public static final OpDef MATRIX_SOLVE =
      matrices2("MatrixSolve")
          .says("Solves systems of linear equations.")
          .formula("matrix·y = rhs")
          .source("Golub and Van Loan, §3.4")
          .attr("adjoint", false)
          .type("T", T)
          .infer(c -> {
            square(c);
            Shape a = c.shape(0);
            Shape b = c.shape(1);
            if (a.isKnown() && b.isKnown()) {
              if (a.rank() != b.rank() || !stack(a).equals(stack(b))) {
                throw c.fault(
                        "All input tensors must have the same outer dimensions, got "
                            + a.brackets()
                            + " and "
                            + b.brackets())
                    .expected("a right-hand side for each matrix")
                    .shapeError();
              }
              sides(c, a, b);
            }
            c.out(0, c.in(1).spec());
          })
          .grad(
              keep("matrix", "output"),
              (g, dy) -> {
                boolean adjoint = g.attrs().b("adjoint");
                Tensor db = SOLVE.with(SOLVE.attrs("adjoint", !adjoint), g.kept("matrix"), dy);
                Tensor y = g.kept("output");
                g.to(
                    "matrix",
                    neg(adjoint ? stacked(y, db, false, true) : stacked(db, y, false, true)));
                g.to("rhs", db);
              })
          .cpu(SolveCpu::solve)
          .mustFail(
              "Input matrix is not invertible.", Spec.of(DType.F32, 2, 2), Spec.of(DType.F32, 2, 1))
          .mustFail("matrix and rhs", Spec.of(DType.F32, 2, 2), Spec.of(DType.F32, 3, 1))
          .api("linalg.solve")
          .declare();

  private static OpBuilder matrices2(String name) {
    return op(name)
        .in("matrix", "T")
        .in("rhs", "T")
        .out("output", "T")
        .cuda(ON_HOST)
        .accurate(1024, 1 << 20)
        .mustFail("Input matrix must be square.", WIDE, WIDE);
  }

  private static void sides(Call c, Shape a, Shape b) {
    if (b.rank() < 2 || a.dim(-1) >= 0 && b.dim(-2) >= 0 && a.dim(-1) != b.dim(-2)) {
      throw c.fault("matrix and rhs do not fit: " + a.brackets() + " and " + b.brackets())
          .expected("as many rows in rhs as in matrix")
          .fix("give a single right-hand side as a column, shape (" + a.dim(-1) + ", 1)")
          .shapeError();
    }
  }

  public static final OpDef MATRIX_TRIANGULAR_SOLVE =
      matrices2("MatrixTriangularSolve")
          .says(
              "Solves systems of equations whose matrix is a triangle; the other half is not read.")
          .formula("matrix·y = rhs")
          .source("Golub and Van Loan, §3.1")
          .attr("lower", true)
          .attr("adjoint", false)
          .type("T", T)
          .infer(c -> {
            square(c);
            Shape a = c.shape(0);
            Shape b = c.shape(1);
            if (!a.isRankKnown() || !b.isRankKnown()) {
              c.out(0, c.dtype(0), Shape.UNKNOWN);
              return;
            }
            sides(c, a, b);
            int[] s = Rules.broadcast(c, stack(a), stack(b)).dims();
            int[] d = Arrays.copyOf(s, s.length + 2);
            d[s.length] = b.dim(-2);
            d[s.length + 1] = b.dim(-1);
            c.out(0, c.dtype(0), Shape.ofOwned(d));
          })
          .grad(
              keep("matrix", "output"),
              (g, dy) -> {
                boolean lower = g.attrs().b("lower");
                boolean adjoint = g.attrs().b("adjoint");
                Tensor a = g.kept("matrix");
                Tensor y = g.kept("output");
                Tensor db =
                    TRIANGULAR.with(TRIANGULAR.attrs("lower", lower, "adjoint", !adjoint), a, dy);
                if (g.needs("matrix")) {
                  Tensor full = adjoint ? stacked(y, db, false, true) : stacked(db, y, false, true);
                  Tensor d = neg(mul(full, mask(a, lower ? 1 : 0, 1, lower ? 0 : 1)));
                  g.to("matrix", Grads.unbroadcast(d, g, "matrix"));
                }
                if (g.needs("rhs")) {
                  g.to("rhs", Grads.unbroadcast(db, g, "rhs"));
                }
              })
          .cpu(SolveCpu::triangular)
          .mustFail(
              "Input matrix is not invertible.", Spec.of(DType.F32, 2, 2), Spec.of(DType.F32, 2, 1))
          .api("linalg.triangular_solve")
          .declare();
}
