package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;

import dev.merapi.kernel.cpu.CropCpu;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Boxes cut out of images and brought to one size. Neighbours: ImageOps (whole images), BoxOps.
public final class CropOps {
  private static final Types PIXELS =
      Types.of(
          DType.U8,
          DType.U16,
          DType.I8,
          DType.I16,
          DType.I32,
          DType.I64,
          DType.F16,
          DType.BF16,
          DType.F32,
          DType.F64);

  private static final String BILINEAR = "bilinear";

  private static final OpRef CROP = OpRef.to("CropAndResize");
  private static final OpRef IMAGE_GRAD = OpRef.to("CropAndResizeGradImage");
  private static final OpRef BOXES_GRAD = OpRef.to("CropAndResizeGradBoxes");

  private CropOps() {}

  /// Declares the family.
  public static void load() {}

  private static void rank4(Call c, String input) {
    Shape s = c.shape(input);
    if (s.isRankKnown() && s.rank() != 4) {
      throw c.fault(input + " must be 4-D" + s.brackets())
          .expected("(batch, height, width, channels)")
          .shapeError();
    }
  }

  /// Returns how many boxes there are, -1 if unknown.
  private static int boxes(Call c) {
    Shape b = c.shape("boxes");
    Shape at = c.shape("box_ind");
    if (b.isRankKnown() && b.rank() != 2) {
      throw c.fault("boxes must be 2-D" + b.brackets())
          .expected("a row (y1, x1, y2, x2) for each box")
          .shapeError();
    }
    if (!Shape.of(-1, 4).accepts(b)) {
      throw c.fault("boxes must have 4 columns, not " + b.dim(1))
          .expected("a row (y1, x1, y2, x2) for each box")
          .shapeError();
    }
    int n = b.isRankKnown() ? b.dim(0) : -1;
    if (!Shape.of(n).accepts(at)) {
      throw c.fault("box_index has incompatible shape " + at + ": there are " + n + " boxes")
          .expected("the number of an image for each box")
          .shapeError();
    }
    return n >= 0 || !at.isRankKnown() ? n : at.dim(0);
  }

  private static final Spec[] FLAT = {
    Spec.of(DType.F32, 2, 2, 1), Spec.of(DType.F32, 1, 4), Spec.of(DType.I32, 1),
  };

  private static OpBuilder method(OpBuilder b, String... methods) {
    return b.attr("method", BILINEAR, methods).cuda("resize").accurate(-8, -0x1p31);
  }

  public static final OpDef CROP_AND_RESIZE =
      method(
              op("CropAndResize")
                  .says(
                      "Cuts boxes out of images and resizes them to one size; corners are parts of"
                          + " height and width.")
                  .in("image", "T")
                  .in("boxes", DType.F32)
                  .in("box_ind", DType.I32)
                  .in("crop_size", DType.I32)
                  .out("crops", DType.F32)
                  .type("T", PIXELS),
              BILINEAR,
              "nearest")
          .attr("extrapolation_value", 0.0)
          .infer(c -> {
            rank4(c, "image");
            int[] size = c.constant("crop_size");
            if (size != null && size.length != 2) {
              throw c.fault("crop_size must have two elements[" + size.length + "]")
                  .expected("height and width")
                  .shapeError();
            }
            if (size != null && (size[0] <= 0 || size[1] <= 0)) {
              throw c.fault("crop dimensions must be positive")
                  .given("crop_size " + size[0] + ", " + size[1])
                  .expected("height and width from 1 on")
                  .shapeError();
            }
            Shape x = c.shape("image");
            if (x.isRankKnown() && (x.dim(1) == 0 || x.dim(2) == 0)) {
              throw c.fault("image dimensions must be positive")
                  .expected("height and width from 1 on")
                  .shapeError();
            }
            int height = size == null ? -1 : size[0];
            int width = size == null ? -1 : size[1];
            c.out(0, DType.F32, Shape.of(boxes(c), height, width, x.isRankKnown() ? x.dim(3) : -1));
          })
          .grad(
              keep("image", "boxes", "box_ind"),
              (g, dy) -> {
                Tensor boxes = g.kept("boxes");
                Tensor at = g.kept("box_ind");
                if (g.needs("image") && g.dtypeOf("image").isFloating()) {
                  Attrs same =
                      IMAGE_GRAD.attrs("T", g.dtypeOf("image"), "method", g.attrs().s("method"));
                  g.to("image", IMAGE_GRAD.with(same, dy, boxes, at, g.dims("image")));
                }
                if (g.needs("boxes")) {
                  // Nearest pixels do not move with the box: as TensorFlow, say what interpolated
                  // ones would do.
                  g.to("boxes", BOXES_GRAD.of(dy, g.kept("image"), boxes, at));
                }
              })
          .gradientDiffers(
              "float64_bilinear_.*",
              "gradients are summed in float64 and rounded once; TensorFlow rounds each product to"
                  + " float32")
          .cpu(CropCpu::forward)
          .api("image.cropAndResize")
          .mustFail("image must be 4-D[2,2,1]", FLAT[0], FLAT[1], FLAT[2], Spec.of(DType.I32, 2))
          .mustFail(
              "crop dimensions must be positive",
              Spec.of(DType.F32, 1, 2, 2, 1),
              FLAT[1],
              FLAT[2],
              Spec.of(DType.I32, 2))
          .declare();

