package dev.merapi.formats.named;

import dev.merapi.data.Dataset;
import dev.merapi.data.LabelledImages;
import dev.merapi.data.LabelledSplit;
import dev.merapi.data.Pair;
import dev.merapi.formats.idx.MnistFiles;
import dev.merapi.op.Literals;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds data sets by the names that people know them by, in local files. Nothing is ever
/// downloaded.
public final class NamedDatasets {
  private NamedDatasets() {}

  /// Loads a data set from a folder that holds its files under their usual names.
  ///
  /// `mnist` reads the four files of MNIST; `fashion_mnist` and `kmnist`, given away in the same
  /// form, too. Fails: `IllegalArgumentException` when the name is not known; otherwise as
  /// [MnistFiles#load(Path)].
  public static NamedDataset load(String name, Path folder) throws IOException {
    switch (name) {
      case "mnist", "fashion_mnist", "kmnist" -> {
        return of(name, MnistFiles.load(folder));
      }
      default ->
          throw new IllegalArgumentException(
              "NamedDatasets: no data set is called '%s'.\n".formatted(name)
                  + "  given     %s in %s\n".formatted(name, folder)
                  + "  expected  mnist, fashion_mnist or kmnist\n"
                  + "  fix       read the files with Dataset.fromGenerator");
    }
  }

  private static NamedDataset of(String name, LabelledSplit split) {
    Map<String, Dataset<Pair<Tensor, Tensor>>> parts = new LinkedHashMap<>();
    parts.put("train", pairs(split.train()));
    parts.put("test", pairs(split.test()));
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("train", (long) split.train().size());
    sizes.put("test", (long) split.test().size());
    LabelledImages one = split.train();
    return new NamedDataset(
        new NamedDataset.Info(name, sizes, new int[] {one.rows(), one.columns(), 1}, one.classes()),
        parts);
  }

  private static Dataset<Pair<Tensor, Tensor>> pairs(LabelledImages part) {
    Tensor images =
        Literals.of(part.images(), DType.U8, Shape.of(part.size(), part.rows(), part.columns(), 1));
    long[] labels = new long[part.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = part.label(i);
    }
    return Dataset.fromTensorSlices(images, labels);
  }
}
