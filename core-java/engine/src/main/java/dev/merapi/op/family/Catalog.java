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
    MatMulOps.load();
    MathOps.load();
    MoveOps.load();
    PoolOps.load();
    ReduceOps.load();
    ScanOps.load();
    RandomOps.load();
    SegmentOps.load();
    ShapeOps.load();
    SliceOps.load();
    SpecialOps.load();
    StatelessOps.load();
    TextCodeOps.load();
    TextOps.load();
    TrainOps.load();
    TrigOps.load();
    UnaryOps.load();
  }
}
