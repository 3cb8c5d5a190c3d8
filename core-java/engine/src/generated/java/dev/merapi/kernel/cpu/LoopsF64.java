// Derived from LoopsF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

/// Loops over neighbouring channels for depthwise convolution and pooling, on heap arrays.
///
/// A window is a list of positions `at[from .. to)` relative to `xo`; at each of them `n` channels
/// are looked at. All tiers give the same bits.
public abstract class LoopsF64 {
  static final LoopsF64 CURRENT =
      Tier.current() == Tier.VECTOR
          ? Tier.load(LoopsF64.class, "VectorLoopsF64")
          : new PlainLoopsF64();

  protected LoopsF64() {}

  /// `y[yo + c] = Σ x[xo + at[t] + c] · w[t·n + c]`, a chain of fused multiply-adds over t.
  public abstract void multiplyWindow(
      double[] x, int xo, int[] at, int from, int to, double[] w, int n, double[] y, int yo);

  /// `sum[t·n + c] = fma(x[xo + at[t] + c], dy[yo + c], sum[t·n + c])`.
  public abstract void addOuter(
      double[] x, int xo, int[] at, int from, int to, double[] dy, int yo, int n, double[] sum);

  /// `y[yo + c] = max x[xo + at[t] + c]`; a NaN anywhere gives NaN.
  public abstract void maxWindow(
      double[] x, int xo, int[] at, int from, int to, int n, double[] y, int yo);

  /// `y[yo + c] = Σ x[xo + at[t] + c] / divisor`.
  public abstract void meanWindow(
      double[] x, int xo, int[] at, int from, int to, int n, double divisor, double[] y, int yo);

  /// Adds `dy[yo + c]` to `dx[xo + at[t] + c]` for the first t whose x is the greatest of the
  /// window; a NaN counts as greater than all others.
  public abstract void addToMax(
      double[] x, double[] dx, int xo, int[] at, int from, int to, int n, double[] dy, int yo);

  /// Adds `dy[yo + c] / divisor` to `dx[xo + at[t] + c]` for every t.
  public abstract void addToAll(
      double[] dx, int xo, int[] at, int from, int to, int n, double divisor, double[] dy, int yo);

  /// Does what [#addToMax] does for channels `begin` to `end` alone, one after the other.
  protected static void addToMaxEach(
      double[] x,
      double[] dx,
      int xo,
      int[] at,
      int from,
      int to,
      int begin,
      int end,
      double[] dy,
      int yo) {
    for (int c = begin; c < end; c++) {
      int bestAt = xo + at[from] + c;
      double best = x[bestAt];
      for (int t = from + 1; t < to; t++) {
        int p = xo + at[t] + c;
        if (x[p] > best || x[p] != x[p] && best == best) {
          best = x[p];
          bestAt = p;
        }
      }
      dx[bestAt] += dy[yo + c];
    }
  }
}
