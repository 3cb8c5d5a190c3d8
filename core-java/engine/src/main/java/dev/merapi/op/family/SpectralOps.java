package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS_COMPLEX;
import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.div;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.number;
import static dev.merapi.op.family.Grads.square;
import static dev.merapi.op.family.Grads.sub;
import static dev.merapi.op.family.MatMulOps.stacked;
import static dev.merapi.op.family.SolveOps.ON_HOST;
import static dev.merapi.op.family.SolveOps.adjoint;
import static dev.merapi.op.family.SolveOps.mask;

import dev.merapi.kernel.cpu.SpectralCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Orthogonal decompositions: QR, eigenvalues, singular values. Neighbour: SolveOps.
public final class SpectralOps {
  private static final OpRef TRIANGULAR = OpRef.to("MatrixTriangularSolve");
  private static final OpRef EIGEN = OpRef.to("SelfAdjointEigV2");
  private static final OpRef SVD_OP = OpRef.to("Svd");
  private static final OpRef DIV_NO_NAN = OpRef.to("DivNoNan");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef SLICE = OpRef.to("Slice");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");

  private SpectralOps() {}

  /// Declares the family; all is done by the class's own start.
  public static void load() {}

  private static boolean known(Call c) {
    Shape x = c.shape(0);
    if (x.isRankKnown() && x.rank() < 2) {
      throw c.fault("Input must be at least rank 2, got shape " + x.brackets())
          .expected("a matrix or a stack of matrices")
          .shapeError();
    }
    return x.isRankKnown();
  }

  /// Returns the stack's shape with the given axes behind.
  private static Shape behind(Shape x, int... axes) {
    int[] d = Arrays.copyOf(x.dims(), x.rank() - 2 + axes.length);
    System.arraycopy(axes, 0, d, x.rank() - 2, axes.length);
    return Shape.ofOwned(d);
  }

  private static int least(int m, int n) {
    return m < 0 || n < 0 ? Shape.UNKNOWN_SIZE : Math.min(m, n);
  }

  /// Returns numbers as rows: one for each column of a matrix.
  private static Tensor row(Tensor x) {
    return EXPAND.of(x, Values.scalar(-2));
  }

  /// Returns numbers as columns: one for each row of a matrix.
  private static Tensor column(Tensor x) {
    return EXPAND.of(x, Values.scalar(-1));
  }

  public static final OpDef QR =
      op("Qr")
          .says("Decomposes matrices into orthonormal columns times an upper triangle.")
          .formula("x = q·r")
          .source("Golub and Van Loan, §5.2; gradient: Walter and Lehmann, arXiv:1009.6112")
          .in("input", "T")
          .out("q", "T")
          .out("r", "T")
          .attr("full_matrices", false)
          .type("T", FLOATS_COMPLEX)
          .infer(c -> {
            boolean known = known(c);
            Shape x = c.shape(0);
            DType d = c.dtype(0);
            if (!known) {
              c.out(0, d, Shape.UNKNOWN);
              c.out(1, d, Shape.UNKNOWN);
              return;
            }
            int m = x.dim(-2);
            int p = c.attrs.b("full_matrices") ? m : least(m, x.dim(-1));
            c.out(0, d, behind(x, m, p));
            c.out(1, d, behind(x, p, x.dim(-1)));
          })
          .grad(keep("input", "q", "r"), SpectralOps::qrGradient)
          .cpu(SpectralCpu::qr)
          .cuda(ON_HOST)
          .accurate(1024, 1 << 20)
          .mustFail("Input must be at least rank 2", Spec.of(DType.F32, 3))
          .api("linalg.qr")
          .declare();

  private static void qrGradient(Grad g, Tensor dy) {
    Tensor q = g.kept("q");
    Tensor r = g.kept("r");
    Tensor dr = g.dyOrZeros(1);
    int m = g.shapeOf("input").dim(-2);
    int n = g.shapeOf("input").dim(-1);
    if (m < 0 || n < 0) {
      throw sizes(g, "Qr: whether matrices have more rows than columns is not known here");
    }
    if (g.attrs().b("full_matrices") && m > n) {
      throw Message.what(
              "Qr: with full_matrices, matrices of more rows than columns have no gradient")
          .given("input " + g.spec("input"))
          .expected("full_matrices false, or at most as many rows as columns")
          .fix("call tf.linalg.qr without fullMatrices")
          .gradientError();
    }
    if (m >= n) {
      g.to("input", tall(q, r, dy, dr));
      return;
    }
    // A wide matrix is a square one and some columns that only r's right part depends on.
    Tensor y = part(g.kept("input"), m, n - m);
    Tensor dv = part(dr, m, n - m);
    Tensor dx = tall(q, part(r, 0, m), add(dy, stacked(y, dv, false, true)), part(dr, 0, m));
    g.to("input", CONCAT.of(dx, stacked(q, dv, false, false), Values.scalar(-1)));
  }

