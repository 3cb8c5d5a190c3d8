package dev.merapi.nn.layer.reshape;

import static dev.merapi.nn.Ops.transpose;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Enlarges pictures `(batch, height, width, channels)` a whole number of times.
public final class UpSampling2D extends Layer implements LayerArguments<UpSampling2D> {
  private static final OpRef BILINEAR = OpRef.to("ResizeBilinear");
  private static final OpRef BICUBIC = OpRef.to("ResizeBicubic");

  private final Setting<int[]> size = setting("size", Kinds.sizes(2, 1), new int[] {2, 2});
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");
  private final Setting<String> interpolation =
      setting("interpolation", Kinds.oneOf("nearest", "bilinear", "bicubic"), "nearest");

  public UpSampling2D() {
    super();
  }

  /// @param size times that height and width grow
  public UpSampling2D(int... size) {
    this();
    this.size.set(size.length == 1 ? (Object) size[0] : size);
  }

  /// @param method `nearest` repeats pixels, `bilinear` and `bicubic` go smoothly between them
  public UpSampling2D interpolation(String method) {
    return with("interpolation", method);
  }

  /// @param format `channels_last` or `channels_first`
  public UpSampling2D dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, 4);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    boolean first = dataFormat.get().equals("channels_first");
    int[] times = size.get();
    if (interpolation.get().equals("nearest")) {
      return Repeats.of(x, first ? 2 : 1, times);
    }
    Tensor last = first ? transpose(x, 0, 2, 3, 1) : x;
    Tensor height = Sizes.times(Sizes.axis(last, 1), Values.scalar(times[0]));
    Tensor width = Sizes.times(Sizes.axis(last, 2), Values.scalar(times[1]));
    OpRef resize = interpolation.get().equals("bilinear") ? BILINEAR : BICUBIC;
    Tensor y =
        resize.with(resize.attrs("half_pixel_centers", true), last, Sizes.vector(height, width));
    // Resizing gives float32 whatever it gets.
    Tensor same = Ops.cast(y, x.dtype());
    return first ? transpose(same, 0, 3, 1, 2) : same;
  }
}
