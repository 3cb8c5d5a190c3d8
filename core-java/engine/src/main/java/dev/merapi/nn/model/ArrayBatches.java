package dev.merapi.nn.model;

import dev.merapi.op.OpRef;
import dev.merapi.op.Seeds;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Batches cut from whole arrays, in their order or drawn anew each epoch.
final class ArrayBatches implements Batches {
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef SLICE = OpRef.to("Slice");

  private final Batch all;
  private final int from;
  private final int to;
  private final int batchSize;
  private final boolean shuffle;
  private final long seed;

  /// @param from first sample
  /// @param to after the last one
  ArrayBatches(Batch all, int from, int to, int batchSize, boolean shuffle) {
    this.all = all;
    this.from = from;
    this.to = to;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.seed = shuffle ? Seeds.entropy() : 0;
  }

  /// Returns how many samples the arrays hold.
  ///
  /// Fails: `ValueError` naming the sizes when they differ.
  static int samples(Batch all) {
    int n = -1;
    for (List<Tensor> part : List.of(all.x(), all.y(), all.weights())) {
      for (Tensor t : part) {
        int size = t.rank() == 0 ? 1 : t.shape().dim(0);
        if (n >= 0 && size != n) {
          throw Message.what(
                  "Data cardinality is ambiguous. Make sure all arrays contain the same number of"
                      + " samples.")
              .given(
                  "'x' sizes: "
                      + sizes(all.x())
                      + " · 'y' sizes: "
                      + sizes(all.y())
                      + (all.weights().isEmpty() ? "" : " · weights: " + sizes(all.weights())))
              .valueError();
        }
        n = size;
      }
    }
    return Math.max(n, 0);
  }

  private static String sizes(List<Tensor> ts) {
    return String.join(
        ", ", ts.stream().map(t -> "" + (t.rank() == 0 ? 1 : t.shape().dim(0))).toList());
  }

  @Override
  public Long steps() {
    return (long) Math.ceilDiv(to - from, batchSize);
  }

  @Override
  public Iterator<Batch> pass(int epoch) {
    int @Nullable [] order = shuffle ? order(epoch) : null;
    return new Iterator<>() {
      private int at = from;

      @Override
      public boolean hasNext() {
        return at < to;
      }

      @Override
      public Batch next() {
        if (at >= to) {
          throw new NoSuchElementException();
        }
        int first = at;
        int n = Math.min(batchSize, to - at);
        at += n;
        if (order == null) {
          return new Batch(
              all.x().stream().map(t -> slice(t, first, n)).toList(),
              all.y().stream().map(t -> slice(t, first, n)).toList(),
              all.weights().stream().map(t -> slice(t, first, n)).toList());
        }
        int[] rows = Arrays.copyOfRange(order, first - from, first - from + n);
        Tensor index = Values.ints(rows);
        Tensor zero = Values.scalar(0);
        return new Batch(
            all.x().stream().map(t -> GATHER.of(t, index, zero)).toList(),
            all.y().stream().map(t -> GATHER.of(t, index, zero)).toList(),
            all.weights().stream().map(t -> GATHER.of(t, index, zero)).toList());
      }
    };
  }

  private static Tensor slice(Tensor t, int first, int n) {
    int[] begin = new int[t.rank()];
    int[] size = t.shape().dims().clone();
    begin[0] = first;
    size[0] = n;
    return SLICE.of(t, Values.ints(begin), Values.ints(size));
  }

  private int[] order(int epoch) {
    SplittableRandom random = new SplittableRandom(seed + epoch);
    int[] order = new int[to - from];
    for (int i = 0; i < order.length; i++) {
      order[i] = from + i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
