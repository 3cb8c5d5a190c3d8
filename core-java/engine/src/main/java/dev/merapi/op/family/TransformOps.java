package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;

import dev.merapi.kernel.cpu.AffineCpu;
import dev.merapi.kernel.cpu.ScaleCpu;
import dev.merapi.kernel.cpu.TransformCpu;
import dev.merapi.op.AttrDef;
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
import java.util.Map;

/// Images turned, moved, stretched and seen from aside. Neighbours: ImageOps (other sizes), CropOps
/// (boxes), LayoutOps.
public final class TransformOps {
  private static final Types PIXELS =
      Types.of(DType.U8, DType.I32, DType.I64, DType.F16, DType.BF16, DType.F32, DType.F64);

  private static final OpRef TRANSFORM = OpRef.to("ImageProjectiveTransformV3");
  private static final OpRef BACK = OpRef.to("_ImageProjectiveTransformGrad");

  /// TensorFlow computes positions and pixels in float32, whatever the images are.
  private static final double FLOAT32_IN_FLOAT64 = -0x1p31;

  private TransformOps() {}

  /// Declares the family.
  public static void load() {}

  private static void images(Call c, String input) {
    Shape s = c.shape(input);
    if (s.isRankKnown() && s.rank() != 4) {
      throw c.fault("Input images must have rank 4")
          .given(input + " " + s)
          .expected("(batch, height, width, channels)")
          .fix("add the batch with tf.expandDims(image, 0)")
          .shapeError();
    }
  }

  private static void transforms(Call c, Shape images) {
    Shape t = c.shape("transforms");
    int batch = images.isRankKnown() ? images.dim(0) : -1;
    boolean fits =
        !t.isRankKnown()
            || t.rank() == 2
                && (t.dim(1) < 0 || t.dim(1) == 8)
                && (t.dim(0) < 0 || t.dim(0) == 1 || batch < 0 || t.dim(0) == batch);
    if (!fits) {
      throw c.fault("Input transform should be num_images x 8 or 1 x 8")
          .given("transforms " + t + ", images " + images)
          .expected("a row (a0, a1, a2, b0, b1, b2, c0, c1) for each image, or one for all")
          .shapeError();
    }
  }

  private static OpBuilder moving(OpBuilder b) {
    return b.attr("interpolation", AttrDef.Kind.STRING, "NEAREST", "BILINEAR")
        .attr("fill_mode", "CONSTANT", "CONSTANT", "REFLECT", "WRAP", "NEAREST")
        .cuda("resize")
        .accurate(-8, FLOAT32_IN_FLOAT64);
  }

  private static Shape sized(Call c) {
    images(c, "images");
    Shape x = c.shape("images");
    transforms(c, x);
    Shape told = c.shape("output_shape");
    int[] size = c.constant("output_shape");
    if (!Shape.of(2).accepts(told)) {
      throw c.fault("output shape must be 1-dimensional[2] " + told.brackets())
          .expected("height and width")
          .shapeError();
    }
    if (size != null && (size[0] <= 0 || size[1] <= 0)) {
      throw c.fault("output shape must be positive")
          .given("height " + size[0] + ", width " + size[1])
          .expected("height and width from 1 on")
          .shapeError();
    }
    return Shape.of(
        x.isRankKnown() ? x.dim(0) : -1,
        size == null ? -1 : size[0],
        size == null ? -1 : size[1],
        x.isRankKnown() ? x.dim(3) : -1);
  }

  private static OpBuilder projective(String name) {
    return moving(
            op(name)
                .says(
                    "Takes each pixel of the result from where its transform sends it in the"
                        + " image.")
                .formula(
                    "y(i, j) = x((b0·j + b1·i + b2) / k, (a0·j + a1·i + a2) / k), k = c0·j + c1·i"
                        + " + 1")
                .in("images", "dtype")
                .in("transforms", DType.F32)
                .in("output_shape", DType.I32)
                .out("transformed_images", "dtype")
                .type("dtype", PIXELS))
        .infer(c -> c.out(0, c.dtype("images"), sized(c)))
        .grad(keep("transforms"), TransformOps::back)
        .cpu(TransformCpu::forward);
  }

  private static final Spec[] FLAT = {
    Spec.of(DType.F32, 2, 2, 1), Spec.of(DType.F32, 1, 8), Spec.of(DType.I32, 2), Spec.of(DType.F32)
  };

  private static final Spec[] NARROW = {
    Spec.of(DType.F32, 1, 2, 2, 1),
    Spec.of(DType.F32, 1, 6),
    Spec.of(DType.I32, 2),
    Spec.of(DType.F32)
  };

