package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.MoveCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Elements change places within one tensor: transposed, repeated, reversed, rolled, blocked.
/// Neighbours: ShapeOps (nothing moves), JoinOps (several tensors), SliceOps (parts).
public final class MoveOps {
  private MoveOps() {}

  private static final OpRef INVERT = OpRef.to("InvertPermutation");
  private static final OpRef TRANSPOSE_REF = OpRef.to("Transpose");
  private static final OpRef CONJUGATE_TRANSPOSE_REF = OpRef.to("ConjugateTranspose");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef MINIMUM = OpRef.to("Minimum");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");
  private static final OpRef FLOOR_DIV = OpRef.to("FloorDiv");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef NEG = OpRef.to("Neg");
  private static final OpRef REVERSE_REF = OpRef.to("ReverseV2");
  private static final OpRef REVERSE_SEQUENCE_REF = OpRef.to("ReverseSequence");
  private static final OpRef ROLL_REF = OpRef.to("Roll");
  private static final OpRef SPACE_TO_DEPTH_REF = OpRef.to("SpaceToDepth");
  private static final OpRef DEPTH_TO_SPACE_REF = OpRef.to("DepthToSpace");

  /// Declares the family.
  public static void load() {}

  public static final OpDef TRANSPOSE =
      op("Transpose")
          .says(
              "Puts the axes into another order: axis i of the result is axis perm[i] of the"
                  + " input.")
          .in("x", "T")
          .in("perm", "Tperm")
          .out("y", "T")
          .type("T", ALL)
          .type("Tperm", INDICES, DType.I32)
          .infer(c -> c.out(0, c.dtype(0), permuted(c)))
          .grad(keep("perm"), (g, dy) -> g.to("x", TRANSPOSE_REF.of(dy, INVERT.of(g.kept("perm")))))
          .cpu(MoveOps::transpose)
          .cuda("copy")
          .api("transpose")
          .mustFail("1 is missing from {0,0}.", Spec.of(DType.F32, 2, 3), Spec.of(DType.I32, 2))
          .declare();

