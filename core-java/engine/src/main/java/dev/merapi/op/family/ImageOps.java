package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;

import dev.merapi.kernel.cpu.ResizeCpu;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.Infer;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Resizing of images `(batch, height, width, channels)`. Neighbours: ConvOps, PoolOps.
public final class ImageOps {
  private static final Types PIXELS =
      FLOATS.and(Types.of(DType.I8, DType.U8, DType.I16, DType.U16, DType.I32, DType.I64));

  /// Results that TensorFlow computes in float32 although they are given as float64.
  private static final double FLOAT32_IN_FLOAT64 = -0x1p31;

  private static final String SUMMED_WIDE =
      "gradients are summed in float64 and rounded once; TensorFlow rounds each product to float32";

  private ImageOps() {}

  private static void checkRank(Call c, int input, String name) {
    Shape s = c.shape(input);
    if (s.isRankKnown() && s.rank() != 4) {
      throw c.fault(name + " must be 4-dimensional" + s.brackets())
          .expected("(batch, height, width, channels)")
          .fix("add the batch with tf.expandDims(image, 0)")
          .shapeError();
    }
  }

  /// The result has the height and width that the second input holds.
  private static Shape sized(Call c) {
    checkRank(c, 0, "input");
    int[] size = c.constant(1);
    Shape x = c.shape(0);
    if (size != null && size.length != 2) {
      throw c.fault("shape_t must have two elements [" + size.length + "]")
          .expected("height and width")
          .shapeError();
    }
    if (size != null && (size[0] <= 0 || size[1] <= 0)) {
      throw c.fault("output dimensions must be positive")
          .given("size " + size[0] + ", " + size[1])
          .expected("height and width from 1 on")
          .shapeError();
    }
    int batch = x.isRankKnown() ? x.dim(0) : -1;
    int channels = x.isRankKnown() ? x.dim(3) : -1;
    if (x.isKnown() && x.size() == 0 && size != null && (long) x.dim(1) * x.dim(2) == 0) {
      throw c.fault("input image must be of non-zero size")
          .expected("height and width from 1 on")
          .shapeError();
    }
    return Shape.of(batch, size == null ? -1 : size[0], size == null ? -1 : size[1], channels);
  }

  private static OpBuilder resize(String name, boolean half) {
    OpBuilder b =
        op(name)
            .in("images", "T")
            .in("size", DType.I32)
            .type("T", PIXELS)
            .attr("align_corners", false)
            .cuda("resize")
            .mustFail(
                "output dimensions must be positive",
                Spec.of(DType.F32, 1, 2, 2, 1),
                Spec.of(DType.I32, 2))
            .mustFail(
                "input must be 4-dimensional[2,2,1]",
                Spec.of(DType.F32, 2, 2, 1),
                Spec.of(DType.I32, 2));
    return half ? b.attr("half_pixel_centers", false) : b;
  }

  /// Results are float32 whatever the images are.
  private static OpBuilder smooth(String name, boolean half) {
    return resize(name, half)
        .out("resized_images", DType.F32)
        .infer(c -> c.out(0, DType.F32, sized(c)))
        .accurate(-8, FLOAT32_IN_FLOAT64);
  }

  private static Attrs same(Grad g, OpRef other) {
    return other.attrs(
        "align_corners",
        g.attrs().b("align_corners"),
        "half_pixel_centers",
        g.attrs().b("half_pixel_centers"));
  }

  private static Tensor size(Grad g, String images) {
    return Sizes.vector(g.size(images, 1), g.size(images, 2));
  }

  private static void smoothGradient(Grad g, Tensor dy, OpRef grad) {
    if (g.dtypeOf("images").isFloating()) {
      g.to("images", grad.with(same(g, grad), dy, g.kept("images")));
    }
  }

  /// The gradient of a gradient resizes again: both are linear.
  private static void smoothAgain(Grad g, Tensor dd, OpRef forward) {
    if (g.needs("grads")) {
      g.to("grads", forward.with(same(g, forward), dd, size(g, "grads")));
    }
    if (g.needs("original_image")) {
      g.to("original_image", OpRef.to("ZerosLike").of(g.kept("original_image")));
    }
  }

