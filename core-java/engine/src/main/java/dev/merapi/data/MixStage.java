package dev.merapi.data;

import dev.merapi.op.Seeds;
import dev.merapi.say.Message;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Elements of several datasets, each taken from the one that a chooser names.
final class MixStage extends Stage {
  private final double @Nullable [] weights;
  private final long seed;
  private final boolean stopOnEmpty;

  /// Takes from the datasets as `choice`, the last input, says; or, where there are weights, at
  /// random.
  MixStage(double @Nullable [] weights, @Nullable Long seed, boolean stopOnEmpty, Stage... inputs) {
    super(inputs);
    this.weights = weights;
    this.seed = seed == null ? Seeds.entropy() : seed;
    this.stopOnEmpty = stopOnEmpty;
    Structure first = inputs[0].known();
    for (int i = 1; i < datasets(); i++) {
      Structure s = inputs[i].known();
      if (first != null && s != null && !first.isAlike(s)) {
        throw Message.what(title() + ": dataset " + i + " holds something else than dataset 0")
            .given(s.toString())
            .expected(first.toString())
            .typeError();
      }
    }
  }

  private int datasets() {
    return weights == null ? inputs.size() - 1 : inputs.size();
  }

  @Override
  String title() {
    return weights == null ? "chooseFromDatasets" : "sampleFromDatasets";
  }

  @Override
  long cardinality() {
    return UNKNOWN;
  }

  @Override
  @Nullable Structure known() {
    Structure all = null;
    for (int i = 0; i < datasets(); i++) {
      Structure s = inputs.get(i).known();
      if (s == null) {
        return null;
      }
      all = all == null ? s : all.union(s);
    }
    return all;
  }

  @Override
  Structure structure() {
    return inputs.getFirst().structure();
  }

  @Override
  Cursor open(Run run) {
    Cursor[] all = new Cursor[inputs.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = inputs.get(i).start(run);
    }
    return new Pass(all);
  }

  private final class Pass implements Cursor {
    private final Cursor[] all;
    private final boolean[] empty;
    private final SplittableRandom random = new SplittableRandom(seed);

    Pass(Cursor[] all) {
      this.all = all;
      this.empty = new boolean[datasets()];
    }

    @Override
    public @Nullable Element next() {
      while (true) {
        int i = weights == null ? chosen() : drawn(weights);
        if (i < 0) {
          return null;
        }
        Element e = empty[i] ? null : all[i].next();
        if (e != null) {
          return e;
        }
        empty[i] = true;
        if (stopOnEmpty) {
          return null;
        }
      }
    }

    private int chosen() {
      Element e = all[all.length - 1].next();
      if (e == null) {
        return -1;
      }
      long i = e.part(0).longValue();
      if (i < 0 || i >= empty.length) {
        throw Message.what("chooseFromDatasets: there is no dataset " + i)
            .given("choice " + i + " · " + empty.length + " datasets")
            .expected("a number from 0 to " + (empty.length - 1))
            .valueError();
      }
      return (int) i;
    }

    private int drawn(double[] weights) {
      double sum = 0;
      for (int i = 0; i < empty.length; i++) {
        sum += empty[i] ? 0 : weights[i];
      }
      double x = random.nextDouble() * sum;
      int last = -1;
      for (int i = 0; i < empty.length; i++) {
        if (!empty[i] && weights[i] > 0) {
          last = i;
          x -= weights[i];
          if (x < 0) {
            break;
          }
        }
      }
      return last;
    }

    @Override
    public void close() {
      for (Cursor c : all) {
        c.close();
      }
    }
  }
}