  public static final OpDef GRAD_IMAGE =
      method(
              op("CropAndResizeGradImage")
                  .says("Adds the gradients of crops up at the pixels that they were made from.")
                  .in("grads", DType.F32)
                  .in("boxes", DType.F32)
                  .in("box_ind", DType.I32)
                  .in("image_size", DType.I32)
                  .out("output", "T")
                  .type("T", FLOATS, DType.F32),
              BILINEAR,
              "nearest")
          .infer(c -> {
            rank4(c, "grads");
            boxes(c);
            int[] size = c.constant("image_size");
            if (size != null && size.length != 4) {
              throw c.fault("image_size must have four elements, not " + size.length)
                  .expected("(batch, height, width, channels)")
                  .shapeError();
            }
            c.out(0, c.type("T"), size == null ? Dims.unknown(4) : Shape.of(size));
          })
          .grad(keep("grads", "boxes", "box_ind"), CropOps::imageGradAgain)
          .cpu(CropCpu::toImage)
          .mustFail("grads must be 4-D[2,2,1]", FLAT[0], FLAT[1], FLAT[2], Spec.of(DType.I32, 4))
          .declare();

  /// What is linear in the gradients crops again; what depends on the boxes is the forward
  /// operation's.
  private static void imageGradAgain(Grad g, Tensor dd) {
    Tensor boxes = g.kept("boxes");
    Tensor at = g.kept("box_ind");
    if (g.needs("grads")) {
      Shape s = g.shapeOf("grads");
      Attrs same = CROP.attrs("method", g.attrs().s("method"));
      g.to("grads", CROP.with(same, dd, boxes, at, Values.ints(s.dim(1), s.dim(2))));
    }
    if (g.needs("boxes")) {
      g.to("boxes", BOXES_GRAD.of(g.kept("grads"), dd, boxes, at));
    }
  }

  public static final OpDef GRAD_BOXES =
      method(
              op("CropAndResizeGradBoxes")
                  .says(
                      "Computes how corners of boxes would move for the gradients of their crops.")
                  .in("grads", DType.F32)
                  .in("image", "T")
                  .in("boxes", DType.F32)
                  .in("box_ind", DType.I32)
                  .out("output", DType.F32)
                  .type("T", PIXELS),
              BILINEAR)
          .infer(c -> {
            rank4(c, "grads");
            rank4(c, "image");
            c.out(0, DType.F32, Shape.of(boxes(c), 4));
          })
          .noGrad("TensorFlow defines none: between pixels the corners act linearly")
          .cpu(CropCpu::toBoxes)
          .mustFail(
              "grads must be 4-D[2,2,1]", FLAT[0], Spec.of(DType.F32, 1, 2, 2, 1), FLAT[1], FLAT[2])
          .declare();
}
