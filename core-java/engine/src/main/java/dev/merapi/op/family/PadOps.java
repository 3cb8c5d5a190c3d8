package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;

import dev.merapi.kernel.cpu.MoveCpu;
import dev.merapi.kernel.cpu.PadCpu;
import dev.merapi.op.AttrDef;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Borders put round a tensor, and space moved into the batch. Neighbours: SliceOps (the reverse),
/// MoveOps.
public final class PadOps {
  private PadOps() {}

  private static final OpRef SLICE = OpRef.to("Slice");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef MIRROR_PAD_REF = OpRef.to("MirrorPad");
  private static final OpRef MIRROR_PAD_GRAD_REF = OpRef.to("MirrorPadGrad");
  private static final OpRef SPACE_TO_BATCH_REF = OpRef.to("SpaceToBatchND");
  private static final OpRef BATCH_TO_SPACE_REF = OpRef.to("BatchToSpaceND");

  /// Declares the family.
  public static void load() {}

  public static final OpDef PAD =
      op("Pad")
          .says(
              "Puts zeros round a tensor: paddings[i] are how many in front of and behind axis i.")
          .in("input", "T")
          .in("paddings", "Tpaddings")
          .out("output", "T")
          .type("T", ALL)
          .type("Tpaddings", INDICES, DType.I32)
          .infer(c -> c.out(0, c.dtype(0), padded(c)))
          .grad(keep("paddings"), (g, dy) -> g.to("input", inside(g, dy)))
          .cpu(c -> PadCpu.pad(c, pairs(c, "paddings"), null))
          .cuda("copy")
          .api("pad")
          .mustFail(
              "The first dimension of paddings must be the rank of inputs[1,2] [2,3]",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 1, 2))
          .declare();

  public static final OpDef PAD_V2 =
      op("PadV2")
          .says(
              "Puts a constant round a tensor: paddings[i] are how many in front of and behind axis"
                  + " i.")
          .in("input", "T")
          .in("paddings", "Tpaddings")
          .in("constant_values", "T")
          .out("output", "T")
          .type("T", ALL)
          .type("Tpaddings", INDICES, DType.I32)
          .infer(c -> {
            Dims.exactly(c, "constant_values", 0);
            c.out(0, c.dtype(0), padded(c));
          })
          .grad(
              keep("paddings"),
              (g, dy) -> {
                Tensor dx = inside(g, dy);
                g.to("input", dx);
                if (g.needs("constant_values")) {
                  g.to("constant_values", Grads.sub(Grads.total(dy), Grads.total(dx)));
                }
              })
          .differs(
              "(float32|float64|complex64|complex128)_.*",
              "TensorFlow lets no gradient flow to the constant")
          .cpu(c -> PadCpu.pad(c, pairs(c, "paddings"), c.in(2)))
          .cuda("copy")
          .api("pad")
          .mustFail(
              "The first dimension of paddings must be the rank of inputs[1,2] [2,3]",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 1, 2),
              Spec.of(DType.F32))
          .declare();

  /// Cuts what was padded out of a gradient.
  private static Tensor inside(Grad g, Tensor dy) {
    Tensor p = g.kept("paddings");
    Tensor before = first(p);
    Tensor size = g.dims("input");
    if (p.dtype() == DType.I64) {
      size = CAST.with(CAST.attrs("DstT", DType.I64), size);
    }
    return SLICE.of(dy, before, size);
  }

  /// Returns the first column of a matrix of two columns, as a vector.
  private static Tensor first(Tensor pairs) {
    return RESHAPE.of(SLICE.of(pairs, Values.ints(0, 0), Values.ints(-1, 1)), Values.ints(-1));
  }

  private static int[] pairs(Call c, String input) {
    return c.in(input).toIntArray();
  }

  private static Shape padded(Call c) {
    Shape x = c.shape(0);
    Shape p = c.shape(1);
    if (p.isRankKnown() && (p.rank() != 2 || p.dim(1) >= 0 && p.dim(1) != 2)) {
      throw c.fault("paddings must be a matrix with 2 columns: " + p.brackets())
          .expected("a row (before, after) for each axis")
          .shapeError();
    }
    if (!x.isRankKnown()) {
      return x;
    }
    int r = x.rank();
    if (p.isRankKnown() && p.dim(0) >= 0 && p.dim(0) != r) {
      throw c.fault(
              "The first dimension of paddings must be the rank of inputs"
                  + p.brackets()
                  + " "
                  + x.brackets())
          .expected(r + " rows of paddings")
          .shapeError();
    }
    int[] pads = c.constant(1);
    if (pads == null) {
      return Dims.unknown(r);
    }
    int[] d = x.dims();
    for (int i = 0; i < r; i++) {
      if (pads[2 * i] < 0 || pads[2 * i + 1] < 0) {
        throw c.fault("Paddings must be non-negative: " + pads[2 * i] + " " + pads[2 * i + 1])
            .expected("paddings of 0 or more")
            .fix("cut with tf.slice")
            .valueError();
      }
      d[i] = Dims.plus(d[i], pads[2 * i] + pads[2 * i + 1]);
    }
    return Shape.ofOwned(d);
  }

  public static final OpDef MIRROR_PAD =
      op("MirrorPad")
          .says(
              "Puts the mirror image of a tensor round it, with its border repeated (SYMMETRIC) or"
                  + " not (REFLECT).")
          .in("input", "T")
          .in("paddings", "Tpaddings")
          .out("output", "T")
          .type("T", ALL)
          .type("Tpaddings", INDICES, DType.I32)
          .attr("mode", AttrDef.Kind.STRING, "REFLECT", "SYMMETRIC")
          .infer(c -> {
            Shape y = padded(c);
            mirrored(c);
            c.out(0, c.dtype(0), y);
          })
          .grad(
              keep("paddings"),
              (g, dy) -> {
                var mode = MIRROR_PAD_GRAD_REF.attrs("mode", g.attrs().s("mode"));
                g.to("input", MIRROR_PAD_GRAD_REF.with(mode, dy, g.kept("paddings")));
              })
          .cpu(c -> PadCpu.mirror(c, pairs(c, "paddings"), reflects(c)))
          .cuda("gather")
          .api("pad")
          .mustFail(
              "The first dimension of paddings must be the rank of inputs",
              Map.of("mode", "REFLECT"),
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 1, 2))
          .declare();

  private static boolean reflects(Call c) {
    return c.attrs.s("mode").equals("REFLECT");
  }

  private static void mirrored(Call c) {
    int[] pads = c.constant(1);
    Shape x = c.shape(0);
    if (pads == null || !x.isRankKnown()) {
      return;
    }
    boolean reflect = reflects(c);
    for (int i = 0; i < x.rank(); i++) {
      int n = x.dim(i);
      int most = Math.max(pads[2 * i], pads[2 * i + 1]);
      if (n >= 0 && (reflect ? most >= n && most > 0 : most > n)) {
        String given = pads[2 * i] + ", " + pads[2 * i + 1];
        throw c.fault(
                reflect
                    ? "paddings must be less than the dimension size: "
                        + given
                        + " not less than "
                        + n
                    : "paddings must be no greater than the dimension size: "
                        + given
                        + " greater than "
                        + n)
            .expected("no more than the mirror can show along axis " + i)
            .valueError();
      }
    }
  }

  public static final OpDef MIRROR_PAD_GRAD =
      op("MirrorPadGrad")
          .says(
              "Folds the border that MirrorPad made back and adds it up: the gradient of"
                  + " MirrorPad.")
          .in("input", "T")
          .in("paddings", "Tpaddings")
          .out("output", "T")
          .type("T", NUMBERS)
          .type("Tpaddings", INDICES, DType.I32)
          .attr("mode", AttrDef.Kind.STRING, "REFLECT", "SYMMETRIC")
          .infer(c -> c.out(0, c.dtype(0), folded(c)))
          .grad(
              keep("paddings"),
              (g, dy) -> {
                var mode = MIRROR_PAD_REF.attrs("mode", g.attrs().s("mode"));
                g.to("input", MIRROR_PAD_REF.with(mode, dy, g.kept("paddings")));
              })
          .cpu(c -> PadCpu.fold(c, pairs(c, "paddings"), reflects(c)))
          .cuda("scatter")
          .accurate(-1, -1)
          .mustFail(
              "paddings must have a row for each of 2 axes",
              Map.of("mode", "REFLECT"),
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 1, 2))
          .declare();

  private static Shape folded(Call c) {
    Shape x = c.shape(0);
    int[] pads = c.constant(1);
    if (!x.isRankKnown()) {
      return x;
    }
    if (!Shape.of(x.rank(), 2).accepts(c.shape(1))) {
      throw c.fault("paddings must have a row for each of " + x.rank() + " axes")
          .expected("shape (" + x.rank() + ", 2)")
          .shapeError();
    }
    if (pads == null) {
      return Dims.unknown(x.rank());
    }
    int[] d = x.dims();
    for (int i = 0; i < d.length; i++) {
      int n = d[i] - pads[2 * i] - pads[2 * i + 1];
      int most = Math.max(pads[2 * i], pads[2 * i + 1]);
      if (d[i] >= 0 && (n < 0 || most > n || Math.min(pads[2 * i], pads[2 * i + 1]) < 0)) {
        throw c.fault("paddings do not fit axis " + i + " of size " + d[i])
            .expected("what MirrorPad took")
            .valueError();
      }
      d[i] = d[i] < 0 ? d[i] : n;
    }
    return Shape.ofOwned(d);
  }

  public static final OpDef SPACE_TO_BATCH =
      op("SpaceToBatchND")
          .says(
              "Pads axes behind the batch, cuts them into blocks and moves the places within a"
                  + " block into the batch.")
          .in("input", "T")
          .in("block_shape", "Tblock_shape")
          .in("paddings", "Tpaddings")
          .out("output", "T")
          .type("T", ALL)
          .type("Tblock_shape", INDICES, DType.I32)
          .type("Tpaddings", INDICES, DType.I32)
          .infer(c -> {
            Dims.exactly(c, "block_shape", 1);
            c.out(0, c.dtype(0), blocked(c, c.constant(1), 2, false));
          })
          .grad(
              keep("block_shape", "paddings"),
              (g, dy) ->
                  g.to(
                      "input",
                      BATCH_TO_SPACE_REF.of(dy, g.kept("block_shape"), g.kept("paddings"))))
          .cpu(c -> MoveCpu.spaceToBatch(c, c.in(1).toIntArray(), before(c, 2), false))
          .cuda("copy")
          .api("spaceToBatchNd")
          .mustFail(
              "block_shape has shape ()",
              Spec.of(DType.F32, 1, 4, 4, 1),
              Spec.of(DType.I32),
              Spec.of(DType.I32, 1, 2))
          .declare();

  public static final OpDef BATCH_TO_SPACE =
      op("BatchToSpaceND")
          .says("Moves parts of the batch into blocks of the axes behind it, and crops those.")
          .in("input", "T")
          .in("block_shape", "Tblock_shape")
          .in("crops", "Tcrops")
          .out("output", "T")
          .type("T", ALL)
          .type("Tblock_shape", INDICES, DType.I32)
          .type("Tcrops", INDICES, DType.I32)
          .infer(c -> {
            Dims.exactly(c, "block_shape", 1);
            c.out(0, c.dtype(0), blocked(c, c.constant(1), 2, true));
          })
          .grad(
              keep("block_shape", "crops"),
              (g, dy) ->
                  g.to("input", SPACE_TO_BATCH_REF.of(dy, g.kept("block_shape"), g.kept("crops"))))
          .cpu(c -> MoveCpu.spaceToBatch(c, c.in(1).toIntArray(), before(c, 2), true))
          .cuda("copy")
          .api("batchToSpace")
          .mustFail(
              "block_shape has shape ()",
              Spec.of(DType.F32, 4, 2, 2, 1),
              Spec.of(DType.I32),
              Spec.of(DType.I32, 1, 2))
          .declare();

  /// Declares the first forms, for `(batch, height, width, channels)` and square blocks.
  private static OpBuilder square(String name, String pairs, String type, boolean back) {
    return op(name)
        .in("input", "T")
        .in(pairs, type)
        .out("output", "T")
        .type("T", ALL)
        .attr("block_size", AttrDef.Kind.INT)
        .type(type, INDICES, DType.I32)
        .infer(c -> {
          Dims.exactly(c, "input", 4);
          c.out(0, c.dtype(0), blocked(c, sides(c.attrs), 1, back));
        })
        .cpu(c -> MoveCpu.spaceToBatch(c, sides(c.attrs), before(c, 1), back))
        .cuda("copy")
        .mustFail(
            "input has shape (4,)",
            Map.of("block_size", 2),
            Spec.of(DType.F32, 4),
            Spec.of(DType.I32, 2, 2));
  }

  private static int[] sides(Attrs a) {
    return new int[] {a.i("block_size"), a.i("block_size")};
  }

  public static final OpDef SQUARE_SPACE_TO_BATCH =
      square("SpaceToBatch", "paddings", "Tpaddings", false)
          .says("Pads height and width, and moves the places within square blocks into the batch.")
          .grad(
              keep("paddings"),
              (g, dy) -> {
                Tensor block = Values.ints(sides(g.attrs()));
                g.to("input", BATCH_TO_SPACE_REF.of(dy, block, g.kept("paddings")));
              })
          .declare();

  public static final OpDef SQUARE_BATCH_TO_SPACE =
      square("BatchToSpace", "crops", "Tidx", true)
          .says("Moves parts of the batch into square blocks of height and width, and crops those.")
          .grad(
              keep("crops"),
              (g, dy) -> {
                Tensor block = Values.ints(sides(g.attrs()));
                g.to("input", SPACE_TO_BATCH_REF.of(dy, block, g.kept("crops")));
              })
          .declare();

  private static int[] before(Call c, int input) {
    int[] pairs = c.in(input).toIntArray();
    int[] b = new int[pairs.length / 2];
    for (int i = 0; i < b.length; i++) {
      b[i] = pairs[2 * i];
    }
    return b;
  }

  private static Shape blocked(Call c, int @Nullable [] block, int pairsAt, boolean back) {
    Shape x = c.shape(0);
    int @Nullable [] pairs = c.constant(pairsAt);
    if (!x.isRankKnown()) {
      return x;
    }
    if (block == null || pairs == null) {
      return Dims.unknown(x.rank());
    }
    int m = block.length;
    if (x.rank() < m + 1) {
      throw c.fault("input rank should be >= " + (m + 1) + " instead of " + x.rank())
          .expected("a batch axis and " + m + " axes behind it")
          .shapeError();
    }
    String name = c.op.inputs().get(pairsAt).name();
    if (!Shape.of(m, 2).accepts(c.shape(pairsAt))) {
      throw c.fault(
              name + " should have shape [" + m + ", 2] instead of " + c.shape(pairsAt).brackets())
          .expected("a row for each block axis")
          .shapeError();
    }
    int[] d = x.dims();
    int blocks = 1;
    for (int i = 0; i < m; i++) {
      int b = block[i];
      int sum = pairs[2 * i] + pairs[2 * i + 1];
      if (b < 1 || pairs[2 * i] < 0 || pairs[2 * i + 1] < 0) {
        throw c.fault(
                "block_shape must be positive and "
                    + name
                    + " not negative, axis "
                    + i
                    + " has "
                    + b)
            .expected("blocks of 1 or more")
            .valueError();
      }
      blocks = Math.multiplyExact(blocks, b);
      if (d[i + 1] < 0) {
        continue;
      }
      int n = back ? d[i + 1] * b - sum : d[i + 1] + sum;
      if (n < 0) {
        throw c.fault("cropped_shape[" + i + "]=" + n + " must be non-negative")
            .expected("smaller crops")
            .valueError();
      }
      if (!back && n % b != 0) {
        throw c.fault(
                "padded_shape[" + i + "]=" + n + " is not divisible by block_shape[" + i + "]=" + b)
            .expected("a multiple of " + b + " together with the paddings")
            .shapeError();
      }
      d[i + 1] = back ? n : n / b;
    }
    if (back && d[0] > 0 && d[0] % blocks != 0) {
      throw c.fault(
              "Input batch dimension ("
                  + d[0]
                  + ") is not divisible by product of block sizes ("
                  + blocks
                  + ")")
          .expected("a multiple of " + blocks)
          .shapeError();
    }
    d[0] = d[0] < 0 ? d[0] : back ? d[0] / blocks : Math.multiplyExact(d[0], blocks);
    return Shape.ofOwned(d);
  }
}
