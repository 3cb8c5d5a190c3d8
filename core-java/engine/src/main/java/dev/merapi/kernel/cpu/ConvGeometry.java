package dev.merapi.kernel.cpu;

/// Says how a window slides over an input: sizes of a convolution or pooling in up to three spatial
/// axes.
///
/// Activations are `(batch, depth, height, width, channels)`. Two spatial axes are the case of
/// depth 1 (`inD`, `kD`, `outD`, `strideD`, `dilD` = 1, `padD` = 0), one spatial axis also has
/// height 1. `pad…` counts the zeros before the first element (front, top, left); what follows the
/// last element results from `out…`. `dil…` is the distance of two taps, 1 for a dense window.
///
/// For pooling `outC` equals `inC` and `groups` is 1. Depthwise convolution has `outC = inC ·
/// multiplier` and `groups = inC`.
public record ConvGeometry(
    int batch,
    int inD,
    int inH,
    int inW,
    int inC,
    int kD,
    int kH,
    int kW,
    int outC,
    int outD,
    int outH,
    int outW,
    int strideD,
    int strideH,
    int strideW,
    int dilD,
    int dilH,
    int dilW,
    int padD,
    int padH,
    int padW,
    int groups) {

  public ConvGeometry {
    if (Math.min(Math.min(strideD, strideH), strideW) < 1
        || Math.min(Math.min(dilD, dilH), dilW) < 1
        || Math.min(Math.min(padD, padH), padW) < 0
        || groups < 1
        || inC % groups != 0
        || outC % groups != 0) {
      throw new IllegalArgumentException(
          "This is a bug in Merapi: impossible convolution geometry: strides "
              + strideD
              + ", "
              + strideH
              + ", "
              + strideW
              + "; dilations "
              + dilD
              + ", "
              + dilH
              + ", "
              + dilW
              + "; padding "
              + padD
              + ", "
              + padH
              + ", "
              + padW
              + "; channels "
              + inC
              + " to "
              + outC
              + " in groups of "
              + groups);
    }
  }

  /// Makes the geometry of a dense two-dimensional convolution with one group.
  public static ConvGeometry of2D(
      int batch,
      int inH,
      int inW,
      int inC,
      int kH,
      int kW,
      int outC,
      int outH,
      int outW,
      int stride,
      int padH,
      int padW) {
    return new ConvGeometry(
        batch, 1, inH, inW, inC, 1, kH, kW, outC, 1, outH, outW, 1, stride, stride, 1, 1, 1, 0,
        padH, padW, 1);
  }

  /// Returns the input channels one output channel sees.
  public int groupInC() {
    return inC / groups;
  }

  public int groupOutC() {
    return outC / groups;
  }

  /// Returns the number of output positions, all batches counted.
  long outPixels() {
    return (long) batch * outD * outH * outW;
  }

  long inPixels() {
    return (long) batch * inD * inH * inW;
  }

  /// Returns the number of taps of the window.
  int taps() {
    return kD * kH * kW;
  }

  /// Tells whether every output position sees just the input of the same position, all channels in
  /// one group.
  boolean isPointwise() {
    return taps() == 1
        && groups == 1
        && strideD == 1
        && strideH == 1
        && strideW == 1
        && padD == 0
        && padH == 0
        && padW == 0
        && outD == inD
        && outH == inH
        && outW == inW;
  }
}
