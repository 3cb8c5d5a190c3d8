package dev.merapi.kernel.cpu;

/// One spatial axis of a sliding window, seen from the results it computes.
///
/// Result `q` (of `count`) reads the source at `origin + q·step + taps[t]`, zero if that lies
/// outside `[0, sourceLength)`, and is written at `first + q·outStep` of `outLength` positions. A
/// convolution is one such axis; the data gradient of a convolution with stride s is s of them, one
/// for each remainder of the position, each of stride 1 with the taps that reach it.
///
/// @param tapIndex which tap of the filter each entry of `taps` is
record SlideAxis(
    int count,
    int step,
    int origin,
    int sourceLength,
    int[] taps,
    int[] tapIndex,
    int first,
    int outStep,
    int outLength) {

  static SlideAxis forward(int in, int out, int kernel, int stride, int dilation, int pad) {
    int[] taps = new int[kernel];
    int[] index = new int[kernel];
    for (int t = 0; t < kernel; t++) {
      taps[t] = t * dilation;
      index[t] = t;
    }
    return new SlideAxis(out, stride, -pad, in, taps, index, 0, 1, out);
  }

  /// Returns the axis of the data gradient for positions `i` with `(i + pad) mod stride =
  /// remainder`.
  ///
  /// Tap t sends output o to input `o·stride − pad + t·dilation`. With `i + pad = remainder +
  /// q·stride` and `t·dilation = remainder + u·stride` the outputs that reach i are `o = q − u`.
  static SlideAxis dataGrad(
      int in, int out, int kernel, int stride, int dilation, int pad, int remainder) {
    int n = 0;
    for (int t = 0; t < kernel; t++) {
      n += t * dilation % stride == remainder ? 1 : 0;
    }
    int[] taps = new int[n];
    int[] index = new int[n];
    int at = 0;
    int most = 0;
    for (int t = 0; t < kernel; t++) {
      if (t * dilation % stride == remainder) {
        most = (t * dilation - remainder) / stride;
        taps[at] = most;
        index[at++] = t;
      }
    }
    for (int t = 0; t < n; t++) {
      taps[t] = most - taps[t];
    }
    int first = Math.floorMod(remainder - pad, stride);
    int count = first >= in ? 0 : (in - first + stride - 1) / stride;
    int q0 = (first + pad) / stride;
    return new SlideAxis(count, 1, q0 - most, out, taps, index, first, stride, in);
  }

  /// Returns how far apart the first and the last source position of `results` neighbours are, plus
  /// one.
  int extent(int results) {
    int most = 0;
    for (int t : taps) {
      most = Math.max(most, t);
    }
    return (results - 1) * step + most + 1;
  }
}
