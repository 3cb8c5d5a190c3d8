package dev.merapi.kernel.cpu.vector;

import dev.merapi.kernel.cpu.LoopsF32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// One vector of channels at a time, held in a register while all positions of its window pass.
///
/// The last channels, if they fill no vector, are taken together with their predecessors under a
/// mask.
public final class VectorLoopsF32 extends LoopsF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  public VectorLoopsF32() {}

  @Override
  public void multiplyWindow(
      float[] x, int xo, int[] at, int from, int to, float[] w, int n, float[] y, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      FloatVector sum = FloatVector.zero(S);
      for (int t = from; t < to; t++) {
        FloatVector xv = FloatVector.fromArray(S, x, xo + at[t] + c);
        sum = xv.fma(FloatVector.fromArray(S, w, t * n + c), sum);
      }
      sum.intoArray(y, yo + c);
    }
    if (c < n) {
      VectorMask<Float> m = S.indexInRange(c, n);
      FloatVector sum = FloatVector.zero(S);
      for (int t = from; t < to; t++) {
        FloatVector xv = FloatVector.fromArray(S, x, xo + at[t] + c, m);
        sum = xv.fma(FloatVector.fromArray(S, w, t * n + c, m), sum);
      }
      sum.intoArray(y, yo + c, m);
    }
  }

  @Override
  public void addOuter(
      float[] x, int xo, int[] at, int from, int to, float[] dy, int yo, int n, float[] sum) {
    int c = 0;
    for (; c + L <= n; c += L) {
      FloatVector d = FloatVector.fromArray(S, dy, yo + c);
      for (int t = from; t < to; t++) {
        FloatVector xv = FloatVector.fromArray(S, x, xo + at[t] + c);
        xv.fma(d, FloatVector.fromArray(S, sum, t * n + c)).intoArray(sum, t * n + c);
      }
    }
    if (c < n) {
      VectorMask<Float> m = S.indexInRange(c, n);
      FloatVector d = FloatVector.fromArray(S, dy, yo + c, m);
      for (int t = from; t < to; t++) {
        FloatVector xv = FloatVector.fromArray(S, x, xo + at[t] + c, m);
        xv.fma(d, FloatVector.fromArray(S, sum, t * n + c, m)).intoArray(sum, t * n + c, m);
      }
    }
  }

  @Override
  public void maxWindow(float[] x, int xo, int[] at, int from, int to, int n, float[] y, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      FloatVector max = FloatVector.fromArray(S, x, xo + at[from] + c);
      for (int t = from + 1; t < to; t++) {
        max = max.max(FloatVector.fromArray(S, x, xo + at[t] + c));
      }
      max.intoArray(y, yo + c);
    }
    if (c < n) {
      VectorMask<Float> m = S.indexInRange(c, n);
      FloatVector max = FloatVector.fromArray(S, x, xo + at[from] + c, m);
      for (int t = from + 1; t < to; t++) {
        max = max.max(FloatVector.fromArray(S, x, xo + at[t] + c, m));
      }
      max.intoArray(y, yo + c, m);
    }
  }

  @Override
  public void meanWindow(
      float[] x, int xo, int[] at, int from, int to, int n, float divisor, float[] y, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      FloatVector sum = FloatVector.fromArray(S, x, xo + at[from] + c);
      for (int t = from + 1; t < to; t++) {
        sum = sum.add(FloatVector.fromArray(S, x, xo + at[t] + c));
      }
      sum.div(divisor).intoArray(y, yo + c);
    }
    if (c < n) {
      VectorMask<Float> m = S.indexInRange(c, n);
      FloatVector sum = FloatVector.fromArray(S, x, xo + at[from] + c, m);
      for (int t = from + 1; t < to; t++) {
        sum = sum.add(FloatVector.fromArray(S, x, xo + at[t] + c, m));
      }
      sum.div(divisor).intoArray(y, yo + c, m);
    }
  }

  @Override
  public void addToMax(
      float[] x, float[] dx, int xo, int[] at, int from, int to, int n, float[] dy, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      FloatVector best = FloatVector.fromArray(S, x, xo + at[from] + c);
      for (int t = from + 1; t < to; t++) {
        best = best.max(FloatVector.fromArray(S, x, xo + at[t] + c));
      }
      if (!best.compare(VectorOperators.EQ, best).allTrue()) {
        addToMaxEach(x, dx, xo, at, from, to, c, c + L, dy, yo); // there is a NaN
        continue;
      }
      FloatVector d = FloatVector.fromArray(S, dy, yo + c);
      for (int t = from; t < to; t++) {
        int p = xo + at[t] + c;
        VectorMask<Float> here = FloatVector.fromArray(S, x, p).compare(VectorOperators.EQ, best);
        FloatVector.fromArray(S, dx, p).add(d, here).intoArray(dx, p);
        // NaN equals nothing, so a channel that has found its maximum finds no second one. (A mask
        // kept
        // from one position to the next would be an object, not a register.)
        best = best.blend(Float.NaN, here);
      }
    }
    addToMaxEach(x, dx, xo, at, from, to, c, n, dy, yo);
  }

  @Override
  public void addToAll(
      float[] dx, int xo, int[] at, int from, int to, int n, float divisor, float[] dy, int yo) {
    int c = 0;
    for (; c + L <= n; c += L) {
      FloatVector d = FloatVector.fromArray(S, dy, yo + c).div(divisor);
      for (int t = from; t < to; t++) {
        int p = xo + at[t] + c;
        FloatVector.fromArray(S, dx, p).add(d).intoArray(dx, p);
      }
    }
    if (c < n) {
      VectorMask<Float> m = S.indexInRange(c, n);
      FloatVector d = FloatVector.fromArray(S, dy, yo + c, m).div(divisor);
      for (int t = from; t < to; t++) {
        int p = xo + at[t] + c;
        FloatVector.fromArray(S, dx, p, m).add(d).intoArray(dx, p, m);
      }
    }
  }
}
