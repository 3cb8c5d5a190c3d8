package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Resizes pictures to one height and width.
///
/// Shapes: `(batch, h, w, channels)` → `(batch, height, width, channels)`, also without a batch.
/// Types: that of the input; whole numbers are rounded.
public final class Resizing extends Layer implements LayerArguments<Resizing> {
  private final Setting<Integer> height = required("height", Kinds.POSITIVE);
  private final Setting<Integer> width = required("width", Kinds.POSITIVE);
  private final Setting<String> interpolation =
      setting(
          "interpolation",
          Kinds.oneOf("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5"),
          "bilinear");
  private final Setting<Boolean> cropToAspectRatio =
      setting("crop_to_aspect_ratio", Kinds.FLAG, false);
  private final Setting<Boolean> padToAspectRatio =
      setting("pad_to_aspect_ratio", Kinds.FLAG, false);
  private final Setting<String> fillMode =
      setting("fill_mode", Kinds.oneOf("constant"), "constant");
  private final Setting<Double> fillValue = setting("fill_value", Kinds.NUMBER, 0.0);
  private final Setting<Boolean> antialias = setting("antialias", Kinds.FLAG, false);
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");

  private Resizing() {
    super();
  }

  /// @param height in pixels
  /// @param width in pixels
  public Resizing(int height, int width) {
    this();
    this.height.set(height);
    this.width.set(width);
  }

  /// @param interpolation `bilinear`, `nearest`, `bicubic`, `area`, `lanczos3` or `lanczos5`
  public Resizing(int height, int width, String interpolation) {
    this(height, width);
    this.interpolation.set(interpolation);
  }

  /// Cuts pictures to the new proportions first, so that nothing is stretched.
  public Resizing cropToAspectRatio(boolean on) {
    return with("crop_to_aspect_ratio", on);
  }

  /// Fills pictures up to the new proportions first.
  public Resizing padToAspectRatio(boolean on) {
    return with("pad_to_aspect_ratio", on);
  }

  /// @param value of the pixels that pictures are filled up with
  public Resizing fillValue(double value) {
    return with("fill_value", value);
  }

  /// Smooths where pixels are brought together.
  public Resizing antialias(boolean on) {
    return with("antialias", on);
  }

  /// @param format `channels_last` or `channels_first`
  public Resizing dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  protected void build(Shape input) {
    if (cropToAspectRatio.get() && padToAspectRatio.get()) {
      throw Message.what("Only one of `pad_to_aspect_ratio` & `crop_to_aspect_ratio` can be `True`")
          .given("both")
          .expected("one or none")
          .valueError();
    }
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return Pictures.each(
        name(),
        x,
        dataFormat.get().equals("channels_first"),
        t -> Pictures.like(resized(t), x.dtype()));
  }

  private Tensor resized(Tensor x) {
    int h = height.get();
    int w = width.get();
    String method = interpolation.get();
    boolean smooth = antialias.get();
    if (cropToAspectRatio.get()) {
      return Pictures.cropped(x, h, w, method, smooth);
    }
    return padToAspectRatio.get()
        ? Pictures.padded(x, h, w, method, smooth, fillValue.get())
        : Pictures.resized(x, h, w, method, smooth);
  }
}
