package dev.merapi.data;

import dev.merapi.kernel.Philox;
import dev.merapi.op.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Elements in random order, drawn from a buffer that is filled up again after each draw: element
/// `i` never comes before position `i - buffer + 1`.
///
/// The orders for a seed are those of TensorFlow: the same generator, the same draws from a ring in
/// which the place that was drawn from takes over the oldest element.
final class ShuffleStage extends Stage.Passing {
  private final int buffer;
  private final Seeds.Pair seeds;

  /// Gives each pass seeds of its own; null if all passes take the same.
  private final @Nullable Draws passes;

  ShuffleStage(Stage input, long buffer, @Nullable Long seed, boolean reshuffleEachIteration) {
    super(input);
    this.buffer =
        (int) Math.min(atLeast(1, buffer, "shuffle", "bufferSize"), Integer.MAX_VALUE - 8);
    Seeds.Pair s = Seeds.next(seed);
    this.seeds =
        s.seed() == 0 && s.seed2() == 0 ? new Seeds.Pair(Seeds.entropy(), Seeds.entropy()) : s;
    this.passes = reshuffleEachIteration ? new Draws(seeds.seed(), seeds.seed2()) : null;
  }

  @Override
  String title() {
    return "shuffle(" + buffer + ")";
  }

  @Override
  long cardinality() {
    return input().cardinality();
  }

  @Override
  Cursor open(Run run) {
    Cursor in = input().start(run);
    Draws p = passes;
    return new Pass(in, p == null ? new Draws(seeds.seed(), seeds.seed2()) : p.fork());
  }

  /// 32-bit numbers of one sequence.
  private static final class Draws {
    private Philox place;
    private final int[] group = new int[4];
    private int used = 4;

    Draws(long seed, long seed2) {
      place = Philox.ofSeeds(seed, seed2);
    }

    synchronized long next() {
      if (used == 4) {
        place.fill(group, 1);
        place = place.skip(1);
        used = 0;
      }
      return group[used++] & 0xffffffffL;
    }

    synchronized Draws fork() {
      long seed = next();
      return new Draws(seed, next());
    }
  }

  private final class Pass implements Cursor {
    private final Cursor in;
    private final Draws draws;

    /// Element number `n` of those in the buffer lies at `n % buffer`.
    private final List<@Nullable Element> ring = new ArrayList<>();

    private long first;
    private long end;
    private boolean ended;

    Pass(Cursor in, Draws draws) {
      this.in = in;
      this.draws = draws;
    }

    @Override
    public @Nullable Element next() {
      while (!ended && end - first < buffer) {
        Element e = in.next();
        if (e == null) {
          ended = true;
        } else if (ring.size() < buffer) {
          ring.add(e);
          end++;
        } else {
          ring.set((int) (end++ % buffer), e);
        }
      }
      if (first == end) {
        return null;
      }
      int drawn = (int) ((first + draws.next() % (end - first)) % buffer);
      int oldest = (int) (first++ % buffer);
      Element e = ring.get(drawn);
      ring.set(drawn, ring.get(oldest));
      ring.set(oldest, null);
      return e;
    }

    @Override
    public void close() {
      in.close();
    }
  }
}
