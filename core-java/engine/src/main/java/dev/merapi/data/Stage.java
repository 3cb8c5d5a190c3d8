package dev.merapi.data;

import dev.merapi.say.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a pipeline: where elements come from, or what becomes of them. Immutable but for
/// what it learns from its elements; the same stage serves many passes at a time.
abstract class Stage {
  static final long INFINITE = -1;
  static final long UNKNOWN = -2;

  final List<Stage> inputs;

  Stage(Stage... inputs) {
    this.inputs = List.of(inputs);
  }

  /// Returns the method that made the stage, with its most important arguments: `batch(50)`.
  abstract String title();

  /// Begins a pass; stages open those that they read from with [#start].
  abstract Cursor open(Run run);

  /// Begins a pass whose elements and time are counted.
  final Cursor start(Run run) {
    return run.watched(this, open(run));
  }

  /// Returns the number of elements, or that it is infinite or unknown.
  abstract long cardinality();

  /// Returns how the elements are built, as far as that is known without running user code.
  abstract @Nullable Structure known();

  /// Returns how the elements are built; makes the first element where nothing else tells.
  Structure structure() {
    Structure s = known();
    if (s != null) {
      return s;
    }
    Cursor c = open(Run.quiet());
    try {
      Element e = c.next();
      s = known();
      if (s == null) {
        throw Message.what(title() + ": how the elements are built shows only from the first one")
            .given(e == null ? "a dataset without elements" : "an element without structure")
            .expected("a dataset with at least one element")
            .fix("describe the elements where they come from: fromGenerator(…, specs)")
            .valueError();
      }
      return s;
    } finally {
      c.close();
    }
  }

  /// Tells whether the stage reads its inputs on another thread.
  boolean readsAhead() {
    return false;
  }

  Stage input() {
    return inputs.getFirst();
  }

  /// A stage that hands on elements as they are.
  abstract static class Passing extends Stage {
    Passing(Stage input) {
      super(input);
    }

    @Override
    @Nullable Structure known() {
      return input().known();
    }

    @Override
    Structure structure() {
      return input().structure();
    }
  }

  /// Returns `n` if the number is known, else the number itself.
  static long min(long cardinality, long n) {
    return cardinality == INFINITE
        ? n
        : cardinality == UNKNOWN ? UNKNOWN : Math.min(cardinality, n);
  }

  /// Fails: `ValueError` when a count is below `least`.
  static long atLeast(long least, long count, String who, String name) {
    if (count < least) {
      throw Message.what(who + ": `" + name + "` must be at least " + least + ", got " + count)
          .given(name + " = " + count)
          .expected(name + " ≥ " + least)
          .valueError();
    }
    return count;
  }
}
