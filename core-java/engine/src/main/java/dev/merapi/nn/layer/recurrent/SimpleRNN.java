package dev.merapi.nn.layer.recurrent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /// As in Keras, without the seed.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> config = super.getConfig();
    config.remove("seed");
    return config;
  }
}
