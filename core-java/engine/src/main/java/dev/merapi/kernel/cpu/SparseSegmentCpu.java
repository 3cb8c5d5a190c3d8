package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Folds chosen rows of a table, those of equal ids together: what embeddings of words do.
public final class SparseSegmentCpu {
  /// Elements added in about 50 µs.
  private static final long SERIAL_WORK = 50_000;

  /// What becomes of the sum of a group.
  public enum Fold {
    SUM,
    MEAN,
    /// The sum over the square root of the number of rows.
    ROOT
  }

  private final Call call;
  private final long[] rows;

  /// Where each group's rows begin; one entry more than groups.
  private final int[] starts;

  private SparseSegmentCpu(Call c) {
    call = c;
    rows = whole(c.in(1));
    long[] ids = whole(c.in(2));
    if (rows.length != ids.length) {
      throw c.fault("segment_ids and indices should have same size.")
          .expected("a segment for each index")
          .shapeError();
    }
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || i > 0 && ids[i] < ids[i - 1]) {
        throw c.fault("segment ids are not increasing")
            .expected("ids of 0 or more in ascending order; id " + i + " is " + ids[i])
            .valueError();
      }
    }
    long groups = ids.length == 0 ? 0 : ids[ids.length - 1] + 1;
    if (c.ins() == 4) {
      long given = c.in(3).longValue();
      if (given < groups) {
        throw c.fault("segment ids must be < num_segments")
            .given("segment " + (groups - 1) + ", num_segments " + given)
            .expected("ids below num_segments")
            .valueError();
      }
      groups = given;
    }
    starts = new int[Math.toIntExact(groups) + 1];
    for (int i = 0; i < ids.length; i++) {
      if (rows[i] < 0 || rows[i] >= c.shape(0).dim(0)) {
        throw c.fault(
                "indices[" + i + "] == " + rows[i] + " out of range [0, " + c.shape(0).dim(0) + ")")
            .expected("rows of data")
            .valueError();
      }
      starts[(int) ids[i] + 1] = i + 1;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] = Math.max(starts[i], starts[i - 1]);
    }
  }

  private static long[] whole(Tensor t) {
    long[] v = new long[Math.toIntExact(t.size())];
    Wide.load(t.segment(), t.dtype(), 0, v, v.length);
    return v;
  }

  public static void run(Call c, Fold fold) {
    SparseSegmentCpu k = new SparseSegmentCpu(c);
    int groups = k.starts.length - 1;
    Shape x = c.shape(0);
    Tensor y = c.out(0, x.with(0, groups));
    if (y.size() == 0) {
      return;
    }
    int width = Math.toIntExact(y.size() / groups);
    boolean small = (long) (k.rows.length + groups) * width < SERIAL_WORK;
    Planes.share(small, groups, g -> k.group(g, y.segment(), width, fold));
  }

  private void group(int g, MemorySegment to, int width, Fold fold) {
    DType d = call.dtype(0);
    MemorySegment from = call.in(0).segment();
    int n = Math.min(width, Panel.SIZE);
    double[] row = new double[n];
    double[] sums = new double[n];
    long[] wholeRow = new long[n];
    long[] wholeSums = new long[n];
    int count = starts[g + 1] - starts[g];
    double by = fold == Fold.ROOT ? Math.sqrt(Math.max(1, count)) : Math.max(1, count);
    for (int column = 0; column < width; column += n) {
      int m = Math.min(n, width - column);
      Arrays.fill(sums, 0);
      Arrays.fill(wholeSums, 0);
      for (int i = starts[g]; i < starts[g + 1]; i++) {
        long at = rows[i] * width + column;
        if (d.isFloating()) {
          Panel.load(from, d, at, row, m);
          for (int j = 0; j < m; j++) {
            sums[j] += row[j];
          }
        } else {
          Panel.load(from, d, at, wholeRow, m);
          for (int j = 0; j < m; j++) {
            wholeSums[j] += wholeRow[j];
          }
        }
      }
      long at = (long) g * width + column;
      if (d.isFloating()) {
        for (int j = 0; j < m && fold != Fold.SUM; j++) {
          sums[j] /= by;
        }
        Panel.store(sums, to, d, at, m);
      } else {
        Panel.store(wholeSums, to, d, at, m);
      }
    }
  }
}