  public static final OpDef CONJUGATE_TRANSPOSE =
      op("ConjugateTranspose")
          .says("Puts the axes into another order and conjugates complex elements.")
          .in("x", "T")
          .in("perm", "Tperm")
          .out("y", "T")
          .type("T", ALL)
          .type("Tperm", INDICES, DType.I32)
          .infer(c -> c.out(0, c.dtype(0), permuted(c)))
          .grad(
              keep("perm"),
              (g, dy) -> g.to("x", CONJUGATE_TRANSPOSE_REF.of(dy, INVERT.of(g.kept("perm")))))
          .cpu(c -> {
            transpose(c);
            if (c.dtype(0).isComplex()) {
              MoveCpu.conjugate(c.out(0));
            }
          })
          .cuda("copy")
          .mustFail(
              "transpose expects a vector of size 2",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 3))
          .declare();

  private static void transpose(Call c) {
    int[] perm = c.in(1).toIntArray();
    int r = c.shape(0).rank();
    for (int i = 0; i < perm.length; i++) {
      perm[i] += perm[i] < 0 ? r : 0;
    }
    MoveCpu.transpose(c, perm);
  }

  private static Shape permuted(Call c) {
    Shape x = c.shape(0);
    Dims.exactly(c, "perm", 1);
    int[] perm = c.constant("perm");
    if (!x.isRankKnown()) {
      return perm == null ? Dims.unknown(c, "perm") : Dims.unknown(perm.length);
    }
    int r = x.rank();
    Shape v = c.shape("perm");
    if (v.isKnown() && v.dim(0) != r) {
      throw c.fault(
              "transpose expects a vector of size "
                  + r
                  + ". But input(1) is a vector of size "
                  + v.dim(0))
          .expected("one entry of perm for each of " + r + " axes")
          .shapeError();
    }
    if (perm == null) {
      return Dims.unknown(r);
    }
    boolean[] seen = new boolean[r];
    int[] d = new int[r];
    for (int i = 0; i < r; i++) {
      int p = perm[i] < 0 ? perm[i] + r : perm[i];
      if (p < 0 || p >= r) {
        throw c.fault(perm[i] + " is out of range [0 .. " + r + ")")
            .expected("axes from 0 to " + (r - 1))
            .shapeError();
      }
      seen[p] = true;
      d[i] = x.dim(p);
    }
    for (int i = 0; i < r; i++) {
      if (!seen[i]) {
        StringBuilder s = new StringBuilder();
        for (int p : perm) {
          s.append(s.isEmpty() ? "" : ",").append(p);
        }
        throw c.fault(i + " is missing from {" + s + "}.").expected("each axis once").shapeError();
      }
    }
    return Shape.ofOwned(d);
  }

  public static final OpDef TILE =
      op("Tile")
          .says("Repeats the whole tensor multiples[i] times along axis i.")
          .in("input", "T")
          .in("multiples", "Tmultiples")
          .out("output", "T")
          .type("T", ALL)
          .type("Tmultiples", INDICES, DType.I32)
          .infer(c -> c.out(0, c.dtype(0), tiled(c)))
          .grad(keep(), (g, dy) -> g.to("input", untiled(g, dy)))
          .cpu(MoveCpu::tile)
          .cuda("copy")
          .api("tile")
          .mustFail(
              "multiples argument to be a vector of length 2",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 1))
          .declare();

  private static Shape tiled(Call c) {
    Shape x = c.shape(0);
    int[] m = c.constant("multiples");
    if (!x.isRankKnown()) {
      return Dims.unknown(c, "multiples");
    }
    int r = x.rank();
    Shape v = c.shape("multiples");
    if (v.isKnown() && (v.rank() != 1 || v.dim(0) != r)) {
      throw c.fault(
              "Expected multiples argument to be a vector of length "
                  + r
                  + " but got length "
                  + v.size())
          .expected("one multiple for each axis")
          .shapeError();
    }
    if (m == null) {
      return Dims.unknown(r);
    }
    int[] d = new int[r];
    for (int i = 0; i < r; i++) {
      if (m[i] < 0) {
        throw c.fault("Expected multiples[" + i + "] >= 0, but got " + m[i])
            .expected("multiples of 0 or more")
            .valueError();
      }
      d[i] = Dims.times(x.dim(i), m[i]);
    }
    return Shape.ofOwned(d);
  }

  /// Adds up the repetitions, axis by axis: one axis at a time stays within the greatest rank.
  private static Tensor untiled(Grad g, Tensor dy) {
    Shape x = g.shapeOf("input");
    if (!x.isKnown() || !dy.shape().isKnown()) {
      return openUntiled(g, dy);
    }
    Tensor s = dy;
    for (int i = 0; i < x.rank(); i++) {
      int n = x.dim(i);
      int[] d = s.shape().dims();
      if (d[i] == n && n != 0) {
        continue;
      }
      int outer = Dims.product(d, 0, i);
      int inner = Dims.product(d, i + 1, d.length);
      int times = n == 0 ? 1 : d[i] / n;
      s = SUM.of(RESHAPE.of(s, Values.ints(outer, times, n, inner)), Values.ints(1));
      d[i] = n;
      s = RESHAPE.of(s, Values.ints(d));
    }
    return s;
  }

  private static Tensor openUntiled(Grad g, Tensor dy) {
    int rank = g.shapeOf("input").rank();
    Tensor one = Values.scalar(1);
    Tensor s = dy;
    for (int i = 0; i < rank; i++) {
      Tensor n = g.size("input", i);
      Tensor at = Values.scalar(i);
      Tensor next = Values.scalar(i + 1);
      Tensor dims = Sizes.of(s);
      Tensor before = Sizes.part(dims, Values.scalar(0), at);
      Tensor after = Sizes.part(dims, next, Values.scalar(rank));
      // Of nothing there is one repetition: 0 becomes 1 in numerator and denominator.
      Tensor none = Sizes.minus(one, MINIMUM.of(n, one));
      Tensor times = FLOOR_DIV.of(Sizes.plus(Sizes.entry(dims, i), none), MAXIMUM.of(n, one));
      Tensor parted = Sizes.vector(Sizes.product(before), times, n, Sizes.product(after));
      s = SUM.of(RESHAPE.of(s, parted), Values.ints(1));
      s = RESHAPE.of(s, CONCAT.of(before, Sizes.vector(n), after, Values.scalar(0)));
    }
    return s;
  }

  public static final OpDef REVERSE =
      op("ReverseV2")
          .says("Reverses the order along the given axes.")
          .in("tensor", "T")
          .in("axis", "Tidx")
          .out("output", "T")
          .type("Tidx", INDICES, DType.I32)
          .type("T", ALL)
          .infer(c -> {
            backwards(c);
            c.out(0, c.in(0).spec());
          })
          .grad(keep("axis"), (g, dy) -> g.to("tensor", REVERSE_REF.of(dy, g.kept("axis"))))
          .cpu(c -> {
            boolean[] back = backwards(c);
            MoveCpu.reverse(c, back == null ? new boolean[c.shape(0).rank()] : back);
          })
          .cuda("copy")
          .api("reverse")
          .mustFail(
              "axis 0 specified more than once", Spec.of(DType.F32, 2, 3), Spec.of(DType.I32, 2))
          .declare();

  private static boolean @Nullable [] backwards(Call c) {
    Shape x = c.shape(0);
    Dims.exactly(c, "axis", 1);
    int[] axes = c.constant("axis");
    if (!x.isRankKnown() || axes == null) {
      return null;
    }
    int r = x.rank();
    boolean[] back = new boolean[r];
    for (int k = 0; k < axes.length; k++) {
      int i = axes[k] < 0 ? axes[k] + r : axes[k];
      if (i < 0 || i >= r) {
        throw c.fault(
                "'axis'[" + k + "] = " + axes[k] + " is out of valid range [0, " + (r - 1) + "]")
            .expected("axes from " + -r + " to " + (r - 1))
            .shapeError();
      }
      if (back[i]) {
        throw c.fault("axis " + i + " specified more than once.")
            .expected("each axis once")
            .shapeError();
      }
      back[i] = true;
    }
    return back;
  }

  public static final OpDef REVERSE_SEQUENCE =
      op("ReverseSequence")
          .says(
              "Reverses the first seq_lengths[b] entries of each batch entry b and leaves the"
                  + " padding behind them.")
          .in("input", "T")
          .in("seq_lengths", "Tlen")
          .out("output", "T")
          .attr("seq_dim", AttrDef.Kind.INT)
          .attr("batch_dim", 0)
          .type("T", ALL)
          .type("Tlen", INDICES)
          .infer(c -> {
            lengths(c);
            c.out(0, c.in(0).spec());
          })
          .grad(
              keep("seq_lengths"),
              (g, dy) ->
                  g.to("input", REVERSE_SEQUENCE_REF.with(g.attrs(), dy, g.kept("seq_lengths"))))
          .cpu(c -> {
            int[] n = lengths(c);
            int batch = c.shape(0).axis("ReverseSequence", c.attrs.i("batch_dim"));
            int seq = c.shape(0).axis("ReverseSequence", c.attrs.i("seq_dim"));
            MoveCpu.reverseSequence(c, seq, batch, n == null ? new int[0] : n);
          })
          .cuda("gather")
          .api("reverseSequence")
          .mustFail(
              "must differ", Map.of("seq_dim", 0), Spec.of(DType.F32, 2, 3), Spec.of(DType.I64, 2))
          .declare();

  private static int @Nullable [] lengths(Call c) {
    Shape x = c.shape(0);
    int[] n = c.constant("seq_lengths");
    if (!x.isRankKnown() || n == null) {
      return null;
    }
    int batch = x.axis("ReverseSequence", c.attrs.i("batch_dim"));
    int seq = x.axis("ReverseSequence", c.attrs.i("seq_dim"));
    if (batch == seq) {
      throw c.fault("batch_dim and seq_dim must differ, both are " + seq)
          .expected("two axes")
          .attrError();
    }
    if (x.dim(batch) >= 0 && n.length != x.dim(batch)) {
      throw c.fault(
              "Length of seq_lengths != input.dims("
                  + batch
                  + "), ("
                  + n.length
                  + " vs. "
                  + x.dim(batch)
                  + ")")
          .expected("one length for each of the " + x.dim(batch) + " batch entries")
          .shapeError();
    }
    for (int b = 0; b < n.length; b++) {
      if (n[b] < 0 || x.dim(seq) >= 0 && n[b] > x.dim(seq)) {
        throw c.fault("seq_lengths(" + b + ") = " + n[b] + " is outside [0, " + x.dim(seq) + "]")
            .expected("lengths up to the size of axis " + seq)
            .valueError();
      }
    }
    return n;
  }

  public static final OpDef ROLL =
      op("Roll")
          .says(
              "Moves all elements some places along axes; what leaves at one end enters at the"
                  + " other.")
          .in("input", "T")
          .in("shift", "Tshift")
          .in("axis", "Taxis")
          .out("output", "T")
          .type("T", ALL)
          .type("Tshift", INDICES)
          .type("Taxis", INDICES)
          .infer(c -> {
            shifts(c);
            c.out(0, c.in(0).spec());
          })
          .grad(
              keep("shift", "axis"),
              (g, dy) -> g.to("input", ROLL_REF.of(dy, NEG.of(g.kept("shift")), g.kept("axis"))))
          .cpu(c -> {
            int[] s = shifts(c);
            MoveCpu.roll(c, s == null ? new int[c.shape(0).rank()] : s);
          })
          .cuda("copy")
          .api("roll")
          .mustFail(
              "input must be 1-D or higher",
              Spec.of(DType.F32),
              Spec.of(DType.I32),
              Spec.of(DType.I32))
          .declare();

  private static int @Nullable [] shifts(Call c) {
    Shape x = c.shape(0);
    if (!x.isRankKnown()) {
      return null;
    }
    int r = x.rank();
    if (r == 0) {
      throw c.fault("input must be 1-D or higher")
          .expected("at least one axis to roll along")
          .shapeError();
    }
    if (!c.shape("shift").accepts(c.shape("axis"))) {
      throw c.fault("shift and axis must have the same size")
          .expected("one shift for each axis")
          .shapeError();
    }
    int[] shift = c.constant("shift");
    int[] axes = c.constant("axis");
    if (shift == null || axes == null) {
      return null;
    }
    int[] s = new int[r];
    for (int k = 0; k < axes.length; k++) {
      int i = axes[k] < 0 ? axes[k] + r : axes[k];
      if (i < 0 || i >= r) {
        throw c.fault("axis " + axes[k] + " is out of range")
            .expected("axes from " + -r + " to " + (r - 1))
            .shapeError();
      }
      int n = x.dim(i);
      s[i] = n <= 0 ? 0 : Math.floorMod(s[i] + Math.floorMod(shift[k], n), n);
    }
    return s;
  }

  public static final OpDef SPACE_TO_DEPTH =
      op("SpaceToDepth")
          .says("Moves blocks of block_size × block_size pixels into the channels.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .attr("block_size", AttrDef.Kind.INT)
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .infer(c -> {
            int b = block(c);
            Shape x = c.shape(0).isRankKnown() ? c.shape(0) : Dims.unknown(4);
            int row = first(c) ? 2 : 1;
            int ch = first(c) ? 1 : 3;
            int h = x.dim(row);
            int w = x.dim(row + 1);
            if (h > 0 && h % b != 0 || w > 0 && w % b != 0) {
              throw c.fault(
                      "Image width "
                          + w
                          + " and height "
                          + h
                          + " should be divisible by block_size: "
                          + b)
                  .expected("multiples of " + b)
                  .fix("pad the image first")
                  .shapeError();
            }
            int[] d = x.dims();
            d[row] = h < 0 ? h : h / b;
            d[row + 1] = w < 0 ? w : w / b;
            d[ch] = Dims.times(d[ch], b * b);
            c.out(0, c.dtype(0), Shape.ofOwned(d));
          })
          .grad(
              keep(),
              (g, dy) ->
                  g.to(
                      "input", DEPTH_TO_SPACE_REF.with(blocked(DEPTH_TO_SPACE_REF, g.attrs()), dy)))
          .cpu(c -> MoveCpu.spaceToDepth(c, c.attrs.i("block_size"), first(c), false))
          .cuda("copy")
          .api("nn.spaceToDepth")
          .mustFail(
              "should be divisible by block_size: 2",
              Map.of("block_size", 2),
              Spec.of(DType.F32, 1, 3, 4, 1))
          .declare();

  public static final OpDef DEPTH_TO_SPACE =
      op("DepthToSpace")
          .says("Moves channels into blocks of block_size × block_size pixels.")
          .in("input", "T")
          .out("output", "T")
          .type("T", ALL)
          .attr("block_size", AttrDef.Kind.INT)
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .infer(c -> {
            int b = block(c);
            Shape x = c.shape(0).isRankKnown() ? c.shape(0) : Dims.unknown(4);
            int row = first(c) ? 2 : 1;
            int ch = first(c) ? 1 : 3;
            int[] d = x.dims();
            if (d[ch] > 0 && d[ch] % (b * b) != 0) {
              throw c.fault("Input depth dimension " + d[ch] + " should be divisible by: " + b * b)
                  .expected("a multiple of block_size²")
                  .shapeError();
            }
            d[row] = Dims.times(d[row], b);
            d[row + 1] = Dims.times(d[row + 1], b);
            d[ch] = d[ch] < 0 ? d[ch] : d[ch] / (b * b);
            c.out(0, c.dtype(0), Shape.ofOwned(d));
          })
          .grad(
              keep(),
              (g, dy) ->
                  g.to(
                      "input", SPACE_TO_DEPTH_REF.with(blocked(SPACE_TO_DEPTH_REF, g.attrs()), dy)))
          .cpu(c -> MoveCpu.spaceToDepth(c, c.attrs.i("block_size"), first(c), true))
          .cuda("copy")
          .api("nn.depthToSpace")
          .mustFail(
              "should be divisible by: 4", Map.of("block_size", 2), Spec.of(DType.F32, 1, 2, 2, 3))
          .declare();

  private static Attrs blocked(OpRef other, Attrs a) {
    return other.attrs("block_size", a.i("block_size"), "data_format", a.s("data_format"));
  }

  private static boolean first(Call c) {
    return c.attrs.s("data_format").equals("NCHW");
  }

  private static int block(Call c) {
    Dims.exactly(c, "input", 4);
    int b = c.attrs.i("block_size");
    if (b < 2) {
      throw c.fault("Block size should be > 1: " + b)
          .expected("a block_size of 2 or more")
          .attrError();
    }
    return b;
  }
}
