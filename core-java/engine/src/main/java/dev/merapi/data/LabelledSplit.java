package dev.merapi.data;

/// Holds the two parts of a data set: one to learn from, one kept back to measure with.
public record LabelledSplit(LabelledImages train, LabelledImages test) {

  /// Fails: `IllegalArgumentException` when the parts differ in picture size or classes.
  public LabelledSplit {
    if (train.rows() != test.rows()
        || train.columns() != test.columns()
        || train.classes() != test.classes()) {
      throw new IllegalArgumentException(
          "LabelledSplit: the two parts show different things.\n"
              + "  given     train %s · test %s\n".formatted(describe(train), describe(test))
              + "  expected  the same picture size and the same classes\n"
              + "  fix       take both parts from one data set");
    }
  }

  private static String describe(LabelledImages part) {
    return "%d × %d in %d classes".formatted(part.rows(), part.columns(), part.classes());
  }
}
