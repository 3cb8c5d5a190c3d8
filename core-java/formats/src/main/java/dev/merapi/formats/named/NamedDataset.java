package dev.merapi.formats.named;

import dev.merapi.data.Dataset;
import dev.merapi.data.Pair;
import dev.merapi.tensor.Tensor;
import java.util.Map;

/// A data set with its parts, one element a picture, and what is known about it.
///
/// @param info name, sizes, classes
/// @param supervised for each part (`train`, `test`) pairs of a picture, uint8 `(rows, columns,
///   1)`, and its class, int64
public record NamedDataset(Info info, Map<String, Dataset<Pair<Tensor, Tensor>>> supervised) {

  /// What is known about a data set.
  ///
  /// @param numExamples elements of each part
  /// @param imageShape rows, columns, channels
  public record Info(
      String name, Map<String, Long> numExamples, int[] imageShape, int numClasses) {}

  /// Returns the training part as pairs of picture and class.
  public Dataset<Pair<Tensor, Tensor>> train() {
    return part("train");
  }

  /// Returns the part kept back to measure with, as pairs of picture and class.
  public Dataset<Pair<Tensor, Tensor>> test() {
    return part("test");
  }

  private Dataset<Pair<Tensor, Tensor>> part(String name) {
    Dataset<Pair<Tensor, Tensor>> d = supervised.get(name);
    if (d == null) {
      throw new IllegalArgumentException(
          "NamedDataset: there is no part '%s'.\n".formatted(name)
              + "  expected  one of %s".formatted(supervised.keySet()));
    }
    return d;
  }

  /// Returns a part with its elements as maps of `image` and `label`.
  ///
  /// Fails: `IllegalArgumentException` when there is no such part.
  public Dataset<Map<String, Tensor>> asMaps(String part) {
    return part(part).map(p -> Map.of("image", p.first(), "label", p.second()));
  }
}
