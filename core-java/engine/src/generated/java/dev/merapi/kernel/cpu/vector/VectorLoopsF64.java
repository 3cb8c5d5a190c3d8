// Derived from VectorLoopsF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu.vector;

import dev.merapi.kernel.cpu.LoopsF64;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// One vector of channels at a time, held in a register while all positions of its window pass.
///
/// The last channels, if they fill no vector, are taken together with their predecessors under a
/// mask.
public final class VectorLoopsF64 extends LoopsF64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  public VectorLoopsF64() {}

  @Override
  public void multiplyWindow(
      double[] x, int xo, int[] at, int from, int to, double[] w, int n, double[] y, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      DoubleVector sum = DoubleVector.zero(S);
      for (int t = from; t < to; t++) {
        DoubleVector xv = DoubleVector.fromArray(S, x, xo + at[t] + c);
        sum = xv.fma(DoubleVector.fromArray(S, w, t * n + c), sum);
      }
      sum.intoArray(y, yo + c);
    }
    if (c < n) {
      VectorMask<Double> m = S.indexInRange(c, n);
      DoubleVector sum = DoubleVector.zero(S);
      for (int t = from; t < to; t++) {
        DoubleVector xv = DoubleVector.fromArray(S, x, xo + at[t] + c, m);
        sum = xv.fma(DoubleVector.fromArray(S, w, t * n + c, m), sum);
      }
      sum.intoArray(y, yo + c, m);
    }
  }

  @Override
  public void addOuter(
      double[] x, int xo, int[] at, int from, int to, double[] dy, int yo, int n, double[] sum) {
    int c = 0;
    for (; c + L <= n; c += L) {
      DoubleVector d = DoubleVector.fromArray(S, dy, yo + c);
      for (int t = from; t < to; t++) {
        DoubleVector xv = DoubleVector.fromArray(S, x, xo + at[t] + c);
        xv.fma(d, DoubleVector.fromArray(S, sum, t * n + c)).intoArray(sum, t * n + c);
      }
    }
    if (c < n) {
      VectorMask<Double> m = S.indexInRange(c, n);
      DoubleVector d = DoubleVector.fromArray(S, dy, yo + c, m);
      for (int t = from; t < to; t++) {
        DoubleVector xv = DoubleVector.fromArray(S, x, xo + at[t] + c, m);
        xv.fma(d, DoubleVector.fromArray(S, sum, t * n + c, m)).intoArray(sum, t * n + c, m);
      }
    }
  }

  @Override
  public void maxWindow(double[] x, int xo, int[] at, int from, int to, int n, double[] y, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      DoubleVector max = DoubleVector.fromArray(S, x, xo + at[from] + c);
      for (int t = from + 1; t < to; t++) {
        max = max.max(DoubleVector.fromArray(S, x, xo + at[t] + c));
      }
      max.intoArray(y, yo + c);
    }
    if (c < n) {
      VectorMask<Double> m = S.indexInRange(c, n);
      DoubleVector max = DoubleVector.fromArray(S, x, xo + at[from] + c, m);
      for (int t = from + 1; t < to; t++) {
        max = max.max(DoubleVector.fromArray(S, x, xo + at[t] + c, m));
      }
      max.intoArray(y, yo + c, m);
    }
  }

  @Override
  public void meanWindow(
      double[] x, int xo, int[] at, int from, int to, int n, double divisor, double[] y, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      DoubleVector sum = DoubleVector.fromArray(S, x, xo + at[from] + c);
      for (int t = from + 1; t < to; t++) {
        sum = sum.add(DoubleVector.fromArray(S, x, xo + at[t] + c));
      }
      sum.div(divisor).intoArray(y, yo + c);
    }
    if (c < n) {
      VectorMask<Double> m = S.indexInRange(c, n);
      DoubleVector sum = DoubleVector.fromArray(S, x, xo + at[from] + c, m);
      for (int t = from + 1; t < to; t++) {
        sum = sum.add(DoubleVector.fromArray(S, x, xo + at[t] + c, m));
      }
      sum.div(divisor).intoArray(y, yo + c, m);
    }
  }

  @Override
  public void addToMax(
      double[] x, double[] dx, int xo, int[] at, int from, int to, int n, double[] dy, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      DoubleVector best = DoubleVector.fromArray(S, x, xo + at[from] + c);
      for (int t = from + 1; t < to; t++) {
        best = best.max(DoubleVector.fromArray(S, x, xo + at[t] + c));
      }
      if (!best.compare(VectorOperators.EQ, best).allTrue()) {
        addToMaxEach(x, dx, xo, at, from, to, c, c + L, dy, yo); // there is a NaN
        continue;
      }
      DoubleVector d = DoubleVector.fromArray(S, dy, yo + c);
      for (int t = from; t < to; t++) {
        int p = xo + at[t] + c;
        VectorMask<Double> here = DoubleVector.fromArray(S, x, p).compare(VectorOperators.EQ, best);
        DoubleVector.fromArray(S, dx, p).add(d, here).intoArray(dx, p);
        // NaN equals nothing, so a channel that has found its maximum finds no second one. (A mask
        // kept
        // from one position to the next would be an object, not a register.)
        best = best.blend(Double.NaN, here);
      }
    }
    addToMaxEach(x, dx, xo, at, from, to, c, n, dy, yo);
  }

  @Override
  public void addToAll(
      double[] dx, int xo, int[] at, int from, int to, int n, double divisor, double[] dy, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      DoubleVector d = DoubleVector.fromArray(S, dy, yo + c).div(divisor);
      for (int t = from; t < to; t++) {
        int p = xo + at[t] + c;
        DoubleVector.fromArray(S, dx, p).add(d).intoArray(dx, p);
      }
    }
    if (c < n) {
      VectorMask<Double> m = S.indexInRange(c, n);
      DoubleVector d = DoubleVector.fromArray(S, dy, yo + c, m).div(divisor);
      for (int t = from; t < to; t++) {
        int p = xo + at[t] + c;
        DoubleVector.fromArray(S, dx, p, m).add(d).intoArray(dx, p, m);
      }
    }
  }
}
