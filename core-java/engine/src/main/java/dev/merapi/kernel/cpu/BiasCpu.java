package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.op.Call;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Adds one number for each channel.
public final class BiasCpu {
  private static final LoopTable ADD = LoopTable.of(Expr.in(0).add(Expr.in(1)));

  private BiasCpu() {}

  /// Returns the axis of the channels.
  public static int channels(Call c) {
    boolean first = c.op.hasAttr("data_format") && c.attrs.s("data_format").equals("NCHW");
    return first ? 1 : c.shape(0).rank() - 1;
  }

  public static void add(Call c) {
    Tensor x = c.in(0);
    Tensor bias = c.in(1);
    Tensor y = c.out(0);
    int axis = channels(c);
    Shape s = x.shape();
    int channels = s.dim(axis);
    if (y.size() == 0) {
      return;
    }
    if (axis == s.rank() - 1) {
      int[] dims = {Math.toIntExact(x.size() / channels), channels};
      Elementwise.run(
          ADD,
          x.dtype(),
          x.segment(),
          dims,
          bias.segment(),
          new int[] {channels},
          y.segment(),
          dims);
      return;
    }
    int[] dims = {s.dim(0), channels, Math.toIntExact(x.size() / channels / s.dim(0))};
    Elementwise.run(
        ADD,
        x.dtype(),
        x.segment(),
        dims,
        bias.segment(),
        new int[] {channels, 1},
        y.segment(),
        dims);
  }

  /// Sums up over all axes but that of the channels.
  public static void grad(Call c) {
    int axis = channels(c);
    int[] axes = new int[c.shape(0).rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i < axis ? i : i + 1;
    }
    ReduceCpu.sum(c, axes);
  }
}
