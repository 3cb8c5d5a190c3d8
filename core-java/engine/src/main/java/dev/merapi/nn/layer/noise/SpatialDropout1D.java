package dev.merapi.nn.layer.noise;

/// Drops whole channels of sequences `(batch, steps, channels)` in training: neighbours along the
/// other axes are too alike for dropping them one by one.
public final class SpatialDropout1D extends SpatialDropout
    implements NoiseArguments<SpatialDropout1D> {
  private SpatialDropout1D() {
    super();
  }

  /// @param rate share of the channels that is dropped, 0 to 1
  public SpatialDropout1D(double rate) {
    this();
    strength.set(rate);
  }

  @Override
  int rank() {
    return 1;
  }
}
