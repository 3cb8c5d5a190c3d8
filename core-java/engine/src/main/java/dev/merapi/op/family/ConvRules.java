package dev.merapi.op.family;

import dev.merapi.op.Call;
import dev.merapi.op.Infer;
import dev.merapi.op.Window;
import dev.merapi.tensor.Shape;
import java.util.Arrays;

/// Shape rules of convolutions: what fits together, and how large the result is.
final class ConvRules {
  private ConvRules() {}

  /// The rule of a convolution over `n` spatial axes: inputs `(x, filter)`.
  static Infer forward(int n, boolean depthwise) {
    return c -> {
      Shape x = c.shape(0);
      Shape f = c.shape(1);
      if (!x.isRankKnown() || !f.isRankKnown()) {
        c.out(0, c.dtype(0), Shape.UNKNOWN);
        return;
      }
      c.out(0, c.dtype(0), result(c, n, depthwise, x, f));
    };
  }

  /// The rule of the gradient of the input: inputs `(sizes, filter, dy)`.
  static Infer dataGrad(int n, boolean depthwise) {
    return c -> {
      int[] sizes = c.constant(0);
      Shape f = c.shape(1);
      Shape dy = c.shape(2);
      if (sizes == null || !f.isRankKnown() || !dy.isRankKnown()) {
        int[] unknown = new int[n + 2];
        Arrays.fill(unknown, Shape.UNKNOWN_SIZE);
        c.out(0, c.dtype(1), sizes == null ? Shape.ofOwned(unknown) : Shape.of(sizes));
        return;
      }
      if (sizes.length == n && dy.rank() == n + 2) {
        // TensorFlow takes spatial sizes alone; batch and channels then follow from the others.
        boolean first = isChannelsFirst(c);
        int[] all = new int[n + 2];
        System.arraycopy(sizes, 0, all, first ? 2 : 1, n);
        all[first ? 1 : n + 1] = f.dim(n);
        all[0] = dy.dim(0);
        sizes = all;
      }
      if (sizes.length != n + 2) {
        throw c.fault(
                c.op.name()
                    + ": input_sizes must hold "
                    + n
                    + " or "
                    + (n + 2)
                    + " sizes, got "
                    + sizes.length)
            .expected("the shape of the input")
            .shapeError();
      }
      if (sizes[0] == Shape.UNKNOWN_SIZE && dy.rank() == n + 2) {
        // The gradient of a call with an open batch: as many entries as dy has.
        sizes = sizes.clone();
        sizes[0] = dy.dim(0);
      }
      Shape x = Shape.of(sizes);
      check(c, "Input", n, result(c, n, depthwise, x, f), dy, x, f);
      c.out(0, c.dtype(1), x);
    };
  }

  /// The rule of the gradient of the filter: inputs `(x, sizes, dy)`.
  static Infer filterGrad(int n, boolean depthwise) {
    return c -> {
      int[] sizes = c.constant(1);
      Shape x = c.shape(0);
      Shape dy = c.shape(2);
      if (sizes == null) {
        int[] unknown = new int[n + 2];
        Arrays.fill(unknown, Shape.UNKNOWN_SIZE);
        c.out(0, c.dtype(0), Shape.ofOwned(unknown));
        return;
      }
      if (sizes.length != n + 2) {
        throw c.fault("filter_sizes must hold " + (n + 2) + " sizes, got " + sizes.length)
            .expected("the shape of the filter")
            .shapeError();
      }
      Shape f = Shape.of(sizes);
      if (x.isRankKnown() && dy.isRankKnown()) {
        check(c, "Filter", n, result(c, n, depthwise, x, f), dy, x, f);
      }
      c.out(0, c.dtype(0), f);
    };
  }

  private static boolean isChannelsFirst(Call c) {
    return c.attrs.s("data_format").startsWith("NC");
  }

  private static Shape result(Call c, int n, boolean depthwise, Shape x, Shape f) {
    if (x.rank() != n + 2) {
      throw c.fault(
              (n == 2 && !depthwise ? "convolution " : "")
                  + "input must be "
                  + (n + 2)
                  + "-dimensional: "
                  + x.brackets())
          .expected(
              n == 2
                  ? "(batch, height, width, channels)"
                  : "(batch, depth, height, width, channels)")
          .fix("add missing axes with tf.expandDims")
          .shapeError();
    }
    if (f.rank() != n + 2) {
      throw c.fault(
              (n == 2 && !depthwise ? "convolution " : "")
                  + "filter must be "
                  + (n + 2)
                  + "-dimensional: "
                  + f.brackets())
          .expected(
              depthwise
                  ? "(height, width, channels, multiplier)"
                  : "(…, channels in, channels out)")
          .shapeError();
    }
    Window w = Window.convolution(c, x, Arrays.copyOf(f.rawDims(), n));
    int filterIn = f.dim(n);
    int filterOut = f.dim(n + 1);
    if (w.channels >= 0 && filterIn >= 0) {
      boolean fits =
          depthwise
              ? filterIn == w.channels
              : filterIn == w.channels || filterIn > 0 && w.channels % filterIn == 0;
      if (!fits) {
        String text =
            depthwise
                ? "input and filter must have the same depth: " + w.channels + " vs " + filterIn
                : "input depth must be evenly divisible by filter depth: "
                    + w.channels
                    + " vs "
                    + filterIn;
        throw c.fault(text)
            .expected("a filter for " + w.channels + " channels, or for an equal part of them")
            .shapeError();
      }
      int groups = depthwise || filterIn == 0 ? 1 : w.channels / filterIn;
      if (groups > 1 && filterOut >= 0 && filterOut % groups != 0) {
        throw c.fault(
                "output depth must be evenly divisible by number of groups: "
                    + filterOut
                    + " vs "
                    + groups)
            .expected("a multiple of " + groups + " filters")
            .shapeError();
      }
    }
    int outC =
        !depthwise ? filterOut : w.channels < 0 || filterOut < 0 ? -1 : w.channels * filterOut;
    return w.shape(w.out, outC);
  }

  /// Compares the gradient that arrives with the shape that the forward call gives.
  private static void check(
      Call c, String part, int n, Shape expected, Shape dy, Shape x, Shape f) {
    if (expected.accepts(dy) || !dy.isKnown()) {
      return;
    }
    String text = "shape " + dy + " of out_backprop is not that of the result, " + expected;
    if (dy.rank() == n + 2) {
      int from = isChannelsFirst(c) ? 2 : 1;
      int[] strides = c.attrs.ints("strides");
      int[] dilations = c.attrs.ints("dilations");
      for (int i = 0; i < n; i++) {
        int a = from + i;
        if (dy.dim(a) != expected.dim(a) && expected.dim(a) >= 0) {
          text =
              "Conv"
                  + n
                  + "DCustomBackprop"
                  + part
                  + ": Size of out_backprop doesn't match computed: actual = "
                  + dy.dim(a)
                  + ", computed = "
                  + expected.dim(a)
                  + " spatial_dim: "
                  + a
                  + " input: "
                  + x.dim(a)
                  + " filter: "
                  + f.dim(i)
                  + " output: "
                  + dy.dim(a)
                  + " stride: "
                  + strides[a]
                  + " dilation: "
                  + (dilations.length == 0 ? 1 : dilations[a]);
          break;
        }
      }
    }
    throw c.fault(text).expected("out_backprop of shape " + expected).shapeError();
  }
}
