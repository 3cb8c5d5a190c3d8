package dev.merapi.kernel.cpu;

/// Loops over neighbouring channels for depthwise convolution and pooling, on heap arrays.
///
/// A window is a list of positions `at[from .. to)` relative to `xo`; at each of them `n` channels
/// are looked at. All tiers give the same bits.
public abstract class LoopsF32 {
  static final LoopsF32 CURRENT =
      Tier.current() == Tier.VECTOR
          ? Tier.load(LoopsF32.class, "VectorLoopsF32")
          : new PlainLoopsF32();

  protected LoopsF32() {}

  /// `y[yo + c] = Σ x[xo + at[t] + c] · w[t·n + c]`, a chain of fused multiply-adds over t.
  public abstract void multiplyWindow(
      float[] x, int xo, int[] at, int from, int to, float[] w, int n, float[] y, int yo);

  /// `sum[t·n + c] = fma(x[xo + at[t] + c], dy[yo + c], sum[t·n + c])`.
  public abstract void addOuter(
      float[] x, int xo, int[] at, int from, int to, float[] dy, int yo, int n, float[] sum);

  /// `y[yo + c] = max x[xo + at[t] + c]`; a NaN anywhere gives NaN.
  public abstract void maxWindow(
      float[] x, int xo, int[] at, int from, int to, int n, float[] y, int yo);

  /// `y[yo + c] = Σ x[xo + at[t] + c] / divisor`.
  public abstract void meanWindow(
      float[] x, int xo, int[] at, int from, int to, int n, float divisor, float[] y, int yo);

  /// Adds `dy[yo + c]` to `dx[xo + at[t] + c]` for the first t whose x is the greatest of the
  /// window; a NaN counts as greater than all others.
  public abstract void addToMax(
      float[] x, float[] dx, int xo, int[] at, int from, int to, int n, float[] dy, int yo);

  /// Adds `dy[yo + c] / divisor` to `dx[xo + at[t] + c]` for every t.
  public abstract void addToAll(
      float[] dx, int xo, int[] at, int from, int to, int n, float divisor, float[] dy, int yo);

  /// Does what [#addToMax] does for channels `begin` to `end` alone, one after the other.
  protected static void addToMaxEach(
      float[] x,
      float[] dx,
      int xo,
      int[] at,
      int from,
      int to,
      int begin,
      int end,
      float[] dy,
      int yo) {
    for (int c = begin; c < end; c++) {
      int bestAt = xo + at[from] + c;
      float best = x[bestAt];
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
