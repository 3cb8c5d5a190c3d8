package dev.merapi.data;

import dev.merapi.say.Message;
import dev.merapi.say.PipelineError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stages that choose which elements come and how often, without looking into them.
final class FlowStages {
  private FlowStages() {}

  /// The first elements; -1 takes all.
  static final class Take extends Stage.Passing {
    private final long count;

    Take(Stage input, long count) {
      super(input);
      this.count = atLeast(-1, count, "take", "count");
    }

    @Override
    String title() {
      return "take(" + count + ")";
    }

    @Override
    long cardinality() {
      long n = input().cardinality();
      return count < 0 || count == 0 ? (count == 0 ? 0 : n) : min(n, count);
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        private long left = count < 0 ? Long.MAX_VALUE : count;

        @Override
        public @Nullable Element next() {
          if (left == 0) {
            in.close();
            return null;
          }
          Element e = in.next();
          left = e == null ? 0 : left - 1;
          return e;
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// All but the first elements; -1 skips all.
  static final class Skip extends Stage.Passing {
    private final long count;

    Skip(Stage input, long count) {
      super(input);
      this.count = atLeast(-1, count, "skip", "count");
    }

    @Override
    String title() {
      return "skip(" + count + ")";
    }

    @Override
    long cardinality() {
      long n = input().cardinality();
      return count < 0 ? 0 : n < 0 ? n : Math.max(0, n - count);
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        private long left = count;

        @Override
        public @Nullable Element next() {
          if (left < 0) {
            return null;
          }
          for (; left > 0; left--) {
            if (in.next() == null) {
              left = -1;
              return null;
            }
          }
          return in.next();
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// Every n-th element.
  static final class Shard extends Stage.Passing {
    private final long shards;
    private final long index;

    Shard(Stage input, long numShards, long index) {
      super(input);
      this.shards = atLeast(1, numShards, "shard", "numShards");
      this.index = index;
      if (index < 0 || index >= numShards) {
        throw Message.what("shard: index " + index + " is not among " + numShards + " shards")
            .given("numShards " + numShards + " · index " + index)
            .expected("an index from 0 to " + (numShards - 1))
            .valueError();
      }
    }

    @Override
    String title() {
      return "shard(" + shards + ", " + index + ")";
    }

    @Override
    long cardinality() {
      long n = input().cardinality();
      return n < 0 ? n : n / shards + (index < n % shards ? 1 : 0);
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        private long at;

        @Override
        public @Nullable Element next() {
          while (true) {
            Element e = in.next();
            if (e == null || at++ % shards == index) {
              return e;
            }
          }
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// The input several times, or for ever.
  static final class Repeat extends Stage.Passing {
    private final long count;

    Repeat(Stage input, long count) {
      super(input);
      this.count = atLeast(-1, count, "repeat", "count");
    }

    @Override
    String title() {
      return count < 0 ? "repeat()" : "repeat(" + count + ")";
    }

    @Override
    long cardinality() {
      long n = input().cardinality();
      if (count == 0 || n == 0) {
        return 0;
      }
      return count < 0 ? INFINITE : n < 0 ? n : Math.multiplyExact(n, count);
    }

    @Override
    Cursor open(Run run) {
      return new Cursor() {
        private @Nullable Cursor in;
        private long left = count < 0 ? Long.MAX_VALUE : count;
        private boolean any;

        @Override
        public @Nullable Element next() {
          while (left > 0) {
            Cursor c = in;
            if (c == null) {
              c = input().start(run);
              in = c;
              any = false;
            }
            Element e = c.next();
            if (e != null) {
              any = true;
              return e;
            }
            c.close();
            in = null;
            // An input without elements would be looked at for ever.
            left = any ? left - 1 : 0;
          }
          return null;
        }

        @Override
        public void close() {
          left = 0;
          Cursor c = in;
          if (c != null) {
            c.close();
          }
        }
      };
    }
  }

  /// One dataset after another.
  static final class Concatenate extends Stage {
    Concatenate(Stage first, Stage second) {
      super(first, second);
      Structure a = first.known();
      Structure b = second.known();
      if (a != null && b != null && !a.isAlike(b)) {
        throw Message.what("concatenate: the two datasets hold different things")
            .given(a + " · " + b)
            .expected("the same structure and types")
            .fix("bring one into the form of the other with map")
            .typeError();
      }
    }

    @Override
    String title() {
      return "concatenate";
    }

    @Override
    long cardinality() {
      long a = inputs.get(0).cardinality();
      long b = inputs.get(1).cardinality();
      if (a == INFINITE || b == INFINITE) {
        return INFINITE;
      }
      return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : Math.addExact(a, b);
    }

    @Override
    @Nullable Structure known() {
      Structure a = inputs.get(0).known();
      Structure b = inputs.get(1).known();
      return a == null || b == null ? (a == null ? b : a) : a.union(b);
    }

    @Override
    Cursor open(Run run) {
      return new Cursor() {
        private Cursor in = inputs.get(0).start(run);
        private boolean second;

        @Override
        public @Nullable Element next() {
          Element e = in.next();
          if (e == null && !second) {
            second = true;
            in.close();
            in = inputs.get(1).start(run);
            e = in.next();
          }
          return e;
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// What the input gave the first time, kept in memory.
  static final class Cache extends Stage.Passing {
    /// All elements, once a pass has come to the end.
    private volatile @Nullable List<Element> kept;

    Cache(Stage input) {
      super(input);
    }

    @Override
    String title() {
      return "cache";
    }

    @Override
    long cardinality() {
      return input().cardinality();
    }

    @Override
    Cursor open(Run run) {
      List<Element> all = kept;
      if (all != null) {
        var i = all.iterator();
        return () -> i.hasNext() ? i.next() : null;
      }
      Cursor in = input().start(run);
      return new Cursor() {
        private @Nullable List<Element> seen = new ArrayList<>();

        @Override
        public @Nullable Element next() {
          Element e;
          try {
            e = in.next();
          } catch (RuntimeException failure) {
            // A pass with a hole in it is no copy of the input.
            seen = null;
            throw failure;
          }
          List<Element> list = seen;
          if (e != null && list != null) {
            list.add(e);
          } else if (list != null) {
            seen = null;
            kept = list;
          }
          return e;
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// The elements for which no user code failed.
  static final class IgnoreErrors extends Stage.Passing {
    IgnoreErrors(Stage input) {
      super(input);
    }

    @Override
    String title() {
      return "ignoreErrors";
    }

    @Override
    long cardinality() {
      return UNKNOWN;
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return new Cursor() {
        @Override
        public @Nullable Element next() {
          while (true) {
            try {
              return in.next();
            } catch (PipelineError e) {
              // Left out, as was asked for.
            }
          }
        }

        @Override
        public void close() {
          in.close();
        }
      };
    }
  }

  /// The input, some elements ahead of the reader.
  static final class Prefetch extends Stage.Passing {
    private final int count;

    /// @param count elements ahead; -1 leaves the number to the pace of reader and writer, 0 reads
    ///   nothing ahead
    Prefetch(Stage input, long count) {
      super(input);
      this.count = (int) Math.min(atLeast(-1, count, "prefetch", "bufferSize"), 1 << 20);
    }

    @Override
    String title() {
      return count < 0 ? "prefetch(AUTOTUNE)" : "prefetch(" + count + ")";
    }

    @Override
    long cardinality() {
      return input().cardinality();
    }

    @Override
    boolean readsAhead() {
      return true;
    }

    @Override
    Cursor open(Run run) {
      Cursor in = input().start(run);
      return count == 0 ? in : new Ahead(in, Math.max(count, 0));
    }
  }
}
