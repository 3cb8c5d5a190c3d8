package dev.merapi.op.family;

/// Names every family, so that all of them can be declared at once.
public final class Catalog {
  private Catalog() {}

  /// Declares all operations; a second call does nothing.
  public static void load() {
    ShapeOps.load();
    FillOps.load();
    MoveOps.load();
    JoinOps.load();
    SliceOps.load();
  }
}
