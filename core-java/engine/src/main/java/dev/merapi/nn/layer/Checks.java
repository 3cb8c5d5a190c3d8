package dev.merapi.nn.layer;

import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;

/// What layers ask of their inputs.
public final class Checks {
  private Checks() {}

  /// Returns the size of the last axis.
  ///
  /// Fails: `ShapeError` when the rank is below `minRank` or the size is not known.
  public static int lastAxis(String layer, Shape input, int minRank) {
    if (input.rank() < minRank) {
      throw Message.what(
              "Input 0 of layer \""
                  + layer
                  + "\" is incompatible with the layer: expected min_ndim="
                  + minRank
                  + ", found ndim="
                  + input.rank())
          .given("input " + input)
          .expected("rank " + minRank + " or more; axis 0 counts the samples of a batch")
          .fix("add the batch axis with tf.expandDims(x, 0)")
          .shapeError();
    }
    return known(layer, input, -1);
  }

  /// Asks for an input of exactly one rank.
  public static void rank(String layer, Shape input, int rank) {
    if (input.isRankKnown() && input.rank() != rank) {
      throw Message.what(
              "Input 0 of layer \""
                  + layer
                  + "\" is incompatible with the layer: expected ndim="
                  + rank
                  + ", found ndim="
                  + input.rank())
          .given("input " + input)
          .expected("rank " + rank + "; axis 0 counts the samples of a batch")
          .shapeError();
    }
  }

  /// Returns the size of an axis.
  ///
  /// Fails: `ShapeError` when it is not known.
  public static int known(String layer, Shape input, int axis) {
    int n = input.dim(axis);
    if (n < 0) {
      throw Message.what("layer \"" + layer + "\": axis " + axis + " of the input must be known")
          .given("input " + input)
          .fix("say its size in Input(shape)")
          .shapeError();
    }
    return n;
  }
}
