package dev.merapi.op.family;

/// Names every family, so that all of them can be declared at once.
public final class Catalog {
  private Catalog() {}

  /// Declares all operations; a second call does nothing.
  public static void load() {
    ActivationOps.load();
    BesselOps.load();
    BinOps.load();
    BitOps.load();
    BoxOps.load();
    CastOps.load();
    ColorOps.load();
    CompareOps.load();
    ControlOps.load();
    ConvOps.load();
    CropOps.load();
    DiagOps.load();
    EinsumOps.load();
    DistributionOps.load();
    FakeQuantOps.load();
    FillOps.load();
    FusedOps.load();
    GatherOps.load();
    GraphOps.load();
    ImageOps.load();
    IncompleteOps.load();
    JoinOps.load();
    LayoutOps.load();
    LocalResponseOps.load();
    ListOps.load();
    ListScatterOps.load();
    MatMulOps.load();
    MathOps.load();
    MorphologyOps.load();
    MoveOps.load();
    NnOps.load();
    NormOps.load();
    PadOps.load();
    PassOps.load();
    PatchOps.load();
    PoolOps.load();
    RandomOps.load();
    RecurrentOps.load();
    ReduceOps.load();
    ScanOps.load();
    ScatterOps.load();
    SegmentOps.load();
    SequenceOps.load();
    SetOps.load();
    ShapeOps.load();
    SliceOps.load();
    SolveOps.load();
    SortOps.load();
    SparseOps.load();
    SparseSegmentOps.load();
    SpecialOps.load();
    SpectralOps.load();
    StateOps.load();
    StateRowOps.load();
    StateStepOps.load();
    StateStepRowOps.load();
    StatelessOps.load();
    StitchOps.load();
    TableOps.load();
    TextCodeOps.load();
    TextOps.load();
    TrainSteps.load();
    TextPieceOps.load();
    TransformOps.load();
    TrigOps.load();
    UnaryOps.load();
  }
}