  public static final OpDef IMAGE_PROJECTIVE_TRANSFORM_V2 =
      projective("ImageProjectiveTransformV2")
          .mustFail("Input images must have rank 4", words(), FLAT[0], FLAT[1], FLAT[2])
          .declare();

  public static final OpDef IMAGE_PROJECTIVE_TRANSFORM_V3 =
      projective("ImageProjectiveTransformV3")
          .in("fill_value", DType.F32)
          .mustFail("Input images must have rank 4", words(), FLAT)
          .mustFail("Input transform should be num_images x 8 or 1 x 8", words(), NARROW)
          .declare();

  private static Map<String, Object> words() {
    return Map.of("interpolation", "NEAREST");
  }

  private static Attrs same(OpRef op, Grad g) {
    return op.attrs(
        "interpolation", g.attrs().s("interpolation"), "fill_mode", g.attrs().s("fill_mode"));
  }

  /// The exact gradient: each pixel of the result gives its own back to where it was taken from.
  /// TensorFlow sends the gradient through the inverse transform instead, which agrees only where
  /// nothing is stretched.
  private static void back(Grad g, Tensor dy) {
    if (g.needs("images") && g.dtypeOf("images").isFloating()) {
      g.to("images", BACK.with(same(BACK, g), dy, g.kept("transforms"), g.dims("images")));
    }
  }

  public static final OpDef IMAGE_PROJECTIVE_TRANSFORM_GRAD =
      moving(
              op("_ImageProjectiveTransformGrad")
                  .says(
                      "Adds the gradients of transformed images up at the pixels that they were"
                          + " taken from.")
                  .in("grads", "dtype")
                  .in("transforms", DType.F32)
                  .in("image_size", DType.I32)
                  .out("output", "dtype")
                  .type("dtype", Types.FLOATS))
          .infer(c -> {
            images(c, "grads");
            int[] size = c.constant("image_size");
            if (size != null && size.length != 4) {
              throw c.fault("image_size must have four elements, not " + size.length)
                  .expected("(batch, height, width, channels)")
                  .shapeError();
            }
            transforms(c, c.shape("grads"));
            c.out(0, c.dtype("grads"), size == null ? Dims.unknown(4) : Shape.of(size));
          })
          .grad(keep("transforms"), TransformOps::again)
          .cpu(TransformCpu::backward)
          .mustFail(
              "Input images must have rank 4", words(), FLAT[0], FLAT[1], Spec.of(DType.I32, 4))
          .declare();

  /// What is linear in the gradients transforms again, with nothing around the image.
  private static void again(Grad g, Tensor dd) {
    Tensor size = Sizes.part(g.dims("grads"), Values.scalar(1), Values.scalar(3));
    g.to(
        "grads",
        TRANSFORM.with(same(TRANSFORM, g), dd, g.kept("transforms"), size, Values.scalar(0f)));
  }

  public static final OpDef AFFINE_TRANSFORMS =
      op("_AffineTransforms")
          .says(
              "Composes rows for ImageProjectiveTransformV3: turned by degrees, sheared, stretched"
                  + " about a fixed point, then moved.")
          .formula("M = T(center + move) · S(scale) · H(shear) · R(angle) · T(−center)")
          .in("angle", DType.F32)
          .in("shear", DType.F32)
          .in("scale", DType.F32)
          .in("move", DType.F32)
          .in("center", DType.F32)
          .out("transforms", DType.F32)
          .infer(c -> {
            int n = -1;
            for (int i = 0; i < 4; i++) {
              Shape s = c.shape(i);
              if (!Shape.of(-1, i == 0 ? 1 : 2).accepts(s)) {
                throw c.fault("input " + i + " has shape " + s)
                    .expected("a row for each image: one angle, else x and y")
                    .shapeError();
              }
              int rows = s.isRankKnown() ? s.dim(0) : -1;
              if (n >= 0 && rows >= 0 && rows != n) {
                throw c.fault("input " + i + " has " + rows + " rows, others have " + n)
                    .expected("a row for each image")
                    .shapeError();
              }
              n = Math.max(n, rows);
            }
            if (!Shape.of(2).accepts(c.shape("center"))) {
              throw c.fault("center has shape " + c.shape("center"))
                  .expected("x and y in pixels")
                  .shapeError();
            }
            c.out(0, DType.F32, Shape.of(n, 8));
          })
          .cpu(c -> AffineCpu.compose(c)) // A reference would load JOML, which may be absent.
          .cuda("none: eight numbers an image, made on the host")
          .noGrad("pictures are turned by chance, not by what is learnt")
          .mustFail(
              "input 1 has shape (1, 1)",
              Spec.of(DType.F32, 1, 1),
              Spec.of(DType.F32, 1, 1),
              Spec.of(DType.F32, 1, 2),
              Spec.of(DType.F32, 1, 2),
              Spec.of(DType.F32, 2))
          .declare();

