package dev.merapi.nn.layer.recurrent;

/// Long short-term memory over sequences of volumes: the products of an LSTM are convolutions.
///
/// Shapes: input `(batch, time, depth, height, width, channels)`, or channels before the sizes with
/// `channels_first`; sizes are known. Output and states have `filters` channels. Source: Shi et al.
/// 2015, "Convolutional LSTM Network", without the peepholes.
public final class ConvLSTM3D extends CellLayer<ConvLSTMCell>
    implements RecurrentArguments<ConvLSTM3D>, ConvLSTMArguments<ConvLSTM3D> {
  private ConvLSTM3D() {
    super(new ConvLSTMCell(3));
  }

  /// @param kernelSize of the window, one for all axes or one each
  public ConvLSTM3D(int filters, int... kernelSize) {
    this();
    with("filters", filters);
    with("kernel_size", kernelSize.length == 1 ? (Object) kernelSize[0] : kernelSize);
  }
}
