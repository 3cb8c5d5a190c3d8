package dev.merapi.kernel.cpu;

/// One pass over the channels for each position of the window.
final class PlainLoopsF32 extends LoopsF32 {
  @Override
  public void multiplyWindow(
      float[] x, int xo, int[] at, int from, int to, float[] w, int n, float[] y, int yo) {
    for (int c = 0; c < n; c++) {
      y[yo + c] = 0;
    }
    for (int t = from; t < to; t++) {
      fma(x, xo + at[t], w, t * n, n, y, yo);
    }
  }

  @Override
  public void addOuter(
      float[] x, int xo, int[] at, int from, int to, float[] dy, int yo, int n, float[] sum) {
    for (int t = from; t < to; t++) {
      fma(x, xo + at[t], dy, yo, n, sum, t * n);
    }
  }

  private static void fma(float[] x, int xo, float[] w, int wo, int n, float[] y, int yo) {
    for (int c = 0; c < n; c++) {
      y[yo + c] = Math.fma(x[xo + c], w[wo + c], y[yo + c]);
    }
  }

  @Override
  public void maxWindow(float[] x, int xo, int[] at, int from, int to, int n, float[] y, int yo) {
    System.arraycopy(x, xo + at[from], y, yo, n);
    for (int t = from + 1; t < to; t++) {
      int p = xo + at[t];
      for (int c = 0; c < n; c++) {
        y[yo + c] = Math.max(y[yo + c], x[p + c]);
      }
    }
  }

  @Override
  public void meanWindow(
      float[] x, int xo, int[] at, int from, int to, int n, float divisor, float[] y, int yo) {
    System.arraycopy(x, xo + at[from], y, yo, n);
    for (int t = from + 1; t < to; t++) {
      int p = xo + at[t];
      for (int c = 0; c < n; c++) {
        y[yo + c] += x[p + c];
      }
    }
    for (int c = 0; c < n; c++) {
      y[yo + c] /= divisor;
    }
  }

  @Override
  public void addToMax(
      float[] x, float[] dx, int xo, int[] at, int from, int to, int n, float[] dy, int yo) {
    addToMaxEach(x, dx, xo, at, from, to, 0, n, dy, yo);
  }

  @Override
  public void addToAll(
      float[] dx, int xo, int[] at, int from, int to, int n, float divisor, float[] dy, int yo) {
    for (int t = from; t < to; t++) {
      int p = xo + at[t];
      for (int c = 0; c < n; c++) {
        dx[p + c] += dy[yo + c] / divisor;
      }
    }
  }
}
