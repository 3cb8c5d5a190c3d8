package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FIXED;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;

import dev.merapi.kernel.cpu.DiagCpu;
import dev.merapi.kernel.cpu.DiagCpu.Band;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Diagonals of matrices: read, written, kept. Neighbours: SliceOps (blocks), linear algebra.
public final class DiagOps {
  private DiagOps() {}

  private static final OpRef BAND_PART_REF = OpRef.to("MatrixBandPart");
  private static final OpRef DIAG_V3 = OpRef.to("MatrixDiagV3");
  private static final OpRef PART_V3 = OpRef.to("MatrixDiagPartV3");
  private static final OpRef SET_V3 = OpRef.to("MatrixSetDiagV3");
  private static final OpRef DIAG_REF = OpRef.to("Diag");
  private static final OpRef DIAG_PART_REF = OpRef.to("DiagPart");
  private static final OpRef ZEROS_LIKE = OpRef.to("ZerosLike");

  private static final String[] ALIGNS = {"LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT"};

  /// Declares the family.
  public static void load() {}

  public static final OpDef MATRIX_BAND_PART =
      op("MatrixBandPart")
          .says(
              "Keeps num_lower diagonals below and num_upper above the main one (negative: all);"
                  + " the rest is zero.")
          .in("input", "T")
          .in("num_lower", "Tindex")
          .in("num_upper", "Tindex")
          .out("band", "T")
          .type("T", FIXED)
          .type("Tindex", INDICES)
          .infer(c -> {
            Dims.atLeast(c, "input", 2);
            Dims.scalar(c, "num_lower");
            Dims.scalar(c, "num_upper");
            c.out(0, c.in(0).spec());
          })
          .grad(
              keep("num_lower", "num_upper"),
              (g, dy) ->
                  g.to("input", BAND_PART_REF.of(dy, g.kept("num_lower"), g.kept("num_upper"))))
          .cpu(c -> DiagCpu.bandPart(c, c.in(1).longValue(), c.in(2).longValue()))
          .cuda("copy")
          .api("linalg.bandPart")
          .mustFail(
              "input has shape (3,)", Spec.of(DType.F32, 3), Spec.of(DType.I64), Spec.of(DType.I64))
          .declare();

  /// Reads the input `k`: one diagonal, or the lowest and the highest.
  private static int @Nullable [] band(Call c, String input) {
    int[] k = c.constant(input);
    if (k == null) {
      return null;
    }
    if (k.length < 1 || k.length > 2) {
      throw c.fault(
              "diag_index must be a scalar or vector with one or two elements, received "
                  + k.length
                  + " elements")
          .expected("k, or (lowest, highest)")
          .shapeError();
    }
    int high = k[k.length - 1];
    if (k[0] > high) {
      throw c.fault(
              "lower_diag_index must not be larger than upper_diag_index, received "
                  + k[0]
                  + " and "
                  + high)
          .expected("(lowest, highest)")
          .valueError();
    }
    return new int[] {k[0], high};
  }

  /// Checks that diagonals lie inside a matrix.
  private static Band inside(Call c, int[] k, int rows, int cols) {
    for (int i = 0; i < 2; i++) {
      boolean empty = k[i] == 0;
      if (!empty && (k[i] <= -rows || k[i] >= cols)) {
        throw c.fault(
                (i == 0 ? "lower" : "upper")
                    + "_diag_index is out of bound: "
                    + k[i]
                    + ". It must be between "
                    + -rows
                    + " and "
                    + cols)
            .expected("diagonals from " + (1 - rows) + " to " + (cols - 1))
            .valueError();
      }
    }
    return new Band(k[0], k[1], rows, cols, align(c.attrs));
  }

  private static final String PADDING = "TensorFlow lets no gradient flow to the padding";

  /// Leaves the gradient of the padding: all that arrives but what belongs to elements.
  private static void border(Grad g, Tensor dy, Tensor elements) {
    if (g.needs("padding_value")) {
      g.to("padding_value", Grads.sub(Grads.total(dy), Grads.total(elements)));
    }
  }

  private static OpBuilder aligned(OpBuilder b) {
    return b.attr("align", "RIGHT_LEFT", ALIGNS);
  }

  /// The second forms know no alignment: shorter diagonals begin at the left.
  private static String align(Attrs a) {
    return a.has("align") ? a.s("align") : "LEFT_LEFT";
  }

