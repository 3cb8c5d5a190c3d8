package dev.merapi.data;

import dev.merapi.say.Message;
import org.jspecify.annotations.Nullable;

/// The elements of datasets that a function makes of each element: some of each in turn.
///
/// There are `cycle` places, each with an open dataset. The place whose turn it is hands out up to
/// `block` elements; when its dataset ends, the place is filled again when its next turn comes.
final class InterleaveStage extends Stage {
  private final String name;
  private final UserCode code;
  private final int cycle;
  private final int block;
  private final boolean parallel;
  private final Learned learned;

  InterleaveStage(
      String name, Stage input, UserCode code, long cycle, long block, boolean parallel) {
    super(input);
    this.name = name;
    this.code = code;
    this.cycle = (int) Math.min(atLeast(1, cycle, name, "cycleLength"), 1 << 16);
    this.block = (int) Math.min(atLeast(1, block, name, "blockLength"), Integer.MAX_VALUE);
    this.parallel = parallel;
    this.learned = new Learned(name);
  }

  @Override
  String title() {
    return cycle == 1 && block == 1 ? name : name + "(" + cycle + ", " + block + ")";
  }

  @Override
  long cardinality() {
    return UNKNOWN;
  }

  @Override
  @Nullable Structure known() {
    return learned.known();
  }

  @Override
  Cursor open(Run run) {
    return new Pass(input().start(run), run.inner());
  }

  private final class Pass implements Cursor {
    private final Cursor in;
    private final Run run;
    private final @Nullable Place[] places = new Place[cycle];
    private long index;
    private int turn;
    private int given;
    private int open;
    private boolean ended;

    Pass(Cursor in, Run run) {
      this.in = in;
      this.run = run;
    }

    @Override
    public @Nullable Element next() {
      while (!ended || open > 0) {
        Place p = places[turn];
        if (p != null) {
          Element e = p.next();
          if (e != null) {
            if (++given == block) {
              advance();
            }
            return e;
          }
          p.cursor.close();
          places[turn] = null;
          open--;
          advance();
        } else if (ended) {
          advance();
        } else {
          refill();
        }
      }
      return null;
    }

    private void advance() {
      given = 0;
      turn = (turn + 1) % cycle;
    }

    /// Opens a dataset in the place whose turn it is; with parallel reading in those after it too,
    /// which then work while this one is read.
    private void refill() {
      for (int i = 0; i < (parallel ? cycle : 1) && !ended; i++) {
        int place = (turn + i) % cycle;
        if (places[place] != null) {
          // Filled ones come before empty ones only within the first round.
          return;
        }
        Element e = in.next();
        if (e == null) {
          ended = true;
          return;
        }
        Object made = code.value(input(), e, index++);
        if (!(made instanceof Dataset<?> d)) {
          throw Message.what(name + ": the function must return a dataset")
              .given(made == null ? "null" : made.getClass().getName())
              .expected("Dataset.fromTensors(x), Dataset.range(…), w.batch(…)")
              .fix("use map for functions that return tensors")
              .typeError();
        }
        Cursor inner = d.stage().open(run);
        Structure s = d.stage().known();
        if (s != null) {
          learned.meet(s);
        }
        places[place] = new Place(d.stage(), parallel ? new Ahead(inner, block) : inner, s != null);
        open++;
      }
    }

    @Override
    public void close() {
      ended = true;
      for (Place p : places) {
        if (p != null) {
          p.cursor.close();
        }
      }
      in.close();
    }
  }

  /// An open dataset. What it holds may show only when its first element is there.
  private final class Place {
    private final Stage stage;
    final Cursor cursor;
    private boolean met;

    Place(Stage stage, Cursor cursor, boolean met) {
      this.stage = stage;
      this.cursor = cursor;
      this.met = met;
    }

    @Nullable Element next() {
      Element e = cursor.next();
      if (e != null && !met) {
        met = true;
        learned.meet(stage.structure());
      }
      return e;
    }
  }
}
