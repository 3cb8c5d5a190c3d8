package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.Tensor;

/// Kernels that put tensors together along an axis and take them apart.
///
/// Each part is a block of rows: as many rows as the axes in front of the joint make, each a run of
/// the axes from the joint on.
public final class JoinCpu {
  private JoinCpu() {}

  private static long product(int[] d, int first, int last) {
    long n = 1;
    for (int i = first; i < last; i++) {
      n *= d[i];
    }
    return n;
  }

  /// Copies rows of `run` elements between places that are `fromStep` and `toStep` elements apart.
  private static void rows(
      Tensor from,
      long fromAt,
      long fromStep,
      Tensor to,
      long toAt,
      long toStep,
      long rows,
      long run) {
    if (rows == 1 || run == fromStep && run == toStep) {
      Mover.copy(from, fromAt, to, toAt, rows * run);
      return;
    }
    int[] d = {Math.toIntExact(rows), Math.toIntExact(run)};
    Mover.copy(from, fromAt, new long[] {fromStep, 1}, to, toAt, new long[] {toStep, 1}, d);
  }

  /// Joins inputs `first` to `first + n - 1` along `axis`.
  public static void concat(Call c, int first, int n, int axis) {
    Tensor y = c.out(0);
    int[] d = y.shape().rawDims();
    long rows = product(d, 0, axis);
    long all = product(d, axis, d.length);
    long at = 0;
    for (int i = 0; i < n; i++) {
      Tensor x = c.in(first + i);
      long run = product(x.shape().rawDims(), axis, d.length);
      rows(x, 0, run, y, at, all, rows, run);
      at += run;
    }
  }

  /// Cuts `x` along `axis` into the inferred outputs.
  public static void split(Call c, Tensor x, int axis) {
    int[] d = x.shape().rawDims();
    long rows = product(d, 0, axis);
    long all = product(d, axis, d.length);
    long at = 0;
    for (int i = 0; i < c.outs(); i++) {
      Tensor y = c.out(i);
      long run = product(y.shape().rawDims(), axis, d.length);
      rows(x, at, all, y, 0, run, rows, run);
      at += run;
    }
  }

  /// Stacks the inputs along a new axis.
  public static void pack(Call c, int axis) {
    Tensor y = c.out(0);
    int[] d = c.shape(0).rawDims();
    long rows = product(d, 0, axis);
    long run = product(d, axis, d.length);
    int n = c.ins();
    for (int i = 0; i < n; i++) {
      rows(c.in(i), 0, run, y, i * run, n * run, rows, run);
    }
  }

  /// Takes the input apart along `axis`.
  public static void unpack(Call c, int axis) {
    Tensor x = c.in(0);
    int[] d = x.shape().rawDims();
    long rows = product(d, 0, axis);
    long run = product(d, axis + 1, d.length);
    int n = c.outs();
    for (int i = 0; i < n; i++) {
      rows(x, i * run, n * run, c.out(i), 0, run, rows, run);
    }
  }
}