  private static OpBuilder scaling(OpBuilder b) {
    return b.in("scale", DType.F32)
        .in("translation", DType.F32)
        .attr(
            "kernel_type",
            "lanczos3",
            "lanczos1",
            "lanczos3",
            "lanczos5",
            "gaussian",
            "box",
            "triangle",
            "keyscubic",
            "mitchellcubic")
        .attr("antialias", true)
        .cuda("resize")
        .accurate(-16, FLOAT32_IN_FLOAT64);
  }

  private static void two(Call c, String input) {
    if (!Shape.of(2).accepts(c.shape(input))) {
      throw c.fault(input + " must have two elements, not shape " + c.shape(input).brackets())
          .expected("one for the height, one for the width")
          .shapeError();
    }
  }

  private static Attrs sameFilter(OpRef op, Grad g) {
    return op.attrs(
        "kernel_type", g.attrs().s("kernel_type"), "antialias", g.attrs().b("antialias"));
  }

  private static final Types SCALED =
      Types.FLOATS.and(Types.of(DType.I8, DType.U8, DType.I16, DType.U16, DType.I32, DType.I64));

  public static final OpDef SCALE_AND_TRANSLATE =
      scaling(
              op("ScaleAndTranslate")
                  .says("Scales and moves images, smoothed by a filter where pixels come together.")
                  .in("images", "T")
                  .in("size", DType.I32)
                  .out("resized_images", DType.F32)
                  .type("T", SCALED))
          .infer(c -> {
            images(c, "images");
            two(c, "size");
            two(c, "scale");
            two(c, "translation");
            int[] size = c.constant("size");
            if (size != null && (size[0] <= 0 || size[1] <= 0)) {
              throw c.fault("output dimensions must be positive")
                  .given("size " + size[0] + ", " + size[1])
                  .expected("height and width from 1 on")
                  .shapeError();
            }
            Shape x = c.shape("images");
            if (x.isRankKnown() && (x.dim(1) == 0 || x.dim(2) == 0)) {
              throw c.fault("input image must be of non-zero size")
                  .given("images " + x)
                  .expected("height and width from 1 on")
                  .shapeError();
            }
            c.out(
                0,
                DType.F32,
                Shape.of(
                    x.isRankKnown() ? x.dim(0) : -1,
                    size == null ? -1 : size[0],
                    size == null ? -1 : size[1],
                    x.isRankKnown() ? x.dim(3) : -1));
          })
          .grad(
              keep("images", "scale", "translation"),
              (g, dy) -> {
                if (g.needs("images") && g.dtypeOf("images").isFloating()) {
                  Tensor x = g.kept("images");
                  boolean cast = x.dtype() != DType.F32;
                  OpRef to = OpRef.to("Cast");
                  Tensor like = cast ? to.with(to.attrs("DstT", DType.F32), x) : x;
                  OpRef grad = OpRef.to("ScaleAndTranslateGrad");
                  Tensor dx =
                      grad.with(
                          sameFilter(grad, g), dy, like, g.kept("scale"), g.kept("translation"));
                  g.to("images", cast ? to.with(to.attrs("DstT", x.dtype()), dx) : dx);
                }
              })
          .cpu(ScaleCpu::forward)
          .mustFail(
              "Input images must have rank 4",
              FLAT[0],
              Spec.of(DType.I32, 2),
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 2))
          .declare();

  public static final OpDef SCALE_AND_TRANSLATE_GRAD =
      scaling(
              op("ScaleAndTranslateGrad")
                  .says("Computes the gradient of scaling and moving images.")
                  .in("grads", "T")
                  .in("original_image", "T")
                  .out("output", "T")
                  .type("T", Types.of(DType.F32)))
          .infer(c -> {
            images(c, "grads");
            images(c, "original_image");
            two(c, "scale");
            two(c, "translation");
            c.out(0, c.in("original_image").spec());
          })
          .grad(
              keep("original_image", "scale", "translation"),
              (g, dd) -> {
                if (g.needs("grads")) {
                  OpRef forward = OpRef.to("ScaleAndTranslate");
                  Tensor size = Sizes.vector(g.size("grads", 1), g.size("grads", 2));
                  g.to(
                      "grads",
                      forward.with(
                          sameFilter(forward, g),
                          dd,
                          size,
                          g.kept("scale"),
                          g.kept("translation")));
                }
                if (g.needs("original_image")) {
                  g.to("original_image", OpRef.to("ZerosLike").of(g.kept("original_image")));
                }
              })
          .cpu(ScaleCpu::backward)
          .mustFail(
              "Input images must have rank 4",
              FLAT[0],
              FLAT[0],
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 2))
          .declare();
}