  private static final Infer LIKE_ORIGINAL =
      c -> {
        checkRank(c, 0, "input_grad");
        checkRank(c, 1, "original_image");
        c.out(0, c.in(1).spec());
      };

  private static OpBuilder smoothGrad(String name, Types types) {
    return op(name)
        .in("grads", DType.F32)
        .in("original_image", "T")
        .out("output", "T")
        .type("T", types)
        .attr("align_corners", false)
        .attr("half_pixel_centers", false)
        .infer(LIKE_ORIGINAL)
        .cuda("resize")
        .accurate(-8, FLOAT32_IN_FLOAT64);
  }

  public static final OpDef RESIZE_NEAREST =
      resize("ResizeNearestNeighbor", true)
          .out("resized_images", "T")
          .says("Resizes images; each pixel is the nearest one of the source.")
          .infer(c -> c.out(0, c.dtype(0), sized(c)))
          .grad(
              keep(),
              (g, dy) -> {
                OpRef grad = OpRef.to("ResizeNearestNeighborGrad");
                g.to("images", grad.with(same(g, grad), dy, size(g, "images")));
              })
          .cpu(ResizeCpu::nearest)
          .declare();

  public static final OpDef RESIZE_NEAREST_GRAD =
      op("ResizeNearestNeighborGrad")
          .says("Adds the gradients of all pixels that came from the same one.")
          .in("grads", "T")
          .in("size", DType.I32)
          .out("output", "T")
          .type("T", FLOATS.and(Types.of(DType.I8, DType.U8, DType.I32)))
          .attr("align_corners", false)
          .attr("half_pixel_centers", false)
          .infer(c -> c.out(0, c.dtype(0), sized(c)))
          .grad(
              keep(),
              (g, dd) -> {
                OpRef forward = OpRef.to("ResizeNearestNeighbor");
                g.to("grads", forward.with(same(g, forward), dd, size(g, "grads")));
              })
          .cpu(ResizeCpu::nearestGrad)
          .cuda("resize")
          .accurate(-1, -1)
          .declare();

  public static final OpDef RESIZE_BILINEAR =
      smooth("ResizeBilinear", true)
          .says("Resizes images; pixels are interpolated between four of the source.")
          .grad(keep("images"), (g, dy) -> smoothGradient(g, dy, OpRef.to("ResizeBilinearGrad")))
          .cpu(ResizeCpu::linear)
          .differs("float64_.*", SUMMED_WIDE)
          .declare();

  public static final OpDef RESIZE_BILINEAR_GRAD =
      smoothGrad("ResizeBilinearGrad", FLOATS)
          .says("Computes the gradient of bilinear resizing.")
          .grad(keep("original_image"), (g, dd) -> smoothAgain(g, dd, OpRef.to("ResizeBilinear")))
          .cpu(ResizeCpu::linearGrad)
          .declare();

  public static final OpDef RESIZE_BICUBIC =
      smooth("ResizeBicubic", true)
          .says("Resizes images; pixels are interpolated by cubics through sixteen of the source.")
          .source("Keys 1981, \"Cubic Convolution Interpolation for Digital Image Processing\"")
          .grad(keep("images"), (g, dy) -> smoothGradient(g, dy, OpRef.to("ResizeBicubicGrad")))
          .cpu(ResizeCpu::cubic)
          .differs("float64_1x1x1x2_to_3x3_align", SUMMED_WIDE)
          .declare();

  public static final OpDef RESIZE_BICUBIC_GRAD =
      smoothGrad("ResizeBicubicGrad", FLOATS)
          .says("Computes the gradient of bicubic resizing.")
          .grad(keep("original_image"), (g, dd) -> smoothAgain(g, dd, OpRef.to("ResizeBicubic")))
          .cpu(ResizeCpu::cubicGrad)
          .declare();

  public static final OpDef RESIZE_AREA =
      smooth("ResizeArea", false)
          .says("Resizes images; each pixel is the mean of the part of the source that it covers.")
          .noGrad("TensorFlow defines none; tf.nn.avgPool has one")
          .cpu(ResizeCpu::area)
          .declare();

  static void load() {}
}