  private static RuntimeException sizes(Grad g, String what) {
    return Message.what(what)
        .given("input " + g.spec("input"))
        .expected("the sizes of the last two axes")
        .fix("give them where the value enters the trace, for example with an input signature")
        .gradientError();
  }

  private static Tensor part(Tensor x, int first, int columns) {
    int[] begin = new int[x.rank()];
    int[] size = new int[x.rank()];
    Arrays.fill(size, -1);
    begin[x.rank() - 1] = first;
    size[x.rank() - 1] = columns;
    return SLICE.of(x, Values.ints(begin), Values.ints(size));
  }

  private static Tensor tall(Tensor q, Tensor r, Tensor dq, Tensor dr) {
    Tensor qdq = stacked(q, dq, true, false);
    Tensor rdr = stacked(r, dr, false, true);
    Tensor skew = add(sub(qdq, adjoint(qdq)), sub(rdr, adjoint(rdr)));
    Tensor lower = mul(skew, mask(skew, 1, 1, 0));
    Tensor first = stacked(q, add(dr, timesInverse(lower, r)), false, false);
    Tensor second = timesInverse(sub(dq, stacked(q, qdq, false, false)), r);
    Tensor dx = add(first, second);
    if (!q.dtype().isComplex()) {
      return dx;
    }
    // The diagonal of r is real, so imaginary parts there must not flow on.
    Tensor d = mul(sub(rdr, adjoint(qdq)), mask(rdr, 0, 1, 0));
    Tensor imaginary = mul(sub(d, conj(d)), 0.5);
    return add(dx, timesInverse(stacked(q, imaginary, false, true), r));
  }

  /// Returns `x·r⁻ᴴ`.
  private static Tensor timesInverse(Tensor x, Tensor r) {
    return adjoint(TRIANGULAR.with(TRIANGULAR.attrs("lower", false), r, adjoint(x)));
  }

  public static final OpDef SELF_ADJOINT_EIG =
      op("SelfAdjointEigV2")
          .says(
              "Finds eigenvalues, in ascending order, and eigenvectors of symmetric (Hermitian)"
                  + " matrices, of which the lower triangle is read.")
          .formula("x·v = v·diag(e)")
          .source("Golub and Van Loan, §8.5; gradient: Giles 2008")
          .in("input", "T")
          .out("e", "T")
          .out("v", "T")
          .attr("compute_v", true)
          .type("T", FLOATS_COMPLEX)
          .infer(c -> {
            SolveOps.square(c);
            Shape x = c.shape(0);
            boolean vectors = c.attrs.b("compute_v");
            c.out(0, c.dtype(0), x.isRankKnown() ? behind(x, x.dim(-1)) : Shape.UNKNOWN);
            c.out(1, c.dtype(0), vectors ? x : Shape.SCALAR);
          })
          .grad(keep("input", "e", "v"), SpectralOps::eigenGradient)
          .cpu(SpectralCpu::eigen)
          .cuda(ON_HOST)
          .accurate(1024, 1 << 20)
          .mustFail("Input matrix must be square.", Spec.of(DType.F32, 2, 3))
          .api("linalg.eigh")
          .differs(
              "float64",
              "singular and eigen vectors have a sign of their choice; values agree, and vectors up"
                  + " to that sign")
          .declare();

  private static void eigenGradient(Grad g, Tensor de) {
    boolean vectors = g.attrs().b("compute_v");
    Tensor v = vectors ? g.kept("v") : EIGEN.all(EIGEN.get().defaults(), g.kept("input"))[1];
    Tensor d = stacked(mul(v, row(de)), v, false, true);
    Tensor dv = vectors ? g.dy(1) : null;
    if (dv != null) {
      Tensor e = g.kept("e");
      Tensor f = DIV_NO_NAN.of(number(e, 1), sub(row(e), column(e)));
      Tensor turn = mul(f, stacked(v, dv, true, false));
      d = add(d, stacked(stacked(v, turn, false, false), v, false, true));
    }
    // Only the lower triangle is read: it takes the upper one's share as well.
    g.to("input", mul(add(d, adjoint(d)), mask(d, 1, 0.5, 0)));
  }