  private static OpBuilder diag(String name) {
    return op(name)
        .says(
            "Makes matrices whose diagonals k are given and whose other elements are"
                + " padding_value.")
        .in("diagonal", "T")
        .in("k", DType.I32)
        .in("num_rows", DType.I32)
        .in("num_cols", DType.I32)
        .in("padding_value", "T")
        .out("output", "T")
        .type("T", FIXED)
        .infer(c -> {
          Dims.atLeast(c, "diagonal", 1);
          Shape d = c.shape(0);
          int[] k = band(c, "k");
          Integer rows = Dims.scalar(c, "num_rows");
          Integer cols = Dims.scalar(c, "num_cols");
          if (!d.isRankKnown() || k == null || rows == null || cols == null || d.dim(-1) < 0) {
            c.out(0, c.dtype(0), Shape.UNKNOWN);
            return;
          }
          c.out(0, c.dtype(0), matrix(c, d, k, rows, cols));
        })
        .grad(
            keep("k"),
            (g, dy) -> {
              Tensor zero = Values.filled(Spec.of(dy.dtype()), 0);
              Tensor part =
                  PART_V3.with(PART_V3.attrs("align", align(g.attrs())), dy, g.kept("k"), zero);
              g.to("diagonal", part);
              border(g, dy, part);
            })
        .differs("(float32|float64|complex64|complex128)_.*", PADDING)
        .cpu(c -> {
          Shape y = c.outSpec(0).shape();
          int[] k = c.in(1).toIntArray();
          Band b = inside(c, new int[] {k[0], k[k.length - 1]}, y.dim(-2), y.dim(-1));
          DiagCpu.make(c, b, c.in(4));
        })
        .cuda("copy")
        .mustFail(
            "diagonal has shape ()",
            Spec.of(DType.F32),
            Spec.of(DType.I32),
            Spec.of(DType.I32),
            Spec.of(DType.I32),
            Spec.of(DType.F32));
  }

  public static final OpDef MATRIX_DIAG_V3 =
      aligned(diag("MatrixDiagV3")).api("linalg.diag").declare();

  public static final OpDef MATRIX_DIAG_V2 = diag("MatrixDiagV2").declare();

  private static Shape matrix(Call c, Shape d, int[] k, int rows, int cols) {
    int n = k[1] - k[0] + 1;
    int lead = d.rank() - (n > 1 ? 2 : 1);
    if (n > 1 && (lead < 0 || d.dim(-2) != n)) {
      throw c.fault(
              "The number of diagonals provided in the input does not match the lower_diag_index"
                  + " and upper_diag_index range.")
          .expected(n + " diagonals along the last axis but one")
          .shapeError();
    }
    int length = d.dim(-1);
    int leastRows = length - Math.min(k[1], 0);
    int leastCols = length + Math.max(k[0], 0);
    int both = Math.max(leastRows, leastCols);
    int r = rows >= 0 ? rows : cols >= 0 ? leastRows : both;
    int q = cols >= 0 ? cols : rows >= 0 ? leastCols : both;
    if (r < leastRows || q < leastCols || r != leastRows && q != leastCols) {
      throw c.fault(
              "The number of rows or columns is not consistent with the specified d_lower, d_upper,"
                  + " and diagonal.")
          .expected(leastRows + " rows or " + leastCols + " columns, and no fewer of either")
          .valueError();
    }
    return Dims.join(Dims.part(d, 0, lead), Shape.of(r, q));
  }

  private static OpBuilder diagPart(String name) {
    return op(name)
        .says("Reads diagonals k of matrices; shorter ones are filled up with" + " padding_value.")
        .in("input", "T")
        .in("k", DType.I32)
        .in("padding_value", "T")
        .out("diagonal", "T")
        .type("T", FIXED)
        .infer(c -> {
          Dims.atLeast(c, "input", 2);
          Shape x = c.shape(0);
          int[] k = band(c, "k");
          if (!x.isRankKnown() || k == null || x.dim(-1) < 0 || x.dim(-2) < 0) {
            c.out(0, c.dtype(0), Shape.UNKNOWN);
            return;
          }
          Band b = inside(c, k, x.dim(-2), x.dim(-1));
          c.out(0, c.dtype(0), diagonals(x, b));
        })
        .grad(
            keep("k"),
            (g, dy) -> {
              Tensor zero = Values.filled(Spec.of(dy.dtype()), 0);
              Tensor rows = g.size("input", -2);
              Tensor cols = g.size("input", -1);
              var align = DIAG_V3.attrs("align", align(g.attrs()));
              Tensor dx = DIAG_V3.with(align, dy, g.kept("k"), rows, cols, zero);
              g.to("input", dx);
              border(g, dy, dx);
            })
        .differs("(float32|float64|complex64|complex128)_.*", PADDING)
        .cpu(c -> DiagCpu.part(c, of(c), c.in(2)))
        .cuda("copy")
        .mustFail(
            "input has shape (3,)", Spec.of(DType.F32, 3), Spec.of(DType.I32), Spec.of(DType.F32));
  }

