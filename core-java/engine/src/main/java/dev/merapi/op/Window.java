package dev.merapi.op;

import dev.merapi.tensor.Shape;
import java.util.Arrays;

/// How the window of a convolution or a pooling slides, read from the attributes of a call.
///
/// Arrays hold one entry for each spatial axis, in the order depth, height, width or height, width.
/// Sizes that are not known while a program is traced are -1.
public final class Window {
  /// Tells whether activations are `(batch, channels, …)`; else channels come last.
  public final boolean channelsFirst;

  public final int[] size;
  public final int[] strides;
  public final int[] dilations;

  /// Sizes of the input's and the output's spatial axes.
  public final int[] in;

  public final int[] out;

  /// Zeros before the first element of each axis.
  public final int[] before;

  /// Batch entries and channels of the input.
  public final int batch;

  public final int channels;

  private Window(
      Call c, Shape x, int[] size, int[] strides, int[] dilations, boolean channelsFirst) {
    int n = size.length;
    this.channelsFirst = channelsFirst;
    this.size = size;
    this.strides = strides;
    this.dilations = dilations;
    batch = x.dim(0);
    channels = x.dim(channelsFirst ? 1 : n + 1);
    in = spatial(x.dims(), n, channelsFirst);
    out = new int[n];
    before = new int[n];
    String padding = c.attrs.s("padding");
    int[] explicit = padding.equals("EXPLICIT") ? explicit(c, n) : new int[0];
    for (int i = 0; i < n; i++) {
      place(c, i, padding, explicit);
    }
  }

  /// Reads the window of a convolution of an input of shape `x` with taps `size`.
  ///
  /// Fails: `AttrError` or `ShapeError` when strides, dilations or padding make no sense.
  public static Window convolution(Call c, Shape x, int[] size) {
    int n = size.length;
    boolean first = channelsFirst(c);
    int[] strides = perAxis(c, "strides", c.attrs.ints("strides"), n, first);
    int[] given = c.attrs.ints("dilations");
    int[] dilations = given.length == 0 ? ones(n) : perAxis(c, "dilations", given, n, first);
    return new Window(c, x, size, strides, dilations, first);
  }

  /// Reads the window of a pooling of an input of shape `x` from sizes and strides of all axes.
  public static Window pooling(Call c, Shape x, int[] ksize, int[] strides) {
    boolean first = channelsFirst(c);
    int n = x.rank() - 2;
    if (ksize.length != n + 2 || ksize[0] != 1) {
      throw c.fault("Pooling is not yet supported on the batch dimension.")
          .given("ksize " + Arrays.toString(ksize))
          .expected(n + 2 + " sizes, the first of them 1")
          .attrError();
    }
    int[] size = perAxis(c, "ksize", ksize, n, first);
    return new Window(c, x, size, perAxis(c, "strides", strides, n, first), ones(n), first);
  }

  /// Reads the window of an operation that cuts patches out of `x`, channels last.
  public static Window patches(Call c, Shape x) {
    int n = x.rank() - 2;
    int[] size = perAxis(c, "ksizes", c.attrs.ints("ksizes"), n, false);
    int[] strides = perAxis(c, "strides", c.attrs.ints("strides"), n, false);
    boolean gaps = c.op.hasAttr("rates");
    int[] rates = gaps ? perAxis(c, "rates", c.attrs.ints("rates"), n, false) : ones(n);
    return new Window(c, x, size, strides, rates, false);
  }

  /// Reads the window that a filter `(height, width, channels)` has where it slides over `x`,
  /// channels last.
  public static Window sliding(Call c, Shape x, Shape filter) {
    int[] strides = perAxis(c, "strides", c.attrs.ints("strides"), 2, false);
    int[] rates = perAxis(c, "rates", c.attrs.ints("rates"), 2, false);
    return new Window(c, x, new int[] {filter.dim(0), filter.dim(1)}, strides, rates, false);
  }

  private static int[] ones(int n) {
    int[] d = new int[n];
    Arrays.fill(d, 1);
    return d;
  }

  private static boolean channelsFirst(Call c) {
    return c.op.hasAttr("data_format") && c.attrs.s("data_format").startsWith("NC");
  }

