// Derived from PlainLoopsF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

/// One pass over the channels for each position of the window.
final class PlainLoopsF64 extends LoopsF64 {
  @Override
  public void multiplyWindow(
      double[] x, int xo, int[] at, int from, int to, double[] w, int n, double[] y, int yo) {
    for (int c = 0; c < n; c++) {
      y[yo + c] = 0;
    }
    for (int t = from; t < to; t++) {
      fma(x, xo + at[t], w, t * n, n, y, yo);
    }
  }

  @Override
  public void addOuter(
      double[] x, int xo, int[] at, int from, int to, double[] dy, int yo, int n, double[] sum) {
    for (int t = from; t < to; t++) {
      fma(x, xo + at[t], dy, yo, n, sum, t * n);
    }
  }

  private static void fma(double[] x, int xo, double[] w, int wo, int n, double[] y, int yo) {
    for (int c = 0; c < n; c++) {
      y[yo + c] = Math.fma(x[xo + c], w[wo + c], y[yo + c]);
    }
  }

  @Override
  public void maxWindow(double[] x, int xo, int[] at, int from, int to, int n, double[] y, int yo) {
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
      double[] x, int xo, int[] at, int from, int to, int n, double divisor, double[] y, int yo) {
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
      double[] x, double[] dx, int xo, int[] at, int from, int to, int n, double[] dy, int yo) {
    addToMaxEach(x, dx, xo, at, from, to, 0, n, dy, yo);
  }

  @Override
  public void addToAll(
      double[] dx, int xo, int[] at, int from, int to, int n, double divisor, double[] dy, int yo) {
    for (int t = from; t < to; t++) {
      int p = xo + at[t];
      for (int c = 0; c < n; c++) {
        dx[p + c] += dy[yo + c] / divisor;
      }
    }
  }
}
