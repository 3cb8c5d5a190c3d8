package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.layer.Layer;
import org.jspecify.annotations.Nullable;

/// What can be said of lookups of single terms.
public interface IndexArguments<S extends Layer> extends LookupArguments<S> {
  /// @param count places for what is not in the vocabulary; with none it is an error
  default S numOovIndices(int count) {
    return with("num_oov_indices", count);
  }

  /// @param token what stands for nothing: position 0, left out of encodings
  default S maskToken(@Nullable Object token) {
    return with("mask_token", token);
  }

  /// @param token what positions of no term become when `invert` is on
  default S oovToken(@Nullable Object token) {
    return with("oov_token", token);
  }

  /// Turns positions into terms instead.
  default S invert(boolean on) {
    return with("invert", on);
  }

  /// @param method `floormod` or `farmhash`: how whole numbers spread over several places for what
  ///   is not in the vocabulary
  default S oovMethod(String method) {
    return with("oov_method", method);
  }

  /// Makes those places hard to guess.
  default S salt(int... salt) {
    return with("salt", salt.length == 1 ? (Object) salt[0] : salt);
  }
}
