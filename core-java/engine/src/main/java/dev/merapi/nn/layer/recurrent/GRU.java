package dev.merapi.nn.layer.recurrent;

/// Gated recurrent units over sequences; see [GRUCell] and [Recurrent].
public final class GRU extends CellLayer<GRUCell>
    implements RecurrentArguments<GRU>, GateArguments<GRU> {
  private GRU() {
    super(new GRUCell("gru_cell"));
  }

  public GRU(int units) {
    this();
    with("units", units);
  }

  /// @param returnSequences whether the outputs of all steps are wanted, or the last one alone
  public GRU(int units, boolean returnSequences) {
    this(units);
    returnSequences(returnSequences);
  }

  /// Says where the reset gate works; see [GRUCell].
  public GRU resetAfter(boolean on) {
    return with("reset_after", on);
  }
}
