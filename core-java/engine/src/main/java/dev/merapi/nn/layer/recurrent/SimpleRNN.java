package dev.merapi.nn.layer.recurrent;

/// The plain recurrent layer; see [SimpleRNNCell] and [Recurrent].
public final class SimpleRNN extends CellLayer<SimpleRNNCell>
    implements RecurrentArguments<SimpleRNN>, CellArguments<SimpleRNN> {
  private SimpleRNN() {
    super(new SimpleRNNCell("simple_rnn_cell"));
  }

  public SimpleRNN(int units) {
    this();
    with("units", units);
  }

  /// @param returnSequences whether the outputs of all steps are wanted, or the last one alone
  public SimpleRNN(int units, boolean returnSequences) {
    this(units);
    returnSequences(returnSequences);
  }
}