  public static final OpDef SVD =
      op("Svd")
          .says("Finds singular values, in descending order, and singular vectors.")
          .formula("x = u·diag(s)·vᴴ")
          .source("Golub and Van Loan, §8.6.3; gradient: Townsend 2016")
          .in("input", "T")
          .out("s", "T")
          .out("u", "T")
          .out("v", "T")
          .attr("compute_uv", true)
          .attr("full_matrices", false)
          .type("T", FLOATS_COMPLEX)
          .infer(c -> {
            DType d = c.dtype(0);
            Shape x = c.shape(0);
            boolean vectors = c.attrs.b("compute_uv");
            if (!known(c)) {
              for (int i = 0; i < 3; i++) {
                c.out(i, d, i > 0 && !vectors ? Shape.SCALAR : Shape.UNKNOWN);
              }
              return;
            }
            int m = x.dim(-2);
            int n = x.dim(-1);
            int p = least(m, n);
            boolean full = c.attrs.b("full_matrices");
            c.out(0, d, behind(x, p));
            c.out(1, d, vectors ? behind(x, m, full ? m : p) : Shape.SCALAR);
            c.out(2, d, vectors ? behind(x, n, full ? n : p) : Shape.SCALAR);
          })
          .grad(keep("input", "s", "u", "v"), SpectralOps::svdGradient)
          .cpu(SpectralCpu::svd)
          .cuda(ON_HOST)
          .accurate(1024, 1 << 20)
          .mustFail("Input must be at least rank 2", Spec.of(DType.F32, 3))
          .api("linalg.svd")
          .differs(
              "float32.*|float64.*",
              "singular and eigen vectors have a sign of their choice; values agree, and vectors up"
                  + " to that sign")
          .declare();

  private static void svdGradient(Grad g, Tensor ds) {
    boolean vectors = g.attrs().b("compute_uv");
    Tensor du = vectors ? g.dy(1) : null;
    Tensor dv = vectors ? g.dy(2) : null;
    if (du == null && dv == null) {
      Tensor[] usv = SVD_OP.all(SVD_OP.get().defaults(), g.kept("input"));
      g.to("input", stacked(mul(usv[1], row(ds)), usv[2], false, true));
      return;
    }
    int m = g.shapeOf("input").dim(-2);
    int n = g.shapeOf("input").dim(-1);
    if (g.attrs().b("full_matrices") && (m < 0 || n < 0)) {
      throw sizes(g, "Svd: whether matrices are square is not known here");
    }
    boolean full = g.attrs().b("full_matrices") && m != n;
    if (full || ds.dtype().isComplex()) {
      throw Message.what(
              "Svd: no gradient flows through " + (full ? "full" : "complex") + " singular vectors")
          .given("input " + g.spec("input"))
          .expected(
              full
                  ? "full_matrices false, or square matrices"
                  : "real matrices, or a loss of singular values alone")
          .gradientError();
    }
    Tensor s = g.kept("s");
    Tensor u = g.kept("u");
    Tensor v = g.kept("v");
    Tensor s2 = square(s);
    Tensor f = DIV_NO_NAN.of(number(s, 1), sub(row(s2), column(s2)));
    Tensor d = stacked(mul(u, row(ds)), v, false, true);
    if (du != null) {
      Tensor j = mul(f, stacked(u, du, true, false));
      Tensor middle = mul(add(j, adjoint(j)), row(s));
      Tensor x = div(du, row(s));
      Tensor outside = sub(x, stacked(u, stacked(u, x, true, false), false, false));
      d = add(d, stacked(add(stacked(u, middle, false, false), outside), v, false, true));
    }
    if (dv != null) {
      Tensor k = mul(f, stacked(v, dv, true, false));
      Tensor middle = mul(add(k, adjoint(k)), column(s));
      Tensor x = div(dv, row(s));
      Tensor outside = sub(x, stacked(v, stacked(v, x, true, false), false, false));
      d = add(d, stacked(u, add(stacked(v, adjoint(middle), false, false), outside), false, true));
    }
    g.to("input", d);
  }
}
