package dev.merapi.data;

/// Holds grey pictures of one size, each with the number of the class it shows.
///
/// `images` is uint8 in the order (picture, row, column), 0 for paper and 255 for full ink;
/// `labels` has one class number a picture. The arrays are not copied: whoever makes the record
/// hands them over.
///
/// @param images `size · rows · columns` grey values
/// @param labels `size` class numbers from 0 to `classes - 1`
/// @param rows height of a picture in pixels
/// @param columns width of a picture in pixels
/// @param classes how many classes there are, at most 256
public record LabelledImages(byte[] images, byte[] labels, int rows, int columns, int classes) {

  /// Fails: `IllegalArgumentException` when sizes do not fit, or a label is not below `classes`.
  public LabelledImages {
    if (rows < 1 || columns < 1 || classes < 1 || classes > 256) {
      throw new IllegalArgumentException(
          "LabelledImages: pictures of no size, or classes outside 1 to 256.\n"
              + "  given     rows %d, columns %d, classes %d\n".formatted(rows, columns, classes)
              + "  expected  rows ≥ 1, columns ≥ 1, 1 ≤ classes ≤ 256\n"
              + "  fix       give the size of one picture and the number of classes");
    }
    long expected = (long) labels.length * rows * columns;
    if (images.length != expected) {
      throw new IllegalArgumentException(
          "LabelledImages: the number of grey values does not fit the number of labels.\n"
              + "  given     %d values · %d labels\n".formatted(images.length, labels.length)
              + "  expected  %d values, %d × %d for each label\n".formatted(expected, rows, columns)
              + "  fix       give one label a picture");
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xff) >= classes) {
        throw new IllegalArgumentException(
            "LabelledImages: a label names no class.\n"
                + "  given     label %d of picture %d\n".formatted(labels[i] & 0xff, i)
                + "  expected  0 to %d\n".formatted(classes - 1)
                + "  fix       raise `classes`, or mend the label");
      }
    }
  }

  /// Returns how many pictures there are.
  public int size() {
    return labels.length;
  }

  /// Returns how many grey values a picture has.
  public int pixels() {
    return rows * columns;
  }

  /// Returns the class number of one picture.
  public int label(int picture) {
    return labels[picture] & 0xff;
  }
}
