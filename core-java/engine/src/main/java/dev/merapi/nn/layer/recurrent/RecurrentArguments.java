package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;

/// What can be said of layers that take a cell through sequences.
public interface RecurrentArguments<S extends Layer> extends LayerArguments<S> {
  /// Says whether the outputs of all steps are wanted, or the last one alone.
  default S returnSequences(boolean on) {
    return with("return_sequences", on);
  }

  /// Says whether the last states are outputs too.
  default S returnState(boolean on) {
    return with("return_state", on);
  }

  /// Says whether sequences are gone through from the end; outputs are in that order too.
  default S goBackwards(boolean on) {
    return with("go_backwards", on);
  }

  /// Says whether a batch goes on from the states of the one before, row by row.
  default S stateful(boolean on) {
    return with("stateful", on);
  }

  /// Says whether a graph has the steps one after the other, not a loop: faster for short
  /// sequences, where steps are taken one by one at all.
  default S unroll(boolean on) {
    return with("unroll", on);
  }

  /// Says whether steps that a mask leaves out give zeros, not the output before them.
  default S zeroOutputForMask(boolean on) {
    return with("zero_output_for_mask", on);
  }
}