  public static final OpDef MATRIX_DIAG_PART_V3 =
      aligned(diagPart("MatrixDiagPartV3")).api("linalg.diagPart").declare();

  public static final OpDef MATRIX_DIAG_PART_V2 = diagPart("MatrixDiagPartV2").declare();

  private static Shape diagonals(Shape x, Band b) {
    Shape lead = Dims.part(x, 0, x.rank() - 2);
    return Dims.join(
        lead,
        b.low() == b.high()
            ? Shape.of(b.longest())
            : Shape.of(b.high() - b.low() + 1, b.longest()));
  }

  /// Returns the diagonals that the input `k` names within the matrices of input 0.
  private static Band of(Call c) {
    int[] k = c.in("k").toIntArray();
    return inside(c, new int[] {k[0], k[k.length - 1]}, c.shape(0).dim(-2), c.shape(0).dim(-1));
  }

  private static OpBuilder setDiag(String name) {
    return op(name)
        .says("Returns matrices with their diagonals k replaced.")
        .in("input", "T")
        .in("diagonal", "T")
        .in("k", DType.I32)
        .out("output", "T")
        .type("T", FIXED)
        .infer(c -> {
          Dims.atLeast(c, "input", 2);
          Shape x = c.shape(0);
          int[] k = band(c, "k");
          c.out(0, c.in(0).spec());
          if (k != null && x.isKnown()) {
            fits(c, diagonals(x, inside(c, k, x.dim(-2), x.dim(-1))));
          }
        })
        .grad(
            keep("k"),
            (g, dy) -> {
              Tensor k = g.kept("k");
              Tensor zero = Values.filled(Spec.of(dy.dtype()), 0);
              Tensor part = PART_V3.with(PART_V3.attrs("align", align(g.attrs())), dy, k, zero);
              g.to("diagonal", part);
              if (g.needs("input")) {
                g.to(
                    "input",
                    SET_V3.with(
                        SET_V3.attrs("align", align(g.attrs())), dy, ZEROS_LIKE.of(part), k));
              }
            })
        .cpu(c -> DiagCpu.set(c, of(c)))
        .cuda("copy")
        .mustFail(
            "diagonal must have shape",
            Spec.of(DType.F32, 3, 3),
            Spec.of(DType.F32, 2),
            Spec.of(DType.I32));
  }

  public static final OpDef MATRIX_SET_DIAG_V3 =
      aligned(setDiag("MatrixSetDiagV3")).api("linalg.setDiag").declare();

  public static final OpDef MATRIX_SET_DIAG_V2 =
      setDiag("MatrixSetDiagV2")
          .gradientDiffers(
              ".*_band",
              "TensorFlow's gradient takes shorter diagonals from the right, where this form holds"
                  + " nothing")
          .declare();

  private static void fits(Call c, Shape want) {
    if (!want.accepts(c.shape(1))) {
      throw c.fault("diagonal must have shape " + want + ", not " + c.shape(1))
          .expected("shape " + want)
          .shapeError();
    }
  }

  private static Band main(Shape x) {
    return new Band(0, 0, x.dim(-2), x.dim(-1), "LEFT_LEFT");
  }

  private static Tensor none() {
    return Values.ints(0);
  }

  public static final OpDef MATRIX_DIAG =
      op("MatrixDiag")
          .says("Makes square matrices from their main diagonals; the older form of MatrixDiagV3.")
          .in("diagonal", "T")
          .out("output", "T")
          .type("T", FIXED)
          .infer(c -> {
            Dims.atLeast(c, "diagonal", 1);
            Shape d = c.shape(0);
            c.out(
                0,
                c.dtype(0),
                d.isRankKnown() ? Dims.join(d, Dims.part(d, d.rank() - 1, d.rank())) : d);
          })
          .grad(
              keep(),
              (g, dy) ->
                  g.to("diagonal", PART_V3.of(dy, none(), Values.filled(Spec.of(dy.dtype()), 0))))
          .cpu(c -> DiagCpu.make(c, main(c.outSpec(0).shape()), null))
          .cuda("copy")
          .mustFail("diagonal has shape ()", Spec.of(DType.F32))
          .declare();

