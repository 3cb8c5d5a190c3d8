package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.PriorityQueue;

/// Picks boxes by their scores and drops those that overlap too much with a better one.
public final class BoxCpu {
  private final double[] boxes;
  private final double[] scores;
  private final boolean pairs;
  private final DType dtype;
  private final double mostOverlap;
  private final double leastScore;

  /// Above 0, overlaps lower scores instead of dropping boxes.
  private final double sigma;

  private int picked;
  private final int[] indices;
  private final double[] pickedScores;

  /// A box that waits for its turn.
  private static final class Candidate {
    final int box;
    double score;

    /// Picked boxes before this one have lowered the score already.
    int seen;

    Candidate(int box, double score) {
      this.box = box;
      this.score = score;
    }
  }

  private BoxCpu(Call c, int most) {
    boxes = c.in(0).toDoubleArray();
    scores = c.in(1).toDoubleArray();
    dtype = c.dtype(0);
    pairs = c.op.inputs().get(0).name().equals("overlaps");
    mostOverlap = c.ins() > 3 ? c.in(3).item() : (float) c.attrs.f("iou_threshold");
    leastScore = c.ins() > 4 ? c.in(4).item() : Double.NEGATIVE_INFINITY;
    sigma = c.ins() > 5 ? c.in(5).item() : 0;
    if (!pairs && !(mostOverlap >= 0 && mostOverlap <= 1)) {
      throw c.fault("iou_threshold must be in [0, 1]")
          .given("iou_threshold " + mostOverlap)
          .expected("a part of the area, from 0 to 1")
          .valueError();
    }
    if (!(sigma >= 0)) {
      throw c.fault("soft_nms_sigma_val must be >= 0")
          .given("soft_nms_sigma " + sigma)
          .expected("0, or the width of the bell that lowers scores")
          .valueError();
    }
    indices = new int[Math.min(most, scores.length)];
    pickedScores = new double[indices.length];
  }

  /// Writes the picked boxes; if asked for, also scores, their number, and zeros up to the number
  /// asked for.
  public static void suppress(Call c) {
    int most = c.in(2).intValue();
    BoxCpu b = new BoxCpu(c, most);
    b.pick();
    boolean padded = c.attrs.has("pad_to_max_output_size") && c.attrs.b("pad_to_max_output_size");
    Shape found = Shape.of(padded ? most : b.picked);
    Tensor y = c.out(0, found);
    y.segment().fill((byte) 0);
    MemorySegment.copy(b.indices, 0, y.segment(), JAVA_INT_UNALIGNED, 0, b.picked);
    if (c.outs() == 3) {
      Tensor s = c.out(1, found);
      s.segment().fill((byte) 0);
      for (int i = 0; i < b.picked; i++) {
        Values.put(s.segment(), s.dtype(), i, b.pickedScores[i]);
      }
    }
    if (c.outs() > 1) {
      Numbers.write(c.out(c.outs() - 1), b.picked);
    }
  }

  private void pick() {
    PriorityQueue<Candidate> queue =
        new PriorityQueue<>((a, b) ->
            a.score == b.score ? Integer.compare(a.box, b.box) : Double.compare(b.score, a.score));
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > leastScore) {
        queue.add(new Candidate(i, scores[i]));
      }
    }
    while (picked < indices.length && !queue.isEmpty()) {
      Candidate next = queue.poll();
      double before = next.score;
      boolean dropped = isDropped(next);
      next.seen = picked;
      if (dropped) {
        continue;
      }
      if (next.score == before) {
        indices[picked] = next.box;
        pickedScores[picked++] = next.score;
      } else if (next.score > leastScore) {
        queue.add(next);
      }
    }
  }

  /// Compares with the boxes picked since the last time, the latest first: they have similar scores
  /// and so, likely, similar places.
  private boolean isDropped(Candidate next) {
    for (int j = picked - 1; j >= next.seen; j--) {
      double overlap = overlap(next.box, indices[j]);
      if (sigma == 0) {
        if (overlap > mostOverlap) {
          return true;
        }
        continue;
      }
      next.score = rounded(next.score * rounded(Math.exp(-0.5 / sigma * overlap * overlap)));
      if (next.score <= leastScore) {
        return false;
      }
    }
    return false;
  }

  private double rounded(double x) {
    return dtype == DType.F16 ? Float.float16ToFloat(Float.floatToFloat16((float) x)) : (float) x;
  }

  /// Returns the common area as a part of that of both boxes together; boxes without area overlap
  /// with none.
  private double overlap(int i, int j) {
    if (pairs) {
      return boxes[i * scores.length + j];
    }
    double[] a = Arrays.copyOfRange(boxes, 4 * i, 4 * i + 4);
    double[] b = Arrays.copyOfRange(boxes, 4 * j, 4 * j + 4);
    double areaA = Math.abs(a[2] - a[0]) * Math.abs(a[3] - a[1]);
    double areaB = Math.abs(b[2] - b[0]) * Math.abs(b[3] - b[1]);
    if (!(areaA > 0) || !(areaB > 0)) {
      return 0;
    }
    double common = common(a, b, 0) * common(a, b, 1);
    return rounded(common / (areaA + areaB - common));
  }

  private static double common(double[] a, double[] b, int first) {
    double from = Math.max(Math.min(a[first], a[first + 2]), Math.min(b[first], b[first + 2]));
    double to = Math.min(Math.max(a[first], a[first + 2]), Math.max(b[first], b[first + 2]));
    return Math.max(to - from, 0);
  }
}
