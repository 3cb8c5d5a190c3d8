package dev.merapi.nn.layer.recurrent;

/// Long short-term memory over sequences; see [LSTMCell] and [Recurrent].
///
/// ```java
/// Tensor y = new LSTM(64).returnSequences(true).apply(x); // (batch, time, 64)
/// ```
public final class LSTM extends CellLayer<LSTMCell>
    implements RecurrentArguments<LSTM>, GateArguments<LSTM> {
  private LSTM() {
    super(new LSTMCell("lstm_cell"));
  }

  public LSTM(int units) {
    this();
    with("units", units);
  }

  /// @param returnSequences whether the outputs of all steps are wanted, or the last one alone
  public LSTM(int units, boolean returnSequences) {
    this(units);
    returnSequences(returnSequences);
  }

  /// Says whether the forget gate's bias begins with 1.
  public LSTM unitForgetBias(boolean on) {
    return with("unit_forget_bias", on);
  }
}
