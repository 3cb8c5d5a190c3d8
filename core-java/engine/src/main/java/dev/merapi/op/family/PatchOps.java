package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FIXED;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.PatchCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.Window;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Patches cut out of images and volumes. Neighbours: ConvOps (windows times filters), PoolOps.
public final class PatchOps {
  private static final OpRef RANGE = OpRef.to("Range");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef SEGMENTS = OpRef.to("UnsortedSegmentSum");
  private static final OpRef IMAGE_PATCHES = OpRef.to("ExtractImagePatches");
  private static final OpRef VOLUME_PATCHES = OpRef.to("ExtractVolumePatches");

  private PatchOps() {}

  /// Declares the family.
  public static void load() {}

  private static OpBuilder patches(OpBuilder b, int rank) {
    int[] two = new int[rank];
    Arrays.fill(two, 1, rank - 1, 2);
    two[0] = two[rank - 1] = 1;
    Map<String, Object> attrs = Map.of("ksizes", two, "strides", two, "padding", "VALID");
    return b.attr("ksizes", AttrDef.Kind.INTS)
        .attr("strides", AttrDef.Kind.INTS)
        .attr("padding", AttrDef.Kind.STRING, "SAME", "VALID")
        .infer(c -> c.out(0, c.dtype(0), cut(c, rank)))
        .cpu(c -> PatchCpu.run(c, Window.patches(c, c.shape(0))))
        .cuda("copy")
        .mustFail(
            "has shape (2, 2) but must be rank " + rank,
            rates(attrs, rank),
            Spec.of(DType.F32, 2, 2));
  }

  private static Map<String, Object> rates(Map<String, Object> attrs, int rank) {
    if (rank == 5) {
      return attrs;
    }
    Map<String, Object> all = new HashMap<>(attrs);
    all.put("rates", new int[] {1, 1, 1, 1});
    return all;
  }

  private static Shape cut(Call c, int rank) {
    Dims.exactly(c, c.op.inputs().get(0).name(), rank);
    Shape x = c.shape(0);
    if (!x.isRankKnown()) {
      return Dims.unknown(rank);
    }
    Window w = Window.patches(c, x);
    int places = Arrays.stream(w.size).reduce(1, Math::multiplyExact);
    return w.shape(w.out, Dims.times(places, w.channels));
  }

  /// Adds up what arrives for each pixel: patches of the pixels' numbers say where everything came
  /// from, and 0 where it was padding.
  private static void spread(Grad g, String input, Tensor dy, OpRef same, Attrs attrs) {
    int rank = g.attrs().ints("ksizes").length;
    Tensor channels = g.size(input, rank - 1);
    Tensor first = Values.scalar(1);
    Tensor pixels = first;
    Tensor[] one = new Tensor[rank];
    Arrays.fill(one, first);
    for (int i = 1; i < rank - 1; i++) {
      one[i] = g.size(input, i);
      pixels = Sizes.times(pixels, one[i]);
    }
    Tensor numbers = RANGE.of(first, Sizes.plus(pixels, first), first);
    Tensor from = same.with(attrs, RESHAPE.of(numbers, Sizes.vector(one)));
    Tensor ids = SUB.of(RESHAPE.of(from, Values.ints(-1)), first);
    Tensor turn = Values.ints(1, 0, 2);
    Tensor parted = Sizes.vector(Values.scalar(-1), Sizes.count(from), channels);
    Tensor rows = TRANSPOSE.of(RESHAPE.of(dy, parted), turn);
    Tensor sums = TRANSPOSE.of(SEGMENTS.of(rows, ids, pixels), turn);
    g.to(input, RESHAPE.of(sums, g.dims(input)));
  }

  public static final OpDef EXTRACT_IMAGE_PATCHES =
      patches(
              op("ExtractImagePatches")
                  .says("Cuts windows out of images and lays the pixels of each into the channels.")
                  .in("images", "T")
                  .out("patches", "T")
                  .type("T", FIXED)
                  .attr("rates", AttrDef.Kind.INTS),
              4)
          .grad(
              keep(),
              (g, dy) -> {
                Attrs a = g.attrs();
                Attrs same =
                    IMAGE_PATCHES.attrs(
                        "ksizes",
                        a.ints("ksizes"),
                        "strides",
                        a.ints("strides"),
                        "rates",
                        a.ints("rates"),
                        "padding",
                        a.s("padding"));
                spread(g, "images", dy, IMAGE_PATCHES, same);
              })
          .declare();

  public static final OpDef EXTRACT_VOLUME_PATCHES =
      patches(
              op("ExtractVolumePatches")
                  .says("Cuts windows out of volumes and lays the cells of each into the channels.")
                  .in("input", "T")
                  .out("patches", "T")
                  .type("T", REALS),
              5)
          .grad(
              keep(),
              (g, dy) -> {
                Attrs a = g.attrs();
                Attrs same =
                    VOLUME_PATCHES.attrs(
                        "ksizes",
                        a.ints("ksizes"),
                        "strides",
                        a.ints("strides"),
                        "padding",
                        a.s("padding"));
                spread(g, "input", dy, VOLUME_PATCHES, same);
              })
          .api("extractVolumePatches")
          .declare();
}
