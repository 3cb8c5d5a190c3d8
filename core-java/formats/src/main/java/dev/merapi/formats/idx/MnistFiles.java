package dev.merapi.formats.idx;

import dev.merapi.data.LabelledImages;
import dev.merapi.data.LabelledSplit;
import dev.merapi.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Reads the four files of MNIST, or of any data set given away in the same form, from a folder.
public final class MnistFiles {
  private static final int CLASSES = 10;

  private MnistFiles() {}

  /// Reads both parts.
  ///
  /// The files are `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte`
  /// and `t10k-labels-idx1-ubyte`; a dot instead of the dash before `idx`, and `.gz` behind, are
  /// understood. A plain file is preferred to a packed one.
  ///
  /// Fails: `IdxError` when a file is missing or damaged, is not of uint8, when there are not as
  /// many labels as pictures, or a label is above 9; `IOException` when the disk fails.
  public static LabelledSplit load(Path folder) throws IOException {
    Path trainImages = find(folder, "train-images", 3);
    Path trainLabels = find(folder, "train-labels", 1);
    Path testImages = find(folder, "t10k-images", 3);
    Path testLabels = find(folder, "t10k-labels", 1);
    LabelledImages train = part(trainImages, trainLabels);
    LabelledImages test = part(testImages, testLabels);
    if (train.rows() != test.rows() || train.columns() != test.columns()) {
      throw new IdxError(
          testImages,
          8,
          "MNIST: test pictures are of another size than training pictures.",
          "%d × %d".formatted(test.rows(), test.columns()),
          "%d × %d, as in %s".formatted(train.rows(), train.columns(), trainImages),
          "put the four files of one data set into the folder");
    }
    return new LabelledSplit(train, test);
  }

  private static Path find(Path folder, String name, int rank) {
    String tail = "idx" + rank + "-ubyte";
    List<String> names =
        List.of(
            name + "-" + tail,
            name + "." + tail,
            name + "-" + tail + ".gz",
            name + "." + tail + ".gz");
    for (String candidate : names) {
      Path file = folder.resolve(candidate);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new IdxError(
        folder.resolve(names.getFirst()),
        0,
        "MNIST: a file is missing.",
        Files.isDirectory(folder) ? "a folder without it" : "a path that is no folder",
        String.join(" or ", names),
        "put the four MNIST files into " + folder);
  }

  private static LabelledImages part(Path imageFile, Path labelFile) throws IOException {
    IdxArray images = bytesOfRank(imageFile, 3, "pictures");
    IdxArray labels = bytesOfRank(labelFile, 1, "labels");
    int count = images.shape()[0];
    if (labels.shape()[0] != count) {
      throw new IdxError(
          labelFile,
          4,
          "MNIST: there are not as many labels as pictures.",
          labels.shape()[0] + " labels",
          "%d, as there are pictures in %s".formatted(count, imageFile),
          "put two files that belong together into the folder");
    }
    if (count < 1 || images.shape()[1] < 1 || images.shape()[2] < 1) {
      throw new IdxError(
          imageFile,
          4,
          "MNIST: there are no pictures, or they have no pixels.",
          "shape " + Arrays.toString(images.shape()),
          "at least one picture, row and column",
          "give a file with pictures");
    }
    byte[] classes = labels.data().array();
    for (int i = 0; i < count; i++) {
      if ((classes[i] & 0xff) >= CLASSES) {
        throw new IdxError(
            labelFile,
            8 + i,
            "MNIST: a label is no digit.",
            "label %d of picture %d".formatted(classes[i] & 0xff, i),
            "0 to 9",
            "give the labels of a data set with ten classes");
      }
    }
    return new LabelledImages(
        images.data().array(), classes, images.shape()[1], images.shape()[2], CLASSES);
  }

  private static IdxArray bytesOfRank(Path file, int rank, String purpose) throws IOException {
    IdxArray array = Idx.read(file);
    if (array.dtype() != DType.U8 || array.shape().length != rank) {
      throw new IdxError(
          file,
          2,
          "MNIST: the file does not hold " + purpose + ".",
          "%s with %d axes".formatted(array.dtype(), array.shape().length),
          "uint8 with " + rank,
          "check that the files have not changed names");
    }
    return array;
  }
}
