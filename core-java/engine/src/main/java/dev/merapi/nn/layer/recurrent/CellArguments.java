package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.layer.KernelArguments;
import dev.merapi.nn.layer.Layer;

/// What can be said of cells with a kernel for the input and one for the last output, and of their
/// layers.
public interface CellArguments<S extends Layer> extends KernelArguments<S> {
  default S recurrentInitializer(Object initializer) {
    return with("recurrent_initializer", initializer);
  }

  default S recurrentRegularizer(Object regularizer) {
    return with("recurrent_regularizer", regularizer);
  }

  default S recurrentConstraint(Object constraint) {
    return with("recurrent_constraint", constraint);
  }

  /// @param rate share of the inputs that is dropped in training, the same at every step
  default S dropout(double rate) {
    return with("dropout", rate);
  }

  /// @param rate share of the last output that is dropped in training, the same at every step;
  ///   steps are then taken one by one
  default S recurrentDropout(double rate) {
    return with("recurrent_dropout", rate);
  }

  /// Says what dropout's numbers begin with.
  default S seed(long seed) {
    return with("seed", seed);
  }
}
