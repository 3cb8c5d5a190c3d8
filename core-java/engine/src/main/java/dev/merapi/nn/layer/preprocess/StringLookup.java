package dev.merapi.nn.layer.preprocess;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns texts into positions in a vocabulary, or back.
///
/// Types: `int` gives int64 of the input's shape, `tf_idf` float32, other modes int64 `(…,
/// vocabulary size)`.
public final class StringLookup extends IndexLookup implements IndexArguments<StringLookup> {
  public StringLookup() {
    super(true, "[UNK]");
  }

  /// @param vocabulary a list, an array, a tensor, or the path of a file with one term a line
  public StringLookup(Object vocabulary) {
    this();
    vocabulary(vocabulary);
  }

  /// Learns the vocabulary: the most frequent terms, most frequent first.
  ///
  /// @param data a tensor, an array or a list of texts; or a dataset, an iterable or a list of
  ///   batches
  public void adapt(Object data) {
    learn(Learning.of(data, keyType(), -1));
  }

  /// @param steps batches to look at
  public void adapt(Object data, int steps) {
    learn(Learning.of(data, keyType(), steps));
  }

  /// Replaces the vocabulary.
  public void setVocabulary(Object vocabulary) {
    set(vocabulary, null);
  }

  /// @param idfWeights one a term; null where the output mode is not `tf_idf`
  public void setVocabulary(Object vocabulary, @Nullable Object idfWeights) {
    set(vocabulary, idfWeights);
  }

  public List<String> getVocabulary() {
    return getVocabulary(true);
  }

  /// @param includeSpecialTokens whether mask and unknown terms come first; then positions in the
  ///   list are those of the output
  public List<String> getVocabulary(boolean includeSpecialTokens) {
    return tokens(includeSpecialTokens).stream().map(String.class::cast).toList();
  }
}
