package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;

import dev.merapi.kernel.cpu.ColorCpu;
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

/// Colours of pixels: hue, saturation and value, and contrast. Neighbours: ImageOps (sizes).
///
/// Gradients are those of the formulas inside one sector of hues; at greys and at the edges of
/// sectors, where there is none, they are those of one side.
public final class ColorOps {
  private static final String SMITH = "Smith 1978, \"Color Gamut Transform Pairs\"";

  private static final OpRef TO_HSV = OpRef.to("RGBToHSV");
  private static final OpRef MEAN = OpRef.to("Mean");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef SPLIT = OpRef.to("Split");

  private ColorOps() {}

  /// Declares the family.
  public static void load() {}

  /// The last axis must hold three channels.
  private static void pixels(Call c) {
    Shape s = c.shape(0);
    if (s.isRankKnown() && s.rank() == 0) {
      throw c.fault("images must be at least 1-D: a scalar has no channels")
          .expected("red, green and blue along the last axis")
          .shapeError();
    }
    if (s.isRankKnown() && s.dim(-1) >= 0 && s.dim(-1) != 3) {
      throw c.fault("images must have 3 channels, not " + s.dim(-1) + ": shape " + s)
          .expected("three channels along the last axis")
          .fix("tf.image works on RGB: drop the alpha channel, or repeat a grey one")
          .shapeError();
    }
    c.out(0, c.in(0).spec());
  }

  private static OpBuilder colours(String name) {
    return op(name)
        .in("images", "T")
        .out("output", "T")
        .type("T", FLOATS)
        .infer(ColorOps::pixels)
        .cuda("unary")
        .accurate(-4, -4)
        .probe(0.05, 0.95)
        .mustFail("must have 3 channels", Spec.of(DType.F32, 2, 4))
        .mustFail("must be at least 1-D", Spec.of(DType.F32));
  }

  public static final OpDef RGB_TO_HSV =
      colours("RGBToHSV")
          .says("Turns red, green and blue into hue (0 to 1), saturation and value.")
          .source(SMITH)
          .grad(
              keep("images", "output"),
              (g, dy) -> g.to("images", ColorGrads.fromHsv(g.kept("images"), dy)))
          .cpu(c -> ColorCpu.run(c, ColorCpu::toHsv))
          .api("image.rgbToHsv")
          .declare();

  public static final OpDef HSV_TO_RGB =
      colours("HSVToRGB")
          .says("Turns hue (0 to 1), saturation and value into red, green and blue.")
          .source(SMITH)
          .grad(keep("images"), (g, dy) -> g.to("images", ColorGrads.toHsv(g.kept("images"), dy)))
          .cpu(c -> ColorCpu.run(c, ColorCpu::toRgb))
          .api("image.hsvToRgb")
          .declare();

  private static final Types PICTURES = Types.of(DType.F16, DType.F32);

  private static OpBuilder adjusting(String name, String by) {
    return op(name)
        .in("images", "T")
        .in(by, DType.F32)
        .out("output", "T")
        .type("T", PICTURES)
        .cuda("unary")
        .accurate(-4, -4);
  }

  private static OpBuilder adjustingColour(String name, String by) {
    return adjusting(name, by)
        .infer(c -> {
          Dims.exactly(c, by, 0);
          Dims.atLeast(c, "images", 3);
          pixels(c);
        })
        .mustFail("must have 3 channels", Spec.of(DType.F32, 2, 2, 4), Spec.of(DType.F32))
        .mustFail(
            "images has shape (2, 3), too few axes", Spec.of(DType.F32, 2, 3), Spec.of(DType.F32));
  }

  /// Leaves the gradient of the number by which colours were adjusted.
  private static void by(Grad g, String input, Tensor dy) {
    g.to(input, CAST.with(CAST.attrs("DstT", DType.F32), Grads.total(dy)));
  }

  private static Tensor like(Tensor x, Tensor number) {
    return CAST.with(CAST.attrs("DstT", x.dtype()), number);
  }