  public static final OpDef MATRIX_DIAG_PART =
      op("MatrixDiagPart")
          .says("Reads the main diagonals of matrices; the older form of MatrixDiagPartV3.")
          .in("input", "T")
          .out("diagonal", "T")
          .type("T", FIXED)
          .infer(c -> {
            Dims.atLeast(c, "input", 2);
            Shape x = c.shape(0);
            boolean known = x.isRankKnown() && x.dim(-1) >= 0 && x.dim(-2) >= 0;
            c.out(0, c.dtype(0), known ? diagonals(x, main(x)) : Shape.UNKNOWN);
          })
          .grad(
              keep(),
              (g, dy) -> {
                Tensor rows = g.size("input", -2);
                Tensor cols = g.size("input", -1);
                g.to(
                    "input",
                    DIAG_V3.of(dy, none(), rows, cols, Values.filled(Spec.of(dy.dtype()), 0)));
              })
          .cpu(c -> DiagCpu.part(c, main(c.shape(0)), null))
          .cuda("copy")
          .mustFail("input has shape (3,)", Spec.of(DType.F32, 3))
          .declare();

  public static final OpDef MATRIX_SET_DIAG =
      op("MatrixSetDiag")
          .says(
              "Returns matrices with their main diagonals replaced; the older form of"
                  + " MatrixSetDiagV3.")
          .in("input", "T")
          .in("diagonal", "T")
          .out("output", "T")
          .type("T", FIXED)
          .infer(c -> {
            Dims.atLeast(c, "input", 2);
            Shape x = c.shape(0);
            c.out(0, c.in(0).spec());
            if (x.isKnown()) {
              fits(c, diagonals(x, main(x)));
            }
          })
          .grad(
              keep(),
              (g, dy) -> {
                Tensor part = PART_V3.of(dy, none(), Values.filled(Spec.of(dy.dtype()), 0));
                g.to("diagonal", part);
                if (g.needs("input")) {
                  g.to("input", SET_V3.of(dy, ZEROS_LIKE.of(part), none()));
                }
              })
          .cpu(c -> DiagCpu.set(c, main(c.shape(0))))
          .cuda("copy")
          .mustFail("diagonal must have shape", Spec.of(DType.F32, 3, 3), Spec.of(DType.F32, 2))
          .declare();

  public static final OpDef DIAG =
      op("Diag")
          .says("Makes a tensor of twice the rank with the input on its diagonal.")
          .formula("y[i…, i…] = x[i…]")
          .in("diagonal", "T")
          .out("output", "T")
          .type("T", NUMBERS)
          .infer(c ->
              c.out(
                  0,
                  c.dtype(0),
                  c.shape(0).isRankKnown() ? Dims.join(c.shape(0), c.shape(0)) : c.shape(0)))
          .grad(keep(), (g, dy) -> g.to("diagonal", DIAG_PART_REF.of(dy)))
          .cpu(DiagCpu::diag)
          .cuda("copy")
          .api("linalg.tensorDiag")
          .declare();

  public static final OpDef DIAG_PART =
      op("DiagPart")
          .says("Reads the diagonal of a tensor whose second half of axes equals the first.")
          .formula("y[i…] = x[i…, i…]")
          .in("input", "T")
          .out("diagonal", "T")
          .type("T", NUMBERS)
          .infer(c -> {
            Shape x = c.shape(0);
            if (!x.isRankKnown()) {
              c.out(0, c.dtype(0), x);
              return;
            }
            int half = x.rank() / 2;
            Shape front = Dims.part(x, 0, half);
            if (x.rank() == 0
                || x.rank() % 2 != 0
                || !front.accepts(Dims.part(x, half, x.rank()))) {
              throw c.fault("Invalid shape " + x.brackets() + ": the two halves of the axes differ")
                  .expected("an even rank, and dimensions i and i + rank/2 equal")
                  .shapeError();
            }
            c.out(0, c.dtype(0), front);
          })
          .grad(keep(), (g, dy) -> g.to("input", DIAG_REF.of(dy)))
          .cpu(DiagCpu::diagPart)
          .cuda("copy")
          .api("linalg.tensorDiagPart")
          .mustFail("the two halves of the axes differ", Spec.of(DType.F32, 2, 3))
          .declare();
}
