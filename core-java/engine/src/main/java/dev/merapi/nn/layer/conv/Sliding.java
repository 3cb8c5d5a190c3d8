package dev.merapi.nn.layer.conv;

import static dev.merapi.nn.Ops.expand;
import static dev.merapi.nn.Ops.squeeze;

import dev.merapi.nn.Ops;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;

/// How a window slides over one, two or three axes, and the operations that do it.
///
/// Operations know two and three axes; a sequence goes through them as a picture one pixel high.
///
/// @param padding `VALID` or `SAME`
public record Sliding(int[] strides, String padding, int[] dilations, boolean channelsFirst) {
  private static final OpRef CONV2D = OpRef.to("Conv2D");
  private static final OpRef CONV3D = OpRef.to("Conv3D");
  private static final OpRef BACK2D = OpRef.to("Conv2DBackpropInput");
  private static final OpRef BACK3D = OpRef.to("Conv3DBackpropInputV2");
  private static final OpRef DEPTHWISE = OpRef.to("DepthwiseConv2dNative");
  private static final OpRef BIAS_ADD = OpRef.to("BiasAdd");
  private static final OpRef PAD = OpRef.to("Pad");

  public static Sliding of(int[] strides, String padding, int[] dilations, boolean channelsFirst) {
    return new Sliding(strides, padding.toUpperCase(Locale.ROOT), dilations, channelsFirst);
  }

  private int rank() {
    return strides.length;
  }

  /// Returns the first axis along which the window slides.
  int firstAxis() {
    return channelsFirst ? 2 : 1;
  }

  public Tensor convolve(Tensor x, Tensor kernel) {
    return switch (rank()) {
      case 1 -> flat(CONV2D.with(attrs(CONV2D), picture(x), expand(kernel, 0)));
      case 2 -> CONV2D.with(attrs(CONV2D), x, kernel);
      default -> CONV3D.with(attrs(CONV3D), x, kernel);
    };
  }

  /// Convolves each channel by itself.
  Tensor depthwise(Tensor x, Tensor kernel) {
    return rank() == 1
        ? flat(DEPTHWISE.with(attrs(DEPTHWISE), picture(x), expand(kernel, 0)))
        : DEPTHWISE.with(attrs(DEPTHWISE), x, kernel);
  }

  /// Convolves backwards, giving a tensor of the shape `sizes`.
  Tensor transposed(Tensor x, Tensor kernel, Tensor[] sizes) {
    if (rank() > 1) {
      OpRef op = rank() == 2 ? BACK2D : BACK3D;
      return op.with(attrs(op), Sizes.vector(sizes), kernel, x);
    }
    Tensor[] picture = new Tensor[4];
    System.arraycopy(sizes, 0, picture, 0, firstAxis());
    picture[firstAxis()] = Values.scalar(1);
    System.arraycopy(sizes, firstAxis(), picture, firstAxis() + 1, 3 - firstAxis());
    return flat(BACK2D.with(attrs(BACK2D), Sizes.vector(picture), expand(kernel, 0), picture(x)));
  }

  public Tensor biased(Tensor y, Tensor bias) {
    return channelsFirst
        ? BIAS_ADD.with(BIAS_ADD.attrs("data_format", "NCHW"), y, bias)
        : BIAS_ADD.of(y, bias);
  }

  /// Puts zeros before a sequence so that no window sees what comes later.
  Tensor late(Tensor x, int kernelSize) {
    int[] zeros = new int[6];
    zeros[2 * firstAxis()] = dilations[0] * (kernelSize - 1);
    return PAD.of(x, Ops.table(zeros, 2));
  }

  private Tensor picture(Tensor x) {
    return expand(x, firstAxis());
  }

  private Tensor flat(Tensor y) {
    return squeeze(y, firstAxis());
  }

  private Attrs attrs(OpRef op) {
    String format =
        rank() == 3 ? channelsFirst ? "NCDHW" : "NDHWC" : channelsFirst ? "NCHW" : "NHWC";
    return op.attrs(
        "strides",
        perAxis(strides),
        "padding",
        padding,
        "data_format",
        format,
        "dilations",
        perAxis(dilations));
  }

  private int[] perAxis(int[] spatial) {
    int n = Math.max(2, rank());
    int[] all = new int[n + 2];
    Arrays.fill(all, 1);
    System.arraycopy(spatial, 0, all, firstAxis() + n - rank(), rank());
    return all;
  }
}