  private static Tensor[] channels(Tensor x) {
    return SPLIT.all(SPLIT.attrs("num_split", 3), Values.scalar(-1), x);
  }

  private static Tensor joined(Tensor a, Tensor b, Tensor c) {
    return CONCAT.of(a, b, c, Values.scalar(-1));
  }

  public static final OpDef ADJUST_HUE =
      adjustingColour("AdjustHue", "delta")
          .says("Turns the hues of an RGB image by delta, a part of the whole circle.")
          .grad(
              keep("images", "delta"),
              (g, dy) -> {
                Tensor x = g.kept("images");
                Tensor[] hsv = channels(TO_HSV.of(x));
                Tensor hue = Grads.add(hsv[0], like(x, g.kept("delta")));
                Tensor wrapped = OpRef.to("FloorMod").of(hue, Grads.number(hue, 1));
                Tensor dHsv = ColorGrads.toHsv(joined(wrapped, hsv[1], hsv[2]), dy);
                g.to("images", ColorGrads.fromHsv(x, dHsv));
                by(g, "delta", channels(dHsv)[0]);
              })
          .cpu(c -> {
            double delta = c.in(1).item();
            ColorCpu.run(c, p -> ColorCpu.turnHue(p, delta));
          })
          .api("image.adjustHue")
          .declare();

  public static final OpDef ADJUST_SATURATION =
      adjustingColour("AdjustSaturation", "scale")
          .says("Multiplies the saturations of an RGB image, up to full saturation.")
          .grad(
              keep("images", "scale"),
              (g, dy) -> {
                Tensor x = g.kept("images");
                Tensor[] hsv = channels(TO_HSV.of(x));
                Tensor scale = like(x, g.kept("scale"));
                Tensor wanted = Grads.mul(hsv[1], scale);
                Tensor one = Grads.number(x, 1);
                Tensor s = OpRef.to("Minimum").of(OpRef.to("Relu").of(wanted), one);
                Tensor[] d = channels(ColorGrads.toHsv(joined(hsv[0], s, hsv[2]), dy));
                Tensor free = like(x, OpRef.to("Equal").of(s, wanted));
                Tensor ds = Grads.mul(d[1], free);
                g.to("images", ColorGrads.fromHsv(x, joined(d[0], Grads.mul(ds, scale), d[2])));
                by(g, "scale", Grads.mul(ds, hsv[1]));
              })
          .cpu(c -> {
            double scale = c.in(1).item();
            ColorCpu.run(c, p -> ColorCpu.saturate(p, scale));
          })
          .api("image.adjustSaturation")
          .declare();

  public static final OpDef ADJUST_CONTRAST =
      adjusting("AdjustContrastv2", "contrast_factor")
          .says("Multiplies the distance of each number to the mean of its channel in the image.")
          .formula("y = (x − mean)·contrast_factor + mean")
          .infer(c -> {
            Dims.exactly(c, "contrast_factor", 0);
            Dims.atLeast(c, "images", 3);
            c.out(0, c.in(0).spec());
          })
          .grad(
              keep("images", "contrast_factor"),
              (g, dy) -> {
                Tensor x = g.kept("images");
                Tensor factor = like(x, g.kept("contrast_factor"));
                Tensor rest = Grads.mul(mean(dy), Grads.minus(1, factor));
                g.to("images", Grads.add(Grads.mul(dy, factor), rest));
                if (g.needs("contrast_factor")) {
                  by(g, "contrast_factor", Grads.mul(dy, Grads.sub(x, mean(x))));
                }
              })
          .cpu(ColorCpu::contrast)
          .api("image.adjustContrast")
          .mustFail(
              "images has shape (2, 3), too few axes", Spec.of(DType.F32, 2, 3), Spec.of(DType.F32))
          .declare();

  /// Returns the mean over height and width.
  private static Tensor mean(Tensor x) {
    return MEAN.with(MEAN.attrs("keep_dims", true), x, Values.ints(-3, -2));
  }
}
