package dev.merapi.op.family;

/// Names every family, so that all of them can be declared at once.
public final class Catalog {
  private Catalog() {}

  /// Declares all operations; a second call does nothing.
  public static void load() {
    ActivationOps.load();
    BitOps.load();
    CastOps.load();
    CompareOps.load();
    ConvOps.load();
    FillOps.load();
    JoinOps.load();
    MathOps.load();
    MoveOps.load();
    NnOps.load();
    NormOps.load();
    PoolOps.load();
    ReduceOps.load();
    ScanOps.load();
    ShapeOps.load();
    SliceOps.load();
    SpecialOps.load();
    TrainOps.load();
    TrigOps.load();
    UnaryOps.load();
  }
}