  /// Returns the spatial entries of a list with an entry for each axis of the activations.
  public static int[] spatial(int[] all, int n, boolean channelsFirst) {
    int from = channelsFirst ? 2 : 1;
    return Arrays.copyOfRange(all, from, from + n);
  }

  private static int[] perAxis(Call c, String what, int[] all, int n, boolean channelsFirst) {
    if (all.length != n + 2) {
      throw c.fault(
              what + " has " + all.length + " entries, the activations have " + (n + 2) + " axes")
          .expected(n + 2 + " entries")
          .attrError();
    }
    if (all[0] != 1 || all[channelsFirst ? 1 : n + 1] != 1) {
      throw c.fault(
              "Current implementation does not yet support "
                  + what
                  + " in the batch and depth dimensions.")
          .given(what + " " + Arrays.toString(all))
          .expected("1 for the batch and the channels")
          .attrError();
    }
    int[] s = spatial(all, n, channelsFirst);
    for (int v : s) {
      if (v < 1) {
        throw c.fault(what + " must be positive: " + Arrays.toString(all))
            .expected("numbers from 1 on")
            .attrError();
      }
    }
    return s;
  }

  /// Returns before and after of each spatial axis in turn.
  private static int[] explicit(Call c, int n) {
    int[] p = c.attrs.ints("explicit_paddings");
    boolean first = channelsFirst(c);
    if (p.length != 2 * (n + 2)) {
      throw c.fault(
              "explicit_paddings attribute must contain "
                  + 2 * (n + 2)
                  + " values, but got: "
                  + p.length)
          .expected("zeros before and after each axis")
          .attrError();
    }
    for (int v : p) {
      if (v < 0) {
        throw c.fault("All elements of explicit_paddings must be nonnegative")
            .given("explicit_paddings " + Arrays.toString(p))
            .expected("numbers from 0 on")
            .attrError();
      }
    }
    int channel = first ? 1 : n + 1;
    if (p[0] != 0 || p[1] != 0 || p[2 * channel] != 0 || p[2 * channel + 1] != 0) {
      throw c.fault("Nonzero explicit padding in the batch or depth dimensions is not supported")
          .given("explicit_paddings " + Arrays.toString(p))
          .expected("0 for the batch and the channels")
          .attrError();
    }
    int from = first ? 4 : 2;
    return Arrays.copyOfRange(p, from, from + 2 * n);
  }

  /// Works out output size and padding of one axis: Dumoulin and Visin 2016, "A guide to
  /// convolution arithmetic"; SAME as TensorFlow, which puts the odd zero behind.
  private void place(Call c, int i, String padding, int[] explicit) {
    long reach = (size[i] - 1L) * dilations[i] + 1;
    switch (padding) {
      case "SAME" -> {
        out[i] = in[i] < 0 ? -1 : (in[i] + strides[i] - 1) / strides[i];
        before[i] = (int) (Math.max(0, (out[i] - 1L) * strides[i] + reach - in[i]) / 2);
        return;
      }
      case "EXPLICIT" -> before[i] = explicit[2 * i];
      default -> before[i] = 0;
    }
    if (in[i] < 0 || size[i] < 0) {
      out[i] = -1;
      return;
    }
    long padded = in[i] + (long) before[i] + (explicit.length == 0 ? 0 : explicit[2 * i + 1]);
    // Division truncates, as in TensorFlow: a window less than two strides too large gives no
    // output.
    long n = (padded - reach + strides[i]) / strides[i];
    if (n < 0) {
      throw c.fault(
              "Computed output size would be negative: "
                  + n
                  + " [input_size: "
                  + padded
                  + ", effective_filter_size: "
                  + reach
                  + ", stride: "
                  + strides[i]
                  + "]")
          .expected("an input at least as large as the window")
          .fix("pad with \"SAME\", or use a smaller window")
          .shapeError();
    }
    out[i] = (int) n;
  }

  /// Returns the shape of activations with the given spatial sizes and channels.
  public Shape shape(int[] spatial, int channels) {
    int n = spatial.length;
    int[] d = new int[n + 2];
    d[0] = batch;
    d[channelsFirst ? 1 : n + 1] = channels;
    System.arraycopy(spatial, 0, d, channelsFirst ? 2 : 1, n);
    return Shape.ofOwned(d);
  }
}
