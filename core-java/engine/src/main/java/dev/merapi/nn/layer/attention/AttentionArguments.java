package dev.merapi.nn.layer.attention;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;

/// What can be said of all attention layers.
///
/// The two switches are arguments of the call in Keras, not of the layer; so they are no part of
/// its configuration.
public interface AttentionArguments<S extends Layer> extends LayerArguments<S> {
  /// Lets no step attend to steps behind it.
  S useCausalMask(boolean on);

  /// Makes the layer return the shares that it gave to each step, as a second output.
  S returnAttentionScores(boolean on);

  /// @param rate share of the attention that training drops
  default S dropout(double rate) {
    return with("dropout", rate);
  }

  default S seed(long seed) {
    return with("seed", seed);
  }
}
