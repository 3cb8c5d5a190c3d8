package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;

/// What can be said of layers with a vocabulary.
public interface LookupArguments<S extends Layer> extends LayerArguments<S> {
  /// @param count size of the vocabulary at most, special tokens included
  default S maxTokens(int count) {
    return with("max_tokens", count);
  }

  /// @param terms a list, an array, a tensor, or the path of a file with one term a line
  default S vocabulary(Object terms) {
    return with("vocabulary", terms);
  }

  /// @param mode `int`, `one_hot`, `multi_hot`, `count` or `tf_idf`
  default S outputMode(String mode) {
    return with("output_mode", mode);
  }

  /// Makes the output as wide as `maxTokens`, however small the vocabulary is.
  default S padToMaxTokens(boolean on) {
    return with("pad_to_max_tokens", on);
  }

  /// @param weights for `tf_idf`, one a term
  default S idfWeights(Object weights) {
    return with("idf_weights", weights);
  }
}
