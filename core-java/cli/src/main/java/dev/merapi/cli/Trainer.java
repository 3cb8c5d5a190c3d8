package dev.merapi.cli;

import dev.merapi.data.LabelledSplit;
import dev.merapi.formats.npy.NpyArray;
import java.util.Locale;
import java.util.Map;

/// Trains a classifier of pictures: the seam between the command line and the engine.
interface Trainer {

  /// Trains on `job.data().train()` and measures on `job.data().test()`, which it never learns
  /// from.
  ///
  /// The same job gives the same result on any number of threads.
  ///
  /// @param watcher told of every step, from one thread, in order
  Result train(Job job, Watcher watcher);

  /// The models there are.
  enum Model {
    MLP,
    CNN;

    /// Returns the name users type.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What to train.
  ///
  /// @param batch pictures a step
  /// @param seed source of weights and order
  /// @param threads processors to use, at least 1
  record Job(Model model, LabelledSplit data, int epochs, int batch, long seed, int threads) {

    /// Returns how many steps an epoch has; the last one may have fewer pictures.
    int steps() {
      return Math.ceilDiv(data.train().size(), batch);
    }
  }

  /// What one step did.
  ///
  /// @param epoch counted from 1
  /// @param step counted from 1 within the epoch
  /// @param images pictures in this step's batch
  /// @param loss mean loss of the batch, before the step changed the weights
  /// @param accuracy share of the batch that was recognised, 0 to 1
  record Step(int epoch, int step, int images, double loss, double accuracy) {}

  /// Is told of every step.
  interface Watcher {
    void saw(Step step);
  }

  /// What came of it.
  ///
  /// @param accuracy share of the test pictures recognised, 0 to 1
  /// @param loss mean loss on the test pictures
  /// @param weights by name, in the order of the layers
  record Result(double accuracy, double loss, Map<String, NpyArray> weights) {}
}
